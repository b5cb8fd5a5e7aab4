"""Many values as one parameter of a statement.

The driver would adapt each element by itself, which costs more than the statement when there are thousands.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def number_array(values: Iterable[int | Decimal]) -> str:
    """PostgreSQL's own words for an array of numbers; the statement casts it (`%s::bigint[]`)."""
    return "{" + ",".join(map(str, values)) + "}"


def text_array(values: Iterable[str]) -> str:
    """The same for texts (`%s::text[]`). None of them may hold a NUL, which PostgreSQL keeps in no text."""
    return "{" + ",".join('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values) + "}"
