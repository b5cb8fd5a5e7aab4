"""Applying one file of the inbox: from where it stood, batch by batch, to its end or its fault."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction

from zveno.base.files import on_disk
from zveno.base.locks import Lock, held
from zveno.base.scope import entered, system_scope
from zveno.exchange.apart import batches_of
from zveno.exchange.applying.batches import apply_batch
from zveno.exchange.applying.course import Course, course_of
from zveno.exchange.applying.dictionaries import load_dictionaries
from zveno.exchange.models import Connection, InboxFile, Refusal
from zveno.exchange.ports import format_of, options_of
from zveno.exchange.rules.messages import Message
from zveno.kit.errors import Fault

_MOST_ATTEMPTS = 8
_log = structlog.get_logger(__name__)

Heard = Callable[[InboxFile], None]


def apply_waiting(*, connection_id: int, clock: Callable[[], datetime], heard: Heard | None = None) -> int:
    """Apply the connection's waiting files in their order, one at a time; how many were taken up.

    Older sessions go first; within a session what others refer to. What fails is refused with its reason and the next
    goes on. Runs outside a transaction as the system; of two callers for one connection the second waits. `heard` is
    told after each batch.
    """
    taken = 0
    with held(Lock.INBOX_OF_CONNECTION, connection_id), entered(system_scope("1С")):
        while (file := _next(connection_id)) is not None:
            _apply(file, clock, heard)
            taken += 1
    return taken


def _next(connection_id: int) -> InboxFile | None:
    return (
        InboxFile.objects.unscoped("the system applies what waits")
        .filter(connection_id=connection_id, state__in=("waiting", "applying"))
        .order_by("exchange_id", "rank", "position", "id")
        .select_related("file")
        .first()
    )


def _apply(file: InboxFile, clock: Callable[[], datetime], heard: Heard | None) -> None:
    try:
        _begin(file, clock())
        _run(file, heard)
    except Fault as fault:
        _close(file, clock(), {"code": fault.code, "params": _plain(fault.params), "place": fault.place})
    except (OperationalError, InterfaceError):
        if file.attempts >= _MOST_ATTEMPTS:
            _close(file, clock(), {"code": "applying_failed", "params": {}, "place": ""})
            _log.exception("exchange_applying_failed", file_id=file.pk)
            return
        raise
    except Exception:  # a bug of ours must not stop the files behind
        _log.exception("exchange_applying_failed", file_id=file.pk)
        _close(file, clock(), {"code": "applying_failed", "params": {}, "place": ""})
    else:
        _close(file, clock(), None)
    if heard:
        heard(file)


def _begin(file: InboxFile, now: datetime) -> None:
    """Take the file up. The moment of the first taking stands, so that going on says the same as going through."""
    file.state = "applying"
    file.attempts += 1
    file.started_at = file.started_at if file.done and file.started_at else now
    if not file.done:
        file.counts = {}
        Refusal.objects.unscoped("the system applies what waits").filter(inbox_file=file).delete()
    file.save(update_fields=["state", "attempts", "started_at", "counts"])


def _run(file: InboxFile, heard: Heard | None) -> None:
    connection = Connection.objects.unscoped("the connection being served").get(pk=file.connection_id)
    assert file.started_at is not None
    options = options_of(connection.kind, connection.options)
    course = course_of(file, options=options, at=file.started_at, name=connection.name)
    told = load_dictionaries(course)
    with on_disk(file.file) as path, _tidied_by_batch():
        read = batches_of(format_of(connection.kind), path, name=file.name, told=told)
        for batch in _from(read, file.done, course):
            with transaction.atomic():
                apply_batch(course, batch)
                course.write_refusals()
                file.done += len(batch)
                file.counts = course.counts
                file.save(update_fields=["done", "counts"])
            gc.collect(0)
            if heard:
                heard(file)


@contextmanager
def _tidied_by_batch() -> Iterator[None]:
    """No search for garbage within a batch: among thousands of living messages it costs a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _from(read: Iterator[list[Message]], done: int, course: Course) -> Iterator[list[Message]]:
    """The batches after the first `done` messages, which an earlier attempt applied."""
    for batch in read:
        for message in batch[:done]:
            course.pass_by(message)
        if batch[done:]:
            yield batch[done:]
        done = max(0, done - len(batch))


def _close(file: InboxFile, now: datetime, error: dict[str, Any] | None) -> None:
    file.state = "refused" if error else "applied"
    file.error = error
    file.applied_at = now
    file.save(update_fields=["state", "error", "applied_at"])


def _plain(params: dict[str, object]) -> dict[str, str | int | float]:
    return {key: value if isinstance(value, (int, float)) else str(value) for key, value in params.items()}
