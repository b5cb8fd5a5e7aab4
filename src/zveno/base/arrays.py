"""Many numbers as one parameter of a statement."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def number_array(values: Iterable[int | Decimal]) -> str:
    """PostgreSQL's own words for an array of numbers; the statement casts it (`%s::bigint[]`).

    The driver would adapt each element by itself, which costs more than the statement when there are thousands.
    """
    return "{" + ",".join(map(str, values)) + "}"
