"""With whom one is dealing: the seller whose catalog, prices and cart the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from zveno.base.clock import now
from zveno.partners.queries.actors import Actor, TermsValue
from zveno.partners.queries.parties import SellerValue, sellers_with
from zveno.ui.navigation import Item
from zveno.ui.pages import replaced

SESSION_KEY = "seller_id"


@dataclass(frozen=True, slots=True)
class Dealing:
    """The current entity's terms with the chosen seller, and the other sellers it may turn to."""

    actor: Actor
    seller: SellerValue
    terms: TermsValue
    sellers: tuple[SellerValue, ...]
    now: datetime

    @property
    def today(self) -> date:
        """Dates are the seller's dates."""
        return self.seller.today(self.now)

    @property
    def seller_key(self) -> str:
        """The key of the seller's tab."""
        return str(self.seller.id)

    @property
    def currency(self) -> str:
        return self.terms.currency


def dealing(request: HttpRequest, *, seller_id: int | None = None) -> Dealing | None:
    """The dealing that the page is about: with `seller_id`, else the seller asked for in the address, else the last
    one; None when the current entity has terms with nobody. One statement, found once for a request.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.seller_ids:
        return None
    found: dict[int, SellerValue] = _sellers(request, actor)
    asked = [seller_id, _number(request.GET.get("seller")), request.session.get(SESSION_KEY)]
    chosen = next((id_ for id_ in asked if id_ in found), None) or next(iter(found), None)
    terms = actor.terms_with(chosen) if chosen is not None else None
    if chosen is None or terms is None:
        return None
    if request.session.get(SESSION_KEY) != chosen:
        request.session[SESSION_KEY] = chosen
    return Dealing(actor, found[chosen], terms, tuple(found.values()), now())


def seller_tabs(request: HttpRequest, at: Dealing) -> list[Item]:
    """The sellers to switch between; none when there is only one."""
    if len(at.sellers) < 2:
        return []
    kept = {"group": None, "page": None}
    return [Item(str(s.id), s.name, replaced(request.GET, seller=s.id, **kept)) for s in at.sellers]


def _sellers(request: HttpRequest, actor: Actor) -> dict[int, SellerValue]:
    known: dict[int, SellerValue] | None = getattr(request, "dealing_sellers", None)
    if known is None:
        known = {seller.id: seller for seller in sellers_with(seller_ids=actor.seller_ids)}
        request.dealing_sellers = known  # type: ignore[attr-defined]
    return known


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None
