"""The partners' face: buying, selling, sell-out, company. Thin pages over actions and queries; touches no models."""
