"""Words every package shares: money, quantities, periods, errors, codes. Standard library only (codes use python-stdnum)."""
