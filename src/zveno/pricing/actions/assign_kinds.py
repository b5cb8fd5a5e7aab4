"""Giving price columns: to one entity by its contract, to buyers of a status, to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zveno.base.locks import Lock, hold
from zveno.base.tx import in_transaction
from zveno.pricing.actions.checks import (
    ALL_GOODS,
    About,
    Whose,
    check_whose,
    kind_of,
    moment_from,
    names_of,
    record_terms,
)
from zveno.pricing.actions.timeline import COLUMNS, Counts


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """A column for some products. Of those about the same products the lower `rank` is asked first."""

    price_kind_id: int
    rank: int = 1
    about: About = ALL_GOODS
    contract_number: str = ""


@in_transaction
def assign_kinds(*, whose: Whose, rows: Sequence[ColumnTold], day: date | None, now: datetime) -> Counts:
    """Let the columns hold from `day` on (None: now); what stood at the same place before ends there.

    Raises what `check_whose`, `names_of`, `kind_of` and `moment_from` raise.
    """
    name = check_whose(whose)
    at = moment_from(day, seller_id=whose.seller_id, now=now)
    about = names_of([row.about for row in rows])
    kinds = {row.price_kind_id: kind_of(seller_id=whose.seller_id, price_kind_id=row.price_kind_id) for row in rows}
    hold(Lock.TERMS_OF_SELLER, whose.seller_id)
    latest = {(row.about, row.rank): row for row in rows}.values()
    told = (
        (
            row.about.product_id, row.about.category_id, row.about.brand, row.rank, row.price_kind_id,
            row.contract_number.strip()[:60],
        )
        for row in latest
    )  # fmt: skip
    counts = COLUMNS.put(told, fixed=whose.columns, at=at, now=now)
    if counts.created or counts.changed:
        brief = [[kinds[row.price_kind_id].name, about[row.about], row.rank] for row in rows]
        record_terms("price_kinds_assigned", whose=whose, name=name, at=at, now=now, told=brief)
    return counts
