"""One order with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zveno.base.scope import current
from zveno.finance.queries.payments import PaymentValue, payments_of_order
from zveno.kit.codes import fold_code, fold_text
from zveno.orders.models import Order, OrderEvent, OrderLine, Shipment, ShipmentLine
from zveno.orders.queries.notes import own_note
from zveno.orders.queries.order_list import OrderRow, order_rows
from zveno.orders.rules.editing import may_cancel, may_edit
from zveno.orders.rules.states import OPEN, OrderState
from zveno.partners.rules.roles import Right
from zveno.stock.queries.reservations import ReservationValue, reservations_of_order


@dataclass(frozen=True, slots=True)
class LineValue:
    """A line of an order: its price as it was with the steps to it, what covers it, what nothing covers."""

    id: int
    position: int
    product_id: int | None
    code: str
    name: str
    unit: str
    quantity: Decimal
    shipped_quantity: Decimal
    uncovered: Decimal
    price: Decimal
    discount_percent: Decimal
    total: Decimal
    vat_percent: Decimal | None
    price_trace: tuple[dict[str, Any], ...]
    promise: tuple[dict[str, str], ...]
    is_cancelled: bool

    @property
    def has_price(self) -> bool:
        return self.price > 0


@dataclass(frozen=True, slots=True)
class EventValue:
    """One thing that happened; `kind` with `params` become a sentence on the page."""

    at: datetime
    actor_name: str
    on_behalf: bool
    kind: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShipmentLineValue:
    """One product that left."""

    product_id: int | None
    name: str
    quantity: Decimal
    price: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ShipmentValue:
    """Goods that left for the buyer."""

    id: int
    number: str
    shipped_on: date
    currency: str
    total: Decimal
    lines: tuple[ShipmentLineValue, ...]


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its lines, history (newest first), shipments, payments and what it holds of supply."""

    order: OrderRow
    placed_by_id: int | None
    confirmed_at: datetime | None
    decided_at: datetime | None
    vat_included: bool
    version: int
    lines: tuple[LineValue, ...]
    events: tuple[EventValue, ...]
    shipments: tuple[ShipmentValue, ...]
    payments: tuple[PaymentValue, ...]
    reservations: tuple[ReservationValue, ...]

    @property
    def paid(self) -> Decimal:
        return sum((payment.amount for payment in self.payments), Decimal(0))

    def may_be_edited(self, *, user_id: int, rights: Collection[Right]) -> bool:
        """Whether this person of the buyer may change the comment now (N3)."""
        return self._may_edit(user_id, rights) and self.order.state in OPEN

    def may_be_cancelled(self, *, user_id: int, rights: Collection[Right]) -> bool:
        """Whether this person of the buyer may cancel now (N3)."""
        return self._may_edit(user_id, rights) and may_cancel(self.order.state)

    def _may_edit(self, user_id: int, rights: Collection[Right]) -> bool:
        source = self.order.source
        return may_edit(placed_by_id=self.placed_by_id, source=source, user_id=user_id, rights=rights)


def order_page(*, order_id: int, line_search: str = "") -> OrderPage | None:
    """The order with this id if the current scope may see it. Nine SQL statements whatever its size.

    With `line_search`, only lines whose code or name holds it (F7).
    """
    orders = Order.objects.visible_to(current()).select_related("placed_by").annotate(own_note=own_note())
    order = orders.filter(pk=order_id).first()
    if order is None:
        return None
    lines = OrderLine.objects.visible_to(current()).filter(order=order).order_by("position")
    events = OrderEvent.objects.visible_to(current()).filter(order=order).order_by("-at", "-id")
    return OrderPage(
        order=replace(order_rows([order])[0], note=order.own_note),
        placed_by_id=order.placed_by_id,
        confirmed_at=order.confirmed_at,
        decided_at=order.decided_at,
        vat_included=order.vat_included,
        version=order.version,
        lines=tuple(_line(line) for line in lines if _holds(line, line_search)),
        events=tuple(EventValue(e.at, e.actor_name, e.on_behalf, e.kind, e.params) for e in events),
        shipments=_shipments(order),
        payments=payments_of_order(order_id=order.pk),
        reservations=reservations_of_order(order_id=order.pk),
    )


def order_state(*, order_id: int) -> OrderState | None:
    """The state of the order, if the current scope may see it. One SQL statement."""
    state = Order.objects.visible_to(current()).filter(pk=order_id).values_list("state", flat=True).first()
    return OrderState(state) if state else None


def _holds(line: OrderLine, search: str) -> bool:
    text, code = fold_text(search), fold_code(search)
    return not text or text in fold_text(line.name) or (bool(code) and code in fold_code(line.code))


def _line(line: OrderLine) -> LineValue:
    return LineValue(
        id=line.pk,
        position=line.position,
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        shipped_quantity=line.shipped_quantity,
        uncovered=line.uncovered,
        price=line.price,
        discount_percent=line.discount_percent,
        total=line.total,
        vat_percent=line.vat_percent,
        price_trace=tuple(line.price_trace),
        promise=tuple(line.promise),
        is_cancelled=line.cancelled_at is not None,
    )


def _shipments(order: Order) -> tuple[ShipmentValue, ...]:
    shipments = list(Shipment.objects.visible_to(current()).filter(order=order).order_by("shipped_on", "id"))
    lines = list(ShipmentLine.objects.visible_to(current()).filter(shipment__in=shipments).order_by("id"))
    return tuple(
        ShipmentValue(
            id=shipment.pk,
            number=shipment.number,
            shipped_on=shipment.shipped_on,
            currency=shipment.currency,
            total=shipment.total,
            lines=tuple(
                ShipmentLineValue(line.product_id, line.name, line.quantity, line.price, line.total)
                for line in lines
                if line.shipment_id == shipment.pk
            ),
        )
        for shipment in shipments
    )
