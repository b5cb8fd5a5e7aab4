"""Signs of returns and units of quantities, made the same for every sender."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zveno.sellout.rules.mapping import Mapping
from zveno.sellout.rules.words import fold_header

Figures = list[Decimal | None]


def make_one_unit(units: list[str], quantities: Figures, prices: Figures, mapping: Mapping) -> None:
    """In place: quantities in the sender's units become ours by the mapping's factors, prices per our unit."""
    if not mapping.units:
        return
    factors = {fold_header(unit): factor for unit, factor in mapping.units.items()}
    known = {unit: factors.get(fold_header(unit)) for unit in set(units)}
    for at, unit in enumerate(units):
        factor = known[unit]
        if factor is None:
            continue
        units[at] = factor.unit
        quantity, price = quantities[at], prices[at]
        if quantity is not None:
            quantities[at] = quantity * factor.factor
        if price is not None and factor.factor:
            prices[at] = price / factor.factor


def make_one_sign(quantities: Figures, amounts: Figures, operations: Sequence[str], mapping: Mapping) -> list[bool]:
    """In place: a return has a quantity and an amount below zero, however the sender marks it. Gives which lines are
    returns."""
    if mapping.returns == "inverted":
        quantities[:] = [None if value is None else -value for value in quantities]
        amounts[:] = [None if value is None else -value for value in amounts]
    if mapping.returns == "all":
        returned = [True] * len(quantities)
    elif mapping.returns == "operation":
        words = tuple(word.lower() for word in mapping.return_words)
        says = {told: any(word in told.lower() for word in words) for told in set(operations)}
        returned = [says[told] for told in operations]
    else:
        return _by_sign(quantities, amounts)
    for at, is_return in enumerate(returned):
        if is_return:
            quantity, amount = quantities[at], amounts[at]
            quantities[at] = None if quantity is None else -abs(quantity)
            amounts[at] = None if amount is None else -abs(amount)
    _by_sign(quantities, amounts)
    return returned


def _by_sign(quantities: Figures, amounts: Figures) -> list[bool]:
    """What is below zero is a return; its amount follows its quantity."""
    returned = []
    for at, (quantity, amount) in enumerate(zip(quantities, amounts, strict=True)):
        leading = amount if quantity is None else quantity
        below = leading is not None and leading < 0
        returned.append(below)
        if below and quantity is not None and amount is not None and amount > 0:
            amounts[at] = -amount
    return returned
