"""Delivery for both sides: choosing in the cart, addresses, parcels under way, the seller's carriers and tariffs."""
