"""What is doubtful about the lines of a file: each finding a code, its figures and how much it stops."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from zveno.kit.codes import is_inn
from zveno.kit.period import Period
from zveno.kit.tables import Place
from zveno.sellout.rules.lines import RawLine
from zveno.sellout.rules.words import fold_header, is_unit

_TAXES = tuple(Decimal(rate) for rate in ("1.05", "1.07", "1.10", "1.12", "1.20", "1.22"))
_ROUNDING = Decimal("0.05")
_OLDEST_YEAR = 2000


class Severity(StrEnum):
    """`stop`: the line cannot be taken so; `ask`: taken once the user says yes; `note`: worth knowing."""

    STOP = "stop"
    ASK = "ask"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one line. `params` fill the words that the face makes of `code`."""

    code: str
    severity: Severity
    place: Place
    field: str = ""
    params: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectations:
    """What lines are held against. `today` is the seller's day; prices are per product id and base unit; `units` are
    folded names known besides the common ones; a price `outlier` times above or below the usual one is doubtful."""

    today: date
    period: Period | None = None
    floors: Mapping[int, Decimal] = dataclasses.field(default_factory=dict)
    usual_prices: Mapping[int, Decimal] = dataclasses.field(default_factory=dict)
    units: frozenset[str] = frozenset()
    outlier: Decimal = Decimal(3)


class Checker:
    """Holds lines against expectations one by one, in the order of the file; keeps a key of each, to notice repeats."""

    def __init__(self, expected: Expectations) -> None:
        self._expected = expected
        self._seen: dict[tuple[object, ...], Place] = {}

    def findings(self, line: RawLine, product_id: int | None) -> list[Finding]:
        """What is doubtful about the next line."""
        found = [
            *_day(line, self._expected),
            *_quantity(line),
            *_price(line, product_id, self._expected),
            *_amount(line),
            *_others(line, self._expected),
        ]
        first = self._seen.setdefault(_key(line), line.place)
        if first != line.place:
            severity = Severity.ASK if line.document_number else Severity.NOTE
            found.append(
                Finding("duplicate_line", severity, line.place, params={"first": str(first), "row": str(first.row)})
            )
        return found


def check_lines(lines: Iterable[tuple[RawLine, int | None]], expected: Expectations) -> Iterator[Finding]:
    """The findings on (line, product id or `None`), line by line, in order. One pass."""
    checker = Checker(expected)
    for line, product_id in lines:
        yield from checker.findings(line, product_id)


def price_of(line: RawLine) -> Decimal | None:
    """The line's price: told, else its amount by its quantity."""
    if line.price is not None:
        return line.price
    if line.amount is not None and line.quantity:
        return line.amount / line.quantity
    return None


def usual_prices(lines: Iterable[tuple[RawLine, int | None]], *, least: int = 5) -> dict[int, Decimal]:
    """The median price of each product that has at least `least` priced sales among `lines`."""
    found: dict[int, list[Decimal]] = defaultdict(list)
    for line, product_id in lines:
        price = price_of(line)
        if product_id is not None and price and not line.is_return:
            found[product_id].append(price)
    return {product_id: median(prices) for product_id, prices in found.items() if len(prices) >= least}


def _key(line: RawLine) -> tuple[object, ...]:
    product = line.product_code or line.article or line.barcode or line.product_name
    customer = line.customer_code or line.customer_inn or line.customer_name
    return (
        line.sold_on,
        line.document_number,
        product,
        customer,
        line.customer_address,
        line.outlet,
        line.quantity,
        line.unit,
        line.price,
        line.amount,
    )


def _day(line: RawLine, expected: Expectations) -> Iterator[Finding]:
    told = line.sold_on
    if told is None:
        yield Finding("date_missing", Severity.STOP, line.place, "sold_on")
    elif told.year < _OLDEST_YEAR or told.year > expected.today.year + 1:
        yield Finding("another_century", Severity.STOP, line.place, "sold_on", {"day": told.isoformat()})
    elif told > expected.today and not (expected.period and told in expected.period):
        yield Finding("future_date", Severity.STOP, line.place, "sold_on", {"day": told.isoformat()})
    elif expected.period and told not in expected.period:
        params = {
            "day": told.isoformat(),
            "starts_on": expected.period.starts_on.isoformat(),
            "last_day": expected.period.last_day.isoformat(),
        }
        yield Finding("outside_period", Severity.ASK, line.place, "sold_on", params)


def _quantity(line: RawLine) -> Iterator[Finding]:
    if line.quantity is None:
        yield Finding("quantity_missing", Severity.ASK, line.place, "quantity")
    elif line.quantity == 0:
        severity = Severity.ASK if line.amount else Severity.NOTE
        yield Finding("quantity_zero", severity, line.place, "quantity", {"amount": str(line.amount or 0)})
    elif line.quantity < 0 and not line.is_return:
        yield Finding("negative_without_mark", Severity.ASK, line.place, "quantity", {"quantity": str(line.quantity)})
    elif line.quantity > 0 and line.amount is not None and line.amount < 0:
        yield Finding("signs_differ", Severity.ASK, line.place, "amount", {"amount": str(line.amount)})


def _price(line: RawLine, product_id: int | None, expected: Expectations) -> Iterator[Finding]:
    price = price_of(line)
    if price is None:
        return
    if price < 0:
        if line.price is None:
            return
        yield Finding("price_negative", Severity.ASK, line.place, "price", {"price": str(price)})
        return
    if product_id is None or line.is_return:
        return
    floor, usual = expected.floors.get(product_id), expected.usual_prices.get(product_id)
    if floor is not None and price < floor:
        params = {"price": str(price), "floor": str(floor)}
        yield Finding("price_below_floor", Severity.ASK, line.place, "price", params)
    if usual and not (usual / expected.outlier <= price <= usual * expected.outlier):
        params = {"price": str(price), "usual": str(usual)}
        yield Finding("price_outlier", Severity.ASK, line.place, "price", params)


def _amount(line: RawLine) -> Iterator[Finding]:
    if line.price is None or line.amount is None or not line.quantity:
        return
    counted = line.price * line.quantity
    gap = abs(counted - line.amount)
    if gap <= max(_ROUNDING, abs(line.quantity) * Decimal("0.005")) or not counted:
        return
    ratio = line.amount / counted
    params = {"counted": str(counted), "amount": str(line.amount)}
    near = next((rate for rate in _TAXES for r in (rate, 1 / rate) if abs(ratio - r) < Decimal("0.003")), None)
    if near is not None:
        rate = str((near - 1) * 100).rstrip("0").rstrip(".")
        yield Finding("amount_differs_by_tax", Severity.NOTE, line.place, "amount", {**params, "rate": rate})
    elif Decimal("0.5") <= ratio < 1:
        yield Finding("amount_with_discount", Severity.NOTE, line.place, "amount", params)
    else:
        yield Finding("amount_mismatch", Severity.ASK, line.place, "amount", params)


def _others(line: RawLine, expected: Expectations) -> Iterator[Finding]:
    if line.unit and not is_unit(line.unit) and fold_header(line.unit) not in expected.units:
        yield Finding("unknown_unit", Severity.ASK, line.place, "unit", {"unit": line.unit})
    if line.customer_inn and not is_inn(line.customer_inn):
        yield Finding("inn_wrong", Severity.NOTE, line.place, "customer_inn", {"inn": line.customer_inn})
