"""Changes of sell-out: one use case a file."""
