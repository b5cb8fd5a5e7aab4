"""Loading the demo world, once, in one transaction; saying what it is doing."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from zveno.base.audit import record
from zveno.demo.loading import (
    approval,
    carts,
    claims,
    contracts,
    delivery,
    exchange,
    goods,
    history,
    media,
    money,
    openorders,
    orders,
    partners,
    sellout,
    slips,
    supply,
)
from zveno.demo.rules.parties import OPERATOR
from zveno.demo.world import World
from zveno.kit.errors import Conflict
from zveno.partners.models import Company

_MARK = "demo_world_loaded"
Say = Callable[[str], object]


class DatabaseInUse(Conflict):
    """The database holds companies that are not the demo world's; the demo world wants one of its own."""


def is_loaded() -> bool:
    """Whether the demo world stands in the database. Raises DatabaseInUse when other companies do."""
    from zveno.base.models import AuditEntry

    if AuditEntry.objects.unscoped("is the demo world here").filter(action=_MARK).exists():
        return True
    if Company.objects.unscoped("is the database empty").exists():
        raise DatabaseInUse()
    return False


def load(world: World, *, say: Say = lambda _: None) -> None:
    """Load `world` into an empty database, as its owner. Whole or not at all."""
    with transaction.atomic(), media.drawing(world) as drawn:
        say("Companies, people, terms")
        partners.load(world)
        say("Products, prices, stock")
        goods.load(world)
        contracts.load(world)
        supply.load(world)
        exchange.load(world)
        say("Two years of orders")
        orders.load(world)
        contracts.weigh(world)
        say("Open orders")
        openorders.load(world)
        slips.load(world)
        carts.load(world)
        contracts.near_the_cart(world)
        say("Carriers and parcels")
        delivery.load(world)
        say("Claims")
        claims.load(world)
        say("Orders that companies approve")
        approval.load(world)
        say("Two years of money")
        money.load(world)
        say("Two years of sell-out")
        sellout.load(world)
        say("Pictures and data sheets")
        media.load(world, drawn)
        say("Exchange with accounting systems")
        exchange.hold_sessions(world)
        history.load(world)
        say("Finishing")
        operator = Company.objects.unscoped("the demo world's own").get(pk=OPERATOR)
        record(action=_MARK, subject=operator, now=world.now, company_id=OPERATOR, seed=world.seed, scale=world.scale)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
