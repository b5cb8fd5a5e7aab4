"""Putting the demo world into the database: rows by `COPY`, table by table, as the owner."""
