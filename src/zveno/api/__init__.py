"""The programs' face: /api/v1, typed by django-ninja. Thin over actions and queries; touches no models."""
