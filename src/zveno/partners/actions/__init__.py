"""Changes of partners: one use case a file."""
