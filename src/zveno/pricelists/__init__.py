"""A buyer's own price list as a file: chosen columns, own prices, stock, pictures; made by a job, or at an address with
a key for the buyer's site. Not here: what a price is (`pricing`).
"""
