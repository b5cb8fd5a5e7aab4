"""Setting delivery up: tariffs by period, zones, terms, places, addresses; what is wrong is refused and told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from tests import deals
from tests.delivery import ground
from tests.delivery.ground import NOW, Channel
from tests.racing import at_once

from zveno.delivery.actions.choose_delivery import choose_delivery
from zveno.delivery.actions.place_warehouse import place_warehouse
from zveno.delivery.actions.save_address import AddressWords, archive_address, save_address
from zveno.delivery.actions.save_carrier import save_carrier
from zveno.delivery.actions.save_zone import remove_zone, save_zone
from zveno.delivery.actions.set_calendar_day import set_calendar_day
from zveno.delivery.actions.set_carrier_terms import set_carrier_terms
from zveno.delivery.actions.set_surcharge import set_surcharge
from zveno.delivery.actions.take_places import load_first_places, take_places
from zveno.delivery.actions.take_tariff import TariffTaken, take_tariff
from zveno.delivery.errors import (
    AddressNotFound,
    CarrierNameTaken,
    CarrierNotFound,
    NothingToTake,
    PeriodTurned,
    PickUnknown,
    PlaceDoubtful,
    PlaceUnknown,
    ZoneEntriesDoubtful,
    ZoneEntriesUnknown,
    ZoneInUse,
)
from zveno.delivery.models import DeliveryAddress, Place, TariffRow, WarehousePlace
from zveno.delivery.queries.addresses import addresses_of
from zveno.delivery.queries.carriers import carrier_with, surcharges_on, tariff_rows, terms_history, zone_lines
from zveno.delivery.queries.places import calendar, places_like, regions
from zveno.delivery.rules.segments import Pick, Way
from zveno.delivery.rules.tables import PlaceLine, TariffLine
from zveno.delivery.rules.tariffs import Extra, Surcharge

pytestmark = pytest.mark.django_db
D = Decimal
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def channel() -> Channel:
    return ground.golden()


def line(price: str, *, over: str = "0", upto: str | None = "100", end: str = "Дальний Восток") -> TariffLine:
    return TariffLine(
        2, "Центр", end, D(over), D(upto) if upto else None, None, D(price), D(0), D(0), D(0), 12, 15, frozenset()
    )


def take(channel: Channel, *lines: TariffLine, on: date, whole: bool = False) -> TariffTaken:
    with channel.deal.selling():
        return take_tariff(
            seller_id=channel.deal.seller_id,
            carrier_id=channel.road.pk,
            lines=lines,
            valid_from=on,
            whole=whole,
            now=NOW,
        )


def prices(channel: Channel, on: date) -> list[Decimal]:
    with channel.deal.selling():
        rows = tariff_rows(carrier_id=channel.road.pk, on=on).filter(from_zone__name="Центр")
        return list(rows.values_list("price", flat=True))


def test_a_new_tariff_holds_from_its_day_and_the_old_one_stays_known(channel: Channel) -> None:
    taken = take(channel, line("2900"), on=MAY)
    assert (taken.new, taken.same, taken.ended) == (1, 0, 1)
    assert prices(channel, MAY - timedelta(days=1)) == [D(2600), D(2600)]
    assert prices(channel, MAY) == [D(2900), D(2600)]
    assert TariffRow.objects.unscoped("a test").filter(carrier=channel.road).count() == 5


def test_the_same_table_again_changes_nothing(channel: Channel) -> None:
    take(channel, line("2900"), on=MAY)
    again = take(channel, line("2900"), on=JUNE)
    assert (again.new, again.same, again.ended) == (0, 1, 0)


def test_a_whole_table_ends_what_it_does_not_name(channel: Channel) -> None:
    assert take(channel, line("2900"), on=MAY, whole=True).ended == 4
    assert prices(channel, MAY) == [D(2900)]
    assert len(prices(channel, MAY - timedelta(days=1))) == 2


def test_an_earlier_table_takes_the_place_of_one_that_has_not_begun(channel: Channel) -> None:
    take(channel, line("3100"), on=JUNE)
    take(channel, line("2900"), on=MAY)
    assert prices(channel, JUNE) == [D(2900), D(2600)]
    assert prices(channel, MAY - timedelta(days=1)) == [D(2600), D(2600)]


def test_an_empty_table_and_a_strangers_carrier_are_refused(channel: Channel) -> None:
    with pytest.raises(NothingToTake):
        take(channel, on=MAY)
    other = deals.deal()
    with other.selling(), pytest.raises(CarrierNotFound):
        take_tariff(
            seller_id=other.seller_id,
            carrier_id=channel.road.pk,
            lines=[line("1")],
            valid_from=MAY,
            whole=False,
            now=NOW,
        )


def test_terms_and_surcharges_carry_periods(channel: Channel) -> None:
    def set_free(value: str, on: date) -> None:
        with channel.deal.selling():
            set_carrier_terms(
                seller_id=channel.deal.seller_id, carrier_id=channel.road.pk, terms={"free_from": D(value)},
                valid_from=on, now=NOW,
            )  # fmt: skip

    set_free("50000", MAY)
    set_free("60000", JUNE)
    set_free("70000", JUNE)
    with pytest.raises(PeriodTurned):
        set_free("1", MAY)
    with channel.deal.buying():
        found = [carrier_with(carrier_id=channel.road.pk, on=day) for day in (date(2026, 4, 30), MAY, JUNE)]
        assert [one.terms.free_from for one in found if one] == [None, D(50000), D(70000)]
        assert len(terms_history(carrier_id=channel.road.pk)) == 3
    with channel.deal.selling():
        for surcharge, day in ((Surcharge(Extra.FUEL, percent=D(5)), MAY), (None, JUNE)):
            set_surcharge(
                seller_id=channel.deal.seller_id, carrier_id=channel.road.pk, extra=Extra.FUEL, surcharge=surcharge,
                valid_from=day, now=NOW,
            )  # fmt: skip
        held = [surcharges_on([channel.road.pk], day) for day in (MAY, JUNE)]
    assert [bool(one) for one in held] == [True, False]


def test_a_carriers_name_is_told_apart(channel: Channel) -> None:
    with channel.deal.selling(), pytest.raises(CarrierNameTaken):
        save_carrier(
            seller_id=channel.deal.seller_id, carrier_id=None, name="Авиа", kind="tariff", position=0, is_active=True,
            tracking_url="", note="", now=NOW,
        )  # fmt: skip


def test_a_zone_is_typed_line_by_line_and_read_back_the_same(channel: Channel) -> None:
    ground.place("Сочи")
    with channel.deal.selling():
        made = save_zone(
            seller_id=channel.deal.seller_id, zone_id=None, carrier_id=None, name="Море",
            lines=["сочи", "Приморский край", "RU-23", "", "*"], now=NOW,
        )  # fmt: skip
        told = zone_lines(zone_id=made.pk, regions=regions())
    assert sorted(told) == ["*", "Краснодарский край", "Приморский край", "Сочи, Краснодарский край"]
    with channel.deal.selling():
        again = save_zone(
            seller_id=channel.deal.seller_id, zone_id=made.pk, carrier_id=None, name="Море", lines=told, now=NOW
        )
        assert sorted(zone_lines(zone_id=again.pk, regions=regions())) == sorted(told)


def test_unknown_and_doubtful_entries_of_a_zone_are_told_and_nothing_is_kept(channel: Channel) -> None:
    load_and_keep()

    def save(*lines: str) -> None:
        with channel.deal.selling():
            save_zone(seller_id=channel.deal.seller_id, zone_id=None, carrier_id=None, name="Z", lines=lines, now=NOW)

    with pytest.raises(ZoneEntriesUnknown) as unknown:
        save("Москва", "Атлантида")
    assert unknown.value.params["lines"] == "Атлантида"
    with pytest.raises(ZoneEntriesDoubtful):
        save("Киров")
    save("Киров, Кировская область")


def load_and_keep() -> None:
    """The whole list beside what stands already."""
    Place.objects.filter(code="RU-40-KIROV").delete()
    known = set(Place.objects.values_list("code", flat=True))
    from zveno.delivery.rules.cities import cities

    with deals.as_system():
        take_places(
            lines=[
                PlaceLine(
                    1, city.code, city.name, city.name_en, city.region_code, city.region, city.region_en,
                    city.latitude, city.longitude, city.time_zone, city.aliases,
                )
                for city in cities()
                if city.code not in known
            ],
            now=NOW,
        )  # fmt: skip


def test_a_zone_that_tariffs_go_by_stays(channel: Channel) -> None:
    zone = TariffRow.objects.unscoped("a test").filter(carrier=channel.road).first()
    assert zone is not None
    with channel.deal.selling(), pytest.raises(ZoneInUse):
        remove_zone(seller_id=channel.deal.seller_id, zone_id=zone.to_zone_id, now=NOW)


def test_the_first_list_is_loaded_once_and_places_are_found_by_letters() -> None:
    Place.objects.all().delete()
    with transaction.atomic():
        assert load_first_places() > 160
        assert load_first_places() == 0
    assert [place.name for place in places_like(text="влад")][:3] == ["Владивосток", "Владикавказ", "Владимир"]
    assert places_like(text="спб")[0].name == "Санкт-Петербург"


def test_a_table_of_places_makes_new_ones_and_brings_known_ones_up_to_date() -> None:
    moscow = ground.place("Москва")
    told = PlaceLine(
        2,
        moscow.code,
        "Москва",
        "Moscow",
        "RU-77",
        "Москва",
        "Moscow",
        D("55.76"),
        D("37.6"),
        "Europe/Moscow",
        ("Столица",),
    )
    new = PlaceLine(
        3, "RU-66-IRBIT", "Ирбит", "Irbit", "RU-66", "Свердловская область", "", D(57), D(63), "Asia/Omsk", ()
    )
    with deals.as_system():
        taken = take_places(lines=[told, new], now=NOW)
    assert (taken.new, taken.known) == (1, 1)
    assert places_like(text="столица")[0].id == moscow.pk


def test_a_day_by_decree_counts_until_it_is_lifted() -> None:
    with deals.as_system():
        set_calendar_day(day=date(2026, 4, 11), works=True, note="перенос", now=NOW)
    assert calendar().works(date(2026, 4, 11))
    with deals.as_system():
        set_calendar_day(day=date(2026, 4, 11), works=None, note="", now=NOW)
    assert not calendar().works(date(2026, 4, 11))


def test_a_warehouse_belongs_to_its_seller_alone(channel: Channel) -> None:
    other = deals.deal()
    place = ground.place("Сочи")
    with other.selling(), pytest.raises(Exception, match=r"row-level security|unique"), transaction.atomic():
        place_warehouse(
            seller_id=other.seller_id, warehouse_id=channel.moscow.pk, place_id=place.pk, address="", contact="",
            phone="", hours="", now=NOW,
        )  # fmt: skip
    assert WarehousePlace.objects.unscoped("a test").get(warehouse_id=channel.moscow.pk).place.name == "Москва"


# Addresses


def save(
    channel: Channel, typed: str, *, address_id: int | None = None, place_id: int | None = None, first: bool = False
) -> DeliveryAddress:
    with channel.deal.buying() as actor:
        return save_address(
            company_id=actor.company_id, entity_id=channel.deal.dealer.entity.pk, address_id=address_id,
            words=AddressWords(typed, phone="+7"), place_id=place_id, is_default=first, now=NOW,
        )  # fmt: skip


def test_a_typed_address_finds_its_place_and_one_is_the_first(channel: Channel) -> None:
    made = save(channel, "690001, Владивосток, Мира 5", first=True)
    assert (made.place.name, made.street, made.postcode) == ("Владивосток", "Мира 5", "690001")
    with channel.deal.buying():
        found = addresses_of(entity_ids=[channel.deal.dealer.entity.pk])
    assert [(one.street, one.is_default) for one in found] == [("Мира 5", True), ("ул. Светланская, 33", False)]
    with channel.deal.buying() as actor:
        archive_address(company_id=actor.company_id, entity_id=made.buyer_entity_id, address_id=made.pk, now=NOW)
        assert [one.is_default for one in addresses_of(entity_ids=[made.buyer_entity_id])] == [True]


def test_a_doubtful_place_is_asked_and_the_answer_is_kept(channel: Channel) -> None:
    with pytest.raises(PlaceDoubtful) as doubtful:
        save(channel, "Владивасток, Мира 5")
    assert doubtful.value.params["candidates"] == str(channel.address.place_id)
    assert save(channel, "Владивасток, Мира 5", place_id=channel.address.place_id).place.name == "Владивосток"
    with pytest.raises(PlaceUnknown):
        save(channel, "Гадюкино, 3")


def test_a_strangers_address_is_not_there(channel: Channel) -> None:
    other = ground.golden()
    with pytest.raises(AddressNotFound):
        save(channel, "Владивосток, Мира 5", address_id=other.address.pk)
    with channel.deal.buying() as actor:
        told = {
            "user_id": actor.user_id,
            "entity_id": channel.deal.dealer.entity.pk,
            "seller_id": channel.deal.seller_id,
        }
        with pytest.raises(AddressNotFound):
            choose_delivery(**told, address_id=other.address.pk)
        with pytest.raises(PickUnknown):
            choose_delivery(**told, pick=Pick(Way.NAMED, other.air.pk))


@pytest.mark.django_db(transaction=True)
def test_of_many_first_addresses_saved_at_once_one_is_first() -> None:
    channel = ground.golden()
    at_once(6, lambda number: save(channel, f"Владивосток, Мира {number}", first=True))
    rows = DeliveryAddress.objects.unscoped("a test").filter(buyer_entity=channel.deal.dealer.entity)
    assert (rows.count(), rows.filter(is_default=True).count()) == (7, 1)


@pytest.mark.django_db(transaction=True)
def test_tables_of_one_carrier_taken_at_once_leave_one_row_in_force() -> None:
    channel = ground.golden()
    at_once(4, lambda number: take(channel, line(str(3000 + number)), on=MAY))
    assert len(prices(channel, MAY)) == 2
