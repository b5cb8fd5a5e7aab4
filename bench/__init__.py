"""Measurements: ratios and counts on this machine, never a test that times."""
