"""Deeds on accounts and keys, one a file."""
