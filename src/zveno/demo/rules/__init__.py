"""The pure part of the demo world: the same seed and day give the same values. No database, no clock."""
