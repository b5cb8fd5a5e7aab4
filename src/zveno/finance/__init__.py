"""Money between a buyer and a seller as the seller's ERP states it: payments. Not here: prices."""
