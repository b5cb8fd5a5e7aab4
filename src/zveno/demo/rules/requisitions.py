"""Orders that companies of the demo world approve among themselves: who asks for what, and how far each has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from zveno.demo.rules import prices
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, SALES_HOUSE, Terms
from zveno.demo.rules.people import STRANGER
from zveno.demo.rules.products import Good

_MILLION = Decimal(1_000_000)


class Goes(StrEnum):
    """How far a requisition comes: it waits at its first step, at its second, or is decided."""

    FIRST = "first"
    SECOND = "second"
    RETURNED = "returned"
    DECLINED = "declined"
    PLACED = "placed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A requisition by the mail name of its author: `count` goods for about `amount`."""

    company: int
    author: str
    hours_ago: int
    count: int
    amount: int
    wished_in: int
    goes: Goes
    comment: str = ""
    words: str = ""


ASKED = (
    Asked(FIRST_DEALER, "buyer", 146, 8, 560_000, 9, Goes.PLACED, "Пополнение склада под акцию"),
    Asked(FIRST_DEALER, "buyer", 97, 11, 1_900_000, 30, Goes.DECLINED, "Запас на сезон",
          "Сезонный запас берём в декабре, когда продадим осенний."),
    Asked(FIRST_DEALER, "buyer", 50, 6, 720_000, 12, Goes.RETURNED, "",
          "Количество по первым двум строкам вдвое больше, чем в проекте. Сверьте со спецификацией."),
    Asked(FIRST_DEALER, "buyer", 22, 9, 1_150_000, 14, Goes.SECOND, "Объект «Северный», вторая очередь"),
    Asked(FIRST_DEALER, "buyer", 3, 14, 640_000, 7, Goes.FIRST, "Монтаж 2 декабря, нужна одна поставка"),
    Asked(DISTRIBUTORS[0], "distributor", 5, 12, 2_400_000, 21, Goes.FIRST, "Квартальная закупка"),
    Asked(STRANGER, "stranger", 8, 5, 380_000, 10, Goes.FIRST),
)  # fmt: skip


def wanted(asked: Asked, *, terms: Terms, offered: Sequence[Good]) -> list[tuple[int, Decimal]]:
    """Products and quantities, in whole packs, that together come to at least the amount."""
    step = max(len(offered) // (asked.count + 1), 1)
    goods = offered[step - 1 :: step][: asked.count]
    share = Decimal(asked.amount) / len(goods)
    kind = prices.KINDS[terms.price_kind - 1]
    found = []
    for good in goods:
        pack = good.family.pack
        price = prices.price(good.retail, kind) * (100 - terms.discount) / 100
        packs = max((share / (price * pack)).to_integral_value(ROUND_CEILING), Decimal(1))
        found.append((good.id, packs * pack))
    return found


def budget_for(used: Decimal) -> Decimal:
    """A budget in whole millions that leaves room beyond what is used."""
    return ((used + 6 * _MILLION) / _MILLION).to_integral_value(ROUND_CEILING) * _MILLION


def quarter_of(day: date) -> tuple[int, int]:
    """The year and the number of the quarter, from 0."""
    return day.year, (day.month - 1) // 3


def terms_of(all_terms: Sequence[Terms], entity_id: int) -> Terms:
    """The terms that an entity buys by: with the sales house, or else with its distributor."""
    return min(
        (terms for terms in all_terms if terms.entity == entity_id), key=lambda t: (t.seller != SALES_HOUSE, t.seller)
    )
