"""What is asked of claims."""
