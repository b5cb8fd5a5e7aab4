"""One order with everything that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from zveno.base.scope import current
from zveno.finance.queries.payments import PaymentValue, payments_of_order
from zveno.kit.codes import fold_code, fold_text
from zveno.orders.models import Need, Order, OrderEvent, OrderLine, Shipment, ShipmentLine
from zveno.orders.queries.need_list import NeedValue, needs_of_order
from zveno.orders.queries.notes import own_note
from zveno.orders.queries.order_list import OrderRow, order_rows
from zveno.orders.rules.editing import may_cancel, may_edit
from zveno.orders.rules.standing import HeldPart, standing
from zveno.orders.rules.states import HOLDS_RESERVATION, OPEN, OrderState
from zveno.partners.rules.roles import Right
from zveno.stock.queries.policies import policy_of
from zveno.stock.queries.reservations import ReservationValue, reservations_of_order
from zveno.stock.rules.policy import Policy
from zveno.stock.rules.words import Promising


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
    wished_on: date | None
    promised_on: date | None
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
    """An order with its lines, history (newest first), shipments, payments, what it holds of supply and what it needs.

    `warehouse`: the one it shall come from alone, if the buyer wished that.
    """

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
    needs: tuple[NeedValue, ...]
    in_parts: bool
    warehouse_id: int | None
    warehouse: str

    @property
    def is_settling(self) -> bool:
        """Whether the system still works on it: its promise, or what the buyer chose."""
        return self.order.state is OrderState.PLACED or any(need.is_being_carried_out for need in self.needs)

    def may_choose(self, *, user_id: int, rights: Collection[Right]) -> bool:
        """Whether this person of the buyer may say what shall become of what it needs (N3)."""
        return self._may_edit(user_id, rights) and self.order.state in HOLDS_RESERVATION

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
    """The order with this id if the current scope may see it. Twelve SQL statements whatever its size.

    With `line_search`, only lines whose code or name holds it (F7).
    """
    orders = (
        Order.objects.visible_to(current())
        .select_related("placed_by", "warehouse")
        .annotate(
            own_note=own_note(),
            has_needs=Exists(Need.objects.visible_to(current()).filter(order=OuterRef("pk"), settled_at=None)),
        )
    )
    order = orders.filter(pk=order_id).first()
    if order is None:
        return None
    reservations = reservations_of_order(order_id=order.pk)
    held = _held(order, reservations)
    lines = OrderLine.objects.visible_to(current()).filter(order=order).order_by("position")
    events = OrderEvent.objects.visible_to(current()).filter(order=order).order_by("-at", "-id")
    return OrderPage(
        order=replace(order_rows([order])[0], note=order.own_note),
        placed_by_id=order.placed_by_id,
        confirmed_at=order.confirmed_at,
        decided_at=order.decided_at,
        vat_included=order.vat_included,
        version=order.version,
        lines=tuple(_line(order, line, held.get(line.pk, ())) for line in lines if _holds(line, line_search)),
        events=tuple(EventValue(e.at, e.actor_name, e.on_behalf, e.kind, e.params) for e in events),
        shipments=_shipments(order),
        payments=payments_of_order(order_id=order.pk),
        reservations=reservations,
        needs=needs_of_order(order_id=order.pk) if order.has_needs else (),
        in_parts=order.in_parts,
        warehouse_id=order.warehouse_id,
        warehouse=order.warehouse.name if order.warehouse else "",
    )


def order_state(*, order_id: int) -> OrderState | None:
    """The state of the order, if the current scope may see it. One SQL statement."""
    state = Order.objects.visible_to(current()).filter(pk=order_id).values_list("state", flat=True).first()
    return OrderState(state) if state else None


def _holds(line: OrderLine, search: str) -> bool:
    text, code = fold_text(search), fold_code(search)
    return not text or text in fold_text(line.name) or (bool(code) and code in fold_code(line.code))


def is_settling(*, order_id: int) -> bool | None:
    """Whether the system still works on the order; `None`: not to be seen. Two SQL statements."""
    state = order_state(order_id=order_id)
    if state is None or state is OrderState.PLACED:
        return None if state is None else True
    waiting = Need.objects.visible_to(current()).filter(order_id=order_id, settled_at=None, carried_out_at=None)
    return waiting.exclude(choice="").exists()


def _held(order: Order, reservations: Sequence[ReservationValue]) -> dict[int, tuple[HeldPart, ...]]:
    """By line: what is held now. The line keeps what was promised; goods on their way may have another day since."""
    held = sorted((one for one in reservations if one.state == "active"), key=lambda one: one.id)
    # What lies on shelves is sure by any policy.
    policy = policy_of(seller_id=order.seller_id) if any(one.confidence for one in held) else Policy()
    found: defaultdict[int, list[HeldPart]] = defaultdict(list)
    for one in held:
        is_sure = one.confidence is None or policy.promising(one.confidence) is Promising.PROMISE
        found[one.order_line_id].append(HeldPart(one.quantity, one.warehouse, one.due_on, is_sure))
    return {key: tuple(parts) for key, parts in found.items()}


def _promise(order: Order, line: OrderLine, held: Sequence[HeldPart]) -> tuple[dict[str, str], ...]:
    if not held:
        return tuple(line.promise)
    due_on = line.promised_on or (line.wished_on if order.in_parts else None) or order.wished_on
    return standing(line.quantity - line.shipped_quantity, held, due_on=due_on, today=date.min).parts


def _line(order: Order, line: OrderLine, held: Sequence[HeldPart]) -> LineValue:
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
        promise=_promise(order, line, held),
        wished_on=line.wished_on,
        promised_on=line.promised_on,
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
