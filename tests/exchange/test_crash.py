"""The worker is killed in the middle of an import, many times; what stands in the end is as if nothing had happened."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from tests import world
from tests.exchange.conftest import Link, connect, now

from zveno.base.files import keep
from zveno.exchange.actions.deferring import defer_applying
from zveno.exchange.actions.take_in import take_in
from zveno.exchange.models import Exchange, InboxFile
from zveno.plugins.erp.commerceml.generate import write_export

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash, pytest.mark.slow]

KILLS = 6
PATIENCE = "0.6"
_WORKER = """
import django; django.setup()
from zveno.base.jobs import run_worker
print("ready", flush=True)
run_worker()
"""
_REF = "JOIN exchange_externalref r ON r.object_id = p.id AND r.kind = 'product' AND r.seller_id = %(seller)s"
DUMPS = (
    f"""
    SELECT r.external_id, p.code, p.name, p.brand, p.description, p.unit, p.attributes::text, p.barcodes, p.weight_g,
           p.vat_percent, p.has_variants, p.search_text, p.deleted_at, c.name, b.name, l.is_active
    FROM catalog_product p {_REF} LEFT JOIN catalog_category c ON c.id = p.category_id
    LEFT JOIN catalog_product b ON b.id = p.variant_of_id JOIN catalog_listing l ON l.product_id = p.id ORDER BY 1
    """,
    f"""
    SELECT r.external_id, k.name, q.value, q.min_quantity, q.valid_to FROM pricing_price q
    JOIN catalog_product p ON p.id = q.product_id {_REF} JOIN pricing_pricekind k ON k.id = q.price_kind_id
    ORDER BY 1, 2, 3
    """,
    f"""
    SELECT r.external_id, w.name, s.on_hand, s.reserved FROM stock_balance s
    JOIN catalog_product p ON p.id = s.product_id {_REF} JOIN stock_warehouse w ON w.id = s.warehouse_id ORDER BY 1, 2
    """,
    "SELECT external_id, kind, digest FROM exchange_externalref WHERE seller_id = %(seller)s ORDER BY 1, 2",
    """
    SELECT name, (SELECT name FROM catalog_category u WHERE u.id = c.parent_id) FROM catalog_category c
    WHERE owner_id = %(seller)s ORDER BY 1, 2
    """,
)


def test_an_import_killed_many_times_equals_the_undisturbed_one(transactional_db: None, tmp_path: Path) -> None:
    export = write_export(tmp_path / "out", products=4000)
    calm, stormy = connect(world.seller(), "calm"), connect(world.seller(), "stormy")
    receive(calm, export.paths)
    run_to_the_end()
    receive(stormy, export.paths)
    chance = random.Random(7)
    interrupted = 0
    for _ in range(KILLS):
        worker = start_worker()
        wait_for("state = 'applying'")
        time.sleep(chance.uniform(0.3, 2.0))
        worker.kill()
        worker.wait()
        interrupted += bool(waiting(("applying",)))
    run_to_the_end()
    assert interrupted >= 2
    files = InboxFile.objects.unscoped("a test looks").filter(connection=stormy.connection)
    assert {file.state for file in files} == {"applied"}
    assert sum(file.attempts for file in files) >= 4
    assert dump(stormy) == dump(calm)
    assert counts(stormy) == counts(calm)


def receive(link: Link, paths: tuple[Path, ...]) -> None:
    with transaction.atomic():
        exchange = Exchange.objects.create(
            connection=link.connection, seller=link.seller.company, kind="manual", started_at=now(), last_call_at=now()
        )
        for path in paths:
            stored = keep(pieces=[path.read_bytes()], name=path.name, now=now())
            take_in(exchange=exchange, stored=stored, name=path.name, now=now())
        defer_applying(connection_id=link.connection.pk)


def start_worker() -> subprocess.Popen[str]:
    database = settings.DATABASES["default"]
    where = f"host={database['HOST']}&port={database['PORT']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{database['USER']}@/{connection.settings_dict['NAME']}?{where}",
        "DJANGO_SETTINGS_MODULE": "zveno.config.settings",
        "ZVENO_PROCESS": "worker",
        "ZVENO_FILE_STORE": settings.FILE_STORE,
        "ZVENO_LOG_LEVEL": "ERROR",
        "ZVENO_WORKER_STALLED_AFTER": PATIENCE,
    }
    worker = subprocess.Popen([sys.executable, "-c", _WORKER], env=environment, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    return worker


def run_to_the_end() -> None:
    if not waiting():
        return
    worker = start_worker()
    wait_for("false")
    worker.terminate()
    assert worker.wait(60) == 0


def waiting(states: tuple[str, ...] = ("waiting", "applying")) -> int:
    return InboxFile.objects.unscoped("a test looks").filter(state__in=states).count()


def wait_for(condition: str) -> None:
    """Until a file is in that state, or none waits any more."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT FROM exchange_inboxfile WHERE {condition})")
            if cursor.fetchone()[0] or not waiting():
                return
        time.sleep(0.02)
    raise AssertionError("the worker does not work")


def dump(link: Link) -> list[Any]:
    """Catalog, prices and stock of a seller by what its ERP calls them."""
    found: list[Any] = []
    with connection.cursor() as cursor:
        for statement in DUMPS:
            cursor.execute(statement, {"seller": link.seller.company.pk})
            found.append(cursor.fetchall())
    assert all(found)
    return found


def counts(link: Link) -> list[Any]:
    rows = InboxFile.objects.unscoped("a test looks").filter(connection=link.connection).order_by("name")
    return [(row.name, row.done, row.counts) for row in rows]
