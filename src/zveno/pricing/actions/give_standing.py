"""Giving a buyer its status: by hand, by the accounting system, or by what it bought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.queries.parties import seller_with
from zveno.pricing.actions.checks import Whose, check_whose, record_terms
from zveno.pricing.actions.timeline import BUYER_STANDINGS
from zveno.pricing.errors import StandingUnknown
from zveno.pricing.models import BuyerStanding, Standing
from zveno.pricing.queries.standings import asked_now
from zveno.pricing.rules.standing import Past, Source, standing_for


@in_transaction
def give_standing(
    *,
    seller_id: int,
    buyer_entity_id: int,
    standing_id: int | None,
    source: Source,
    held_until: date | None = None,
    now: datetime,
) -> None:
    """Give the entity the status from now on and hold it until a day (None: until somebody changes it).

    None as status lets the rules decide again. Raises BuyerUnknown, StandingUnknown.
    """
    whose = Whose(seller_id, buyer_entity_id)
    name = check_whose(whose)
    hold(Lock.TERMS_OF_SELLER, seller_id)
    if standing_id is None:
        _let_rules_decide(whose, now)
        record_terms("standing_left_to_rules", whose=whose, name=name, at=now, now=now)
        return
    standing = Standing.objects.visible_to(current()).filter(pk=standing_id, seller_id=seller_id).first()
    seller = seller_with(seller_id=seller_id)
    if standing is None or seller is None:
        raise StandingUnknown
    until = datetime.combine(held_until, time(), ZoneInfo(seller.time_zone)) if held_until else None
    row: tuple[Any, ...] = (buyer_entity_id, standing_id, source.value, {}, True, until)
    counts = BUYER_STANDINGS.put([row], fixed={"seller_id": seller_id}, at=now, now=now)
    if counts.created or counts.changed:
        until_day = held_until.isoformat() if held_until else ""
        record_terms("standing_given", whose=whose, name=name, at=now, now=now, standing=standing.name, until=until_day)


@in_transaction
def weigh_standings(*, seller_id: int, pasts: Mapping[int, Past], now: datetime) -> int:
    """Give each entity the status that its past reaches by the seller's rules; how many changed.

    One that is held by hand stays until its day. One whom no rule fits has no status any more.
    """
    asked = asked_now(seller_id=seller_id, now=now)
    hold(Lock.TERMS_OF_SELLER, seller_id)
    rows = BuyerStanding.objects.visible_to(current()).filter(seller_id=seller_id, buyer_entity_id__in=pasts)
    before = {row.buyer_entity_id: row for row in rows.filter(valid_to=None).select_related("standing")}
    changed = 0
    for entity_id, past in sorted(pasts.items()):
        known = before.get(entity_id)
        if known is not None and known.is_held and (known.held_until is None or known.held_until > now):
            continue
        found = standing_for(past, asked)
        if (found.standing_id if found else None) == (known.standing_id if known else None):
            continue
        changed += 1
        whose = Whose(seller_id, entity_id)
        if found is None:
            _let_rules_decide(whose, now)
        else:
            shipped = str(past.shipped.get(found.months, 0))
            reason = {"orders": past.orders, "shipped": shipped, "months": found.months}
            row: tuple[Any, ...] = (entity_id, found.standing_id, Source.RULE.value, reason, False, None)
            BUYER_STANDINGS.put([row], fixed={"seller_id": seller_id}, at=now, now=now)
        _tell(whose, found.standing_id if found else None, past, now)
    return changed


def _let_rules_decide(whose: Whose, now: datetime) -> None:
    rows = BuyerStanding.objects.visible_to(current())
    own = rows.filter(seller_id=whose.seller_id, buyer_entity_id=whose.buyer_entity_id, valid_to=None)
    BUYER_STANDINGS.end(list(own.values_list("pk", flat=True)), at=now, now=now)


def _tell(whose: Whose, standing_id: int | None, past: Past, now: datetime) -> None:
    name = check_whose(whose)
    if standing_id is None:
        record_terms("standing_lost", whose=whose, name=name, at=now, now=now)
        return
    standing = Standing.objects.visible_to(current()).get(pk=standing_id)
    record_terms(
        "standing_reached", whose=whose, name=name, at=now, now=now, standing=standing.name, orders=past.orders
    )
