"""How messages become products, prices, stock and orders: in batches, each in a transaction of its own."""
