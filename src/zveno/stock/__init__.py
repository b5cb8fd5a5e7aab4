"""Supply and the promise: warehouses, stock on hand, arrivals, reservations, available to promise. Not here: prices, orders."""
