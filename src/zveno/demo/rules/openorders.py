"""The orders that are open today: who placed what, and how far each has come."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zveno.demo.rules import seasons
from zveno.demo.rules.contracts import own_price
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, SALES_HOUSE, Party, Terms
from zveno.demo.rules.products import Good
from zveno.demo.rules.supply import Coming, Shelf
from zveno.demo.rules.trade import Line, bought, moment

# How far an order comes: decided only (confirmed, or waiting when `short`), taken over by the ERP, partly shipped.
DECIDED, IN_WORK, PARTLY = "decided", "in_work", "partly_shipped"


@dataclass(frozen=True, slots=True)
class Opened:
    """An order to be placed and decided by the house's own actions. `short` lines ask for more than there is."""

    terms: Terms
    placed_at: datetime
    wished_on: date | None
    goes: str
    lines: Sequence[Line]


# (seller, how many days ago, how far, lines, is one line short, wished in days or 0)
_PLAN = (
    (SALES_HOUSE, 0, DECIDED, 9, True, 6),
    (SALES_HOUSE, 0, DECIDED, 14, False, 12),
    (SALES_HOUSE, 0, DECIDED, 6, False, 0),
    (SALES_HOUSE, 1, DECIDED, 31, True, 5),
    (SALES_HOUSE, 1, DECIDED, 12, True, 0),
    (SALES_HOUSE, 1, IN_WORK, 8, False, 10),
    (SALES_HOUSE, 2, DECIDED, 5, True, 3),
    (SALES_HOUSE, 2, IN_WORK, 22, False, 20),
    (SALES_HOUSE, 3, IN_WORK, 11, False, 9),
    (SALES_HOUSE, 3, DECIDED, 44, True, 14),
    (SALES_HOUSE, 4, PARTLY, 10, False, 8),
    (SALES_HOUSE, 4, IN_WORK, 40, False, 11),
    (SALES_HOUSE, 5, PARTLY, 7, False, 9),
    (SALES_HOUSE, 6, IN_WORK, 16, False, 26),
    (DISTRIBUTORS[0], 0, DECIDED, 7, True, 4),
    (DISTRIBUTORS[0], 0, DECIDED, 10, False, 7),
    (DISTRIBUTORS[0], 1, IN_WORK, 12, False, 6),
    (DISTRIBUTORS[0], 2, DECIDED, 4, True, 0),
    (DISTRIBUTORS[0], 3, PARTLY, 9, False, 5),
    (DISTRIBUTORS[1], 0, DECIDED, 8, True, 5),
    (DISTRIBUTORS[1], 1, DECIDED, 15, False, 9),
    (DISTRIBUTORS[1], 2, IN_WORK, 6, False, 8),
    (DISTRIBUTORS[2], 1, DECIDED, 11, False, 6),
    (DISTRIBUTORS[2], 2, IN_WORK, 9, False, 10),
    (DISTRIBUTORS[3], 0, DECIDED, 10, True, 7),
    (DISTRIBUTORS[3], 1, IN_WORK, 7, False, 9),
)


def opened(
    *,
    all_terms: Sequence[Terms],
    companies: Sequence[Party],
    offered: dict[int, Sequence[Good]],
    shelves: Sequence[Shelf],
    arrivals: Sequence[Coming],
    golden: int,
    now: datetime,
    seed: int,
) -> list[Opened]:
    """The open orders by the moment of placing; the golden product is in none. The first demo dealer has several."""
    by_id = {company.id: company for company in companies}
    # What everybody may have; what is short is short in all warehouses.
    lying, everywhere = _lying(s for s in shelves if not s.house.served), _lying(shelves)
    found = []
    for number, (seller, days_ago, goes, count, is_short, wished_in) in enumerate(_PLAN):
        chance = random.Random(f"{seed}:open:{number}")  # noqa: S311 - a made-up world
        terms = _terms(all_terms, seller, number, count, chance)
        placed_at = _placed_at(now, days_ago, by_id[terms.buyer], chance)
        wished_on = now.date() + timedelta(days=wished_in) if wished_in else None
        plenty = [g for g in offered[seller] if g.id != golden and lying.get((seller, g.id), 0) > 4 * g.family.pack]
        lines = _lines(plenty, terms, count, lying, now.date(), chance)
        if is_short:
            lines = _short(lines, terms, lying, everywhere, chance)
        found.append(Opened(terms, placed_at, wished_on, goes, lines))
    found.append(_waiting(all_terms, [one for one in arrivals if one.good.id != golden], lying, now))
    return sorted(found, key=lambda one: one.placed_at)


