"""The tags that templates load as `ui`."""
