"""Which rules concern a product, and which of them is asked first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zveno.pricing.rules.facts import ZERO, Book, Column, Goods, Ladder, Layer, OwnPrice, PriceRow

LadderKey = tuple[Layer, tuple[int | None, str, str], int, str]
ORDER = {layer: at for at, layer in enumerate(Layer)}
_NOTHING = Decimal(-1)


def columns_for(book: Book, goods: Goods) -> list[Column]:
    """The columns that fit the product, in the order in which they are asked."""
    general = book.memo.get(("columns", goods.path, goods.brand))
    if general is None:
        fitting = [one for one in book.columns if one.target.covers(goods.product_id, goods.path, goods.brand)]
        general = book.memo["columns", goods.path, goods.brand] = sorted(fitting, key=_place_of)
    # Whatever is about the product alone is the more exact.
    return [*sorted(goods.columns, key=_place_of), *general] if goods.columns else general


def ladders_for(book: Book, goods: Goods) -> tuple[Ladder, ...]:
    """The ladders that fit the product, by layer, in each the one that decides first."""
    general = book.memo.get(("ladders", goods.path, goods.brand))
    if general is None:
        fitting = [one for one in book.ladders if one.target.covers(goods.product_id, goods.path, goods.brand)]
        general = tuple(sorted((one for one in fitting if _is_open(one, book)), key=_rank_of))
        book.memo["ladders", goods.path, goods.brand] = general
    if not goods.ladders:
        return general
    return tuple(sorted((*(one for one in goods.ladders if _is_open(one, book)), *general), key=_rank_of))


def all_columns(book: Book) -> list[Column]:
    """The columns of the book in the order in which they are asked."""
    return sorted(book.columns, key=_place_of)


def all_ladders(book: Book, layer: Layer) -> list[Ladder]:
    """The ladders of a layer, the one that decides first first."""
    return sorted((one for one in book.ladders if one.layer is layer), key=_rank_of)


def _place_of(column: Column) -> tuple[tuple[int, int], int, int, int]:
    return (_turned(column.target.precision), -column.audience, column.rank, column.id)


def _rank_of(ladder: Ladder) -> tuple[int, tuple[int, int], int]:
    return (ORDER[ladder.layer], _turned(ladder.target.precision), -ladder.audience)


def _turned(precision: tuple[int, int]) -> tuple[int, int]:
    return (-precision[0], -precision[1])


def _is_open(ladder: Ladder, book: Book) -> bool:
    return ladder.layer is not Layer.FIRST_ORDER or book.is_first_order


def reached_own(goods: Goods, quantity: Decimal) -> OwnPrice | None:
    """The agreed price that `quantity` reaches: of the largest tier."""
    reached = [own for own in goods.own_prices if own.min_quantity <= quantity]
    return max(reached, key=lambda own: own.min_quantity, default=None)


def row_of(goods: Goods, kind_id: int, quantity: Decimal) -> PriceRow | None:
    """The price of a column for `quantity`: of the largest tier reached; below them all, of the smallest."""
    rows = [row for row in goods.prices if row.kind_id == kind_id and row.value > 0]
    reached = [row for row in rows if row.min_quantity <= quantity]
    if reached:
        return max(reached, key=lambda row: row.min_quantity)
    return min(rows, key=lambda row: row.min_quantity, default=None)


def deciding(ladders: Sequence[Ladder], currency: str) -> list[Ladder]:
    """The first ladder of each layer, sums in other currencies left out. `ladders` as `ladders_for` gives them."""
    first: dict[Layer, Ladder] = {}
    for ladder in ladders:
        if ladder.layer is not Layer.ORDER_SUM or ladder.currency == currency:
            first.setdefault(ladder.layer, ladder)
    return list(first.values())


def amount_for(ladder: Ladder, quantity: Decimal, sums: Mapping[LadderKey, Decimal] | None) -> Decimal:
    """What a ladder's thresholds are measured against; below all of them where there is nothing to measure."""
    if ladder.layer is Layer.VOLUME:
        return quantity
    if ladder.layer is not Layer.ORDER_SUM:
        return ZERO
    return _NOTHING if sums is None else sums.get(key_of(ladder), ZERO)


def key_of(ladder: Ladder) -> LadderKey:
    """What tells a ladder from the others of a book."""
    target = ladder.target
    return (ladder.layer, (target.product_id, target.path, target.brand), int(ladder.audience), ladder.currency)
