"""Pure rules of searching orders: what typed text means (F12, F13)."""
