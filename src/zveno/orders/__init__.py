"""From the cart to the shipment: carts, orders, their lines, states and history, shipments. Not here: supply, prices, money."""
