"""The manager charges delivery: as a line of its own, or spread over the prices of the goods (F11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

from django.db.models import Max

from zveno.base.audit import record
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.delivery.actions.keep_charge import Charge, charge_before, keep_charge
from zveno.kit.money import round_money
from zveno.orders.actions.history import announce_change, tell
from zveno.orders.actions.locked_order import locked_order
from zveno.orders.errors import ChargeOutOfRange, NothingToSpreadOver, OrderTooFarOn
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.delivery_share import Bearer, price_of, spread
from zveno.orders.rules.states import OrderState

How = Literal["line", "spread", ""]
# As long as the goods have not left, their price may be spoken about.
CHARGEABLE = frozenset({OrderState.PLACED, OrderState.ATTENTION, OrderState.CONFIRMED, OrderState.IN_WORK})
_MOST = Decimal("9999999.99")
_SHARE = "delivery_share"


@in_transaction
def charge_delivery(*, order_id: int, how: How, amount: Decimal, name: str, unit: str, now: datetime) -> None:
    """Charge `amount` for the delivery of the order, in place of what was charged before; empty `how`: nothing.

    `name` and `unit` are what the line is called. Raises OrderNotFound, OrderTooFarOn, ChargeOutOfRange,
    NothingToSpreadOver.
    """
    order = locked_order(order_id)
    if OrderState(order.state) not in CHARGEABLE:
        raise OrderTooFarOn(number=order.number, state=order.state)
    amount = round_money(amount, order.currency) if how else Decimal(0)
    if how and not 0 < amount <= _MOST:
        raise ChargeOutOfRange(most=str(_MOST))
    before = charge_before(
        order_id=order_id,
        seller_id=order.seller_id,
        company_id=order.buyer_company_id,
        entity_id=order.buyer_entity_id,
        currency=order.currency,
    )
    if (before.how, before.amount or Decimal(0)) == (how, amount):
        return
    total_before = order.total
    _take_back(order, before, now)
    charge = Charge(how, amount if how else None, before.line_id)
    if how == "line":
        charge = Charge(how, amount, _line(order, before.line_id, amount, name, unit))
    elif how == "spread":
        charge = Charge(how, amount, before.line_id, _spread(order, amount))
    keep_charge(order_id=order_id, charge=charge)
    order.line_count = OrderLine.objects.visible_to(current()).filter(order=order, cancelled_at=None).count()
    order.version += 1
    order.save()
    told = {
        "how": how, "amount": str(amount), "currency": order.currency, "before": str(total_before),
        "after": str(order.total),
    }  # fmt: skip
    tell(order, "delivery_charged", now=now, **told)
    record(
        action="delivery_charged",
        subject=order,
        now=now,
        company_id=order.buyer_company_id,
        seller_id=order.seller_id,
        number=order.number,
        **told,
    )
    announce_change(order, "delivery")


def _take_back(order: Order, before: Charge, now: datetime) -> None:
    """Undo what was charged: the line is cancelled, shares leave the prices they were put onto."""
    if before.how == "line" and before.line_id is not None:
        line = OrderLine.objects.visible_to(current()).filter(pk=before.line_id, cancelled_at=None).first()
        if line is not None:
            order.total -= line.total
            line.cancelled_at = now
            line.save(update_fields=["cancelled_at"])
    if before.how == "spread":
        _add(order, {key: -added for key, added in before.shares.items()})


def _line(order: Order, line_id: int | None, amount: Decimal, name: str, unit: str) -> int:
    own = OrderLine.objects.visible_to(current()).filter(order=order)
    line = own.filter(pk=line_id).first() if line_id is not None else None
    if line is None:
        last = own.aggregate(last=Max("position"))["last"] or 0
        line = OrderLine(
            order=order, seller_id=order.seller_id, buyer_entity_id=order.buyer_entity_id, position=last + 1
        )
    line.name, line.unit, line.quantity = name.strip()[:500], unit[:40], Decimal(1)
    line.price = line.total = amount
    line.price_trace, line.cancelled_at, line.uncovered = [{"code": "delivery_line"}], None, Decimal(0)
    line.save()
    order.total += amount
    return line.pk


def _spread(order: Order, amount: Decimal) -> dict[int, Decimal]:
    lines = OrderLine.objects.visible_to(current()).filter(order=order, cancelled_at=None).exclude(product=None)
    bearers = [Bearer(line.pk, line.quantity, line.total) for line in lines.order_by("position")]
    shares = spread(amount, bearers, currency=order.currency)
    if not shares:
        raise NothingToSpreadOver(number=order.number)
    added = {share.key: share.added for share in shares if share.added}
    _add(order, added)
    return added


def _add(order: Order, added: Mapping[int, Decimal]) -> None:
    lines = list(OrderLine.objects.visible_to(current()).filter(order=order, pk__in=added))
    for line in lines:
        line.total += added[line.pk]
        line.price = price_of(line.total, line.quantity)
        trace = [step for step in line.price_trace if step.get("code") != _SHARE]
        share = added[line.pk]
        line.price_trace = [*trace, {"code": _SHARE, "amount": str(share)}] if share > 0 else trace
        order.total += share
    OrderLine.objects.visible_to(current()).bulk_update(lines, ["total", "price", "price_trace"], batch_size=500)
