"""Figures of the whole chain: primary and secondary sales by month, distributor, group, region. Reads, never writes.

**Primary** sales are shipments of the manufacturer's own sellers to their first buyers: distributors (indirect) and
others (direct). **Secondary** sales are what distributors sold on: the counted lines of their accepted reports; and, on
days that no accepted report of the distributor covers, its shipments through the portal. So a sale told both ways
counts once, and a month shows before its report is in. Sums are in one currency, as invoiced, VAT as in the price.

The package reads the tables of those below by SQL of its own, since every figure joins several of them.
"""
