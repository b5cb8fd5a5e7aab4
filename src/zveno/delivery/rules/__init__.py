"""The pure core of delivery: calendars, distances, places in typed addresses, tariffs, segments, tracking."""
