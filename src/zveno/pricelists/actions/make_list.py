"""Making a price list: its rows are written as a file and kept for the company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from zveno.base import files
from zveno.base.models import StoredFile
from zveno.base.tasks import reporting
from zveno.base.tx import in_transaction
from zveno.partners.queries.actors import TermsValue
from zveno.pricelists.queries.rows import Cell, count_of, price_rows
from zveno.pricelists.rules.columns import Asked, Format
from zveno.pricelists.sheets import pieces_of, written
from zveno.pricelists.words import TITLE


@in_transaction
def make_list(
    *,
    asked: Asked,
    form: Format,
    terms: TermsValue,
    company_id: int,
    task_id: int | None,
    today: date,
    now: datetime,
) -> StoredFile:
    """The list as the current scope sees it, stored; the task is told how far it is."""
    with reporting(task_id, total=count_of(asked=asked, terms=terms, now=now)) as say:

        def counted() -> Iterator[list[Cell]]:
            for done, row in enumerate(price_rows(asked=asked, terms=terms, today=today, now=now), 1):
                say(done)
                yield row

        pieces = pieces_of(written(counted(), asked, form))
        name = f"{TITLE} {today.isoformat()}.{form.value}"
        return files.keep(pieces=pieces, name=name, now=now, company_id=company_id)
