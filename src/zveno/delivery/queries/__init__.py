"""Places, set-up, options and parcels as pages and programs show them."""
