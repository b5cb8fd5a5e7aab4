"""The manager takes out of an order what it needs and will not get."""

from __future__ import annotations

from datetime import datetime

from zveno.base.audit import record
from zveno.base.tx import in_transaction
from zveno.orders.actions.confirm_if_settled import confirm_if_settled
from zveno.orders.actions.cut_lines import cut_lines
from zveno.orders.actions.history import announce_change, tell
from zveno.orders.actions.hold_supply import hold_supply, open_lines
from zveno.orders.actions.locked_need import need_to_answer
from zveno.orders.actions.settle_promise import settle_promise
from zveno.orders.errors import NotEnoughSupply, WordsMissing


@in_transaction
def drop_need(*, need_id: int, words: str, now: datetime) -> None:
    """Cut the need's line down to what is there in time, with `words` that the buyer reads.

    Raises NeedNotFound, NeedSettled, WordsMissing, NotEnoughSupply (nothing would be left of the order: reject it).
    """
    words = words.strip()[:1000]
    if not words:
        raise WordsMissing()
    need, order = need_to_answer(need_id)
    lines = open_lines(order)
    line = next(one for one in lines if one.pk == need.order_line_id)
    left = line.quantity - need.lacking - need.late
    if not left and len(lines) == 1:
        raise NotEnoughSupply(number=order.number, lines=line.code or line.name)
    told = cut_lines(order, {line: left}, now=now)
    tell(order, "need_dropped", now=now, lines=told, words=words, total=str(order.total), currency=order.currency)
    record(
        action="need_dropped",
        subject=order,
        now=now,
        company_id=order.buyer_company_id,
        seller_id=order.seller_id,
        number=order.number,
        line=line.code or line.name,
        words=words,
    )
    kept = [one for one in lines if one.cancelled_at is None]
    settled = settle_promise(order, kept, hold_supply(order, {}, days={}, now=now), now=now)
    was = order.state
    confirm_if_settled(order, settled, now=now)
    if order.state == was:
        order.version += 1
        order.save(update_fields=["version"])
        announce_change(order, "reduced")
