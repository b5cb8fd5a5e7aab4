"""Every row of a report's file becomes a line with its place, its product where that is certain, and its findings."""
