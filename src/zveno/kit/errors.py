"""Errors as named facts: a category for the edge, a stable code, and parameters for the words.

An action raises a subclass of `Fault`; the edge (portal, desk, api, exchange) turns the category into an HTTP
status and the `code` with `params` into a sentence in the user's language (`zveno.ui.words.explain`).
"""

from __future__ import annotations

import re
from enum import StrEnum


class Category(StrEnum):
    """What kind of fact an error states; decides the HTTP status at the edge."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


class Fault(Exception):  # noqa: N818 - a stated fact, not always an error
    """A stated fact that stops a use case. Subclasses fix `category`; `code` is the class name in snake case.

    `params` fill the message. `place` says where in the sender's material (file, row, column, path) it was found.
    """

    category: Category = Category.INVALID

    def __init__(self, *, place: str = "", **params: object) -> None:
        self.params: dict[str, object] = params
        self.place = place
        super().__init__(self.code, params, place)

    @property
    def code(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code}({told})" + (f" at {self.place}" if self.place else "")


class Invalid(Fault):
    """The input cannot be used as it stands."""

    category = Category.INVALID


class NotFound(Fault):
    """There is no such thing, or it is not the asker's to see."""

    category = Category.NOT_FOUND


class Forbidden(Fault):
    """The asker may see the thing but not do this."""

    category = Category.FORBIDDEN


class Conflict(Fault):
    """The state of things does not allow it now."""

    category = Category.CONFLICT


class Unavailable(Fault):
    """Somebody else's system does not answer; trying later may help."""

    category = Category.UNAVAILABLE
