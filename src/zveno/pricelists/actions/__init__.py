"""What is done with price lists."""
