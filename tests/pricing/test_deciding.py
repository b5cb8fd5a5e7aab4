"""How a price is decided: what goes before what, combination, floor, rounding, the trace; random worlds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pricing import worlds

from zveno.pricing.rules.deciding import decide, decide_order
from zveno.pricing.rules.explaining import for_buyer
from zveno.pricing.rules.facts import (
    Audience,
    Band,
    Book,
    Column,
    Goods,
    Layer,
    Mode,
    Origin,
    OwnPrice,
    PriceRow,
    Rung,
    Target,
    Way,
    ladders_of,
)
from zveno.pricing.rules.hints import offers_ahead
from zveno.pricing.rules.rounding import band_of, bands_for, faults_of, rounded

D = Decimal
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ORIGIN = Origin(SINCE, "Д-7", "Олег Савин")
LIGHT = Target(path="/1/", name="Освещение")
LAMPS = Target(path="/1/2/", name="Лампы")
BRAND = Target(brand="Люмика", name="Люмика")
EVERYTHING = Target()


def column(kind: int = 1, *, target: Target = EVERYTHING, audience: Audience = Audience.OWN, rank: int = 1) -> Column:
    return Column(kind * 10 + rank, kind, f"Колонка {kind}", "RUB", True, target, audience, rank, ORIGIN)


def rung(
    percent: str,
    layer: Layer = Layer.CONTRACT,
    *,
    target: Target = EVERYTHING,
    audience: Audience = Audience.OWN,
    threshold: str = "0",
) -> Rung:
    currency = "RUB" if layer is Layer.ORDER_SUM else ""
    return Rung(1, layer, target, audience, D(threshold), D(percent), ORIGIN, currency)


def row(value: str, kind: int = 1, *, least: str = "0") -> PriceRow:
    return PriceRow(kind, D(value), D(least), SINCE, SINCE)


def goods(*prices: PriceRow, rungs: list[Rung] | None = None, **fields: Any) -> Goods:
    told = {"path": "/1/2/3/", "brand": "Люмика", **fields}
    return Goods(1, prices=prices or (row("100"),), ladders=ladders_of(rungs or []), **told)


def book(*rungs: Rung, columns: tuple[Column, ...] = (), **fields: Any) -> Book:
    return Book(SINCE, columns or (column(),), ladders_of(list(rungs)), **fields)


def price(rules: Book, product: Goods, quantity: str | None = None) -> Decimal | None:
    found = decide(rules, product, D(quantity) if quantity else None)
    return found.price if found else None


BY = {
    "everything": rung("10"),
    "brand": rung("11", target=BRAND),
    "group": rung("12", target=LIGHT),
    "deeper group": rung("13", target=LAMPS),
}


@pytest.mark.parametrize(
    ("case", "rules", "own", "ought"),
    [
        ("everything alone", ["everything"], [], "90"),
        ("a brand beats everything", ["everything", "brand"], [], "89"),
        ("a group beats a brand", ["brand", "group"], [], "88"),
        ("a deeper group beats its parent", ["deeper group", "group", "brand"], [], "87"),
        ("a product beats all", list(BY), [rung("1", target=Target(product_id=1))], "99"),
        ("a smaller but more exact one counts", ["everything"], [rung("0", target=Target(product_id=1))], "100"),
    ],
)
def test_the_more_exact_rule_of_a_layer_counts(case: str, rules: list[str], own: list[Rung], ought: str) -> None:
    assert price(book(*(BY[name] for name in rules)), goods(rungs=own)) == D(ought), case


@pytest.mark.parametrize(
    ("case", "audiences", "ought"),
    [
        ("for everybody", [Audience.EVERYBODY], "99"),
        ("the status beats everybody", [Audience.EVERYBODY, Audience.STATUS], "98"),
        ("own terms beat the status", [Audience.OWN, Audience.STATUS, Audience.EVERYBODY], "97"),
    ],
)
def test_of_rules_about_the_same_products_the_nearer_counts(case: str, audiences: list[Audience], ought: str) -> None:
    rules = [rung(str(int(audience) + 1), audience=audience) for audience in audiences]
    assert price(book(*rules), goods()) == D(ought), case


@pytest.mark.parametrize(
    ("case", "columns", "prices", "ought"),
    [
        ("the regional column first", [column(2, rank=1), column(1, rank=2)], [row("90", 2), row("100")], "90"),
        ("the base where it has none", [column(2, rank=1), column(1, rank=2)], [row("100")], "100"),
        ("nought is no price", [column(2, rank=1), column(1, rank=2)], [row("0", 2), row("100")], "100"),
        ("a column for the group goes first", [column(1), column(2, target=LIGHT, rank=9)], [row("90", 2), row("1")],
         "90"),
        ("own before everybody's", [column(1, rank=5), column(2, audience=Audience.EVERYBODY)],
         [row("90", 2), row("100")], "100"),
        ("no column has one", [column(2)], [row("100")], None),
    ],
)  # fmt: skip
def test_columns_are_asked_in_order(case: str, columns: list[Column], prices: list[PriceRow], ought: str) -> None:
    assert price(book(columns=tuple(columns)), goods(*prices)) == (D(ought) if ought else None), case


@pytest.mark.parametrize(
    ("mode", "cap", "ought"),
    [
        (Mode.LARGEST, None, "80.00"),
        (Mode.CHAIN, None, "68.40"),
        (Mode.SUM, None, "65.00"),
        (Mode.LARGEST, "15", "85.00"),
        (Mode.CHAIN, "30", "70.00"),
        (Mode.SUM, "40", "65.00"),
    ],
)
def test_layers_combine_as_the_seller_chose(mode: Mode, cap: str | None, ought: str) -> None:
    rules = (rung("10"), rung("20", Layer.STATUS, audience=Audience.STATUS), rung("5", Layer.VOLUME, threshold="10"))
    made = book(*rules, mode=mode, cap_percent=D(cap) if cap else None)
    assert str(price(made, goods(), "10")) == ought


def test_a_ladder_gives_the_largest_percent_reached_and_tells_what_is_ahead() -> None:
    made = book(*(rung(p, Layer.VOLUME, threshold=t) for p, t in (("3", "10"), ("5", "24"), ("4", "100"))))
    assert [price(made, goods(), q) for q in ("9", "10", "24", "100")] == [D(100), D(97), D(95), D(95)]
    found = decide(made, goods(), D(12))
    assert found is not None
    ahead = [step for step in found.trace if step.get("lost") == "not_reached"]
    assert [(step["percent"], step["threshold"], step["missing"]) for step in ahead] == [("5", "24", "12")]
    assert [(tier.quantity, tier.price) for tier in decide(made, goods()).tiers] == [(D(10), D(97)), (D(24), D(95))]  # type: ignore[union-attr]


def test_a_product_with_tiers_of_its_own_has_none_of_its_groups() -> None:
    own = [rung("7", Layer.VOLUME, target=Target(product_id=1), threshold="100")]
    made = book(rung("3", Layer.VOLUME, target=LIGHT, threshold="10"))
    assert [price(made, goods(rungs=own), q) for q in ("10", "100")] == [D(100), D(93)]


def test_the_price_without_a_quantity_is_for_the_least_that_can_be_ordered() -> None:
    made = book(rung("5", Layer.VOLUME, threshold="12"))
    assert price(made, goods(pack_quantity=D(12))) == D(95)
    assert price(made, goods()) == D(100)
    assert price(book(), goods(row("100"), row("90", least="12"), pack_quantity=D(12))) == D(90)
    assert price(book(), goods(row("80", least="50"))) == D(80)


def agreed(value: str, *, least: str = "0", closed: bool = False) -> OwnPrice:
    return OwnPrice(D(value), D(least), "RUB", True, closed, ORIGIN)


@pytest.mark.parametrize(
    ("case", "own", "quantity", "ought"),
    [
        ("it holds, even above the column", [agreed("120")], "1", "108"),
        ("closed: no discount", [agreed("70", closed=True)], "1", "70"),
        ("closed and with kopecks of its own", [agreed("70.005", closed=True)], "1", "70.01"),
        ("below its first tier the column", [agreed("70", least="10")], "9", "90"),
        ("its largest tier reached", [agreed("70"), agreed("60", least="10")], "25", "54"),
    ],
)
def test_an_agreed_price_goes_before_the_columns(case: str, own: list[OwnPrice], quantity: str, ought: str) -> None:
    assert price(book(rung("10")), goods(own_prices=tuple(own)), quantity) == D(ought), case


@pytest.mark.parametrize(
    ("case", "base", "floor", "percent", "ought"),
    [
        ("the floor holds", "100", "85", "20", "85"),
        ("above it nothing changes", "100", "85", "10", "90"),
        ("a base below it is not lowered", "80", "85", "20", "80"),
        ("the floor in parts of a kopeck is not undercut", "100", "85.001", "20", "85.01"),
    ],
)
def test_no_discount_goes_below_the_floor(case: str, base: str, floor: str, percent: str, ought: str) -> None:
    made = book(rung(percent), floor_kind_id=9, floor_kind="Минимальная")
    assert price(made, goods(row(base), row(floor, 9))) == D(ought), case


def test_the_first_order_has_its_discount_and_the_second_does_not_hear_of_it() -> None:
    offer = rung("15", Layer.FIRST_ORDER, audience=Audience.EVERYBODY)
    assert price(book(offer, is_first_order=True), goods()) == D(85)
    later = decide(book(offer), goods())
    assert later is not None
    assert later.price == D(100)
    assert "first_order" not in {step.get("layer") for step in later.trace}


# An order's sum


def order(rules: Book, *lines: tuple[Goods, str]) -> list[Decimal | None]:
    found = decide_order(rules, [(product, D(quantity)) for product, quantity in lines])
    return [quote.price if quote else None for quote in found]


def test_the_sum_of_an_order_counts_without_its_own_effect() -> None:
    """1,000 roubles reach the rung; the 900 they come to then do not lose it again."""
    made = book(rung("10", Layer.ORDER_SUM, threshold="1000"))
    assert order(made, (goods(), "10")) == [D(90)]
    assert order(made, (goods(), "9")) == [D(100)]


def test_the_sum_is_that_of_the_lines_the_rule_is_about() -> None:
    made = book(rung("10", Layer.ORDER_SUM, target=LIGHT, threshold="1000"))
    paint = Goods(2, path="/5/", prices=(row("500"),))
    assert order(made, (goods(), "9"), (paint, "10")) == [D(100), D(500)]
    assert order(made, (goods(), "10"), (paint, "10")) == [D(90), D(500)]


def test_an_order_is_told_what_is_missing_to_the_next_sum() -> None:
    made = book(*(rung(p, Layer.ORDER_SUM, threshold=t) for p, t in (("3", "1000"), ("5", "3000"))))
    found = decide_order(made, [(goods(), D(12))])
    assert found[0] is not None
    assert [(o.missing, o.rung.percent) for o in offers_ahead(found)] == [(D(1800), D(5))]
    assert {step.get("missing") for step in found[0].trace} == {None, "1800"}
    alone = decide(made, goods(), D(12))
    assert alone is not None
    assert [step["threshold"] for step in alone.trace if step.get("lost") == "not_reached"] == ["1000", "3000"]


def test_an_offer_that_a_larger_discount_outdoes_is_none() -> None:
    made = book(rung("20"), rung("5", Layer.ORDER_SUM, threshold="3000"))
    assert offers_ahead(decide_order(made, [(goods(), D(12))])) == ()
    added = replace(made, mode=Mode.SUM)
    assert [o.missing for o in offers_ahead(decide_order(added, [(goods(), D(12))]))] == [D(2040)]


# Rounding


@pytest.mark.parametrize(
    ("case", "bands", "value", "ought"),
    [
        ("to the kopeck by itself", [], "99.995", "100.00"),
        ("to roubles upwards", [("0", "1", "up")], "99.01", "100.00"),
        ("to roubles downwards", [("0", "1", "down")], "99.99", "99.00"),
        ("to half roubles", [("0", "0.5", "nearest")], "99.24", "99.00"),
        ("dear goods to tens", [("0", "0.1", "nearest"), ("1000", "10", "nearest")], "1004.99", "1000.00"),
        ("cheap ones not", [("0", "0.1", "nearest"), ("1000", "10", "nearest")], "999.94", "999.90"),
        ("nothing is given away", [("0", "10", "down")], "4.44", "10.00"),
    ],
)
def test_unit_prices_are_rounded_by_bands(case: str, bands: list[tuple[str, str, str]], value: str, ought: str) -> None:
    made = book(bands={"RUB": tuple(Band(D(f), D(s), Way(w)) for f, s, w in bands)})
    assert str(price(made, goods(row(value)))) == ought, case


@pytest.mark.parametrize(
    ("bands", "ought"),
    [
        ([("0", "0.5"), ("100", "10")], []),
        ([("0", "3")], ["step"]),
        ([("0", "0.001")], ["step"]),
        ([("0", "1"), ("0", "5")], ["repeated"]),
        ([("0", "50"), ("120", "10")], ["border"]),
        ([("0", "1"), ("105", "10")], ["border"]),
    ],
)
def test_bands_that_would_round_twice_are_refused(bands: list[tuple[str, str]], ought: list[str]) -> None:
    assert faults_of([Band(D(f), D(s)) for f, s in bands], "RUB") == ought


steps = st.sampled_from([D(s) for s in ("0.01", "0.05", "0.1", "0.5", "1", "2", "5", "10", "50", "100")])
ways = st.sampled_from(list(Way))


@st.composite
def sound_bands(draw: Any) -> tuple[Band, ...]:
    bands = [Band(D(0), draw(steps), draw(ways))]
    for _ in range(draw(st.integers(0, 3))):
        step = draw(steps)
        start = bands[-1].from_amount + 100 * draw(st.integers(1, 50))
        bands.append(Band(start, step, draw(ways)))
    assert not faults_of(bands, "RUB")
    return tuple(bands)


@given(sound_bands(), st.decimals("0.0001", "99999", places=4), st.decimals("0.0001", "99999", places=4))
def test_rounding_never_moves_a_price_twice_and_never_turns_two_round(
    bands: tuple[Band, ...], one: Decimal, two: Decimal
) -> None:
    def once(value: Decimal) -> Decimal:
        return rounded(value, band_of(bands_for(bands, "RUB"), value), "RUB")

    low, high = sorted((one, two))
    assert once(once(low)) == once(low)
    assert once(low) <= once(high)


# In random worlds


def random_world(seed: int) -> tuple[worlds.World, Book, Goods]:
    made = worlds.world(random.Random(seed))
    return made, worlds.book_of(made), worlds.goods_of(made)


@given(st.integers(0, 10**9), st.sampled_from([D(q) for q in (1, 5, 10, 60, 100)]))
def test_the_last_value_of_the_trace_is_the_price(seed: int, quantity: Decimal) -> None:
    _, rules, product = random_world(seed)
    found = decide(rules, product, quantity)
    if found is not None:
        counted = [step for step in found.trace if "lost" not in step]
        assert D([step["value"] for step in counted if "value" in step][-1]) == found.price
        assert counted[-1]["code"] in ("vat_included", "vat_on_top")
        assert not any("value" in step for step in found.trace if "lost" in step)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_order_of_the_facts_does_not_matter(seed: int, shuffle: int) -> None:
    _, rules, product = random_world(seed)
    dice = random.Random(shuffle)
    mixed = replace(
        rules,
        columns=tuple(dice.sample(rules.columns, len(rules.columns))),
        ladders=tuple(dice.sample(rules.ladders, len(rules.ladders))),
        memo={},
    )
    turned = replace(product, prices=tuple(dice.sample(product.prices, len(product.prices))))
    before, after = decide(rules, product, D(10)), decide(mixed, turned, D(10))
    assert (before.price if before else None) == (after.price if after else None)
    assert sorted(map(repr, before.trace if before else ())) == sorted(map(repr, after.trace if after else ()))


@given(st.integers(0, 10**9))
def test_a_larger_quantity_is_never_dearer_where_the_price_has_no_tiers(seed: int) -> None:
    made, rules, product = random_world(seed)
    untiered = replace(product, prices=tuple(p for p in product.prices if not p.min_quantity), own_prices=())
    found = [decide(rules, untiered, D(quantity)) for quantity in (1, 5, 10, 50, 100, 1000)]
    prices = [quote.price for quote in found if quote]
    assert prices == sorted(prices, reverse=True)
    assert made["products"]


@given(st.integers(0, 10**9), st.integers(1, 4))
def test_more_in_an_order_never_makes_its_other_lines_dearer(seed: int, quantity: int) -> None:
    """An order's sum only grows with a line more."""
    made = worlds.world(random.Random(seed), products=3)
    rules = worlds.book_of(made)
    lines = [(worlds.goods_of(made, number), D(5)) for number in range(3)]
    before = decide_order(rules, lines[:2])
    after = decide_order(rules, [*lines[:2], (lines[2][0], D(quantity))])
    for less, more in zip(before, after[:2], strict=True):
        assert (less is None) == (more is None)
        assert less is None or more is None or more.price <= less.price


