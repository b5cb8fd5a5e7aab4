"""The word of the seller's accounting system on an order: state, lines, shipments, payments; or a new order (N17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.actions.record_deal_papers import DealPaper, record_deal_papers
from zveno.finance.rules.documents import Kind
from zveno.orders.actions.apply_erp_lines import apply_lines, hold_again
from zveno.orders.actions.apply_erp_shipments import apply_shipments, ship_all_of
from zveno.orders.actions.create_erp_order import create_erp_order
from zveno.orders.actions.follow_needs import settle_all
from zveno.orders.actions.history import tell_all
from zveno.orders.actions.hold_supply import hold_supply
from zveno.orders.actions.keep_words import keep_words
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.actions.settle_promise import save_promises, settle_promise
from zveno.orders.events import OrderFollowed
from zveno.orders.models import Order, OrderEvent, OrderLine, Shipment
from zveno.orders.rules.erp_words import ErpLine, ErpPayment, ErpShipment, judge_state
from zveno.orders.rules.needs import NeedState
from zveno.orders.rules.search.texts import number_key
from zveno.orders.rules.states import HOLDS_RESERVATION, OrderState
from zveno.stock.actions.count_on_day import count_on_day
from zveno.stock.actions.mark_known_to_erp import mark_known_to_erp
from zveno.stock.actions.release_reservations import release_reservations

Told = list[tuple[str, dict[str, object]]]
_LEFT = (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED)


@dataclass(frozen=True, slots=True)
class ErpOrder:
    """All that the ERP says of one order. What is empty or `None` was not told, and stands as it is.

    `order_id` is our order; `None`: an order born in the ERP, known by `erp_number`, its day and the buyer. `word` is
    the ERP's own word for the state, `author` who entered the order there. `lines` is the whole list.
    """

    seller_id: int
    order_id: int | None = None
    buyer_company_id: int | None = None
    buyer_entity_id: int | None = None
    erp_number: str = ""
    ordered_at: datetime | None = None
    state: OrderState | None = None
    word: str = ""
    author: str = ""
    currency: str = ""
    vat_included: bool | None = None
    total: Decimal | None = None
    wished_on: date | None = None
    promised_on: date | None = None
    comment: str = ""
    lines: tuple[ErpLine, ...] | None = None
    shipments: tuple[ErpShipment, ...] = ()
    payments: tuple[ErpPayment, ...] = ()


@dataclass(frozen=True, slots=True)
class ErpApplied:
    """What came of it: the order, whether it is new, and the kinds of things that changed; none: nothing was new."""

    order_id: int
    created: bool
    changes: tuple[str, ...] = field(default=())


@in_transaction
def apply_erp_order(*, said: ErpOrder, told_by: str, now: datetime) -> ErpApplied:
    """Take over what the ERP says; `told_by` is its name in the order's history. The same again changes nothing.

    A state that would lead back is noted in the history, not taken. Lines, prices and sums of the ERP replace ours.
    What the order holds of supply follows its lines, and goes when it ends. Does not announce the change to the
    ERP, which would echo. Raises OrderNotFound, ErpOrderIncomplete (a new order without buyer, number or lines).
    """
    order, created = _order(said, now)
    told: Told = [("erp_born", {"number": order.erp_number, "author": order.erp_author})] if created else []
    lines = list(OrderLine.objects.visible_to(current()).filter(order=order).order_by("position"))
    told += _apply_facts(order, said, lines)
    if said.lines is not None and not created:
        told += apply_lines(order, lines, said.lines, said.total, now=now)
    if any(kind in ("erp_lines", "erp_born") for kind, _ in told) and order.state in HOLDS_RESERVATION:
        # Before the shipments, which take from what is held.
        hold_again(order, lines, now=now)
    told += apply_shipments(order, lines, said.shipments, now=now)
    told += _apply_state(order, said, now)
    _settle_supply(order, lines, now)
    # Last of the locks: the ledger's.
    told += _enter_into_ledger(order, said, now)
    if not told:
        return ErpApplied(order.pk, created=False)
    _settle_needs(order, lines, now)
    order.version += 1
    order.number_key = number_key(order.number, order.erp_number)
    order.save()
    keep_words(order, lines)
    tell_all(order, told, now=now, actor_name=told_by)
    if any(kind in ("erp_born", "erp_state", "shipped") for kind, _ in told):
        publish(OrderFollowed(order.pk, order.seller_id, order.buyer_entity_id))
    return ErpApplied(order.pk, created, tuple(kind for kind, _ in told))


def _order(said: ErpOrder, now: datetime) -> tuple[Order, bool]:
    if said.order_id is not None:
        return locked_order(said.order_id), False
    return create_erp_order(
        seller_id=said.seller_id,
        buyer_company_id=said.buyer_company_id,
        buyer_entity_id=said.buyer_entity_id,
        erp_number=said.erp_number,
        ordered_at=said.ordered_at or now,
        state=said.state or OrderState.CONFIRMED,
        currency=said.currency or "RUB",
        vat_included=said.vat_included is not False,
        total=said.total,
        wished_on=said.wished_on,
        comment=said.comment,
        author=said.author,
        lines=said.lines or (),
        now=now,
    )


def _apply_facts(order: Order, said: ErpOrder, lines: list[OrderLine]) -> Told:
    """The ERP's own number says that it has taken the order over; its date is what the buyer may rely on."""
    told: Told = []
    if said.erp_number and said.erp_number != order.erp_number:
        told.append(("erp_number", {"number": said.erp_number, "before": order.erp_number}))
        order.erp_number = said.erp_number
    if said.promised_on and said.promised_on != order.promised_on:
        before = order.promised_on.isoformat() if order.promised_on else ""
        told.append(("erp_promise", {"on": said.promised_on.isoformat(), "before": before}))
        order.promised_on = said.promised_on
        for line in lines:
            line.promised_on = said.promised_on
        save_promises(lines)
        days = dict.fromkeys((line.pk for line in lines), said.promised_on)
        count_on_day(order_id=order.pk, days=days, only_late=False)
    return told


