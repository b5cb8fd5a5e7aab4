"""`zveno import-1c`: a folder, a file or an archive into the house, by the same way as from 1С itself."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from zveno.base import clock
from zveno.exchange.applying.file import Heard
from zveno.exchange.importing import ImportedFile, import_files
from zveno.exchange.models import Connection, InboxFile
from zveno.exchange.words import sentence_of, title
from zveno.partners.models import Company

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_OUTCOMES = ("created", "changed", "unchanged", "deleted", "refused")


def run(*, source: Path, slug: str, as_json: bool) -> int:
    """Import `source` through the connection `slug` (or the only one); print what came of it. 0: nothing is open."""
    console = Console(stderr=as_json)
    connection = _connection(slug, console)
    sources = list(_sources(source))
    if not sources:
        raise click.ClickException(f"There are no files in {source}.")
    with _progress(console, len(sources)) as heard:
        files = import_files(connection_id=connection.pk, sources=sources, clock=clock.now, heard=heard)
    if as_json:
        click.echo(json.dumps(_summary(connection, files), ensure_ascii=False, indent=1))
    else:
        _tell(console, files)
    return 0 if all(file.state in ("applied", "refused") for file in files) else 1


def _sources(source: Path) -> Iterator[tuple[str, Path]]:
    if source.is_file():
        yield source.name, source
        return
    for path in sorted(source.rglob("*")):
        relative = path.relative_to(source)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            yield relative.as_posix(), path


def _connection(slug: str, console: Console) -> Connection:
    known = (
        Connection.objects.unscoped("the operator's import")
        .filter(is_active=True, kind="commerceml")
        .select_related("seller")
    )
    if slug:
        found = known.filter(slug=slug).first()
        if found is None:
            raise click.ClickException(f"There is no connection “{slug}”. {_list(known.order_by('slug'))}")
        return found
    several = list(known.order_by("slug")[:50])
    if len(several) > 1:
        raise click.ClickException(f"Say which connection with --connection. {_list(several)}")
    if several:
        console.print(f"Connection “{several[0].slug}” of {several[0].seller.name}.")
        return several[0]
    seller = _seller()
    made = Connection.objects.create(
        seller=seller,
        name=_("Import by hand"),
        slug=f"manual-{secrets.token_hex(4)}",
        login="manual",
        # Nobody calls it: no password fits, and no orders wait for it.
        password_hash=f"{UNUSABLE_PASSWORD_PREFIX}{secrets.token_hex(20)}",
        orders_from=_NEVER,
    )
    console.print(f"Made the connection “{made.slug}” of {seller.name}.")
    return made


def _list(connections: Any) -> str:
    told = [f"{one.slug} ({one.seller.name})" for one in connections]
    return "Known: " + ", ".join(told) + "." if told else "There are none yet."


def _seller() -> Company:
    """The only seller, or the only one that is no distributor: the operator's own sales house."""
    sellers = list(Company.objects.unscoped("the operator's import").filter(is_seller=True).order_by("id"))
    houses = [one for one in sellers if not one.is_distributor] if len(sellers) > 1 else sellers
    if len(houses) != 1:
        raise click.ClickException(
            "There is no company that sells. Make one at the desk, under Partners, then import again."
            if not sellers
            else "There are several sellers. Make a connection for one of them and say it with --connection."
        )
    return houses[0]


@contextmanager
def _progress(console: Console, files: int) -> Iterator[Heard]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TextColumn("{task.fields[messages]:,} messages"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Reading", total=files, messages=0)
        done_before, current, ended = 0, (0, 0), 0

        def heard(file: InboxFile) -> None:
            nonlocal done_before, current, ended
            if current[0] not in (0, file.pk):
                done_before += current[1]
            current = (file.pk, file.done)
            ended += file.state in ("applied", "refused")
            bar.update(task, description=file.name[-40:], completed=min(ended, files), messages=done_before + file.done)

        yield heard


def _summary(connection: Connection, files: list[ImportedFile]) -> dict[str, Any]:
    return {
        "connection": connection.slug,
        "seller": connection.seller.name,
        "files": [
            {
                "name": file.name,
                "content": file.content,
                "state": file.state,
                "messages": file.messages,
                **_totals([file]),
                "counts": file.counts,
                "reasons": file.refusals,
                "error": {**file.error, "sentence": sentence_of(file.error)} if file.error else None,
            }
            for file in files
        ],
        "messages": sum(file.messages for file in files),
        **_totals(files),
        "files_applied": sum(file.state == "applied" for file in files),
        "files_refused": sum(file.state == "refused" for file in files),
    }


def _totals(files: list[ImportedFile]) -> dict[str, int]:
    """Objects by outcome; `applied` is what was created, changed or deleted."""
    sums = {
        name: sum(counts.get(name, 0) for file in files for kind, counts in file.counts.items() if "full_" not in kind)
        for name in _OUTCOMES
    }
    return {
        "applied": sums["created"] + sums["changed"] + sums["deleted"],
        "unchanged": sums["unchanged"],
        "refused": sums["refused"],
    }


def _tell(console: Console, files: list[ImportedFile]) -> None:
    for file in files:
        totals = _totals([file])
        told = ", ".join(f"{name} {number:,}" for name, number in totals.items())
        console.print(f"{file.name}: {file.state}; {told}", highlight=False)
        if file.error:
            console.print(f"   {sentence_of(file.error)}", highlight=False)
        for code, number in sorted(file.refusals.items()):
            console.print(f"   {title(code)}: {number:,}", highlight=False)
