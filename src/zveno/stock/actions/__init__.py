"""What changes supply and reservations: one use case a file."""
