"""The exchange board: every connection of every seller."""
