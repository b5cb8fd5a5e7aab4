"""Deeds of approval inside the buyer's company: asking, deciding, changing, placing; and keeping the rules."""
