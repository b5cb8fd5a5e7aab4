"""Import of a generated CommerceML export: products a second, against merely reading the file, and memory by size.

`ZVENO_BENCH_PRODUCTS` sets the large size (200,000 by default); the small one is a tenth.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench._ground import Watch, fresh_house, peak_megabytes, tell

LARGE = int(os.environ.get("ZVENO_BENCH_PRODUCTS", "200000"))


def main() -> None:
    """Print speed and peak memory at both sizes; each size runs in a process of its own."""
    for products in (LARGE // 10, LARGE):
        subprocess.run([sys.executable, "-m", "bench.import_speed", str(products)], check=True)


def measure(products: int) -> None:
    """One size: write the export, read it, import it, import it again."""
    from zveno.plugins.erp.commerceml.generate import write_export

    with tempfile.TemporaryDirectory(prefix="zveno-export-") as folder, fresh_house():
        export = write_export(Path(folder), products=products)
        reading, messages = _read(export.paths)
        from django.db import connection

        sources = [(path.name, path) for path in export.paths]
        connection_id = _connection()
        before = peak_megabytes()
        first = _import(connection_id, sources)
        cards, amounts = _seconds_by_file(connection_id)
        size = _database_size(connection)
        second = _import(connection_id, sources)
        tell(
            [
                (
                    "products, offers, prices, stock",
                    f"{products:,}, {export.offers:,}, {export.prices:,}, {export.stocks:,}",
                ),
                ("messages", f"{messages:,}"),
                ("merely reading the files", f"{reading:.1f} s, {products / reading:,.0f} products/s"),
                ("first import", f"{first:.1f} s, {products / first:,.0f} products/s, {first / reading:.1f} × reading"),
                ("of it the cards", f"{cards:.1f} s, {products / cards:,.0f} products/s"),
                (
                    "of it offers, prices, stock",
                    f"{amounts:.1f} s, {(messages - products) / amounts:,.0f} messages/s",
                ),
                ("the same again", f"{second:.1f} s, {products / second:,.0f} products/s"),
                ("peak memory before, after", f"{before:.0f} MB, {peak_megabytes():.0f} MB"),
                ("database", size),
            ]
        )


def _read(paths: tuple[Path, ...]) -> tuple[float, int]:
    from zveno.plugins.erp.commerceml.codec import Dictionaries, read_messages

    watch, count, dictionaries = Watch(), 0, Dictionaries()
    for path in paths:
        count += sum(1 for _ in read_messages(path, dictionaries=dictionaries))
    return watch.seconds, count


def _connection() -> int:
    from zveno.exchange.models import Connection
    from zveno.partners.models import Company

    seller = Company.objects.create(name="Bench", code="bench", is_seller=True)
    return Connection.objects.create(seller=seller, name="1С", slug="bench", login="1c", password_hash="!").pk


def _import(connection_id: int, sources: list[tuple[str, Path]]) -> float:
    from zveno.base import clock
    from zveno.exchange.importing import import_files

    watch = Watch()
    files = import_files(connection_id=connection_id, sources=sources, clock=clock.now)
    assert all(file.state == "applied" and not file.refusals for file in files), files
    return watch.seconds


def _seconds_by_file(connection_id: int) -> tuple[float, float]:
    from zveno.exchange.models import InboxFile

    files = InboxFile.objects.unscoped("a bench").filter(connection_id=connection_id).order_by("rank")
    cards, amounts = ((file.applied_at - file.started_at).total_seconds() for file in files)
    return cards, amounts


def _database_size(connection: object) -> str:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    measure(int(sys.argv[1]))
