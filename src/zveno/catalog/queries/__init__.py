"""Products as lists, pages and orders show them."""
