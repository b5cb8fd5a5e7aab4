"""Tags of delivery."""
