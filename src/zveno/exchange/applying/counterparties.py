"""Whom the accounting system means: our legal entities by its ids and by tax numbers."""

from __future__ import annotations

from zveno.exchange.applying.course import Course
from zveno.exchange.rules.messages import CounterpartyMessage
from zveno.partners.queries.counterparties import CounterpartyValue, buyers_by_entity, buyers_by_tax_number

OWN_ID = "zveno-"


def apply_counterparty(course: Course, message: CounterpartyMessage) -> None:
    """Remember by which id the accounting system knows a buyer of ours. Companies we do not know are not taken over."""
    known = bool(course.refs.find("entity", [message.external_id]))
    if find_buyer(course, message) is None:
        course.refuse("counterparty", "counterparty_unknown", message.external_id, **_told(message))
    else:
        course.count("counterparty", "unchanged" if known else "created")


def find_buyer(course: Course, message: CounterpartyMessage) -> CounterpartyValue | None:
    """The seller's buyer that `message` means: by the id it had before, by our own id coming back, by INN and KPP.

    An INN that several of the seller's buyers share, with a KPP that none has, means nobody.
    """
    entity_id = _entity_id(course, message.external_id)
    if entity_id is not None:
        found = buyers_by_entity(seller_id=course.seller_id, entity_ids=[entity_id])
        if entity_id in found:
            return found[entity_id]
    candidates = buyers_by_tax_number(seller_id=course.seller_id, inn=message.inn, kpp=message.kpp)
    if len(candidates) != 1:
        return None
    if message.external_id:
        course.refs.put("entity", message.external_id, candidates[0].entity_id)
    return candidates[0]


def _entity_id(course: Course, external_id: str) -> int | None:
    if not external_id:
        return None
    own = external_id.removeprefix(OWN_ID)
    if own != external_id and own.isdigit():
        return int(own)
    known = course.refs.find("entity", [external_id]).get(external_id)
    return known.object_id if known else None


def _told(message: CounterpartyMessage) -> dict[str, str]:
    return {"name": message.name or message.full_name, "inn": message.inn or "—", "kpp": message.kpp or "—"}
