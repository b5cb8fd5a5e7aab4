"""What a product costs a buyer and why: price kinds, prices by period, the quote with its trace. Not here: payment."""
