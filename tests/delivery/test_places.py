"""Typed addresses find their settlement or ask; the list of cities is whole; zones prefer the nearest entry."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import available_timezones

import pytest

from zveno.delivery.rules.addresses import Gazetteer, Settlement
from zveno.delivery.rules.cities import cities
from zveno.delivery.rules.geo import Point, distance_km
from zveno.delivery.rules.zones import Member, zones_of

CITIES = list(cities())
BY_ID = dict(enumerate(CITIES, 1))
KNOWN = Gazetteer(
    Settlement(id_, city.region_code, city.region, (city.name, city.name_en, *city.aliases))
    for id_, city in BY_ID.items()
)


def test_the_list_of_cities_has_no_doubles_and_known_time_zones() -> None:
    assert len({city.code for city in CITIES}) == len(CITIES) > 160
    assert {city.time_zone for city in CITIES} <= available_timezones()
    assert all(41 < city.latitude < 78 and 19 < city.longitude < 180 for city in CITIES)
    assert len({city.region_code for city in CITIES}) == 83


@pytest.mark.parametrize(
    ("case", "text", "name", "street", "postcode"),
    [
        ("with a postcode", "690091, г. Владивосток, ул. Ленская, 3", "Владивосток", "ул. Ленская, 3", "690091"),
        ("without commas", "Краснодар ул Северная 12", "Краснодар", "ул Северная 12", ""),
        ("a name of two words", "г Нижний Новгород, Московское шоссе 1", "Нижний Новгород", "Московское шоссе 1", ""),
        ("an alias", "Спб, Невский пр-т 1", "Санкт-Петербург", "Невский пр-т 1", ""),
        ("a region of the same root", "Московская обл, г. Подольск, Мира 3", "Подольск", "Московская обл, Мира 3", ""),
        ("a street called like a city", "г. Казань, ул. Москва 5", "Казань", "ул. Москва 5", ""),
        ("in English", "Vladivostok, Svetlanskaya street 33", "Владивосток", "Svetlanskaya street 33", ""),
        ("no blank after the mark", "г.Орел, пл. Мира", "Орёл", "пл. Мира", ""),
        ("a namesake by its region", "Калужская обл., г. Киров, Ленина 1", "Киров", "Калужская обл, Ленина 1", ""),
    ],
)  # fmt: skip
def test_a_typed_address_finds_its_city(case: str, text: str, name: str, street: str, postcode: str) -> None:
    found = KNOWN.read(text)
    assert found.place_id is not None
    assert (BY_ID[found.place_id].name, found.street, found.postcode) == (name, street, postcode)


def test_a_region_told_settles_which_of_the_namesakes() -> None:
    found = KNOWN.read("Калужская обл., г. Киров, ул. Ленина 1")
    assert found.place_id is not None
    assert BY_ID[found.place_id].region_code == "RU-40"


@pytest.mark.parametrize(
    ("case", "text", "candidates"),
    [
        ("two cities of one name", "г. Киров, ул. Ленина 1", {"RU-40-KIROV", "RU-43-KIROV"}),
        ("a slip", "Владивасток, Светланская 33", {"RU-25-VLADIVOSTOK"}),
    ],
)
def test_a_doubtful_city_is_asked_about(case: str, text: str, candidates: set[str]) -> None:
    found = KNOWN.read(text)
    assert found.place_id is None
    assert {BY_ID[id_].code for id_ in found.candidates} >= candidates


@pytest.mark.parametrize(
    ("case", "text", "street"),
    [
        ("a slip goes", "Владивасток, Светланская 33", "Светланская 33"),
        ("with its mark", "г. Владивасток, ул. Владивостокская 3", "ул. Владивостокская 3"),
        ("a true name goes", "690091, Владивосток, Мира 1", "Мира 1"),
        ("nothing alike stays", "Мира 1, корпус 2", "Мира 1, корпус 2"),
    ],
)
def test_what_a_doubt_was_answered_with_is_no_part_of_the_street(case: str, text: str, street: str) -> None:
    chosen = next(id_ for id_, city in BY_ID.items() if city.code == "RU-25-VLADIVOSTOK")
    found = KNOWN.read(text, chosen=chosen)
    assert (found.place_id, found.street) == (chosen, street)


def test_no_city_at_all_is_said_so() -> None:
    found = KNOWN.read("дер. Гадюкино, дом 3")
    assert (found.place_id, found.candidates) == (None, ())


def test_distances_are_those_of_the_globe() -> None:
    points = {city.name: Point(city.latitude, city.longitude) for city in CITIES if city.name != "Киров"}
    assert distance_km(points["Москва"], points["Санкт-Петербург"]) in range(625, 645)
    assert distance_km(points["Москва"], points["Владивосток"]) in range(6400, 6450)
    assert distance_km(points["Москва"], points["Москва"]) == 0
    assert distance_km(Point(Decimal(0), Decimal(179)), Point(Decimal(0), Decimal(-179))) in range(220, 225)


def test_a_zone_of_the_city_counts_before_one_of_its_region_and_that_before_the_rest() -> None:
    members = [
        Member(1, None, region_code="RU-25"),
        Member(2, None, place_id=7),
        Member(3, None),
        Member(4, 50, region_code="RU-25"),
        Member(5, 50),
        Member(6, 60),
        Member(7, 70, place_id=8),
    ]
    assert zones_of(members, place_id=7, region_code="RU-25") == {None: (2,), 50: (4,), 60: (6,)}
    assert zones_of(members, place_id=9, region_code="RU-25") == {None: (1,), 50: (4,), 60: (6,)}
    assert zones_of(members, place_id=9, region_code="RU-23") == {None: (3,), 50: (5,), 60: (6,)}
