"""Rows of documents as lists of money draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zveno.finance.labels import age_tone, kind_word
from zveno.finance.queries.documents import DocumentValue
from zveno.finance.rules.ageing import age_of
from zveno.portal.money.sides import names_for


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A document with its names. `late`: days past the due day of an open debt; `tone` is that of its age."""

    value: DocumentValue
    kind: str
    seller: str
    entity: str
    order: str
    late: int
    tone: str


def money_rows(values: Sequence[DocumentValue], today: date) -> list[MoneyRow]:
    """The rows, in the order of the values. Five SQL statements at most."""
    names = names_for((value.account for value in values), [value.order_id for value in values if value.order_id])
    return [
        MoneyRow(
            value,
            kind_word(value.kind),
            names.companies.get(value.account.seller_id, ""),
            names.entities.get(value.account.buyer_entity_id, ""),
            names.orders.get(value.order_id or 0, ""),
            max((today - value.due_on).days, 0) if value.rest > 0 else 0,
            age_tone(age_of(value.due_on, today)) if value.rest > 0 else "",
        )
        for value in values
    ]
