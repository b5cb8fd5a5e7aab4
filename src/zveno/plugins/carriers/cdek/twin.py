"""A small CDEK on one's own machine: answers the calls that the plugin makes in the documented forms.

`python -m zveno.plugins.carriers.cdek.twin 8181`, then ZVENO_CDEK_ADDRESS=http://127.0.0.1:8181 for the house.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

_CITIES = {
    "Москва": (44, 55.7558, 37.6176),
    "Краснодар": (435, 45.0355, 38.9753),
    "Владивосток": (288, 43.1155, 131.8855),
    "Новосибирск": (270, 55.0302, 82.9204),
    "Санкт-Петербург": (137, 59.9386, 30.3141),
    "Подольск": (453, 55.4312, 37.5458),
}
# tariff code → name, roubles for the first kilogram and each further, days under way.
_TARIFFS = {136: ("Посылка склад-склад", 420, 85, 4, 6), 137: ("Посылка склад-дверь", 640, 95, 4, 7),
            480: ("Экспресс дверь-дверь", 1900, 310, 2, 3)}  # fmt: skip


@dataclass
class State:
    """What the twin knows. `failing` are statuses that it answers next instead of working; `lost` answers vanish."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    prints: dict[str, int] = field(default_factory=dict)
    failing: list[int] = field(default_factory=list)
    lose_next_order: bool = False
    calls: list[str] = field(default_factory=list)
    token: str = "twin-token"  # noqa: S105 - of a twin

    def of_key(self, key: str) -> dict[str, Any] | None:
        """The order registered under our key."""
        return next((one for one in self.orders.values() if one["number"] == key), None)

    def say(self, reference: str, code: str, *, hours: int = 0, city: str = "") -> None:
        """Let an order get a status."""
        at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=hours)
        told = {
            "code": code,
            "name": code.capitalize(),
            "date_time": at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "city": city,
        }
        self.orders[reference]["statuses"].append(told)


