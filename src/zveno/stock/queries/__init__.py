"""What supply there is, and why."""
