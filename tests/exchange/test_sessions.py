"""Whole sessions of a 1С (its twin) with the running house: real HTTP, real worker."""

from __future__ import annotations

import random
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from tests import world
from tests.exchange.conftest import PASSWORD, Link, connect

from zveno.base.jobs import run_worker
from zveno.catalog.models import Listing, Media, Product
from zveno.exchange.models import Exchange, InboxFile, Upload
from zveno.plugins.erp.commerceml.generate import write_export
from zveno.plugins.erp.commerceml.twin import Twin, TwinRefused
from zveno.pricing.models import Price

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def link(transactional_db: None) -> Link:
    return connect(world.seller())


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A worker that runs what is queued until the test ends."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.05):
            with connection.cursor() as cursor:
                cursor.execute("SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'todo')")
                waits = cursor.fetchone()[0]
            if waits:
                run_worker(wait=False)
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join(30)
    with connection.cursor() as cursor:
        # Threads of the worker keep their connections; the database could not be dropped under them.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
        )


def twin(live_server: Any, slug: str = "trade-house", **fields: Any) -> Twin:
    told = {"login": "1c", "password": PASSWORD, "wait_s": 0.05, **fields}
    return Twin(f"{live_server.url}/exchange/1c/{slug}/", **told)


def files_of(folder: Path, products: int = 30, **options: Any) -> dict[str, Path]:
    return {path.name: path for path in write_export(folder, products=products, **options).paths}


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "plain"])
def test_a_catalog_session_brings_everything(
    link: Link, live_server: Any, worker: None, tmp_path: Path, zipped: bool
) -> None:
    told = twin(live_server, zipped=zipped).send_catalog(files_of(tmp_path), complete=True)
    assert [line.split("\n")[0] for line in told] == ["success"] * 3
    assert Product.objects.filter(variant_of=None).count() == 30
    assert Price.objects.unscoped("a test looks").count() == 36 * 3
    session = Exchange.objects.unscoped("a test looks").get()
    assert session.finished_at is not None
    assert {f.state for f in InboxFile.objects.unscoped("a test looks")} == {"applied"}
    assert not Upload.objects.unscoped("a test looks").exists()


def test_a_large_archive_comes_in_many_pieces(link: Link, live_server: Any, worker: None, tmp_path: Path) -> None:
    link.connection.options = {"file_limit": "1"}
    link.connection.save()
    noise = {f"import_files/{n}.png": PNG + bytes([n]) * 10 + (tmp_path.name.encode() * 9) for n in range(3)}
    big = {"import_files/big.png": PNG + random.Random(1).randbytes(3 << 20)}
    client = twin(live_server)
    client.send_catalog({**files_of(tmp_path), **noise, **big})
    assert sum(" file " in line for line in client.journal) >= 3
    assert Product.objects.filter(variant_of=None).count() == 30
    kept = InboxFile.objects.unscoped("a test looks").get(name="import_files/big.png")
    assert kept.file.size == len(big["import_files/big.png"])


def test_a_second_session_of_the_same_changes_nothing(
    link: Link, live_server: Any, worker: None, tmp_path: Path
) -> None:
    files = files_of(tmp_path)
    twin(live_server).send_catalog(files)
    before = list(Product.objects.order_by("id").values())
    twin(live_server).send_catalog(files)
    assert list(Product.objects.order_by("id").values()) == before
    counts = [
        f.counts["product"] for f in InboxFile.objects.unscoped("a test looks").filter(name="import.xml").order_by("id")
    ]
    assert [c["created"] for c in counts] == [30, 0]


def test_deactivate_hides_what_a_full_export_left_out(
    link: Link, live_server: Any, worker: None, tmp_path: Path
) -> None:
    twin(live_server).send_catalog(files_of(tmp_path / "a", products=30))
    twin(live_server).send_catalog(files_of(tmp_path / "b", products=20), deactivate=True)
    listed = Listing.objects.unscoped("a test looks")
    assert listed.filter(is_active=True, product__variant_of=None).count() == 20
    assert Product.objects.filter(variant_of=None, deleted_at=None).count() == 30
    twin(live_server).send_catalog(files_of(tmp_path / "c", products=30))
    assert listed.filter(is_active=True, product__variant_of=None).count() == 30


