"""What a product costs a buyer."""
