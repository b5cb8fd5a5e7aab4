"""What is owed, what was paid, what may still be ordered. All through the current scope."""
