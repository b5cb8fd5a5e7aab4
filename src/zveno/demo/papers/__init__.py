"""Data sheets of the demo world's series, set by typst."""
