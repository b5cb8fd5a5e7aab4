"""What every carrier behind the port keeps to: the twin, the plugins. A suite subclasses it and gives the carrier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from zveno.delivery.ports import BookRequest, Carrier, CarrierRefused, CarrierSilent, Person, QuoteRequest, Spot
from zveno.delivery.rules.tracking import ParcelState, state_of


class CarrierContract:
    """Subclasses give `carrier`, its two reached places, a place it does not reach, and ways to let things happen."""

    start: Spot
    end: Spot
    unreached: Spot
    service = ""

    @pytest.fixture
    def carrier(self) -> Carrier:
        raise NotImplementedError

    @pytest.fixture
    def silence(self) -> Callable[[], object]:
        """Lets the carrier not answer to the next call."""
        raise NotImplementedError

    @pytest.fixture
    def move(self) -> Callable[[str, str], object]:
        """Lets a booked parcel get a status: of `accepted`, `delivered`."""
        raise NotImplementedError

    def request(self, key: str = "z1-1-1") -> BookRequest:
        return BookRequest(
            key=key,
            start=self.start,
            end=self.end,
            sender=Person("ООО «Продавец»", "Олег Громов", "+74950000001"),
            receiver=Person("ООО «Салон»", "Пётр Ким", "+74232000000", "2540000000"),
            weight_g=12_500,
            volume_cm3=60_000,
            value=Decimal("18400.00"),
            service=self.service,
            comment="TDO-000012",
        )

    def test_a_quote_costs_something_and_takes_some_days(self, carrier: Carrier) -> None:
        quotes = carrier.quote(QuoteRequest(self.start, self.end, 12_500, 60_000))
        assert quotes
        assert all(quote.amount > 0 and 0 < quote.days_min <= quote.days_max for quote in quotes)

    def test_where_it_does_not_go_it_offers_nothing_or_refuses(self, carrier: Carrier) -> None:
        try:
            assert not carrier.quote(QuoteRequest(self.start, self.unreached, 1000, 1000))
        except CarrierRefused as refused:
            assert refused.params["words"]

    def test_booked_twice_under_one_key_it_is_one_parcel(self, carrier: Carrier) -> None:
        first, again = carrier.book(self.request()), carrier.book(self.request())
        other = carrier.book(self.request("z1-2-1"))
        assert first.reference == again.reference != other.reference

    def test_a_booking_without_a_phone_is_refused_for_good(self, carrier: Carrier) -> None:
        lacking = replace(self.request(), receiver=Person("ООО «Салон»", "Пётр Ким", ""))
        with pytest.raises(CarrierRefused) as refused:
            carrier.book(lacking)
        assert refused.value.params["words"]

    def test_silence_is_told_apart_and_passes(self, carrier: Carrier, silence: Callable[[], object]) -> None:
        silence()
        with pytest.raises(CarrierSilent):
            carrier.book(self.request())
        assert carrier.book(self.request()).reference

    def test_the_way_of_a_parcel_ends_with_its_delivery(
        self, carrier: Carrier, move: Callable[[str, str], object]
    ) -> None:
        reference = carrier.book(self.request()).reference
        seen = [state_of(carrier.track(reference).said, otherwise=ParcelState.BOOKING)]
        for word in ("accepted", "delivered"):
            move(reference, word)
            seen.append(state_of(carrier.track(reference).said, otherwise=ParcelState.BOOKING))
        assert seen == [ParcelState.BOOKED, ParcelState.ACCEPTED, ParcelState.DELIVERED]

    def test_a_parcel_is_called_off_once_and_again(self, carrier: Carrier) -> None:
        reference = carrier.book(self.request()).reference
        carrier.cancel(reference)
        carrier.cancel(reference)

    def test_what_is_under_way_is_not_called_off(self, carrier: Carrier, move: Callable[[str, str], object]) -> None:
        reference = carrier.book(self.request()).reference
        move(reference, "accepted")
        with pytest.raises(CarrierRefused):
            carrier.cancel(reference)

    def test_a_label_is_a_paper(self, carrier: Carrier) -> None:
        label = carrier.label(carrier.book(self.request()).reference)
        assert label.content.startswith(b"%PDF")
        assert label.name.endswith(".pdf")

    def test_an_unknown_parcel_is_refused(self, carrier: Carrier) -> None:
        with pytest.raises(CarrierRefused):
            carrier.track("00000000-0000-4000-8000-000000000000")
