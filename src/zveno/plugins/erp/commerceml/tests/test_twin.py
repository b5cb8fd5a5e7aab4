"""The twin speaks the public protocol: tried against a small site that keeps what it is sent."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest

from zveno.plugins.erp.commerceml.archive import read_entries
from zveno.plugins.erp.commerceml.twin import Twin, TwinRefused


class Site:
    """What the small site knows and got."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.calls: list[tuple[str, str]] = []
        self.zip = "yes"
        self.file_limit = 100
        self.rounds_left = 2
        self.orders = b"<?xml version='1.0' encoding='windows-1251'?><x/>"
        self.import_answer = "success"

    def answer(self, kind: str, mode: str, query: dict[str, str], body: bytes) -> str | bytes:
        self.calls.append((kind, mode))
        if mode == "checkauth":
            return "success\nzveno_session\nabc123\nsessid=77"
        if query.get("sessid") != "77":
            return "failure\nнет сессии"
        if mode == "init":
            return f"zip={self.zip}\r\nfile_limit={self.file_limit}"
        if mode == "file":
            self.files[query["filename"]] = self.files.get(query["filename"], b"") + body
            return "success"
        if mode == "import" and self.rounds_left:
            self.rounds_left -= 1
            return "progress\nОбработано 10 товаров"
        if mode == "import":
            return self.import_answer
        return self.orders if mode == "query" else "success"


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def twin(site: Site) -> Iterator[Twin]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            known = base64.b64encode("1с:секрет".encode()).decode()
            if query["mode"] == "checkauth" and self.headers.get("Authorization") != f"Basic {known}":
                told: str | bytes = "failure\nНеверный пароль"
            elif query["mode"] != "checkauth" and self.headers.get("Cookie") != "zveno_session=abc123":
                told = "failure\nнет печенья"
            else:
                told = site.answer(query["type"], query["mode"], query, body)
            answer = told if isinstance(told, bytes) else told.encode("windows-1251")
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = handle_any  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Twin(f"http://127.0.0.1:{server.server_address[1]}/exchange/", "1с", "секрет", wait_s=0)
    server.shutdown()
    server.server_close()


def test_catalogue_goes_zipped_in_pieces_and_is_imported_to_the_end(site: Site, twin: Twin):
    told = twin.send_catalog({"import.xml": b"<x/>" * 200, "import_files/ab/ab.jpg": bytes(range(256))}, complete=True)
    assert told == ["success", "success"]
    ((name, archive),) = site.files.items()
    assert name.startswith("v8_")
    assert {entry.name: entry.stream.read() for entry in read_entries(BytesIO(archive))} == {
        "import.xml": b"<x/>" * 200,
        "import_files/ab/ab.jpg": bytes(range(256)),
    }
    modes = [mode for _, mode in site.calls]
    assert modes[:2] == ["checkauth", "init"]
    assert modes.count("file") == -(-len(archive) // 100)
    assert modes[-4:] == ["import", "import", "import", "complete"]


def test_site_without_zip_gets_plain_files_in_folders(site: Site, twin: Twin):
    site.zip = "no"
    twin.send_catalog({"import_files/ab/ab.jpg": b"j" * 250, "import.xml": b"<x/>"})
    assert site.files == {"import_files/ab/ab.jpg": b"j" * 250, "import.xml": b"<x/>"}


def test_orders_are_taken_and_confirmed(site: Site, twin: Twin):
    assert twin.query_orders() == site.orders
    assert site.calls == [("sale", "checkauth"), ("sale", "init"), ("sale", "query"), ("sale", "success")]


def test_statuses_are_sent_in_an_orders_session(site: Site, twin: Twin):
    site.zip = "no"
    assert twin.send_documents({"orders.xml": b"<x/>"}) == ["success"]
    assert ("sale", "import") in site.calls


def test_failure_is_raised_with_the_words_of_the_site(site: Site, twin: Twin):
    site.import_answer = "failure\nСтрока 12: нет цены"
    with pytest.raises(TwinRefused) as refused:
        twin.send_catalog({"import.xml": b"<x/>"})
    assert (refused.value.mode, refused.value.text) == ("import", "failure\nСтрока 12: нет цены")


def test_wrong_password_is_refused_at_the_door(twin: Twin):
    twin.password = "чужой"
    with pytest.raises(TwinRefused) as refused:
        twin.query_orders()
    assert "Неверный пароль" in str(refused.value)
