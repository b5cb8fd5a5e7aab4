"""Pure rules of the hub."""
