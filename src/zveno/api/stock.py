"""Operations of a seller's key on its stock: figures, arrivals, relations of products, each item answered by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from ninja import Router

from zveno.api.door import Caller, opened
from zveno.api.errors import ProductCodeAmbiguous, ProductCodeUnknown, ProductNotNamed, WarehouseUnknown
from zveno.api.stock_shapes import (
    Item,
    Items,
    ToldArrival,
    ToldArrivals,
    ToldPlace,
    ToldRelations,
    ToldStock,
    Warehouse,
)
from zveno.base.scope import Section
from zveno.catalog.actions.take_relations import take_relations
from zveno.catalog.queries.orderable import products_by_code, products_for_order
from zveno.catalog.queries.relations import known_relations
from zveno.catalog.rules.relations import RelationTold
from zveno.kit.errors import Fault
from zveno.partners.rules.roles import Right
from zveno.stock.actions.take_arrivals import ArrivalTold, take_arrivals
from zveno.stock.actions.take_stock_report import ShelfTold, take_stock_report
from zveno.stock.queries.figures import arrival_figures, shelf_figures
from zveno.stock.queries.warehouses import warehouses_of
from zveno.ui.words import explain

router = Router(tags=["Stock of the accounting system"])
KeyT = TypeVar("KeyT")


@router.get("/erp/warehouses", response=list[Warehouse], summary="Your warehouses")
def list_warehouses(request: HttpRequest) -> list[Warehouse]:
    """The warehouses that stock is told of, closed ones too."""
    with opened(request, Section.SELLING, Right.SALES_SEE) as caller:
        return [
            Warehouse(id=one.id, name=one.name, city=one.city, is_active=one.is_active)
            for one in warehouses_of(seller_id=caller.actor.company_id)
        ]


@router.put("/erp/stock", response=Items, summary="What lies in your warehouses")
def tell_stock(request: HttpRequest, told: ToldStock) -> Items:
    """Tell figures, up to a thousand at once; what is not mentioned stays. Orders are promised by them at once."""
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        places = _Places(caller, told.items)
        rows = {}
        for index, item in places.good():
            row = ShelfTold(places.warehouse(item), places.product(item), item.quantity)
            rows[index] = ((row.product_id, row.warehouse_id), row)
        before = shelf_figures(seller_id=caller.actor.company_id, keys={key for key, _ in rows.values()})
        take_stock_report(
            seller_id=caller.actor.company_id,
            rows=[row for _, row in rows.values()],
            at=told.at or caller.now,
            stock_means=told.means,
            document=told.document or caller.key.key_name,
        )
        after = shelf_figures(seller_id=caller.actor.company_id, keys={key for key, _ in rows.values()})
        return _answered(len(told.items), places.refused, {at: key for at, (key, _) in rows.items()}, before, after)


@router.put("/erp/arrivals", response=Items, summary="What is on its way to you")
def tell_arrivals(request: HttpRequest, told: ToldArrivals) -> Items:
    """Tell orders to suppliers and what became of them. Orders that a delay or a cut hurts are planned anew."""
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        places = _Places(caller, told.items)
        rows = {}
        for index, item in places.good():
            row = _arrival(item, places)
            rows[index] = ((row.source_number, row.warehouse_id, row.product_id), row)
        # Of arrivals that were misspelt nothing is known: then none may be closed for not being mentioned.
        closes_others = told.closes_others and not places.refused
        keys = {key for key, _ in rows.values()}
        before = arrival_figures(seller_id=caller.actor.company_id, keys=keys)
        take_arrivals(
            seller_id=caller.actor.company_id,
            rows=[row for _, row in rows.values()],
            at=told.at or caller.now,
            closes_others=closes_others,
        )
        after = arrival_figures(seller_id=caller.actor.company_id, keys=keys)
        return _answered(len(told.items), places.refused, {at: key for at, (key, _) in rows.items()}, before, after)


@router.put("/erp/relations", response=Items, summary="Products that stand for others")
def tell_relations(request: HttpRequest, told: ToldRelations) -> Items:
    """Tell substitutes, analogues and accessories; buyers are offered them where something lacks."""
    with opened(request, Section.SELLING, Right.SALES_DECIDE) as caller:
        firsts = [ToldPlace(product_id=one.product_id, code=one.code) for one in told.items]
        others = [ToldPlace(product_id=one.other_id, code=one.other_code) for one in told.items]
        goods = _Goods(caller, [*firsts, *others])
        rows, refused = {}, {}
        for index, item in enumerate(told.items):
            try:
                row = RelationTold(goods.product(firsts[index]), goods.product(others[index]), item.kind)
                rows[index] = (row, row)
            except Fault as fault:
                refused[index] = fault
        before = known_relations(owner_id=caller.actor.company_id, rows=[row for row, _ in rows.values()])
        take_relations(
            owner_id=caller.actor.company_id,
            rows=[row for row, _ in rows.values()],
            at=caller.now,
            replaces=told.replaces and not refused,
        )
        after = known_relations(owner_id=caller.actor.company_id, rows=[row for row, _ in rows.values()])
        return _answered(len(told.items), refused, {at: key for at, (key, _) in rows.items()}, before, after)


class HasProduct(Protocol):
    """An item that names a product."""

    @property
    def product_id(self) -> int | None: ...

    @property
    def code(self) -> str: ...


class _Goods:
    """The products that items name, looked up together."""

    def __init__(self, caller: Caller, items: Iterable[HasProduct]) -> None:
        seller_id, items = caller.actor.company_id, list(items)
        ids = {item.product_id for item in items if item.product_id is not None}
        codes = {item.code for item in items if item.product_id is None and item.code}
        self._by_id = products_for_order(product_ids=ids, seller_id=seller_id)
        self._by_code = products_by_code(codes=codes, seller_id=seller_id) if codes else {}

    def product(self, item: HasProduct) -> int:
        """The product's id. Raises ProductNotNamed, ProductCodeUnknown, ProductCodeAmbiguous."""
        if item.product_id is not None:
            known = self._by_id.get(item.product_id)
            if known is None or not known.is_offered:
                raise ProductCodeUnknown(code=str(item.product_id))
            return known.id
        if not item.code:
            raise ProductNotNamed()
        found = self._by_code.get(item.code, ())
        if not found:
            raise ProductCodeUnknown(code=item.code)
        if len(found) > 1:
            raise ProductCodeAmbiguous(code=item.code, product_ids=", ".join(str(one.id) for one in found))
        return found[0].id


