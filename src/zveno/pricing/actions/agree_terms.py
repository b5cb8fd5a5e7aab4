"""Agreeing in one deed on what terms an entity buys: credit and delay, its column, its discount on everything."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.set_trade_terms import set_trade_terms
from zveno.partners.queries.parties import seller_with
from zveno.pricing.actions.assign_kinds import ColumnTold, assign_kinds
from zveno.pricing.actions.checks import Whose, check_percent
from zveno.pricing.actions.end_rule import Kind, end_rule
from zveno.pricing.actions.set_discounts import DiscountTold, set_discounts
from zveno.pricing.errors import BuyerUnknown
from zveno.pricing.models import Discount, KindAssignment
from zveno.pricing.rules.facts import Layer


@in_transaction
def agree_terms(
    *,
    seller_id: int,
    buyer_entity_id: int,
    valid_from: date,
    now: datetime,
    price_kind_id: int | None,
    discount_percent: Decimal,
    **terms: Any,
) -> None:
    """Set the trade terms (see `set_trade_terms`, which takes `terms`), the column of rank 1 and the discount.

    Prices are never changed backwards: from a `valid_from` in the past, column and discount hold from now on. Without a
    column or a discount, those there are end. Raises what `set_trade_terms`, `assign_kinds`, `set_discounts` raise.
    """
    check_percent(discount_percent)
    seller = seller_with(seller_id=seller_id)
    if seller is None:
        raise BuyerUnknown
    set_trade_terms(seller_id=seller_id, buyer_entity_id=buyer_entity_id, valid_from=valid_from, now=now, **terms)
    day = valid_from if valid_from > seller.today(now) else None
    whose = Whose(seller_id, buyer_entity_id)
    contract = str(terms.get("contract_number", ""))
    if price_kind_id is None:
        _end_general("column", KindAssignment, whose, day, now, rank=1)
    else:
        column = ColumnTold(price_kind_id, contract_number=contract)
        assign_kinds(whose=whose, rows=[column], day=day, now=now)
    if not discount_percent:
        _end_general("discount", Discount, whose, day, now, layer=Layer.CONTRACT.value)
    else:
        discount = DiscountTold(Layer.CONTRACT, discount_percent, contract_number=contract)
        set_discounts(whose=whose, rows=[discount], day=day, now=now)


def _end_general(kind: Kind, model: Any, whose: Whose, day: date | None, now: datetime, **which: Any) -> None:
    """End the entity's own rule about everything that holds now."""
    rows = model.objects.visible_to(current()).filter(
        **whose.columns, **which, product_id=None, category_id=None, brand="", valid_from__lte=now
    )
    for row in rows.filter(Q(valid_to=None) | Q(valid_to__gt=now)):
        end_rule(seller_id=whose.seller_id, kind=kind, rule_id=row.pk, day=day, now=now)
