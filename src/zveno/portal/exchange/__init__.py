"""Exchange: connections, journal, replay, as the seller sees them."""
