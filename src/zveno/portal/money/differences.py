"""Accounts that do not agree with the accounting system, each explained."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zveno.finance.labels import cause_words
from zveno.finance.queries.balances import Which
from zveno.finance.queries.differences import Agreed, agreements, differences
from zveno.portal.money.sides import names_for, side_of


@dataclass(frozen=True, slots=True)
class Row:
    """An account that does not agree, with its parts in words."""

    agreed: Agreed
    entity: str
    parts: list[str]


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Every difference, the greatest first, and how many accounts agree."""
    side = side_of(request)
    which = Which(seller_id=side.actor.company_id)
    every = agreements(which)
    found = differences(which)
    names = names_for(one.agreed.account for one in found)
    rows = [
        Row(
            one.agreed,
            names.entities.get(one.agreed.account.buyer_entity_id, ""),
            [cause_words(part, one.agreed.account.currency) for part in one.parts],
        )
        for one in found
    ]
    told = {"side": side, "rows": rows, "compared": len(every), "agree": len(every) - len(found)}
    return render(request, "portal/money/differences.html", told)
