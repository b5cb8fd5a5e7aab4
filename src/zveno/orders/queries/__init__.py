"""Carts and orders as pages and programs show them."""
