"""Questions about approval inside the buyer's company: its rules, what waits, what has changed since."""
