"""Sums over a million documents of one seller, as its pages and a buyer's ask for them, with row security on."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench._ground import Watch, fresh_house, tell

ROUNDS, DOCUMENTS, CLIENTS = 15, 1_000_000, 200
TODAY = date(2026, 4, 17)

# Shipments and payments over five years; what is younger than thirty days is open.
_FILL = """
    INSERT INTO finance_ledgerdocument (account_id, seller_id, buyer_entity_id, kind, external_id, number, issued_on,
        due_on, amount, change, rest, settles, note, is_void, source_time, digest, recorded_at)
    SELECT a.id, a.seller_id, a.buyer_entity_id, k.kind, 'd-' || n, 'РТУ-' || n, day, day + 30, 100 + n % 900,
        k.sign * (100 + n % 900), CASE WHEN day > %(today)s - 30 AND k.sign > 0 THEN 100 + n % 900 ELSE 0 END,
        '[]', '', false, now(), '', now()
    FROM generate_series(1, %(count)s) n
    CROSS JOIN LATERAL (SELECT %(today)s - (n %% 1826) AS day) d
    CROSS JOIN LATERAL (SELECT CASE WHEN n %% 2 = 0 THEN 'shipment' ELSE 'payment' END AS kind,
        CASE WHEN n %% 2 = 0 THEN 1 ELSE -1 END AS sign) k
    JOIN (SELECT *, row_number() OVER (ORDER BY id) AS at FROM finance_account) a ON a.at = 1 + n %% %(clients)s
"""


def main() -> None:
    """Print the medians; the ratios say what the totals of months save against summing the documents."""
    with fresh_house():
        seller, person, buyer = _world()
        _fill()
        tell([(what, f"{ms:.0f} ms") for what, ms in _measure(seller, person, buyer)])


def _world() -> tuple[Any, Any, Any]:
    from tests import world

    seller = world.seller()
    dealers = [world.dealer() for _ in range(CLIENTS)]
    for dealer in dealers:
        world.terms(seller, dealer.entity, credit_limit=1_000_000)
        world.account(seller, dealer.entity)
    return seller, seller.manager, dealers[0].people["accountant"]


def _fill() -> None:
    from django.db import connection, transaction

    from zveno.finance.actions.settled_accounts import keep_months
    from zveno.finance.models import Account

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FILL.replace("n % 900", "n %% 900"), {"today": TODAY, "count": DOCUMENTS, "clients": CLIENTS})
        keep_months(account_ids=list(Account.objects.unscoped("a bench fills").values_list("pk", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _measure(seller: Any, manager: Any, accountant: Any) -> list[tuple[str, float]]:
    from django.db.models import Sum

    from zveno.base.scope import Section, current
    from zveno.finance.models import LedgerDocument
    from zveno.finance.queries.balances import Which, turnovers
    from zveno.finance.queries.credit import credits_of
    from zveno.finance.queries.documents import DocumentFilter, document_value, documents
    from zveno.finance.queries.receivables import aged_accounts, due_days
    from zveno.kit.period import Period

    period = Period(date(2025, 7, 10), date(2026, 3, 22))
    which = Which(seller_id=seller.company.pk)

    def bare() -> None:
        rows = LedgerDocument.objects.visible_to(current()).filter(seller_id=seller.company.pk)
        list(rows.filter(issued_on__lt=period.ends_on).values("account_id").annotate(sum=Sum("change")))

    asked: list[tuple[str, Section, Any, Callable[[], object]]] = [
        ("seller: sum of the documents by account, bare", Section.SELLING, manager, bare),
        ("seller: turnovers of all accounts", Section.SELLING, manager, lambda: turnovers(period=period, which=which)),
        ("seller: ages of all accounts", Section.SELLING, manager, lambda: aged_accounts(which=which, today=TODAY)),
        (
            "seller: credit of all clients",
            Section.SELLING,
            manager,
            lambda: credits_of(seller_id=which.seller_id or 0, day=TODAY),
        ),
        ("buyer: turnovers", Section.BUYING, accountant, lambda: turnovers(period=period, which=Which())),
        ("buyer: ages", Section.BUYING, accountant, lambda: aged_accounts(which=Which(), today=TODAY)),
        (
            "buyer: calendar of two months",
            Section.BUYING,
            accountant,
            lambda: due_days(which=Which(), today=TODAY, until=TODAY + timedelta(days=62)),
        ),
        (
            "buyer: newest fifty documents",
            Section.BUYING,
            accountant,
            lambda: [document_value(row) for row in documents(DocumentFilter())[:50]],
        ),
    ]
    return [(what, _median(section, person, ask)) for what, section, person, ask in asked]


def _median(section: Any, person: Any, ask: Callable[[], object]) -> float:
    from django.db import transaction

    from zveno.base.scope import entered
    from zveno.partners.queries.actors import find_actor

    times = []
    with transaction.atomic():
        actor = find_actor(user=person, section=section, chosen={})
        assert actor is not None
        with entered(actor.scope):
            for _ in range(ROUNDS):
                watch = Watch()
                ask()
                times.append(watch.seconds * 1000)
    return statistics.median(times)
