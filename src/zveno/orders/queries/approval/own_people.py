"""Reading and writing what a company keeps to its own people, where a seller's manager acts for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from zveno.base.scope import current, entered


@contextmanager
def as_own_people() -> Iterator[None]:
    """Within the block, see what the acted-for company's own people see.

    A manager who acts for a client sees none of its rules and requisitions, and is bound by them all the same: what is
    read here is judged by and never shown. For everybody else nothing changes.
    """
    scope = current()
    if scope.on_behalf_of is None:
        yield
        return
    with entered(replace(scope, on_behalf_of=None, on_behalf_of_name="", only_sellers=())):
        yield
