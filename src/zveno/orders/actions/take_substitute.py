"""Something else instead of what a line lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max

from zveno.base.scope import current
from zveno.catalog.queries.orderable import products_for_order
from zveno.catalog.queries.relations import is_instead_of
from zveno.kit.quantity import plain, up_to_multiple
from zveno.orders.actions.cut_lines import count_sum, cut_lines
from zveno.orders.actions.hold_supply import Held, due_of, hold_supply
from zveno.orders.actions.settle_promise import promise_lines, save_promises
from zveno.orders.actions.write_order import line_of_product
from zveno.orders.errors import NothingToChoose
from zveno.orders.models import Need, Order, OrderLine
from zveno.partners.queries.parties import terms_on
from zveno.pricing.queries.quotes import price_lines


def take_substitute(
    order: Order, lines: Sequence[OrderLine], line: OrderLine, need: Need, *, now: datetime
) -> tuple[Held, dict[str, Any]]:
    """Put the chosen product (`choice_params`: `product_id`) in the place of what the line lacks, at its price now.

    In whole packs, held by the line's day. Raises NothingToChoose: it is no substitute, is not offered, or is not there
    in time.
    """
    product_id = int(need.choice_params.get("product_id", 0))
    product = products_for_order(product_ids=[product_id], seller_id=order.seller_id).get(product_id)
    fault = NothingToChoose(number=order.number, line=line.code or line.name)
    if product is None or not product.is_offered:
        raise fault
    if not is_instead_of(product_id=need.product_id, other_id=product_id, seller_id=order.seller_id):
        raise fault
    amount = need.lacking + need.late
    quantity = plain(up_to_multiple(amount, product.pack_quantity))
    terms = terms_on(entity_id=order.buyer_entity_id, seller_id=order.seller_id, day=now.date())
    quote = price_lines(lines=[(product_id, quantity)], terms=terms, at=now).quotes[0]
    every = OrderLine.objects.visible_to(current()).filter(order=order)
    last = every.aggregate(last=Max("position"))["last"]
    added = line_of_product(order, last + 1, product, quantity, quote)
    added.order, added.wished_on = order, due_of(order, line)
    added.save(force_insert=True)
    held = hold_supply(order, {added: quantity}, days={added.pk: added.wished_on}, now=now, only_whole=True)
    if not held.is_full:
        raise fault
    promise_lines([added], held)
    save_promises([added])
    cut_lines(order, {line: line.quantity - amount}, now=now)
    count_sum(order)
    return held, {"other": product.code or product.name, "other_quantity": _text(quantity)}


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