def _enter_into_ledger(order: Order, said: ErpOrder, now: datetime) -> Told:
    """Shipments make the debt and payments settle it; the history tells of payments that are news."""
    shipped = {shipment.number: shipment for shipment in said.shipments}
    kept = Shipment.objects.visible_to(current()).filter(order=order, number__in=shipped)
    totals = {(row.number, row.shipped_on.year): row.total for row in kept}
    papers = [
        DealPaper(
            Kind.SHIPMENT,
            one.number,
            one.shipped_at.date(),
            totals.get((one.number, one.shipped_at.year), Decimal(0)),
            one.currency or order.currency,
            is_void=one.is_void,
        )
        for one in said.shipments
    ]
    papers += [
        DealPaper(Kind.PAYMENT, one.number, one.paid_on, one.amount, one.currency or order.currency)
        for one in said.payments
    ]
    news = record_deal_papers(
        seller_id=order.seller_id,
        buyer_company_id=order.buyer_company_id,
        buyer_entity_id=order.buyer_entity_id,
        order_id=order.pk,
        papers=papers,
        now=now,
    )
    return [
        ("paid", {"number": paper.number, "amount": str(paper.amount), "currency": paper.currency})
        for paper, is_news in zip(papers, news, strict=True)
        if is_news and paper.kind is Kind.PAYMENT
    ]


def _apply_state(order: Order, said: ErpOrder, now: datetime) -> Told:
    before = OrderState(order.state)
    verdict = judge_state(before, said.state)
    told: Told = []
    # Goods that left lead further than the state told beside them.
    if verdict.clashes and not (said.shipments and before in _LEFT):
        told += _clash(order, said)
    if verdict.becomes is not None:
        order.state = verdict.becomes.value
        told.append(("erp_state", {"before": before.value, "after": order.state, "word": said.word}))
        if verdict.becomes is not OrderState.ATTENTION:
            order.attention = []
        if verdict.becomes is OrderState.CONFIRMED:
            order.confirmed_at = now
    return told


def _settle_supply(order: Order, lines: list[OrderLine], now: datetime) -> None:
    """Let what the order holds follow its state."""
    if order.state in (OrderState.SHIPPED, OrderState.COMPLETED):
        ship_all_of(order, lines, now=now)
    if order.state not in HOLDS_RESERVATION:
        release_reservations(order_id=order.pk, seller_id=order.seller_id, now=now)
    else:
        mark_known_to_erp(order_id=order.pk, at=now)


def _settle_needs(order: Order, lines: list[OrderLine], now: datetime) -> None:
    """Let lines and needs follow what the order holds now."""
    if order.state not in HOLDS_RESERVATION:
        is_done = order.state in (OrderState.SHIPPED, OrderState.COMPLETED)
        settle_all(order, NeedState.COVERED if is_done else NeedState.DROPPED, now=now)
    elif order.decided_at is not None:
        living = [line for line in lines if line.cancelled_at is None]
        settle_promise(order, living, hold_supply(order, {}, days={}, now=now), now=now)


def _clash(order: Order, said: ErpOrder) -> Told:
    """Note a state that leads back, once."""
    params: dict[str, object] = {
        "told": said.state.value if said.state else "",
        "stays": order.state,
        "word": said.word,
    }
    noted = OrderEvent.objects.visible_to(current()).filter(order=order, kind="erp_state_clash", params=params)
    return [] if noted.exists() else [("erp_state_clash", params)]
