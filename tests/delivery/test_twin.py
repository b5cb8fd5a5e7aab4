"""The twin that counts by a tariff table keeps to the contract of the port."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.delivery.contract import CarrierContract
from tests.delivery.ground import NOW

from zveno.delivery.ports import Carrier, Spot
from zveno.delivery.rules.tariffs import Band
from zveno.delivery.rules.tracking import ParcelState, Said
from zveno.delivery.twin import TableCarrier

D = Decimal
_STATES = {"accepted": ParcelState.ACCEPTED, "delivered": ParcelState.DELIVERED}


class TestTableCarrier(CarrierContract):
    start = Spot("Москва", "Москва", "RU", D("55.75"), D("37.62"))
    end = Spot("Владивосток", "Приморский край", "RU", D("43.12"), D("131.89"))
    unreached = Spot("Анадырь", "Чукотский АО", "RU", D("64.73"), D("177.51"))

    @pytest.fixture
    def carrier(self) -> Carrier:
        band = Band(1, D(0), None, None, D(500), D(20), D(0), D(0), 8, 11)
        return TableCarrier([band], NOW, reached=frozenset({"Москва", "Владивосток"}))

    @pytest.fixture
    def silence(self, carrier: TableCarrier) -> Callable[[], object]:
        return lambda: setattr(carrier, "silent", 1)

    @pytest.fixture
    def move(self, carrier: TableCarrier) -> Callable[[str, str], object]:
        hours = {"accepted": 1, "delivered": 200}
        return lambda reference, word: carrier.say(
            reference, Said(NOW + timedelta(hours=hours[word]), _STATES[word], word)
        )
