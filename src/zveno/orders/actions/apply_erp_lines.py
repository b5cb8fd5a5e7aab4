"""Lines of an order as the seller's accounting system has them now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from zveno.base.scope import current
from zveno.orders.actions.create_erp_order import line_of
from zveno.orders.actions.hold_supply import hold_supply, needed_of, wish_of
from zveno.orders.actions.late_goods import late_of
from zveno.orders.actions.settle_promise import promise_lines
from zveno.orders.models import Order, OrderLine
from zveno.orders.rules.erp_words import ErpLine, is_rounding, pair_lines
from zveno.orders.rules.lines import order_total
from zveno.stock.actions.keep_of_lines import keep_of_lines

_FIELDS = ("quantity", "price", "total", "discount_percent", "uncovered", "promise", "price_trace", "cancelled_at")


def apply_lines(
    order: Order, lines: list[OrderLine], said: Sequence[ErpLine], total: Decimal | None, *, now: datetime
) -> list[tuple[str, dict[str, object]]]:
    """Make the order's lines equal to `said`, and its sum to the ERP's; returns what to tell in the history.

    Lines that are gone are cancelled, new ones are added to `lines`. Goods held for a line that shrank are given back.
    """
    living = [line for line in lines if line.cancelled_at is None]
    pairs, gone, new = pair_lines(living, said)
    changed = [(line, told, _differences(line, told)) for line, told in pairs]
    changed = [entry for entry in changed if entry[2]]
    before = order.total
    notes = [{"code": line.code, "name": line.name, **differences} for line, _, differences in changed]
    notes += [{"code": line.code, "name": line.name, "change": "cancelled"} for line in gone]
    notes += [{"code": told.code, "name": told.name, "change": "added", "to": str(told.quantity)} for told in new]
    shrunk = {line: told.quantity for line, told, _ in changed if told.quantity < line.quantity}
    _give_back(order, shrunk | dict.fromkeys(gone, Decimal(0)), now)
    for line, told, _ in changed:
        _take_over(line, told)
    for line in gone:
        line.cancelled_at, line.uncovered = now, Decimal(0)
    OrderLine.objects.visible_to(current()).bulk_update(
        [line for line, _, _ in changed] + gone, _FIELDS, batch_size=500
    )
    last = max((line.position for line in lines), default=0)
    lines += OrderLine.objects.bulk_create(line_of(order, last + at, told) for at, told in enumerate(new, 1))
    left = [line for line in lines if line.cancelled_at is None]
    order.line_count = len(left)
    order.total = total if total is not None else order_total(line.total for line in left)
    return _told(order, notes, before)


def hold_again(order: Order, lines: Sequence[OrderLine], *, now: datetime) -> None:
    """Hold what lines lack since they grew or came anew; nothing before the order's first promise is made."""
    if order.decided_at is None:
        return
    living = [line for line in lines if line.cancelled_at is None]
    late = late_of(order, living, now)
    lacking = {line: needed_of(line) - late.held[line.pk] for line in living}
    days = {line.pk: wish_of(order, line) for line in living}
    promise_lines(living, hold_supply(order, lacking, days=days, now=now, erp_known_at=now))


def _differences(line: OrderLine, told: ErpLine) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("quantity", "price", "total"):
        before, after = getattr(line, name), getattr(told, name)
        if before != after:
            found[name] = [str(before), str(after)]
    return found


def _give_back(order: Order, keep: dict[OrderLine, Decimal], now: datetime) -> None:
    """Let lines hold no more than they still need."""
    if keep:
        quantities = {line.pk: max(left - line.shipped_quantity, Decimal(0)) for line, left in keep.items()}
        keep_of_lines(order_id=order.pk, seller_id=order.seller_id, keep=quantities, now=now)


def _take_over(line: OrderLine, told: ErpLine) -> None:
    line.uncovered = max(Decimal(0), line.uncovered + told.quantity - line.quantity)
    if told.price != line.price:
        line.price_trace = [{"code": "erp_price"}]
    line.quantity, line.price, line.total = told.quantity, told.price, told.total
    line.discount_percent = told.discount_percent


def _told(order: Order, notes: list[dict[str, object]], before: Decimal) -> list[tuple[str, dict[str, object]]]:
    sums = {"before": str(before), "after": str(order.total), "currency": order.currency}
    only_sums = all(set(note) <= {"code", "name", "total"} for note in notes)
    if not notes and before == order.total:
        return []
    if only_sums and is_rounding(before, order.total):
        return [("erp_rounding", {**sums, "lines": notes})]
    return [("erp_lines", {**sums, "lines": notes})]