def test_deactivate_after_changes_only_hides_nothing(
    link: Link, live_server: Any, worker: None, tmp_path: Path
) -> None:
    twin(live_server).send_catalog(files_of(tmp_path / "a", products=30))
    changes = files_of(tmp_path / "b", products=5, only_changes=True)
    twin(live_server).send_catalog(changes, deactivate=True)
    assert not Listing.objects.unscoped("a test looks").filter(is_active=False).exists()


def test_deactivate_is_refused_where_a_file_was(link: Link, live_server: Any, worker: None, tmp_path: Path) -> None:
    twin(live_server).send_catalog(files_of(tmp_path / "a", products=30))
    client = twin(live_server)
    session = client._begin("catalog")
    files: dict[str, Any] = {**files_of(tmp_path / "b", products=5), "broken.xml": b"<broken"}
    client._upload(session, files)
    assert client._import(session, "import.xml").startswith("success")
    assert client._import(session, "offers.xml").startswith("success")
    with pytest.raises(TwinRefused, match=r"broken\.xml"):
        client._import(session, "broken.xml")
    with pytest.raises(TwinRefused, match=r"broken\.xml"):
        session.ask_success("deactivate")
    assert not Listing.objects.unscoped("a test looks").filter(is_active=False).exists()


def test_pictures_find_their_products_whichever_comes_first(link: Link, live_server: Any, worker: None) -> None:
    card = catalog_of(
        "<Товар><Ид>p1</Ид><Наименование>Лампа</Наименование><Картинка>import_files/a.png</Картинка></Товар>"
    )
    twin(live_server).send_catalog({"import_files/a.png": PNG, "import.xml": card})
    medium = Media.objects.get()
    assert medium.file is not None and medium.file.size == len(PNG)
    more = catalog_of(
        "<Товар><Ид>p2</Ид><Наименование>Бра</Наименование><Картинка>import_files/b.png</Картинка></Товар>"
    )
    twin(live_server).send_catalog({"import.xml": more})
    twin(live_server, zipped=False).send_catalog({"import_files/b.png": PNG + b"b", "import.xml": more})
    assert Media.objects.get(source_path="import_files/b.png").file is not None


def catalog_of(products: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация ВерсияСхемы="2.10"><Каталог '
        'СодержитТолькоИзменения="true"><Ид>c</Ид><Наименование>К</Наименование>'
        f"<Товары>{products}</Товары></Каталог></КоммерческаяИнформация>"
    ).encode()


def bomb() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("import.xml", bytes(64 << 20))
    return packed.getvalue()


def traversal() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../import.xml", b"<x/>")
    return packed.getvalue()


