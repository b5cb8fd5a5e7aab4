"""What of price lists is pure: which columns there are."""
