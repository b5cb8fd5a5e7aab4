"""CDEK: its recorded forms read, and the port's contract kept against a server that speaks them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.delivery.contract import CarrierContract

from zveno.delivery.ports import Carrier, CarrierRefused, CarrierSilent, QuoteRequest, Spot
from zveno.delivery.rules.tracking import ParcelState, state_of
from zveno.plugins.carriers.cdek import client, codec
from zveno.plugins.carriers.cdek.client import Client
from zveno.plugins.carriers.cdek.plugin import Cdek, CdekCarrier
from zveno.plugins.carriers.cdek.twin import Twin, running_twin

D = Decimal
SAMPLES = Path(__file__).parents[1] / "samples"
MOSCOW = Spot("Москва", "Москва", "RU", D("55.75"), D("37.62"), code="44", address="ул. Складская, 1")
VLADIVOSTOK = Spot("Владивосток", "Приморский край", "RU", D("43.12"), D("131.89"), code="288", address="Мира, 3")


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_tariffs_are_read_and_narrowed_to_the_wanted_ones() -> None:
    quotes = codec.read_quotes(sample("tarifflist"))
    assert [(q.service, q.amount, q.days_min, q.days_max) for q in quotes] == [
        ("136", D("1260.5"), 7, 9), ("480", D("5410"), 3, 4), ("62", D("980.0"), 12, 14)
    ]  # fmt: skip
    assert [q.service for q in codec.read_quotes(sample("tarifflist"), wanted=frozenset({"480"}))] == ["480"]


def test_an_accepted_order_has_its_id_and_a_refused_one_says_why() -> None:
    booked = codec.read_booked(sample("order_accepted"))
    assert (booked.reference, booked.is_invalid) == ("3bc34e6e-7254-404e-b705-984de152ee1f", False)
    words = codec.words_of(sample("order_refused"))
    assert words == "[recipient.phones] is empty; Телефон получателя указан неверно"


def test_statuses_are_read_in_order_without_those_taken_back_or_unknown() -> None:
    found = codec.read_tracking(sample("order_tracked"))
    assert [one.state for one in found.said] == [
        ParcelState.BOOKED, ParcelState.ACCEPTED, ParcelState.UNDER_WAY, ParcelState.ARRIVED
    ]  # fmt: skip
    assert found.said[-1].at == datetime(2026, 4, 20, 23, 12, tzinfo=UTC)
    assert (found.number, found.expected_on, found.refused) == ("10114796260", date(2026, 4, 23), "")
    assert found.said[-1].place == "Владивосток"


def test_an_order_found_wrong_later_is_refused_in_words() -> None:
    found = codec.read_tracking(sample("order_invalid"))
    assert found.refused == "Тариф недоступен по направлению"
    assert state_of(found.said, otherwise=ParcelState.BOOKING) is ParcelState.PROBLEM


def test_an_order_that_is_not_there_is_told_apart_from_other_faults() -> None:
    assert codec.is_not_found(sample("not_found"))
    assert not codec.is_not_found(sample("order_refused"))


def test_a_webhook_tells_the_new_status_and_others_tell_nothing() -> None:
    (notice,) = codec.read_notices(sample("webhook_status"))
    assert (notice.key, notice.number) == ("z17-1-1", "10114796260")
    assert [one.state for one in notice.said] == [ParcelState.WITH_COURIER]
    assert codec.read_notices(sample("webhook_print")) == []
    with pytest.raises(CarrierRefused):
        codec.read_notices({"hello": "world"})
    with pytest.raises(CarrierRefused):
        Cdek().read_message("no json")


def test_of_two_cities_of_one_name_the_near_one_is_meant() -> None:
    cities = json.loads((SAMPLES / "cities.json").read_text(encoding="utf-8"))
    spot = Spot("Киров", "Кировская область", "RU", D("58.60"), D("49.66"))
    assert codec.read_city(cities, spot) == "437"
    assert codec.read_city(cities, Spot("Киров", "", "RU", D("50"), D("100"))) == ""


def test_the_request_of_a_quote_names_places_by_code_and_sides_by_volume() -> None:
    body = codec.quote_body(QuoteRequest(MOSCOW, VLADIVOSTOK, 12_500, 60_000), contract="2")
    assert body["from_location"] == {"code": 44}
    assert body["packages"] == [{"weight": 12_500, "length": 40, "width": 40, "height": 40}]


@pytest.fixture
def twin() -> Iterator[Twin]:
    client.forget_tokens()
    with running_twin() as running:
        yield running


class TestCdekContract(CarrierContract):
    start, end = MOSCOW, VLADIVOSTOK
    unreached = Spot("Анадырь", "Чукотский АО", "RU", D("64.73"), D("177.51"), code="1")
    service = "136"

    @pytest.fixture
    def carrier(self, twin: Twin) -> Carrier:
        return CdekCarrier(Client(twin.address, "account", "password"), pause=0)

    @pytest.fixture
    def silence(self, twin: Twin) -> Callable[[], object]:
        # A read is tried three times at once.
        return lambda: twin.state.failing.extend([503, 503, 503])

    @pytest.fixture
    def move(self, twin: Twin) -> Callable[[str, str], object]:
        codes = {"accepted": ("RECEIVED_AT_SHIPMENT_WAREHOUSE", 2), "delivered": ("DELIVERED", 90)}
        return lambda reference, word: twin.state.say(reference, codes[word][0], hours=codes[word][1])


@pytest.fixture
def carrier(twin: Twin) -> CdekCarrier:
    return CdekCarrier(Client(twin.address, "account", "password"), pause=0)


def test_an_answer_that_got_lost_does_not_book_twice(twin: Twin, carrier: CdekCarrier) -> None:
    request = TestCdekContract().request()
    twin.state.lose_next_order = True
    with pytest.raises(CarrierSilent):
        carrier.book(request)
    booking = carrier.book(request)
    assert list(twin.state.orders) == [booking.reference]


def test_a_token_taken_back_is_asked_for_anew(twin: Twin, carrier: CdekCarrier) -> None:
    carrier.quote(QuoteRequest(MOSCOW, VLADIVOSTOK, 1000, 1000))
    twin.state.token = "another"
    assert carrier.quote(QuoteRequest(MOSCOW, VLADIVOSTOK, 1000, 1000))
    assert twin.state.calls.count("POST /v2/oauth/token") == 2


def test_one_token_serves_many_calls(twin: Twin, carrier: CdekCarrier) -> None:
    for _ in range(3):
        carrier.quote(QuoteRequest(MOSCOW, VLADIVOSTOK, 1000, 1000))
    assert twin.state.calls.count("POST /v2/oauth/token") == 1


def test_wrong_credentials_are_refused_for_good(twin: Twin) -> None:
    wrong = CdekCarrier(Client(twin.address, "account", "wrong"))
    with pytest.raises(CarrierRefused) as refused:
        wrong.quote(QuoteRequest(MOSCOW, VLADIVOSTOK, 1000, 1000))
    assert refused.value.params["words"] == "Bad client credentials"


def test_nobody_at_the_address_is_silence() -> None:
    gone = CdekCarrier(Client("http://127.0.0.1:9", "account", "password"))
    with pytest.raises(CarrierSilent):
        gone.quote(QuoteRequest(MOSCOW, VLADIVOSTOK, 1000, 1000))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_system_is_silence(twin: Twin, carrier: CdekCarrier, status: int) -> None:
    twin.state.failing = [status] * 3
    with pytest.raises(CarrierSilent):
        carrier.quote(QuoteRequest(MOSCOW, VLADIVOSTOK, 1000, 1000))


def test_a_place_is_known_by_its_name_and_where_it_lies(twin: Twin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZVENO_CDEK_ADDRESS", twin.address)
    told = {"account": "account", "password": "password"}
    assert Cdek().place_code(told, Spot("Москва", "", "RU", D("55.75"), D("37.62"))) == "44"
    assert Cdek().place_code(told, Spot("Глухомань", "", "RU", D("55.75"), D("37.62"))) == ""


def test_a_parcel_is_followed_by_the_number_of_its_waybill_too(twin: Twin, carrier: CdekCarrier) -> None:
    reference = carrier.book(TestCdekContract().request()).reference
    number = twin.state.orders[reference]["cdek_number"]
    assert carrier.track(number).number == number
