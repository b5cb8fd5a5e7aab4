"""What a price ought to be, slowly and obviously, with fractions, from the plain facts of `worlds`.

It shares nothing with `zveno.pricing.rules`: read it as the specification.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

LAYERS = ["contract", "status", "volume", "first_order", "order_sum"]
CURRENCIES = {1: "RUB", 2: "RUB", 3: "RUB", 4: "USD"}


def price_of_order(world: dict[str, Any], lines: list[tuple[dict[str, Any], Any]]) -> list[Any]:
    """(price, currency) of every line, None where there is none."""
    without = [price_of(world, product, quantity) for product, quantity in lines]
    sums = []
    for rule in world["discounts"]:
        if rule["layer"] == "order_sum":
            reached = Fraction(0)
            for (product, quantity), found in zip(lines, without, strict=True):
                if found and found[1] == rule["currency"] and is_about(rule, product):
                    reached += nearest_cent(found[0] * Fraction(quantity))
            sums.append((rule["id"], reached))
    return [price_of(world, product, quantity, dict(sums)) for product, quantity in lines]


def price_of(world: dict[str, Any], product: dict[str, Any], quantity: Any, sums: Any = None) -> Any:
    """(price, currency), or None."""
    base, currency, final = base_of(world, product, quantity)
    if base is None:
        return None
    if final:
        return nearest_cent(base), currency
    bottom = bottom_of(world, product)
    percents = []
    for layer in LAYERS:
        if layer != "first_order" or world["is_first"]:
            percent = percent_of_layer(world, product, layer, quantity, currency, sums)
            if percent > 0:
                percents.append(percent)
    if bottom is not None and base <= bottom:
        percents = []
    left = share_left(percents, world["mode"])
    if world["cap"] is not None and left < 1 - Fraction(world["cap"]) / 100:
        left = 1 - Fraction(world["cap"]) / 100
    price = base * left
    if bottom is not None and bottom < base:
        if price <= bottom:
            return Fraction(ceil(bottom * 100), 100), currency
        return max(rounded(world, price, currency), Fraction(ceil(bottom * 100), 100)), currency
    return rounded(world, price, currency), currency


def base_of(world: dict[str, Any], product: dict[str, Any], quantity: Any) -> tuple[Any, str, bool]:
    agreed = [least for least in product["own"] if least <= quantity]
    if agreed:
        value, closed, currency = product["own"][max(agreed)]
        return Fraction(value), currency, closed
    fitting = [column for column in world["columns"] if is_about(column, product)]
    fitting.sort(
        key=lambda column: (*(-n for n in exactness(column)), -column["audience"], column["rank"], column["id"])
    )
    for column in fitting:
        tiers = {
            least: value for (kind, least), value in product["prices"].items() if kind == column["kind"] and value > 0
        }
        if tiers:
            reached = [least for least in tiers if least <= quantity]
            return Fraction(tiers[max(reached) if reached else min(tiers)]), CURRENCIES[column["kind"]], False
    return None, "", False


def bottom_of(world: dict[str, Any], product: dict[str, Any]) -> Any:
    tiers = {least: value for (kind, least), value in product["prices"].items() if kind == 9 and value > 0}
    return Fraction(tiers[min(tiers)]) if world["floor"] and tiers else None


def percent_of_layer(
    world: dict[str, Any], product: dict[str, Any], layer: str, quantity: Any, currency: str, sums: Any
) -> Fraction:
    rules = [rule for rule in world["discounts"] if rule["layer"] == layer and is_about(rule, product)]
    if layer == "order_sum":
        rules = [rule for rule in rules if rule["currency"] == currency]
    if not rules:
        return Fraction(0)
    best = max((*exactness(rule), rule["audience"]) for rule in rules)
    rules = [rule for rule in rules if (*exactness(rule), rule["audience"]) == best]
    percents = [Fraction(0)]
    for rule in rules:
        reached = {
            "volume": lambda r: quantity >= r["threshold"],
            "order_sum": lambda r: sums is not None and sums[r["id"]] >= r["threshold"],
        }.get(layer, lambda r: True)
        if reached(rule):
            percents.append(Fraction(rule["percent"]))
    return max(percents)


def share_left(percents: list[Fraction], mode: str) -> Fraction:
    if mode == "largest":
        return 1 - max(percents, default=Fraction(0)) / 100
    if mode == "sum":
        return max(Fraction(0), 1 - sum(percents, Fraction(0)) / 100)
    left = Fraction(1)
    for percent in percents:
        left = left * (100 - percent) / 100
    return left


def is_about(rule: dict[str, Any], product: dict[str, Any]) -> bool:
    if rule["product"] is not None:
        return bool(rule["product"] == product["id"])
    if rule["path"]:
        return bool(product["path"].startswith(rule["path"]))
    return not rule["brand"] or rule["brand"] == product["brand"]


def exactness(rule: dict[str, Any]) -> tuple[int, int]:
    """Product, then the deeper group, then brand, then everything."""
    if rule["product"] is not None:
        return (3, 0)
    if rule["path"]:
        return (2, len([step for step in rule["path"].split("/") if step]))
    return (1, 0) if rule["brand"] else (0, 0)


def rounded(world: dict[str, Any], price: Fraction, currency: str) -> Fraction:
    bands = [(Fraction(0), Fraction(1, 100), "nearest")]
    if currency == "RUB":
        told = [(Fraction(start), Fraction(step), way) for start, step, way in world["bands"]]
        bands = told if told and told[0][0] == 0 else bands + told
    _, step, way = max(band for band in bands if band[0] <= price)
    steps = price / step
    count = {"nearest": floor(steps + Fraction(1, 2)), "up": ceil(steps), "down": floor(steps)}[way]
    return max(count, 1) * step


def nearest_cent(value: Fraction) -> Fraction:
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)
