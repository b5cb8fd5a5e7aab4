"""Words every package shares: money, quantities, periods, errors, codes. Pure; only codes need a library."""
