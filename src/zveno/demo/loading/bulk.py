"""`COPY` into the tables of any model: what is not told takes the field's default, sequences follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models


def as_json(value: object) -> str:
    """A JSON value as `COPY` takes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def copy_rows(label: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copy `rows` of `columns` (attribute names such as `seller_id`) into the table of model `label`; returns how many.

    JSON must come as text (`as_json`). Ids given here are followed by the table's sequence.
    """
    model = apps.get_model(label)
    names, defaults = _columns(model, columns)
    count = 0
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {model._meta.db_table} ({', '.join(names)}) FROM STDIN") as copy:
            write = copy.write_row
            for row in rows:
                write((*row, *defaults))
                count += 1
        if "id" in columns:
            _follow(cursor, model)
    return count


def _columns(model: type[models.Model], told: Sequence[str]) -> tuple[list[str], tuple[Any, ...]]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = [f'"{fields[name].column}"' for name in told]
    defaults: list[Any] = []
    for name, field in fields.items():
        if name in told or field.null or field.generated or isinstance(field, models.AutoField):
            continue
        value = field.get_default()
        names.append(f'"{field.column}"')
        defaults.append(as_json(value) if isinstance(field, models.JSONField) else value)
    return names, tuple(defaults)


def _follow(cursor: Any, model: type[models.Model]) -> None:
    table = model._meta.db_table
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE(max(id), 1)) FROM {table}"  # noqa: S608
    )


class Unchecked:
    """Leaves out a table's indexes and foreign keys while it is filled, and makes them again, whole, at the end."""

    def __init__(self, *labels: str) -> None:
        self.tables = [apps.get_model(label)._meta.db_table for label in labels]
        self.again: list[str] = []

    def __enter__(self) -> Unchecked:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in self.tables:
                self._drop(cursor, table)
        return self

    def __exit__(self, *failure: object) -> None:
        if failure[0] is not None:
            return
        with connection.cursor() as cursor:
            for statement in self.again:
                cursor.execute(statement)

    def _drop(self, cursor: Any, table: str) -> None:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'",
            [table],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            self.again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = %s::regclass AND NOT indisprimary AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)",
            [table],
        )
        indexes = []
        for name, definition in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            indexes.append(definition)
        # Indexes first: they serve the checks of the keys.
        self.again = indexes + self.again
