"""Pure rules of pricing: the quote and its explanation."""
