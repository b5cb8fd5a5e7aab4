"""A seller with a connection, sessions in its journal, and files as 1С sends them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection as database
from django.test import Client
from tests import world

from zveno.base.clock import now
from zveno.base.files import keep
from zveno.base.scope import entered, system_scope
from zveno.exchange.actions.create_connection import NewConnection, create_connection
from zveno.exchange.jobs import apply_inbox, gather
from zveno.exchange.models import Connection, Exchange, InboxFile, OutboxItem, Refusal
from zveno.orders.models import Order


@dataclass(frozen=True, slots=True)
class Hub:
    """A seller with people and one connection, and a stranger with one."""

    seller: world.Partner
    stranger: world.Partner
    made: NewConnection
    strange: NewConnection

    @property
    def url(self) -> str:
        return f"/sell/exchange/{self.made.id}/"


def hub() -> Hub:
    """The world of these tests."""
    seller, stranger = world.seller("Торговый дом «Светлый»"), world.seller("Торговый дом «Чужой»")
    return Hub(seller, stranger, connect(seller, "УТ 11, Москва"), connect(stranger, "Чужая УТ"))


def connect(seller: world.Partner, name: str = "УТ 11") -> NewConnection:
    """A connection of the seller."""
    with entered(system_scope("test")):
        return create_connection(seller_id=seller.company.pk, name=name, now=now() - timedelta(days=3))


def session(connection_id: int, *, kind: str = "catalog", ago_hours: int = 1, **fields: Any) -> Exchange:
    """A session in the journal."""
    connection = Connection.objects.unscoped("a test writes").get(pk=connection_id)
    at = now() - timedelta(hours=ago_hours)
    return Exchange.objects.create(
        connection=connection,
        seller_id=connection.seller_id,
        kind=kind,
        started_at=at,
        last_call_at=at,
        calls=7,
        **fields,
    )


def file(
    of: Exchange, name: str = "import0_1.xml", *, state: str = "applied", data: bytes = b"<a/>", **fields: Any
) -> InboxFile:
    """A file of a session."""
    stored = keep(pieces=[data], name=name, now=of.started_at, company_id=of.seller_id)
    return InboxFile.objects.create(
        connection_id=of.connection_id,
        exchange=of,
        seller_id=of.seller_id,
        file=stored,
        name=name,
        position=InboxFile.objects.unscoped("a test counts").filter(exchange=of).count() + 1,
        received_at=of.started_at,
        state=state,
        applied_at=of.started_at if state == "applied" else None,
        **fields,
    )


def counted(**kinds: tuple[int, int, int, int]) -> dict[str, dict[str, int]]:
    """Counts of a file: kind=(created, changed, unchanged, refused)."""
    return {
        kind: {
            "seen": sum(told),
            "created": told[0],
            "changed": told[1],
            "unchanged": told[2],
            "deleted": 0,
            "refused": told[3],
        }
        for kind, told in kinds.items()
    }


def refusal(of: InboxFile, code: str, **fields: Any) -> Refusal:
    """An object of a file that was not taken."""
    return Refusal.objects.create(inbox_file=of, seller_id=of.seller_id, code=code, **fields)


def waiting_order(seller: world.Partner, dealer: world.Partner, number: str, *, ago_hours: int = 1) -> Order:
    """An order that 1С has not taken."""
    at = now() - timedelta(hours=ago_hours)
    order = Order.objects.create(
        seller=seller.company,
        buyer_company=dealer.company,
        buyer_entity=dealer.entity,
        number=number,
        placed_at=at,
        total=Decimal("1000.00"),
    )
    OutboxItem.objects.create(
        seller=seller.company, buyer_entity=dealer.entity, kind="order", object_id=order.pk, version=1, changed_at=at
    )
    return order


def work(of: Exchange) -> None:
    """What the worker would do now."""
    gather(exchange_id=of.pk)
    apply_inbox(connection_id=of.connection_id)


def send(client: Client, connection_id: int, *files: tuple[str, bytes]) -> Any:
    """Post files by hand."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(f"/sell/exchange/{connection_id}/upload/", {"file": sent})


def newest() -> Exchange:
    """The session begun last."""
    found = Exchange.objects.unscoped("a test looks").order_by("-id").first()
    assert found is not None
    return found


def jobs(name: str) -> int:
    """How many jobs of this name wait."""
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [name])
        return int(cursor.fetchone()[0])


def text(answer: Any) -> str:
    """A page as one reads it: without tags, blanks as one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def zipped(**files: bytes) -> bytes:
    """An archive; `_` in a name stands for the point."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return target.getvalue()


CATALOG = """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.05" ДатаФормирования="2026-04-17">
 <Классификатор><Ид>c1</Ид><Наименование>Каталог</Наименование>
  <Группы><Группа><Ид>g1</Ид><Наименование>Светильники</Наименование></Группа></Группы></Классификатор>
 <Каталог СодержитТолькоИзменения="true"><Ид>k1</Ид><ИдКлассификатора>c1</ИдКлассификатора>
  <Товары>
   <Товар><Ид>p1</Ид><Артикул>AVR-1</Артикул><Наименование>Лампа «Аврора»</Наименование>
    <Группы><Ид>g1</Ид></Группы></Товар>
   <Товар><Ид>p2</Ид><Артикул>AVR-2</Артикул><Наименование>Лампа «Вега»</Наименование>
    <Группы><Ид>g1</Ид></Группы></Товар>
  </Товары></Каталог>
</КоммерческаяИнформация>""".encode()
BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


def enter(client: Client, person: Any, language: str = "en") -> Client:
    """`client` with the person signed in and reading in `language`."""
    type(person).objects.filter(pk=person.pk).update(language=language)
    return world.sign_in(client, type(person).objects.get(pk=person.pk))