HOSTILE = {
    "an empty file": (b"", "пуст"),
    "a truncated file": (catalog_of("<Товар><Ид>p1</Ид>")[:-90], "оборван|повреж"),
    "another XML": (b"<html><body/></html>", "не CommerceML|CommerceML"),
    "an entity bomb": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "DTD|сущност|тип"),
    "an external entity": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "сущност|тип"),
    "a zip bomb": (bomb(), "рхив"),
    "a path in a name": (traversal(), "рхив"),
    "a broken zip": (bomb()[:2000], "рхив"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_input_is_refused_in_words_and_kept(link: Link, live_server: Any, worker: None, case: str) -> None:
    content, words = HOSTILE[case]
    client = twin(live_server, zipped=False)
    with pytest.raises(TwinRefused, match=words) as refused:
        client.send_catalog({"import.xml": content})
    assert refused.value.text.startswith("failure\n")
    kept = InboxFile.objects.unscoped("a test looks").get()
    assert (kept.state, kept.file.size) == ("refused", len(content))
    assert not Product.objects.exists()


def test_a_file_that_breaks_in_the_middle_leaves_what_stood_before(link: Link, live_server: Any, worker: None) -> None:
    whole = catalog_of("<Товар><Ид>p1</Ид><Наименование>Лампа</Наименование></Товар><Товар><Ид>p2</Ид>")
    with pytest.raises(TwinRefused):
        twin(live_server).send_catalog({"import.xml": whole[:-60]})
    assert [p.name for p in Product.objects.all()] == ["Лампа"]
    kept = InboxFile.objects.unscoped("a test looks").get(content="messages")
    assert kept.error is not None and kept.counts["product"]["created"] == 1


def test_the_same_piece_sent_twice_is_taken_once(link: Link, live_server: Any, worker: None, tmp_path: Path) -> None:
    body = files_of(tmp_path)["import.xml"].read_bytes()
    client = twin(live_server)
    session = client._begin("catalog")
    for _ in range(2):
        assert session.ask("file", {"filename": "import.xml"}, body=body).lines == ["success"]
    assert client._import(session, "import.xml").startswith("success")
    assert Product.objects.count() == 30


def test_words_come_in_the_encoding_of_the_connection(link: Link, live_server: Any, worker: None) -> None:
    link.connection.options = {"encoding": "windows-1251"}
    link.connection.save()
    client = twin(live_server)
    answer = client._begin("catalog").ask("import", {"filename": "нет.xml"})
    told = answer.body.decode("windows-1251")
    assert told.startswith("failure\n") and "нет.xml" in told
    assert client.query_orders().startswith(b"<?xml version='1.0' encoding='windows-1251'?>")


# Strangers


def test_a_wrong_password_opens_nothing_and_locks_after_ten(link: Link, live_server: Any) -> None:
    told = []
    for _ in range(12):
        with pytest.raises(TwinRefused) as refused:
            twin(live_server, password="guess")._begin("catalog")
        told.append(refused.value.text)
    assert told[0] != told[-1] and told[-1] == told[-2]
    assert all(text.startswith("failure\n") for text in told)
    assert not Exchange.objects.unscoped("a test looks").exists()


def test_an_unknown_address_answers_as_a_wrong_password(link: Link, live_server: Any) -> None:
    answers = set()
    for slug, password in (("trade-house", "guess"), ("no-such", PASSWORD)):
        with pytest.raises(TwinRefused) as refused:
            twin(live_server, slug, password=password)._begin("catalog")
        answers.add(refused.value.text)
    assert len(answers) == 1


def test_the_cookie_of_another_connection_opens_nothing(link: Link, live_server: Any, tmp_path: Path) -> None:
    other = connect(world.seller(), "other-house")
    session = twin(live_server)._begin("catalog")
    stolen = twin(live_server, "other-house")
    taken = stolen._begin("catalog")
    before = InboxFile.objects.unscoped("a test looks").count()
    taken.cookie = session.cookie
    for mode in ("init", "file", "import", "deactivate", "complete"):
        answer = taken.ask(mode, {"filename": "a.xml"}, body=b"<x/>" if mode == "file" else None)
        assert answer.lines[0] == "failure", mode
    assert InboxFile.objects.unscoped("a test looks").count() == before
    assert not Upload.objects.unscoped("a test looks").filter(seller=other.seller.company).exists()


def test_a_closed_connection_lets_nobody_in(link: Link, live_server: Any) -> None:
    session = twin(live_server)._begin("catalog")
    link.connection.is_active = False
    link.connection.save()
    assert session.ask("init").lines[0] == "failure"
    with pytest.raises(TwinRefused):
        twin(live_server)._begin("catalog")


@pytest.mark.parametrize("name", ["../etc/passwd", "/etc/passwd", "c:\\x.xml", "", "a" * 500])
def test_a_file_name_that_leaves_its_folder_is_refused(link: Link, live_server: Any, name: str) -> None:
    answer = twin(live_server)._begin("catalog").ask("file", {"filename": name}, body=b"<x/>")
    assert answer.lines[0] == "failure"
    assert not Upload.objects.unscoped("a test looks").exists()


def test_a_piece_beyond_measure_is_refused(link: Link, live_server: Any) -> None:
    link.connection.options = {"file_limit": "1"}
    link.connection.save()
    session = twin(live_server)._begin("catalog")
    answer = session.ask("file", {"filename": "a.xml"}, body=bytes(5 << 20))
    assert answer.lines[0] == "failure"


@pytest.mark.parametrize(("kind", "mode"), [("catalog", "query"), ("nonsense", "init"), ("sale", "nonsense")])
def test_an_unknown_call_is_refused_in_words(link: Link, live_server: Any, kind: str, mode: str) -> None:
    session = twin(live_server)._begin("catalog")
    session.kind = kind
    assert session.ask(mode).lines[0] == "failure"
