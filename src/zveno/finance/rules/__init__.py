"""Pure rules of the ledger: signs, allocation, ageing, differences, credit, quiet hours."""
