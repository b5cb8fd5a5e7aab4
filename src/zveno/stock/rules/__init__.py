"""Pure rules of stock: the promise. No Django, no clock, no database."""