@given(st.integers(0, 10**9))
def test_a_discount_never_raises_a_price_and_nothing_goes_below_nought(seed: int) -> None:
    _, rules, product = random_world(seed)
    found = decide(rules, product, D(10))
    bare = decide(replace(rules, ladders=(), memo={}), replace(product, ladders=()), D(10))
    if found is not None and bare is not None:
        assert 0 < found.price <= bare.price


# What is told


def test_the_trace_tells_every_rule_that_counted_or_lost_and_why() -> None:
    made = book(
        rung("10", target=LIGHT),
        rung("4"),
        rung("7", Layer.STATUS, audience=Audience.STATUS),
        columns=(column(2, rank=1), column(1, rank=2), column(3, rank=3)),
        status="Серебро",
        bands={"RUB": (Band(D(0), D(1), Way.UP),)},
    )
    found = decide(made, goods(row("99.90"), row("120", 3)))
    assert found is not None
    terms = {"contract": "Д-7", "set_by": "Олег Савин"}
    since = SINCE.isoformat()
    assert found.trace == (
        {"code": "price_kind", "kind": "Колонка 1", "currency": "RUB", "since": since, "given_since": since,
         "for": "own", **terms, "value": "99.9"},
        {"code": "discount", "layer": "contract", "percent": "10", "rule": "1", "since": since, "about": "group",
         "about_name": "Освещение", "for": "own", **terms, "value": "89.91"},
        {"code": "rounding", "value": "90", "step": "1", "way": "up"},
        {"code": "vat_included"},
        {"code": "price_kind", "kind": "Колонка 2", "currency": "RUB", "given_since": since, "for": "own", **terms,
         "lost": "no_price"},
        {"code": "price_kind", "kind": "Колонка 3", "currency": "RUB", "since": since, "given_since": since,
         "for": "own", **terms, "lost": "later", "price": "120"},
        {"code": "discount", "layer": "contract", "percent": "4", "rule": "1", "since": since, "for": "own", **terms,
         "lost": "less_exact"},
        {"code": "discount", "layer": "status", "percent": "7", "rule": "1", "since": since, "for": "status",
         "status": "Серебро", **terms, "lost": "smaller"},
    )  # fmt: skip


