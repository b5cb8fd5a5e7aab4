"""Questions about accounts and keys."""
