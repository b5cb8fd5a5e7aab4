"""All orders of all sellers in one window."""
