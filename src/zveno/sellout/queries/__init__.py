"""Questions about sell-out."""
