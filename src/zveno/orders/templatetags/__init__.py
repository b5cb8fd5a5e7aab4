"""Template tags that faces load to show orders."""
