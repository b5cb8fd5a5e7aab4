"""The operator's face: partners, the chain, reports, exchange. Thin pages over actions and queries; touches no models."""
