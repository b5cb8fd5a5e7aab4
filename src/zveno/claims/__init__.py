"""Claims (рекламации): what a buyer finds wrong with a shipment, what the seller decides, by when.

Owns claims, their lines, files, history and the seller's terms of claiming. Does not own shipments (`orders` has them;
a claim keeps what it needs of one, since the accounting system may tell a shipment anew), nor the money that follows a
decision: whoever books it listens to `ClaimDecided`.
"""
