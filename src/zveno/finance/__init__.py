"""Money between a buyer and a seller, as the seller's accounting system states it: a ledger of documents per account,
what settles what, what is due, the balance the other side states, credit, reminders. Not here: prices, orders.

An *account* is a seller, a legal entity, a contract and a currency. A *change* is what a document does to the buyer's
debt: above zero it owes more.
"""
