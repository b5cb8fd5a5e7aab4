"""Tags for pages that show supply."""
