"""Pure rules of approval inside the buyer's company (O1): which rule asks whom, who may decide, what stops placing."""
