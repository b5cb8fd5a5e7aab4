"""Orders, shipments and payments as the accounting system has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from zveno.catalog.queries.orderable import products_for_order
from zveno.exchange.applying.counterparties import OWN_ID, find_buyer
from zveno.exchange.applying.course import Course
from zveno.exchange.applying.settlements import apply_settlements, order_id_told
from zveno.exchange.rules.erp_states import state_told
from zveno.exchange.rules.messages import DocumentKind, DocumentMessage, OrderLine, OrderMessage, SettlementMessage
from zveno.exchange.rules.settlements import ONLY_SETTLES, settlement_of
from zveno.kit.errors import Fault
from zveno.kit.quantity import LARGEST
from zveno.orders.actions.apply_erp_order import ErpApplied, ErpOrder, apply_erp_order
from zveno.orders.rules.erp_words import ErpLine, ErpPayment, ErpShipment
from zveno.partners.queries.parties import seller_with

_PRICE_STEP = Decimal("0.0001")
_NOON = time(12)


def apply_order(course: Course, message: OrderMessage) -> None:
    """Take one order: news of ours, or one born over there. What cannot be taken is refused alone, with the reason."""
    order_id = order_id_told(course, message.external_id, message.number)
    buyer = None
    if order_id is None:
        told = message.buyer
        buyer = find_buyer(course, told) if told else None
        if buyer is None:
            name = (told.name or told.full_name) if told else "—"
            inn = told.inn if told and told.inn else "—"
            course.refuse(
                "order", "order_buyer_unknown", message.external_id, number=_number(message), name=name, inn=inn
            )
            return
    said = ErpOrder(
        seller_id=course.seller_id,
        order_id=order_id,
        buyer_company_id=buyer.company_id if buyer else None,
        buyer_entity_id=buyer.entity_id if buyer else None,
        erp_number=message.erp_number or ("" if order_id is not None else message.number),
        ordered_at=_moment(course, message.ordered_on, message.ordered_time),
        state=state_told(message, is_ours=order_id is not None),
        word=message.status,
        author=message.author,
        currency=message.currency,
        vat_included=message.vat_included,
        total=message.total,
        promised_on=message.ship_by,
        comment=message.comment,
        lines=_lines(course, message.lines),
        shipments=tuple(_shipments(course, message.documents)),
        payments=tuple(_payments(message)),
    )
    _apply(course, said, message.external_id, number=_number(message))
    apply_settlements(course, list(_beside_the_order(message)))


def apply_document(course: Course, message: DocumentMessage) -> None:
    """Take a shipment or a payment that stands beside its order; without one it belongs to settlements alone."""
    order_id = order_id_told(course, message.order_external_id, "")
    settlement = settlement_of(message, message.counterparties)
    if settlement is not None and (order_id is None or message.kind in ONLY_SETTLES):
        apply_settlements(course, [settlement])
        return
    if order_id is None:
        course.refuse(
            "document", "document_order_unknown", message.external_id, number=message.erp_number or message.number
        )
        return
    said = ErpOrder(
        seller_id=course.seller_id,
        order_id=order_id,
        shipments=tuple(_shipments(course, (message,))),
        payments=tuple(_payment(one) for one in (message,) if _is_payment(one)),
    )
    if not said.shipments and not said.payments:
        course.count("document", "unchanged")
        return
    _apply(course, said, "", kind="document", number=message.number)


def _beside_the_order(message: OrderMessage) -> Iterator[SettlementMessage]:
    """Returns of goods and of money: they are no news of the order, but of what is owed."""
    for document in message.documents:
        if document.kind in ONLY_SETTLES:
            told = replace(document, order_external_id=message.external_id)
            settlement = settlement_of(told, document.counterparties or message.counterparties)
            if settlement is not None:
                yield settlement


def _apply(course: Course, said: ErpOrder, external_id: str, *, kind: str = "order", number: str) -> None:
    try:
        with transaction.atomic():
            applied = apply_erp_order(said=said, told_by=course.name, now=course.at)
    except Fault as fault:
        params = {name: str(value) for name, value in fault.params.items()}
        course.refuse(kind, fault.code, external_id, **{"number": number, **params})
        return
    if external_id:
        course.refs.put("order", external_id, applied.order_id)
    course.count(kind, _outcome(applied))


def _outcome(applied: ErpApplied) -> str:
    return "created" if applied.created else "changed" if applied.changes else "unchanged"


def _number(message: OrderMessage) -> str:
    return message.erp_number or message.number or message.external_id


def _lines(course: Course, lines: Sequence[OrderLine] | None) -> tuple[ErpLine, ...] | None:
    if lines is None:
        return None
    known = _products(course, {line.product_external_id for line in lines})
    told = []
    for line in lines:
        quantity = line.quantity * line.ratio
        if not 0 < quantity <= LARGEST:
            course.doubt_once("order_line_left_out", line.product_external_id, name=line.name, value=str(line.quantity))
            continue
        total = line.sum if line.sum is not None else (line.price or Decimal(0)) * line.quantity
        told.append(
            ErpLine(
                product_id=known.get(line.product_external_id),
                quantity=quantity,
                price=(total / quantity).quantize(_PRICE_STEP, rounding=ROUND_HALF_UP),
                total=total,
                name=line.name or line.code or line.product_external_id,
                code=line.code or line.erp_code,
                unit=line.unit_name or "шт",
                discount_percent=line.discount_percent or Decimal(0),
                vat_percent=line.vat_rate,
            )
        )
    return tuple(told)


def _products(course: Course, external_ids: set[str]) -> dict[str, int]:
    """Our products by the other side's ids, and by our own ids coming back (of products it does not have)."""
    known = {external_id: ref.object_id for external_id, ref in course.refs.find("product", external_ids).items()}
    own = {one: int(one.removeprefix(OWN_ID)) for one in external_ids - known.keys() if _is_own(one)}
    here = products_for_order(product_ids=own.values(), seller_id=course.seller_id) if own else {}
    return known | {external_id: product_id for external_id, product_id in own.items() if product_id in here}


