"""What changes the hub: one use case a file."""
