"""Taking goods from orders where a shelf was counted with less than is promised from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from zveno.base.events import publish
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.stock.actions.giving_way import give_way
from zveno.stock.actions.locked_supply import lock_supply
from zveno.stock.events import PromiseShaken, Shaken
from zveno.stock.models import Balance, Reservation
from zveno.stock.rules.values import ZERO


@in_transaction
def settle_shortage(*, seller_id: int, product_ids: Collection[int], now: datetime) -> int:
    """Where shelves of these products still promise more than lies there, take the excess; from how many orders.

    Those give way that need it latest. Publishes PromiseShaken for them. Running it again changes nothing. Seven SQL
    statements.
    """
    short = [one for one in lock_supply(seller_id=seller_id, product_ids=product_ids).balances if _is_short(one)]
    if not short:
        return 0
    held = (
        Reservation.objects.visible_to(current())
        .filter(seller_id=seller_id, product_id__in={one.product_id for one in short}, arrival=None, state="active")
        .select_related("product")
        .select_for_update(of=("self",))
        .order_by("id")
    )
    of_place: defaultdict[tuple[int, int], list[Reservation]] = defaultdict(list)
    for reservation in held:
        of_place[reservation.product_id, reservation.warehouse_id].append(reservation)
    lost = give_way(((of_place[one.product_id, one.warehouse_id], one.on_hand) for one in short), now=now)
    if lost:
        publish(PromiseShaken(seller_id=seller_id, shaken=tuple(_shaken(lost))))
    return len({reservation.order_id for reservation in lost})


def _is_short(balance: Balance) -> bool:
    return balance.reserved > max(balance.on_hand, ZERO)


def _shaken(lost: Iterable[Reservation]) -> Iterable[Shaken]:
    in_order = sorted(lost, key=lambda one: (one.due_on, one.placed_at, one.order_id))
    return (Shaken(order_id=one.order_id, product_id=one.product_id, change="counted") for one in in_order)