def _is_own(external_id: str) -> bool:
    return external_id.startswith(OWN_ID) and external_id.removeprefix(OWN_ID).isdigit()


def _shipments(course: Course, documents: Sequence[DocumentMessage]) -> list[ErpShipment]:
    return [
        ErpShipment(
            number=one.erp_number or one.number or one.external_id,
            shipped_at=_moment(course, one.issued_on, one.issued_time) or course.at,
            lines=_lines(course, one.lines) or (),
            total=one.total,
            currency=one.currency,
            is_void=bool(one.cancelled or one.deleted),
        )
        for one in documents
        if one.kind is DocumentKind.SHIPMENT and one.posted is not False
    ]


def _payments(message: OrderMessage) -> list[ErpPayment]:
    told = [_payment(one) for one in message.documents if _is_payment(one)]
    if not told and message.paid and message.payment_number and message.paid_on and message.total:
        told.append(ErpPayment(message.payment_number, message.paid_on, message.total, message.currency))
    return told


def _is_payment(document: DocumentMessage) -> bool:
    stands = document.posted is not False and not document.cancelled and not document.deleted
    return stands and document.kind is DocumentKind.PAYMENT and bool(document.total) and document.issued_on is not None


def _payment(document: DocumentMessage) -> ErpPayment:
    assert document.issued_on is not None and document.total is not None
    number = document.erp_number or document.number or document.external_id
    return ErpPayment(number, document.issued_on, document.total, document.currency)


def _moment(course: Course, day: date | None, hour: time | None) -> datetime | None:
    """A moment on the seller's clock; an order without an hour was born at noon."""
    if day is None:
        return None
    seller = seller_with(seller_id=course.seller_id)
    zone = ZoneInfo(seller.time_zone if seller else "Europe/Moscow")
    return datetime.combine(day, hour or _NOON, tzinfo=zone)
