"""Settings, addresses, wiring, the command line: the only place that knows everyone."""
