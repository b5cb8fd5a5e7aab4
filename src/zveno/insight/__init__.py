"""Figures of the whole chain: primary and secondary sales by month, distributor, group, region. Reads, never writes."""
