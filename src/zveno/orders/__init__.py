"""From the cart to the shipment: carts, orders, lines, states, history, shipments. Not here: supply, prices, money."""
