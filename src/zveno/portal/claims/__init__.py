"""Pages of claims, for buyers and sellers."""
