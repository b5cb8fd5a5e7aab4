"""The operator's face: partners, the chain, reports, exchange. Thin over actions and queries; touches no models."""
