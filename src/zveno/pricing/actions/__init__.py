"""What changes prices: one use case a file."""
