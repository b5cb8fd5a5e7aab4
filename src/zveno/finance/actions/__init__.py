"""What changes settlements: one use case a file."""
