"""An order split by the warehouses it leaves, which carrier takes each part, and what the whole comes to (O20, O25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zveno.delivery.rules.tariffs import Cost, Load

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity of a product that one warehouse gives, ready there `ready_on` (today for what lies on the shelf)."""

    product_id: int
    warehouse_id: int
    warehouse: str
    ready_on: date
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Goods:
    """How a product travels: weight and volume of a unit, `None` where the catalog does not know."""

    weight_g: int | None = None
    volume_cm3: int | None = None
    is_fragile: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """What leaves one warehouse together. `contents` is product and quantity."""

    warehouse_id: int
    warehouse: str
    ready_on: date
    load: Load
    contents: tuple[tuple[int, Decimal], ...]

    @property
    def lines(self) -> int:
        return len(self.contents)


class Way(StrEnum):
    """How the buyer wants a carrier chosen."""

    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Pick:
    """The buyer's choice for a warehouse: by cost, by date, or a carrier by its id."""

    way: Way = Way.CHEAPEST
    carrier_id: int | None = None

    def to_text(self) -> str:
        """As it is kept: `cheapest`, `fastest`, or the carrier's id."""
        return str(self.carrier_id) if self.way is Way.NAMED else self.way.value


@dataclass(frozen=True, slots=True)
class Option:
    """One carrier for one segment."""

    carrier_id: int
    carrier: str
    kind: str
    cost: Cost


@dataclass(frozen=True, slots=True)
class Whole:
    """What all segments come to. `untold` is how many have no cost yet; `is_from`: it is at least this much."""

    cost: Decimal
    is_from: bool
    untold: int
    arrives_from: date | None
    arrives_to: date | None


def pick_of(text: str) -> Pick:
    """The pick kept as `text`; the cheapest for what cannot be read."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return Pick(Way.NAMED, int(text))
    return Pick(Way.FASTEST) if text == Way.FASTEST else Pick()


def segments_of(parts: Iterable[Part], goods: Mapping[int, Goods], *, in_parts: bool = False) -> tuple[Segment, ...]:
    """The segments of an order: one for each warehouse, ready when its last goods are; by warehouse, then by day.

    With `in_parts` what is ready on different days leaves on different days.
    """
    grouped: defaultdict[tuple[int, date | None], list[Part]] = defaultdict(list)
    for part in parts:
        grouped[part.warehouse_id, part.ready_on if in_parts else None].append(part)
    found = [_segment(group, goods) for group in grouped.values()]
    return tuple(sorted(found, key=lambda segment: (segment.ready_on, segment.warehouse, segment.warehouse_id)))


def choose(options: Sequence[Option], pick: Pick) -> Option | None:
    """The option that fits the pick; where the named carrier is not to be had, the cheapest. `None` without any.

    A cost not told yet counts as the dearest, a date not known as the latest.
    """
    available = [option for option in options if option.cost.is_available]
    if pick.way is Way.NAMED:
        named = next((option for option in available if option.carrier_id == pick.carrier_id), None)
        if named is not None:
            return named
    # Own pick-up is no delivery: it is taken only by name.
    carried = [option for option in available if option.kind != "pickup"] or available
    key = _by_date if pick.way is Way.FASTEST else _by_cost
    return min(carried, key=key, default=None)


def combine(chosen: Iterable[Cost | None]) -> Whole:
    """The whole delivery of an order: costs add up, it has arrived when the last segment has."""
    costs = list(chosen)
    told = [cost for cost in costs if cost is not None and cost.amount is not None]
    first = [cost.arrives_from for cost in costs if cost is not None and cost.arrives_from is not None]
    last = [cost.arrives_to for cost in costs if cost is not None and cost.arrives_to is not None]
    untold = len(costs) - len(told)
    return Whole(
        cost=sum((cost.amount for cost in told if cost.amount is not None), _ZERO),
        is_from=bool(untold) or any(cost.is_from for cost in told),
        untold=untold,
        arrives_from=max(first, default=None) if len(first) == len(costs) else None,
        arrives_to=max(last, default=None) if len(last) == len(costs) else None,
    )


def _segment(parts: Sequence[Part], goods: Mapping[int, Goods]) -> Segment:
    quantities: defaultdict[int, Decimal] = defaultdict(Decimal)
    for part in parts:
        quantities[part.product_id] += part.quantity
    known = {product_id: goods.get(product_id, Goods()) for product_id in quantities}
    weights = {key: value.weight_g for key, value in known.items()}
    volumes = {key: value.volume_cm3 for key, value in known.items()}
    load = Load(
        weight_g=sum(((weights[key] or 0) * quantity for key, quantity in quantities.items()), _ZERO),
        volume_cm3=sum(((volumes[key] or 0) * quantity for key, quantity in quantities.items()), _ZERO),
        value=sum((part.value for part in parts), _ZERO),
        without_weight=sum(1 for weight in weights.values() if not weight),
        without_volume=sum(1 for volume in volumes.values() if not volume),
        heaviest_g=max((weight or 0 for weight in weights.values()), default=0),
        largest_cm3=max((volume or 0 for volume in volumes.values()), default=0),
        is_fragile=any(value.is_fragile for value in known.values()),
    )
    return Segment(
        warehouse_id=parts[0].warehouse_id,
        warehouse=parts[0].warehouse,
        ready_on=max(part.ready_on for part in parts),
        load=load,
        contents=tuple(sorted(quantities.items())),
    )


def _by_cost(option: Option) -> tuple[object, ...]:
    cost = option.cost
    return (cost.amount is None, cost.amount or _ZERO, cost.arrives_to or date.max, option.carrier_id)


def _by_date(option: Option) -> tuple[object, ...]:
    cost = option.cost
    return (cost.arrives_to or date.max, cost.amount is None, cost.amount or _ZERO, option.carrier_id)
