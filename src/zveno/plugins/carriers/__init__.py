"""Carriers that have systems of their own, one folder each."""