def _waiting(
    all_terms: Sequence[Terms], arrivals: Sequence[Coming], lying: dict[tuple[int, int], int], now: datetime
) -> Opened:
    """The demo dealer's latest order: it takes what lies on the shelf, and half of what the first lorries bring."""
    terms = next(terms for terms in all_terms if (terms.seller, terms.buyer) == (SALES_HOUSE, FIRST_DEALER))
    wished_on = now.date() + timedelta(days=_WAITS_DAYS)
    lines = []
    for one in arrivals:
        if one.house.seller == SALES_HOUSE and not one.house.served and one.due_on <= wished_on:
            pack = one.good.family.pack
            shelf = max(lying.get((SALES_HOUSE, one.good.id), 0), 0) // pack * pack
            lines.append(_line(one.good, shelf + max(one.quantity // (2 * pack), 1) * pack, terms))
        if len(lines) == _WAITING:
            break
    return Opened(terms, now - timedelta(minutes=8), wished_on, DECIDED, lines)


_WAITS_DAYS, _WAITING = 10, 3


def _terms(all_terms: Sequence[Terms], seller: int, number: int, count: int, chance: random.Random) -> Terms:
    """The demo dealer has every fourth order of those it buys from; the largest ones are distributors'."""
    of_seller = [terms for terms in all_terms if terms.seller == seller]
    own = [terms for terms in of_seller if terms.buyer == FIRST_DEALER]
    large = [terms for terms in of_seller if terms.buyer in DISTRIBUTORS]
    if count > 25 and large:
        return chance.choice(large)
    if own and number % 4 in (1, 2):
        return own[number % len(own)]
    return chance.choice([terms for terms in of_seller if terms.buyer > FIRST_DEALER])


def _placed_at(now: datetime, days_ago: int, buyer: Party, chance: random.Random) -> datetime:
    if days_ago == 0:
        return now - timedelta(minutes=chance.randrange(9, 300))
    return moment(now.date() - timedelta(days=days_ago), buyer.place.time_zone, chance)


def _lines(
    goods: Sequence[Good],
    terms: Terms,
    count: int,
    lying: dict[tuple[int, int], int],
    today: date,
    chance: random.Random,
) -> list[Line]:
    """Lines that stock covers, and later orders still find something: what is taken is taken off `lying`."""
    weights = seasons.demand(
        goods, month=today.replace(day=1), months_back=0, segment="mixed", seller=terms.seller, is_primary=False
    )
    chosen = {good.id: good for good in chance.choices(goods, cum_weights=weights, k=count)}
    found = []
    for good in chosen.values():
        pack = good.family.pack
        most = lying[terms.seller, good.id] // (3 * pack) * pack
        if quantity := min(bought(good, chance), most):
            lying[terms.seller, good.id] -= quantity
            found.append(_line(good, quantity, terms))
    return found


def _lying(shelves: Iterable[Shelf]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for shelf in shelves:
        key = (shelf.house.seller, shelf.good.id)
        found[key] = found.get(key, 0) + shelf.on_hand
    return found


def _short(
    lines: list[Line],
    terms: Terms,
    lying: dict[tuple[int, int], int],
    everywhere: dict[tuple[int, int], int],
    chance: random.Random,
) -> list[Line]:
    for at in chance.sample(range(len(lines)), min(len(lines), 1 + (len(lines) > 8))):
        good = lines[at].good
        quantity = lines[at].quantity + (everywhere[terms.seller, good.id] // good.family.pack + 40) * good.family.pack
        lines[at] = _line(good, quantity, terms)
        lying[terms.seller, good.id] = 0
    return lines


def _line(good: Good, quantity: int, terms: Terms) -> Line:
    own = own_price(good, terms)
    return Line(good, quantity, own, quantity * own.price, 0)
