"""What is done to claims: one use case, one file."""
