"""What the shell shows around a page: sections, whom one acts for, the cart, freshness.

Portal and desk fill it, the shell draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.urls import reverse
from django.utils.functional import Promise

Words = str | Promise
Tone = Literal["", "info", "active", "good", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a menu or one tab.

    `url_name` is reversed with `args`; a name beginning with `/` is an address as it stands. `key` marks the current
    one. `badge` is a count that waits for the person (0 and None show nothing). `bar` puts it among the four of the
    bottom bar on a narrow screen.
    """

    key: str
    label: Words
    url_name: str
    icon: str = ""
    badge: int | None = None
    tone: Tone = ""
    args: tuple[object, ...] = ()
    bar: bool = False

    @property
    def url(self) -> str:
        return self.url_name if self.url_name.startswith(("/", "?", "#")) else reverse(self.url_name, args=self.args)


@dataclass(frozen=True, slots=True)
class Section:
    """A named group of entries: Buying, Selling, Money."""

    key: str
    label: Words
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Party:
    """One on whose behalf the person may act. `note` tells namesakes apart (INN)."""

    key: str
    name: str
    note: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class CartSummary:
    """The cart in one line of the top bar."""

    url: str
    lines: int
    total: Decimal
    currency: str = "RUB"


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the data of one source is: `1С`, moment of the last exchange."""

    source: Words
    moment: datetime | None
    tone: Tone = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around the page. Give it to the template as `shell`, usually by a context processor."""

    sections: Sequence[Section] = ()
    current: str = ""
    home_url: str = "/"
    parties: Sequence[Party] = ()
    party_url: str = ""
    search_url: str = ""
    suggest_url: str = ""
    search_hint: Words = ""
    cart: CartSummary | None = None
    person: str = ""
    person_note: str = ""
    account: Sequence[Item] = ()
    freshness: Sequence[Freshness] = field(default_factory=tuple)
    # A seller's manager acts for this client; a POST to the address ends it.
    acting_for: str = ""
    acting_stop_url: str = ""

    @property
    def party(self) -> Party | None:
        return next((party for party in self.parties if party.current), None)

    @property
    def bar(self) -> list[Item]:
        """Up to four entries for the bottom bar: those marked, else the first ones."""
        everything = [item for section in self.sections for item in section.items]
        return ([item for item in everything if item.bar] or everything)[:4]

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.person.split()[:2]).upper() or "?"