class _Places(_Goods):
    """The products and warehouses that items name; which items cannot be taken, and why."""

    def __init__(self, caller: Caller, items: Sequence[Any]) -> None:
        super().__init__(caller, items)
        self._items = items
        self._warehouses = {one.id: one for one in warehouses_of(seller_id=caller.actor.company_id)}
        self._by_name = {one.name: one.id for one in self._warehouses.values()}
        self.refused: dict[int, Fault] = {}

    def good(self) -> Iterable[tuple[int, Any]]:
        """The items that name something of the seller's, by index; the others are refused."""
        for index, item in enumerate(self._items):
            try:
                self.product(item)
                self.warehouse(item)
            except Fault as fault:
                self.refused[index] = fault
            else:
                yield index, item

    def warehouse(self, item: ToldPlace) -> int:
        """The warehouse's id. Raises WarehouseUnknown."""
        found = item.warehouse_id if item.warehouse_id in self._warehouses else None
        if item.warehouse_id is None:
            found = self._by_name.get(item.warehouse)
        if found is None:
            raise WarehouseUnknown(warehouse=item.warehouse or str(item.warehouse_id or ""))
        return found


def _arrival(item: ToldArrival, places: _Places) -> ArrivalTold:
    return ArrivalTold(
        source_number=item.number,
        warehouse_id=places.warehouse(item),
        product_id=places.product(item),
        quantity=item.quantity,
        due_on=item.due_on,
        state=item.state,
        confidence=item.confidence,
        received=item.received,
    )


def _answered(
    count: int,
    refused: Mapping[int, Fault],
    keys: Mapping[int, KeyT],
    before: Mapping[KeyT, object],
    after: Mapping[KeyT, object],
) -> Items:
    """An answer for each item; of several with the same key the last counts."""
    last = {key: index for index, key in keys.items()}

    def answer(index: int) -> Item:
        if index in refused:
            return Item(index=index, result="refused", code=refused[index].code, detail=explain(refused[index]))
        key = keys[index]
        if last[key] != index:
            return Item(index=index, result="repeated")
        if key not in before:
            return Item(index=index, result="created")
        return Item(index=index, result="unchanged" if before[key] == after.get(key) else "changed")

    return Items(items=[answer(index) for index in range(count)])
