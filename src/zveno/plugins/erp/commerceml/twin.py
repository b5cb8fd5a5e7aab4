"""A twin of the 1С side of «Обмен с сайтом»: speaks the public protocol over HTTP as an accounting system does.

For trying a site from outside, by tests and by people who connect an accounting system; it knows nothing of the site's
insides. Sessions: catalogue (`type=catalog`) and orders (`type=sale`).
"""

from __future__ import annotations

import base64
import http.client
import io
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

_TIMEOUT_S = 120
_MOST_ROUNDS = 10_000
_DEFAULT_FILE_LIMIT = 1 << 20

Content = bytes | Path


class TwinRefused(Exception):  # noqa: N818
    """The site answered `failure` or something the protocol does not know; `text` is what it said."""

    def __init__(self, *, mode: str, text: str) -> None:
        self.mode = mode
        self.text = text
        super().__init__(f"{mode}: {text}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A site's answer: HTTP status, body, and the body as text (UTF-8, else windows-1251)."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        try:
            return self.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.body.decode("windows-1251", errors="replace")

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.strip().splitlines()]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the site said at `init`: whether it takes zip, and the most bytes of one `file` call."""

    zip: bool
    file_limit: int


@dataclass(slots=True)
class Twin:
    """One accounting system that exchanges with the site at `url` under a login and a password."""

    url: str
    login: str
    password: str
    zipped: bool = True
    wait_s: float = 0.2
    journal: list[str] = field(default_factory=list)

    def send_catalog(
        self, files: Mapping[str, Content], *, deactivate: bool = False, complete: bool = False
    ) -> list[str]:
        """A catalogue session: all files, then `import` of every XML in the order given. The last lines answered.

        Names may hold folders (`import_files/ab/ab12.jpg`). Raises `TwinRefused`.
        """
        session = self._begin("catalog")
        self._upload(session, files)
        told = [self._import(session, name) for name in files if name.lower().endswith(".xml")]
        if deactivate:
            told.append(session.ask_success("deactivate", {"timestamp": str(int(time.time()))}))
        if complete:
            told.append(session.ask_success("complete"))
        return told

    def query_orders(self, *, confirm: bool = True) -> bytes:
        """An orders session: the XML the site answers to `query`, confirmed with `success`. Raises `TwinRefused`."""
        session = self._begin("sale")
        answer = session.ask("query")
        if answer.status != http.client.OK or answer.text.startswith("failure"):
            raise TwinRefused(mode="query", text=answer.text[:500])
        orders = _unzipped(answer.body)
        if confirm:
            session.ask_success("success")
        return orders

    def send_documents(self, files: Mapping[str, Content]) -> list[str]:
        """An orders session: statuses, shipments and payments to the site. Raises `TwinRefused`."""
        session = self._begin("sale")
        self._upload(session, files)
        return [self._import(session, name) for name in files if name.lower().endswith(".xml")]

    def _begin(self, kind: str) -> _Session:
        session = _Session(self, kind)
        session.sign_in()
        session.terms = session.init()
        return session

    def _upload(self, session: _Session, files: Mapping[str, Content]) -> None:
        if self.zipped and session.terms.zip:
            packed = _zipped(files)
            _send_in_pieces(session, f"v8_{len(packed):x}.zip", io.BytesIO(packed))
            return
        for name, content in files.items():
            if isinstance(content, Path):
                with content.open("rb") as stream:
                    _send_in_pieces(session, name, stream)
            else:
                _send_in_pieces(session, name, io.BytesIO(content))

    def _import(self, session: _Session, name: str) -> str:
        for _ in range(_MOST_ROUNDS):
            answer = session.ask("import", {"filename": name})
            first = answer.lines[0].lower() if answer.lines else ""
            if first == "success":
                return "\n".join(answer.lines)
            if first != "progress":
                raise TwinRefused(mode="import", text=answer.text[:500])
            time.sleep(self.wait_s)
        raise TwinRefused(mode="import", text="no end of progress")


@dataclass(slots=True)
class _Session:
    twin: Twin
    kind: str
    cookie: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    terms: Terms = Terms(zip=False, file_limit=_DEFAULT_FILE_LIMIT)

    def sign_in(self) -> None:
        pair = f"{self.twin.login}:{self.twin.password}".encode()
        answer = self.ask("checkauth", headers={"Authorization": f"Basic {base64.b64encode(pair).decode()}"})
        lines = answer.lines
        if len(lines) < 3 or lines[0].lower() != "success":
            raise TwinRefused(mode="checkauth", text=answer.text[:500])
        self.cookie = f"{lines[1]}={lines[2]}"
        for line in lines[3:]:
            name, mark, value = line.partition("=")
            if mark and name == "sessid":
                self.extra[name] = value

    def init(self) -> Terms:
        answer = self.ask("init")
        told = dict(line.partition("=")[::2] for line in answer.lines)
        limit = told.get("file_limit", "")
        if not limit.isdigit() or not int(limit):
            raise TwinRefused(mode="init", text=answer.text[:500])
        return Terms(zip=told.get("zip", "no").lower() == "yes", file_limit=int(limit))

    def ask_success(self, mode: str, params: Mapping[str, str] | None = None) -> str:
        answer = self.ask(mode, params)
        if not answer.lines or answer.lines[0].lower() != "success":
            raise TwinRefused(mode=mode, text=answer.text[:500])
        return "\n".join(answer.lines)

    def ask(
        self,
        mode: str,
        params: Mapping[str, str] | None = None,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One call of the protocol: GET, or POST with a body."""
        address = urlsplit(self.twin.url)
        query = urlencode({"type": self.kind, "mode": mode, **(params or {}), **self.extra}, quote_via=quote)
        path = f"{address.path or '/'}?{address.query + '&' if address.query else ''}{query}"
        sent = {"User-Agent": "1C+Enterprise/8.3", **(headers or {})}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if body is not None:
            sent["Content-Type"] = "application/octet-stream"
        secure = address.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(address.hostname or "", address.port, timeout=_TIMEOUT_S)
        try:
            connection.request("GET" if body is None else "POST", path, body=body, headers=sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.read())
        finally:
            connection.close()
        self.twin.journal.append(f"{self.kind} {mode} {answer.status} {answer.text[:40]!r}")
        return answer


def _send_in_pieces(session: _Session, name: str, stream: io.BufferedIOBase) -> None:
    for piece in _pieces(stream, session.terms.file_limit):
        answer = session.ask("file", {"filename": name}, body=piece)
        if not answer.lines or answer.lines[0].lower() != "success":
            raise TwinRefused(mode="file", text=answer.text[:500])


def _pieces(stream: io.BufferedIOBase, size: int) -> Iterator[bytes]:
    piece = stream.read(size)
    yield piece
    while piece := stream.read(size):
        yield piece


def _zipped(files: Mapping[str, Content]) -> bytes:
    gathered = io.BytesIO()
    with zipfile.ZipFile(gathered, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content.read_bytes() if isinstance(content, Path) else content)
    return gathered.getvalue()


def _unzipped(body: bytes) -> bytes:
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read(archive.namelist()[0])
