"""CDEK behind the port of carriers."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.delivery.ports import (
    Booking,
    BookRequest,
    CarrierOption,
    CarrierQuote,
    CarrierRefused,
    CarrierSilent,
    Label,
    Notice,
    QuoteRequest,
    Spot,
    Tracking,
    Words,
)
from zveno.plugins.carriers.cdek import codec
from zveno.plugins.carriers.cdek.client import Answer, Client
from zveno.plugins.carriers.cdek.options import ADDRESSES, LIVE, OPTIONS

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LOOKS_AT_LABEL = 5
# Another address of the whole API, for a twin on one's own machine.
_ADDRESS_SETTING = "ZVENO_CDEK_ADDRESS"


@dataclass(frozen=True)
class CdekCarrier:
    """CDEK, signed in for one account."""

    client: Client
    contract: str = "2"
    wanted: frozenset[str] = frozenset()
    pause: float = 1.0

    def quote(self, request: QuoteRequest) -> Sequence[CarrierQuote]:
        """The tariffs that CDEK offers for the load, of those that the seller wants."""
        answer = self.client.post("/v2/calculator/tarifflist", codec.quote_body(request, contract=self.contract))
        return codec.read_quotes(_good(answer), wanted=self.wanted)

    def book(self, request: BookRequest) -> Booking:
        """Register an order, unless one of this key is registered already: an answer may have been lost."""
        known = self._of_key(request.key)
        if known is not None and not known.is_invalid:
            return Booking(known.reference, known.number)
        if not request.service.isdigit():
            raise CarrierRefused(words="tariff_code")
        answer = self.client.post("/v2/orders", codec.order_body(request, contract=self.contract))
        booked = codec.read_booked(_good(answer))
        if not booked.reference:
            raise CarrierRefused(words=booked.words or "no uuid")
        if booked.is_invalid:
            raise CarrierRefused(words=booked.words)
        return Booking(booked.reference, booked.number)

    def cancel(self, reference: str) -> None:
        """Delete an order that CDEK has not taken in hands; one that is gone is called off already."""
        answer = self.client.delete(f"/v2/orders/{reference}")
        told = codec.read_json(answer.body)
        if answer.status >= 400 and not codec.is_not_found(told):
            _good(answer)

    def label(self, reference: str) -> Label:
        """The barcode label as PDF. CDEK makes it in some seconds; raises CarrierSilent when it takes longer."""
        form, address = codec.read_print(_good(self.client.post("/v2/print/barcodes", codec.print_body(reference))))
        for _look in range(_LOOKS_AT_LABEL):
            _uuid, address = codec.read_print(_good(self.client.get(f"/v2/print/barcodes/{form}")))
            if address:
                return Label(f"cdek-{reference}.pdf", self.client.get(address).body)
            time.sleep(self.pause)
        raise CarrierSilent(words="PRINT_FORM")

    def track(self, reference: str) -> Tracking:
        """Where the order is, by CDEK's id or by the number of its waybill."""
        if _UUID.fullmatch(reference):
            answer = self.client.get(f"/v2/orders/{reference}")
        else:
            answer = self.client.get("/v2/orders", {"cdek_number": reference})
        told = codec.read_json(answer.body)
        if answer.status >= 400 or not told.get("entity"):
            _good(answer)
            raise CarrierRefused(words=codec.words_of(told) or reference)
        return codec.read_tracking(told)

    def _of_key(self, key: str) -> codec.Booked | None:
        answer = self.client.get("/v2/orders", {"im_number": key})
        told = codec.read_json(answer.body)
        if answer.status >= 400:
            if codec.is_not_found(told):
                return None
            _good(answer)
        return codec.read_booked(told) if told.get("entity") else None


class Cdek:
    """The kind of carrier."""

    kind = "cdek"
    title: Words = _("CDEK")

    @property
    def options(self) -> tuple[CarrierOption, ...]:
        """What a seller tells to sign in."""
        return OPTIONS

    def sign_in(self, options: Mapping[str, Any]) -> CdekCarrier:
        """CDEK for the account in `options`."""
        codes = re.findall(r"\d+", str(options.get("tariffs") or ""))
        return CdekCarrier(_client(options), str(options.get("contract") or "2"), frozenset(codes))

    def place_code(self, options: Mapping[str, Any], spot: Spot) -> str:
        """CDEK's code of a settlement, found by its name and where it lies."""
        answer = _client(options).get("/v2/location/cities", codec.city_query(spot))
        return codec.read_city(codec.read_list(answer.body), spot)

    def read_message(self, body: str) -> Sequence[Notice]:
        """What a webhook tells."""
        return codec.read_notices(codec.read_json(body.encode()))


def _client(options: Mapping[str, Any]) -> Client:
    address = os.environ.get(_ADDRESS_SETTING) or ADDRESSES.get(str(options.get("system")), ADDRESSES[LIVE])
    return Client(address, str(options.get("account") or ""), str(options.get("password") or ""))


def _good(answer: Answer) -> codec.Json:
    """What a sound answer says. Raises CarrierRefused in CDEK's words, CarrierSilent for what passes by itself."""
    told = codec.read_json(answer.body)
    if answer.status < 400:
        return told
    if codec.is_passing(told):
        raise CarrierSilent(words=codec.words_of(told))
    raise CarrierRefused(words=codec.words_of(told) or str(answer.status))
