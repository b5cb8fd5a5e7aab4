"""What people and programs mean by names: a product by its code, a group by its path, a column, a client, a status."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from zveno.base.scope import current
from zveno.catalog.queries.names import named_products
from zveno.catalog.queries.orderable import products_by_code
from zveno.catalog.queries.placing import brands_listed
from zveno.catalog.queries.tree import CatalogTree, catalog_tree
from zveno.kit.codes import fold_text
from zveno.partners.queries.counterparties import buyers_by_entity, buyers_of
from zveno.pricing.errors import BuyerUnknown, GoodsUnclear, GoodsUnknown, PriceKindUnknown, StandingUnknown
from zveno.pricing.models import Standing
from zveno.pricing.queries.price_kinds import PriceKindValue, price_kinds_of

BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class Named:
    """References of one row, each by id or by name; empty ones mean nothing."""

    product_id: int | None = None
    product_code: str = ""
    category_id: int | None = None
    group: str = ""
    brand: str = ""
    price_kind_id: int | None = None
    price_kind: str = ""
    entity_id: int | None = None
    inn: str = ""
    kpp: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """The same as ids."""

    product_id: int | None = None
    category_id: int | None = None
    brand: str = ""
    price_kind: PriceKindValue | None = None
    entity_id: int | None = None
    standing_id: int | None = None


@dataclass(slots=True)
class Names:
    """What the names of a seller's world mean, read once for many rows."""

    products: dict[str, tuple[int, ...]] = field(default_factory=dict)
    product_ids: Collection[int] = ()
    tree: CatalogTree = field(default_factory=CatalogTree)
    groups: dict[str, set[int]] = field(default_factory=dict)
    brands: dict[str, str] = field(default_factory=dict)
    kinds: list[PriceKindValue] = field(default_factory=list)
    entities: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    entity_ids: Collection[int] = ()
    standings: dict[str, int] = field(default_factory=dict)

    def meant(self, named: Named) -> Meant:
        """What a row's names mean.

        Raises GoodsUnknown, GoodsUnclear, PriceKindUnknown, BuyerUnknown, StandingUnknown; `field` says which name.
        """
        return Meant(
            product_id=self._product(named),
            category_id=self._group(named),
            brand=self._brand(named),
            price_kind=self._kind(named),
            entity_id=self._entity(named),
            standing_id=self._standing(named),
        )

    def _product(self, named: Named) -> int | None:
        if named.product_id is not None:
            if named.product_id not in self.product_ids:
                raise GoodsUnknown(field="product", what=str(named.product_id))
            return named.product_id
        if not named.product_code:
            return None
        found = self.products.get(named.product_code, ())
        return _only(found, GoodsUnknown, field="product", what=named.product_code)

    def _group(self, named: Named) -> int | None:
        if named.category_id is not None:
            if named.category_id not in self.tree.by_id:
                raise GoodsUnknown(field="group", what=str(named.category_id))
            return named.category_id
        if not named.group:
            return None
        return _only(self.groups.get(_folded(named.group), ()), GoodsUnknown, field="group", what=named.group)

    def _brand(self, named: Named) -> str:
        if not named.brand:
            return ""
        if (brand := self.brands.get(fold_text(named.brand))) is None:
            raise GoodsUnknown(field="brand", what=named.brand)
        return brand

    def _kind(self, named: Named) -> PriceKindValue | None:
        if named.price_kind_id is None and not named.price_kind:
            return None
        name = fold_text(named.price_kind)
        for kind in self.kinds:
            if kind.id == named.price_kind_id or (named.price_kind_id is None and fold_text(kind.name) == name):
                return kind
        raise PriceKindUnknown(field="price_kind")

    def _entity(self, named: Named) -> int | None:
        if named.entity_id is not None:
            if named.entity_id not in self.entity_ids:
                raise BuyerUnknown(field="entity")
            return named.entity_id
        if not named.inn:
            return None
        found = self.entities.get((named.inn, named.kpp)) or self.entities.get((named.inn, "")) or set()
        return _only(found, BuyerUnknown, field="entity", what=named.inn)

    def _standing(self, named: Named) -> int | None:
        if not named.status:
            return None
        if (standing := self.standings.get(fold_text(named.status))) is None:
            raise StandingUnknown(field="status")
        return standing


def names_for(*, seller_id: int, rows: Iterable[Named], now: datetime) -> Names:
    """What the names of these rows may mean. At most eight statements, whatever the number of rows."""
    told = list(rows)
    found = Names()
    if codes := {row.product_code for row in told if row.product_id is None and row.product_code}:
        by_code = products_by_code(codes=codes, seller_id=seller_id)
        found.products = {code: tuple(product.id for product in products) for code, products in by_code.items()}
    if ids := {row.product_id for row in told if row.product_id is not None}:
        found.product_ids = named_products(ids).keys()
    if any(row.group or row.category_id is not None for row in told):
        found.tree = catalog_tree(seller_id=seller_id, now=now)
        found.groups = _groups(found.tree)
    if any(row.brand for row in told):
        found.brands = {fold_text(brand): brand for brand in brands_listed(seller_id=seller_id)}
    if any(row.price_kind or row.price_kind_id is not None for row in told):
        found.kinds = price_kinds_of(seller_id=seller_id)
    if ids := {row.entity_id for row in told if row.entity_id is not None}:
        found.entity_ids = buyers_by_entity(seller_id=seller_id, entity_ids=ids).keys()
    if inns := {row.inn for row in told if row.entity_id is None and row.inn}:
        for buyer in buyers_of(seller_id=seller_id, inns=inns):
            found.entities.setdefault((buyer.inn, buyer.kpp), set()).add(buyer.entity_id)
            found.entities.setdefault((buyer.inn, ""), set()).add(buyer.entity_id)
    if any(row.status for row in told):
        rows_ = Standing.objects.visible_to(current()).filter(seller_id=seller_id).values_list("name", "pk")
        found.standings = {fold_text(name): pk for name, pk in rows_}
    return found


def group_path(tree: CatalogTree, group_id: int) -> str:
    """A group by the names from the root, as `names_for` takes it back: `Lighting / Lamps`."""
    return f" {BETWEEN} ".join(group.name for group in tree.way_to(group_id))


def _groups(tree: CatalogTree) -> dict[str, set[int]]:
    """Groups by their own name and by every tail of their path."""
    found: dict[str, set[int]] = {}
    for group_id in tree.by_id:
        names = [fold_text(group.name) for group in tree.way_to(group_id)]
        for start in range(len(names)):
            found.setdefault(BETWEEN.join(names[start:]), set()).add(group_id)
    return found


def _folded(path: str) -> str:
    return BETWEEN.join(fold_text(step) for step in path.split(BETWEEN))


def _only(found: Collection[int], unknown: type[GoodsUnknown | BuyerUnknown], *, field: str, what: str) -> int:
    if not found:
        raise unknown(field=field, what=what)
    if len(found) > 1:
        raise GoodsUnclear(field=field, what=what)
    return next(iter(found))
