"""Numbers that an owner gives one after the other, without gaps and without twins: of orders, of claims."""

from __future__ import annotations

from django.db import connection, models

from zveno.base.tx import in_transaction


@in_transaction
def next_number(counter: type[models.Model], owner: str, owner_id: int) -> int:
    """The owner's next number, from 1 on. `counter` is a table with a unique column `owner` and `last_number`.

    Others who take a number of the same owner wait from here to the end of the transaction; a number whose transaction
    fails is given again.
    """
    table, column = (connection.ops.quote_name(name) for name in (counter._meta.db_table, owner))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({column}, last_number) VALUES (%s, 1)"  # noqa: S608 - names of ours
            f" ON CONFLICT ({column}) DO UPDATE SET last_number = {table}.last_number + 1 RETURNING last_number",
            [owner_id],
        )
        return int(cursor.fetchone()[0])
