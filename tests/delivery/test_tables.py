"""Tables of tariffs and places: good rows are read in any column order, bad ones are told by row and column."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from zveno.delivery.rules.cells import RowFault
from zveno.delivery.rules.tables import read_places, read_tariffs
from zveno.kit.tables import Row

D = Decimal
TIME_ZONE = "Asia/Yekaterinburg"
ZONES = ("Москва", "Дальний Восток")
HEAD = ["Куда", "Откуда", "Вес свыше, кг", "Вес до, кг", "Цена", "За кг сверх", "Дней от", "Дней до", "Дни отправки"]


def rows(*told: Sequence[Any]) -> list[Row]:
    return [Row(number, list(values)) for number, values in enumerate(told, 1)]


def test_rows_are_read_in_any_column_order_under_a_title() -> None:
    table = read_tariffs(
        rows(
            ["Тариф на 2026 год"],
            HEAD,
            ["дальний восток", "Москва", None, 100, "1 250,50", 9.5, 12, 16, "пн, чт"],
            [],
            ["Москва", "Москва", 100.0, "", 0, None, 1, None, None],
        ),
        zones=ZONES,
    )
    assert table.faults == ()
    first, second = table.lines
    assert (first.row, first.over_kg, first.upto_kg, first.price) == (3, D(0), D(100), D("1250.50"))
    assert (first.per_kg, first.days_min, first.days_max, first.weekdays) == (D("9.5"), 12, 16, frozenset({0, 3}))
    assert (second.over_kg, second.upto_kg, second.days_max, second.weekdays) == (D(100), None, 1, frozenset())


def test_each_bad_row_says_where_and_why_and_the_good_ones_stay() -> None:
    table = read_tariffs(
        rows(
            HEAD,
            ["Луна", "Москва", 0, 10, 100, 0, 1, 2, ""],
            ["Москва", "Москва", 0, 10, "дорого", 0, 1, 2, ""],
            ["Москва", "Москва", 10, 5, 100, 0, 1, 2, ""],
            ["Москва", "Москва", 0, 5, 100, 0, 3, 2, ""],
            ["Москва", "Москва", 0, 5, None, 0, 3, 4, ""],
            ["Москва", "Москва", 0, 5, 100, 0, 1.5, 4, ""],
            ["Москва", "Москва", 0, 5, 100, 0, 1, 4, "никогда"],
            ["Москва", "Москва", 0, 5, -1, 0, 1, 4, ""],
            ["Москва", "Москва", 0, 5, 100, 0, 1, 4, ""],
            ["Москва", "Москва", 0, 7, 200, 0, 1, 4, ""],
        ),
        zones=ZONES,
    )
    assert [line.row for line in table.lines] == [10]
    assert table.faults == (
        RowFault(2, "A", "zone_unknown", {"name": "Луна"}),
        RowFault(3, "E", "not_a_number", {"told": "дорого"}),
        RowFault(4, "D", "band_empty", {"over": "10", "upto": "5"}),
        RowFault(5, "H", "days_turned", {"min": "3", "max": "2"}),
        RowFault(6, "E", "cell_missing", {}),
        RowFault(7, "G", "not_whole", {"told": "1.5"}),
        RowFault(8, "I", "not_weekdays", {"told": "никогда"}),
        RowFault(9, "E", "number_out_of_range", {"told": "-1", "most": "99999999"}),
        RowFault(11, "C", "row_repeated", {"row": "10"}),
    )


def test_a_table_without_its_heading_is_said_to_be_so() -> None:
    assert read_tariffs(rows(["Москва", "Москва", 1, 2]), zones=ZONES).heads_missing


def test_places_get_a_code_from_their_region_and_name() -> None:
    head = ["Город", "Код региона", "Регион", "Широта", "Долгота", "Часовой пояс", "Другие названия", "По-английски"]
    table = read_places(
        rows(
            head,
            ["Артёмовский", "ru-66", "Свердловская область", "57,34", 61.89, TIME_ZONE, "Артем, Егоршино", ""],
            ["Бодайбо", "RU-38", "Иркутская область", 57.85, 114.2, "Asia/Irkutsk", None, "Bodaybo"],
            ["Тверь", "RU-69", "Тверская область", 156, 35.9, "Europe/Moscow", "", ""],
            ["Тверь", "RU-69", "Тверская область", 56, 35.9, "Europe/Tver", "", ""],
        ),
        time_zones={TIME_ZONE, "Asia/Irkutsk", "Europe/Moscow"},
    )  # fmt: skip
    assert [line.code for line in table.lines] == ["RU-66-ARTYOMOVSKIY", "RU-38-BODAYBO"]
    assert table.lines[0].aliases == ("Артем", "Егоршино")
    assert [(fault.row, fault.column, fault.code) for fault in table.faults] == [
        (4, "D", "number_out_of_range"), (5, "F", "time_zone_unknown")
    ]  # fmt: skip
