"""How much of its credit with a seller an entity has used."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from zveno.base.scope import current
from zveno.finance.queries.payments import paid_in_all
from zveno.orders.models import Order, OrderLine, Shipment
from zveno.orders.rules.states import HOLDS_RESERVATION
from zveno.partners.queries.actors import TermsValue

_UNDERWAY = [state.value for state in HOLDS_RESERVATION]


def credit_over(*, terms: TermsValue, total: Decimal, currency: str) -> Decimal | None:
    """By how much an order of `total` would go beyond the credit limit; `None` when it does not.

    Used are goods that were shipped and not paid, and what orders under way have not shipped yet. Terms without a
    limit have none; in another currency it cannot be compared, and everything is beyond it. Four SQL statements.
    """
    if terms.credit_limit is None:
        return None
    if currency != terms.currency:
        return total
    over = credit_used(seller_id=terms.seller_id, entity_id=terms.buyer_entity_id, currency=currency) + total
    return over - terms.credit_limit if over > terms.credit_limit else None


def credit_used(*, seller_id: int, entity_id: int, currency: str) -> Decimal:
    """What the entity owes the seller for goods that left, and will owe for those that have not left yet."""
    own = {"seller_id": seller_id, "buyer_entity_id": entity_id, "currency": currency}
    scope = current()
    underway = Order.objects.visible_to(scope).filter(**own, state__in=_UNDERWAY)
    shipped = Shipment.objects.visible_to(scope).filter(**own).aggregate(sum=Sum("total"))["sum"] or Decimal(0)
    ordered = underway.aggregate(sum=Sum("total"))["sum"] or Decimal(0)
    partly = OrderLine.objects.visible_to(scope).filter(order__in=underway, shipped_quantity__gt=0, cancelled_at=None)
    left = sum((price * quantity for price, quantity in partly.values_list("price", "shipped_quantity")), Decimal(0))
    return shipped + ordered - left - paid_in_all(seller_id=seller_id, entity_id=entity_id, currency=currency)
