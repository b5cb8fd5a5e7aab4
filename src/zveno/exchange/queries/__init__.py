"""What the hub knows, as values."""
