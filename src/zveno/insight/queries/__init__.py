"""Questions about the whole chain, for the desk."""
