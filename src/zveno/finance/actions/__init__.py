"""What changes the ledger and credit: one use case a file."""
