"""The dialogue with CDEK: signing in, calls with time-outs, what is worth another try told apart from what is not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import urllib3

from zveno.delivery.ports import CarrierRefused, CarrierSilent
from zveno.plugins.carriers.cdek import codec

_TIMEOUT = urllib3.Timeout(connect=5, read=20)
# A read may be repeated at once; what makes something is repeated by the job, which looks first whether it is made.
_READS = urllib3.Retry(
    total=2,
    backoff_factor=0.5,
    allowed_methods=frozenset({"GET"}),
    status_forcelist=(502, 503, 504),
    raise_on_status=False,
)
_NEVER = urllib3.Retry(total=0, raise_on_status=False)
_LARGEST = 10 << 20
_pool = urllib3.PoolManager(num_pools=4, maxsize=8)
# A token is asked for anew a minute before it ends.
_MARGIN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and the bytes of an answer."""

    status: int
    body: bytes


@dataclass
class Client:
    """One account at one address. Tokens are shared by all clients of the process."""

    address: str
    account: str
    password: str
    pool: urllib3.PoolManager = field(default_factory=lambda: _pool)

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Read something. Raises CarrierSilent, CarrierRefused."""
        return self._call("GET", path, query=query)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Make something. Raises CarrierSilent, CarrierRefused."""
        return self._call("POST", path, body=body)

    def delete(self, path: str) -> Answer:
        """Take something back. Raises CarrierSilent, CarrierRefused."""
        return self._call("DELETE", path)

    def _call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Mapping[str, Any] | None = None
    ) -> Answer:
        for attempt in (1, 2):
            answer = self._send(method, path, query, body, self._token())
            if answer.status != 401:
                return _sound(answer)
            # The token was taken back before its time: once more with a new one.
            _tokens.pop((self.address, self.account), None)
            if attempt == 2:
                break
        raise CarrierRefused(words="401")

    def _token(self) -> str:
        key = (self.address, self.account)
        with _signing:
            kept = _tokens.get(key)
            if kept is not None and kept[1] > time.monotonic():
                return kept[0]
            fields = {"grant_type": "client_credentials", "client_id": self.account, "client_secret": self.password}
            answer = self._raw(
                "POST", f"{self.address}/v2/oauth/token", fields=fields, encode_multipart=False, retries=_NEVER
            )
            if answer.status in (400, 401, 403):
                raise CarrierRefused(words=_words(answer) or "client_id, client_secret")
            token, seconds = codec.read_token(codec.read_json(_sound(answer).body))
            _tokens[key] = (token, time.monotonic() + max(0, seconds - _MARGIN_SECONDS))
            return token

    def _send(
        self, method: str, path: str, query: Mapping[str, str] | None, body: Mapping[str, Any] | None, token: str
    ) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        told: dict[str, Any] = {"headers": headers, "retries": _READS if method == "GET" else _NEVER}
        if query is not None:
            told["fields"] = dict(query)
        if body is not None:
            told["body"] = json.dumps(body, ensure_ascii=False).encode()
            headers["Content-Type"] = "application/json"
        # What an answer points to (a print form) lies at CDEK too: no other address is called.
        address = path if path.startswith(f"{self.address}/") else f"{self.address}{path}"
        return self._raw(method, address, **told)

    def _raw(self, method: str, address: str, **told: Any) -> Answer:
        try:
            answer = self.pool.request(method, address, timeout=_TIMEOUT, redirect=False, preload_content=False, **told)
            try:
                body = answer.read(_LARGEST + 1, decode_content=True)
            finally:
                answer.release_conn()
        except urllib3.exceptions.HTTPError as silent:
            raise CarrierSilent(words=type(silent).__name__) from silent
        if len(body) > _LARGEST:
            raise CarrierRefused(words="answer too large")
        return Answer(answer.status, body)


def _sound(answer: Answer) -> Answer:
    """The answer, unless it says that the system is busy or broken. A 400 is for the caller to read."""
    if answer.status == 429 or answer.status >= 500:
        raise CarrierSilent(words=str(answer.status))
    if answer.status in (403, 404, 405) or 300 <= answer.status < 400:
        raise CarrierRefused(words=_words(answer) or str(answer.status))
    return answer


def _words(answer: Answer) -> str:
    try:
        told = codec.read_json(answer.body)
    except codec.NotJson:
        return ""
    return codec.words_of(told) or str(told.get("error_description") or "")


_signing = threading.Lock()
_tokens: dict[tuple[str, str], tuple[str, float]] = {}


def forget_tokens() -> None:
    """Sign in anew with the next call."""
    _tokens.clear()
