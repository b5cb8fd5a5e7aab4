"""Supply and the promise: warehouses, balances, arrivals, reservations. Not here: prices, orders."""
