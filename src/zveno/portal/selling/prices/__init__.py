"""Prices as a seller keeps them: columns, terms of clients, offers to all, how they combine; what was on a day."""
