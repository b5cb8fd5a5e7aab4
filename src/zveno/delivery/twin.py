"""A carrier that lives in this process and counts by a tariff table: it passes the port's contract like the real ones.

It serves tests and benches, and shows what the port means; nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zlib import crc32

from zveno.delivery.ports import (
    Booking,
    BookRequest,
    CarrierQuote,
    CarrierRefused,
    CarrierSilent,
    Label,
    QuoteRequest,
    Tracking,
)
from zveno.delivery.rules.calendar import Calendar
from zveno.delivery.rules.geo import Point, distance_km
from zveno.delivery.rules.tariffs import Band, Load, Ready, Surcharge, Terms, tariff_cost
from zveno.delivery.rules.tracking import ParcelState, Said, state_of


@dataclass
class TableCarrier:
    """Knows one way: `bands` from anywhere to `reached` places. `silent` is how often it does not answer next."""

    bands: Sequence[Band]
    now: datetime
    terms: Terms = field(default_factory=Terms)
    surcharges: Sequence[Surcharge] = ()
    reached: frozenset[str] = frozenset()
    silent: int = 0
    bookings: dict[str, BookRequest] = field(default_factory=dict)
    said: dict[str, list[Said]] = field(default_factory=dict)

    def quote(self, request: QuoteRequest) -> Sequence[CarrierQuote]:
        """One service, by the table."""
        self._answer()
        if request.end.name not in self.reached:
            return ()
        today = self.now.date()
        load = Load(Decimal(request.weight_g), Decimal(request.volume_cm3), request.value)
        start, end = (Point(spot.latitude, spot.longitude) for spot in (request.start, request.end))
        cost = tariff_cost(
            load,
            terms=self.terms,
            bands=self.bands,
            surcharges=self.surcharges,
            ready=Ready(on=today, today=today),
            order_total=Decimal(0),
            calendar=Calendar(),
            distance_km=distance_km(start, end),
        )
        if cost.amount is None:
            return ()
        days = next(step for step in cost.trace if step["code"] in ("days", "working_days"))
        return (CarrierQuote("table", "Table", cost.amount, int(days["min"]), int(days["max"])),)

    def book(self, request: BookRequest) -> Booking:
        """Keep the booking under its key."""
        self._answer()
        if request.weight_g <= 0:
            raise CarrierRefused(words="weight is missing")
        if not request.receiver.phone:
            raise CarrierRefused(words="the receiver has no phone")
        reference = f"twin-{request.key}"
        if reference not in self.bookings:
            self.bookings[reference] = request
            self.said[reference] = [Said(self.now, ParcelState.BOOKED, "CREATED", "Created", request.start.name)]
        return Booking(reference, f"T{crc32(request.key.encode()):010d}")

    def cancel(self, reference: str) -> None:
        """Call off what has not been taken yet."""
        self._answer()
        words = self._known(reference)
        state = state_of(words, otherwise=ParcelState.BOOKED)
        if state is ParcelState.CANCELLED:
            return
        if state is not ParcelState.BOOKED:
            raise CarrierRefused(words="it is under way already")
        words.append(Said(self.now, ParcelState.CANCELLED, "REMOVED", "Called off"))

    def label(self, reference: str) -> Label:
        """A paper with the reference on it."""
        self._answer()
        self._known(reference)
        return Label(f"{reference}.pdf", f"%PDF-1.4\n% {reference}\n".encode())

    def track(self, reference: str) -> Tracking:
        """What was said so far."""
        self._answer()
        return Tracking(tuple(self._known(reference)), number=reference)

    def say(self, reference: str, said: Said) -> None:
        """Let something happen to a parcel."""
        self.said[reference].append(said)

    def _known(self, reference: str) -> list[Said]:
        if reference not in self.said:
            raise CarrierRefused(words="there is no such parcel")
        return self.said[reference]

    def _answer(self) -> None:
        if self.silent > 0:
            self.silent -= 1
            raise CarrierSilent(words="no answer")
