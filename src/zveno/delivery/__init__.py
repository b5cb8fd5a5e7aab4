"""What delivery costs and when it arrives: places, zones, carriers and tariffs; choices, parcels and their tracking.

Words: a *segment* is the part of an order that leaves one warehouse; an *option* is one carrier's cost and dates for a
segment; a *parcel* is what really travels. Not here: which warehouse serves a line (stock), orders and shipments.
"""
