"""Buying: catalog, cart, orders of the buyer."""
