"""What is done with carts and orders: one use case a file."""