class Twin(ThreadingHTTPServer):
    """The server with its state; port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.state = State()

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running_twin() -> Iterator[Twin]:
    """A twin that answers until the block ends."""
    twin = Twin()
    thread = threading.Thread(target=twin.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield twin
    finally:
        twin.shutdown()
        twin.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    server: Twin
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, method: str) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        state = self.server.state
        state.calls.append(f"{method} {parts.path}")
        if parts.path == "/v2/oauth/token":
            return self._sign_in(body)
        if state.failing:
            return self._send(state.failing.pop(0), {"errors": [{"code": "v2_internal_error", "message": "busy"}]})
        if self.headers.get("Authorization") != f"Bearer {state.token}":
            return self._send(401, {"error": "invalid_token"})
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        told = json.loads(body) if body else {}
        self._route(method, parts.path, query, told)
        return None

    def _route(self, method: str, path: str, query: dict[str, str], told: dict[str, Any]) -> None:
        match (method, path):
            case ("GET", "/v2/location/cities"):
                self._cities(query)
            case ("POST", "/v2/calculator/tarifflist"):
                self._tariffs(told)
            case ("POST", "/v2/orders"):
                self._register(told)
            case ("GET", "/v2/orders"):
                self._find(query)
            case ("POST", "/v2/print/barcodes"):
                form = str(uuid.uuid4())
                self.server.state.prints[form] = 0
                self._send(202, {"entity": {"uuid": form}, "requests": [{"type": "CREATE", "state": "ACCEPTED"}]})
            case _:
                self._of_one(method, path)

    def _of_one(self, method: str, path: str) -> None:
        state = self.server.state
        if (found := re.fullmatch(r"/v2/orders/([0-9a-f-]{36})", path)) and method == "GET":
            return self._order(state.orders.get(found[1]), f"uuid {found[1]}")
        if found and method == "DELETE":
            return self._remove(found[1])
        if form := re.fullmatch(r"/v2/print/barcodes/([0-9a-f-]{36})", path):
            state.prints[form[1]] += 1
            ready = state.prints[form[1]] > 1
            url = {"url": f"{self.server.address}/v2/print/barcodes/{form[1]}.pdf"} if ready else {}
            return self._send(200, {"entity": {"uuid": form[1], **url}, "requests": []})
        if path.endswith(".pdf"):
            return self._send_bytes(200, b"%PDF-1.4\n% a label\n", "application/pdf")
        return self._send(404, {"errors": [{"code": "v2_not_found", "message": path}]})

    def _sign_in(self, body: bytes) -> None:
        told = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if told.get("client_secret") == "wrong":
            return self._send(401, {"error": "invalid_client", "error_description": "Bad client credentials"})
        token = {"access_token": self.server.state.token, "token_type": "bearer", "expires_in": 3599}
        return self._send(200, token)

    def _cities(self, query: dict[str, str]) -> None:
        name = query.get("city", "")
        if name not in _CITIES:
            return self._send(200, [])
        code, north, east = _CITIES[name]
        namesake = {
            "code": code + 90_000,
            "city": name,
            "region": "Другая область",
            "latitude": 60.0,
            "longitude": 90.0,
        }
        true = {"code": code, "city": name, "country_code": "RU", "latitude": north, "longitude": east}
        return self._send(200, [namesake, true])

    def _tariffs(self, told: dict[str, Any]) -> None:
        codes = {code for code, *_ in _CITIES.values()}
        for name, end in (("sender", "from_location"), ("recipient", "to_location")):
            if told[end].get("code") not in codes:
                code = f"v2_{name}_location_not_recognized"
                return self._send(400, {"errors": [{"code": code, "message": f"{end} is not recognized"}]})
        weight = sum(one["weight"] for one in told["packages"])
        kilograms = -(-weight // 1000)
        rows = [
            {
                "tariff_code": code,
                "tariff_name": name,
                "tariff_description": "",
                "delivery_mode": 4,
                "delivery_sum": float(first + each * (kilograms - 1)),
                "period_min": low,
                "period_max": high,
                "calendar_min": low,
                "calendar_max": high,
            }
            for code, (name, first, each, low, high) in _TARIFFS.items()
        ]
        return self._send(200, {"tariff_codes": rows})

    def _register(self, told: dict[str, Any]) -> None:
        state = self.server.state
        if not told["recipient"]["phones"]:
            error = {"code": "v2_field_is_empty", "message": "[recipient.phones] is empty"}
            return self._send(400, {"requests": [{"type": "CREATE", "state": "INVALID", "errors": [error]}]})
        if any(one["weight"] < 1 for one in told["packages"]):
            error = {"code": "ve_package_weight_too_small", "message": "weight is too small"}
            return self._send(400, {"requests": [{"type": "CREATE", "state": "INVALID", "errors": [error]}]})
        reference = str(uuid.uuid4())
        state.orders[reference] = {
            "uuid": reference,
            "number": told["number"],
            "cdek_number": f"10{len(state.orders):08d}",
            "statuses": [],
            "planned_delivery_date": (datetime.now(UTC) + timedelta(days=5)).date().isoformat(),
        }
        state.say(reference, "ACCEPTED", hours=-1)
        state.say(reference, "CREATED", city="Москва")
        if state.lose_next_order:
            state.lose_next_order = False
            self.close_connection = True
            return None
        return self._send(
            202, {"entity": {"uuid": reference}, "requests": [{"type": "CREATE", "state": "ACCEPTED", "errors": []}]}
        )

    def _find(self, query: dict[str, str]) -> None:
        state = self.server.state
        if "im_number" in query:
            return self._order(state.of_key(query["im_number"]), "im_number", code="v2_entity_not_found_im_number")
        number = query.get("cdek_number", "")
        found = next((one for one in state.orders.values() if one["cdek_number"] == number), None)
        return self._order(found, f"cdek_number {number}", code="v2_entity_not_found_cdek_number")

    def _order(self, order: dict[str, Any] | None, what: str, *, code: str = "v2_entity_not_found") -> None:
        if order is None:
            error = {"code": code, "message": f"Entity is not found by {what}"}
            return self._send(400, {"requests": [{"type": "GET", "state": "INVALID", "errors": [error]}]})
        return self._send(200, {"entity": order, "requests": [{"type": "CREATE", "state": "SUCCESSFUL"}]})

    def _remove(self, reference: str) -> None:
        state = self.server.state
        order = state.orders.get(reference)
        if order is None or order["statuses"][-1]["code"] == "REMOVED":
            return self._order(None, f"uuid {reference}")
        if order["statuses"][-1]["code"] not in ("ACCEPTED", "CREATED"):
            error = {"code": "v2_entity_invalid_status", "message": "The order is under way"}
            return self._send(400, {"requests": [{"type": "DELETE", "state": "INVALID", "errors": [error]}]})
        state.say(reference, "REMOVED")
        return self._send(202, {"entity": {"uuid": reference}, "requests": [{"type": "DELETE", "state": "ACCEPTED"}]})

    def _send(self, status: int, told: object) -> None:
        self._send_bytes(status, json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def _send_bytes(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    Twin(int(sys.argv[1]) if len(sys.argv) > 1 else 8181).serve_forever()
