"""A price as steps that a person can be told: every rule that counted, then every rule that lost, and to what.

A step is a dictionary of texts with a `code`. Steps that counted come in the order of the calculation, those that
moved the figure with its `value` after them: the last `value` among them is the price. A rule that lost has `lost`:
`no_price`, `later` (a column asked later), `agreed` (an agreed price holds), `less_exact`, `smaller`, `not_reached`
(with `threshold` and, where known, `missing`), `closed` (the price is final), `floor`. Rules out of their period are no
facts.

Codes: `price_kind`, `own_price`, `tier`, `discount` (with its `layer`), `cap`, `floor`, `rounding`, `vat_included`,
`vat_on_top`. Of orders placed by other ways: `no_price`, `erp_price`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from zveno.kit.quantity import plain
from zveno.pricing.rules.choosing import amount_for, columns_for, deciding, row_of
from zveno.pricing.rules.decisions import EXACT, Decision, left_after
from zveno.pricing.rules.facts import (
    HUNDRED,
    TIERED,
    Audience,
    Column,
    Ladder,
    Layer,
    Origin,
    OwnPrice,
    Precision,
    PriceRow,
    Rung,
)

Step = dict[str, Any]
# What only the seller's side reads of a step.
INNER = frozenset({"set_by", "rule"})


def explain(told: Decision) -> tuple[Step, ...]:
    """The steps to the price, then the rules that lost."""
    counted = [*_base(told), *_discounts(told), *_limits(told), *_rounding(told), _vat(told)]
    return (*counted, *_bases_lost(told), *_discounts_lost(told))


def for_buyer(trace: Iterable[Step]) -> list[Step]:
    """The steps without what is the seller's own business: who set a rule, its number, the floor's column.

    Less exact rules are left out too: to a buyer they are no rules at all.
    """
    return [
        {key: value for key, value in step.items() if key not in INNER and (step["code"], key) != ("floor", "kind")}
        for step in trace
        if step.get("lost") not in ("less_exact", "later", "no_price")
    ]


def _base(told: Decision) -> Iterator[Step]:
    base = told.base
    if base.own is not None:
        yield {**_own_step(base.own), "value": _text(base.value)}
    elif base.column is not None and base.row is not None:
        yield {**_column_step(told, base.column, base.row), "value": _text(base.value)}
    if base.min_quantity > 0:
        yield {"code": "tier", "from": _text(base.min_quantity)}


def _discounts(told: Decision) -> Iterator[Step]:
    for number, rung in enumerate(told.taken, 1):
        value = _times(told.base.value, left_after(told.taken[:number], told.book.mode))
        yield {**_rung_step(told, rung), "value": _text(value)}


def _limits(told: Decision) -> Iterator[Step]:
    if told.capped and told.book.cap_percent is not None:
        share = 1 - told.book.cap_percent / HUNDRED
        yield {
            "code": "cap",
            "percent": _text(told.book.cap_percent),
            "value": _text(_times(told.base.value, share)),
        }
    if told.is_floored and told.floor is not None:
        value = told.exact if told.exact == told.floor else told.base.value
        yield {"code": "floor", "kind": told.book.floor_kind, "value": _text(value)}


def _rounding(told: Decision) -> Iterator[Step]:
    shown = told.exact
    if told.price == shown:
        return
    step: Step = {"code": "rounding", "value": _text(told.price)}
    if told.band is not None:
        step |= {"step": _text(told.band.step), "way": told.band.way.value}
    yield step


def _vat(told: Decision) -> Step:
    return {"code": "vat_included" if told.base.vat_included else "vat_on_top"}


def _bases_lost(told: Decision) -> Iterator[Step]:
    goods, quantity, base = told.goods, told.quantity, told.base
    for own in sorted(goods.own_prices, key=lambda one: one.min_quantity):
        if own.min_quantity > quantity:
            yield {**_own_step(own), **_missing(own.min_quantity, quantity), "price": _text(own.value)}
    passed = False
    for column in columns_for(told.book, goods):
        if column is base.column:
            passed = True
            yield from _tiers_ahead(told, column)
            continue
        row = row_of(goods, column.kind_id, quantity)
        lost = "agreed" if base.own and row else "later" if row and passed else "no_price"
        step = _column_step(told, column, row)
        yield {**step, "lost": lost, **({"price": _text(row.value)} if row else {})}


def _tiers_ahead(told: Decision, column: Column) -> Iterator[Step]:
    rows = [row for row in told.goods.prices if row.kind_id == column.kind_id and row.value > 0]
    for row in sorted(rows, key=lambda one: one.min_quantity):
        if row.min_quantity > max(told.quantity, told.base.min_quantity):
            yield {
                "code": "tier",
                "from": _text(row.min_quantity),
                **_missing(row.min_quantity, told.quantity),
                "price": _text(row.value),
            }


def _discounts_lost(told: Decision) -> Iterator[Step]:
    final = told.base.own is not None and told.base.own.is_closed
    first = deciding(told.ladders, told.base.currency)
    for ladder in told.ladders:
        amount = amount_for(ladder, told.quantity, told.sums)
        rung = ladder.at(amount)
        if ladder not in first:
            shown = rung or ladder.rungs[0]
            yield {**_rung_step(told, shown), "lost": "less_exact"}
            continue
        if rung is not None and rung not in told.taken and rung.percent > 0:
            yield {**_rung_step(told, rung), "lost": _why(told, final=final)}
        if not final and ladder.layer in TIERED:
            yield from (_ahead_step(told, ladder, one, amount) for one in ladder.ahead(amount))


def _why(told: Decision, *, final: bool) -> str:
    if final:
        return "closed"
    return "floor" if told.is_floored and not told.taken else "smaller"


def _ahead_step(told: Decision, ladder: Ladder, rung: Rung, amount: Decimal) -> Step:
    is_known = ladder.layer is Layer.VOLUME or told.sums is not None
    missing = _missing(rung.threshold, amount) if is_known and amount >= 0 else {"lost": "not_reached"}
    return {**_rung_step(told, rung), **missing}


def _missing(threshold: Decimal, amount: Decimal) -> Step:
    return {"lost": "not_reached", "threshold": _text(threshold), "missing": _text(max(threshold - amount, Decimal(0)))}


def _column_step(told: Decision, column: Column, row: PriceRow | None) -> Step:
    step: Step = {"code": "price_kind", "kind": column.kind_name, "currency": column.currency}
    if row is not None:
        step["since"] = row.valid_from.isoformat()
    if column.region:
        step["region"] = column.region
    return {**step, **_terms(told, column, "given_since")}


def _own_step(own: OwnPrice) -> Step:
    step: Step = {"code": "own_price", "currency": own.currency, "since": own.origin.since.isoformat()}
    if own.is_closed:
        step["closed"] = True
    return {**step, **_origin(own.origin)}


def _rung_step(told: Decision, rung: Rung) -> Step:
    step: Step = {"code": "discount", "layer": rung.layer.value, "percent": _text(rung.percent), "rule": str(rung.id)}
    if rung.threshold > 0:
        step["threshold"] = _text(rung.threshold)
    if rung.layer is Layer.ORDER_SUM:
        step["currency"] = rung.currency
    return {**step, **_terms(told, rung, "since")}


def _terms(told: Decision, rule: Column | Rung, since: str) -> Step:
    step: Step = {since: rule.origin.since.isoformat()}
    if rule.target.precision[0] is not Precision.EVERYTHING:
        step["about"] = Precision(rule.target.precision[0]).name.lower()
        step["about_name"] = rule.target.name
    step["for"] = rule.audience.name.lower()
    if rule.audience is Audience.STATUS:
        step["status"] = told.book.status
    return {**step, **_origin(rule.origin)}


def _origin(origin: Origin) -> Step:
    step: Step = {}
    if origin.contract:
        step["contract"] = origin.contract
    if origin.set_by:
        step["set_by"] = origin.set_by
    return step


def _times(value: Decimal, share: Decimal) -> Decimal:
    return EXACT.multiply(value, share)


def _text(value: Decimal) -> str:
    return format(EXACT.plus(plain(value)), "f")
