"""Products: tree, properties, media, search, and which seller lists what. Not here: prices, stock."""
