"""Sell-out: upload of a distributor's reports, mapping, questions, acceptance."""
