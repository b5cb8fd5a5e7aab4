"""Accounting systems: each plugin turns one system's bytes into the canonical messages of `zveno.exchange` and back."""
