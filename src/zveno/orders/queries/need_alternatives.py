"""What could be done about the needs of an order, weighed now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from zveno.catalog.queries.orderable import products_for_order
from zveno.orders.queries.alternatives import Alternatives, Question, alternatives_for
from zveno.orders.queries.need_list import NeedValue
from zveno.orders.queries.order_page import LineValue, OrderPage
from zveno.orders.rules.needs import NeedState
from zveno.partners.queries.actors import TermsValue
from zveno.stock.queries.supply import supply_of
from zveno.stock.rules.promise import promise
from zveno.stock.rules.values import Manner, Plan, Supply, Wanted


def alternatives_of_order(
    *, page: OrderPage, terms: TermsValue | None, today: date, now: datetime
) -> dict[int, Alternatives]:
    """What would help each need that nobody has answered, by its id. Six SQL statements, none without such needs.

    Weighed with the goods that are free now; what the order holds already is not asked again.
    """
    needs = [need for need in page.needs if need.open_quantity and need.state is not NeedState.PLANNED]
    if not needs:
        return {}
    order = page.order
    ids = {need.product_id for need in needs}
    supply = supply_of(product_ids=ids, sellers=[order.seller_id], today=today, entity_id=order.buyer_entity_id)
    products = products_for_order(product_ids=ids, seller_id=order.seller_id)
    wanted = [
        Wanted(need.id, need.product_id, need.open_quantity, need.wished_on, products[need.product_id].pack_quantity)
        for need in needs
    ]
    lines = {line.id: line for line in page.lines}
    manner = Manner(in_parts=page.in_parts)
    free = [one for each in supply.values() for one in each.supplies]
    return alternatives_for(
        lacking=wanted,
        covered={need.id: _covered(need, lines.get(need.line_id)) for need in needs},
        is_held=True,
        later_on=_later(needs, wanted, free, today),
        supply=supply,
        question=Question(
            seller_id=order.seller_id,
            entity_id=order.buyer_entity_id,
            terms=terms,
            today=today,
            now=now,
            manner=manner,
            warehouse_id=page.warehouse_id,
        ),
    )


def _covered(need: NeedValue, line: LineValue | None) -> Decimal:
    return max((line.quantity if line else Decimal(0)) - need.open_quantity, Decimal(0))


def _later(
    needs: Sequence[NeedValue], wanted: Sequence[Wanted], free: Sequence[Supply], today: date
) -> dict[int, date | None]:
    """When all of a need could be there: what is held comes on its late day, what is lacking as goods come."""
    lacking = [
        Wanted(one.key, one.product_id, need.lacking, one.wished_on, one.pack)
        for one, need in zip(wanted, needs, strict=True)
        if need.lacking
    ]
    plan: Plan = promise(lacking, free, today=today, manner=Manner(accepts_later=True))
    days = {line.key: line.promised_on if line.is_full else None for line in plan.lines}
    found: dict[int, date | None] = {}
    for need in needs:
        told = [need.late_on] if need.late else []
        told += [days.get(need.id)] if need.lacking else []
        known = [day for day in told if day]
        found[need.id] = max(known) if len(known) == len(told) and known else None
    return found
