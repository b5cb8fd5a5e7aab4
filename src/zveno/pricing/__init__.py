"""What a product costs a buyer and why: price columns, agreed prices, discounts by layer, standings, one function that
decides from them, and the trace of how. Not here: payment; the price list as a file (`pricelists`).
"""