def test_a_buyer_is_not_told_who_set_a_rule_nor_the_column_of_the_floor() -> None:
    made = book(rung("20"), floor_kind_id=9, floor_kind="Минимальная")
    found = decide(made, goods(row("100"), row("85", 9)))
    assert found is not None
    told = for_buyer(found.trace)
    assert not any({"set_by", "rule"} & step.keys() for step in told)
    assert [step for step in told if step["code"] == "floor"] == [{"code": "floor", "value": "85"}]


# Golden case O37: 50, 45 and 45 percent by group


@pytest.mark.parametrize(
    ("group", "path", "retail", "ought"),
    [
        ("Duropolymer, Durofoam", "/10/11/", "1000.00", "500.00"),
        ("Purotouch", "/10/12/", "1000.00", "550.00"),
        ("Flex, клей", "/10/13/", "199.90", "109.95"),
        ("no group of the contract", "/20/", "199.90", "199.90"),
    ],
)
def test_golden_case_fifty_forty_five_forty_five_percent_by_group(
    group: str, path: str, retail: str, ought: str
) -> None:
    rules = [rung(p, target=Target(path=f"/10/{n}/", name=str(n))) for p, n in (("50", 11), ("45", 12), ("45", 13))]
    assert str(price(book(*rules), Goods(1, path=path, prices=(row(retail),)))) == ought, group
