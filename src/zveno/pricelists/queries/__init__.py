"""The rows of a price list."""
