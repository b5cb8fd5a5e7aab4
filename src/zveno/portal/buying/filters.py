"""What the catalog's address asks for: words, group, attributes, order, page. Unknown things in it are ignored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from zveno.catalog.queries.facets import BRAND
from zveno.catalog.queries.listing import BY_PRICE, SORTS, Wanted
from zveno.catalog.queries.placing import Priced
from zveno.catalog.queries.tree import CatalogTree, Group
from zveno.catalog.rules.search import Typed, typed
from zveno.stock.queries.shelves import products_on_shelf
from zveno.ui.pages import Chip, replaced

ATTRIBUTE = "a."
VALUES_MOST = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The address, read. `group` is one of the seller's, or None for the whole catalog."""

    query: QueryDict
    search: Typed
    group: Group | None
    attributes: Mapping[str, Sequence[str]]
    brands: Sequence[str]
    in_stock: bool
    sort: str
    page: int

    @property
    def is_by_price(self) -> bool:
        return self.sort in BY_PRICE

    def wanted(self, seller_id: int, priced: Priced | None = None) -> Wanted:
        """The same for the catalog's queries; `priced` is what an order by price goes by."""
        return Wanted(
            seller_id=seller_id,
            search=self.search,
            groups=self.group.ids if self.group else None,
            attributes=self.attributes,
            brands=self.brands,
            sort=self.sort,
            among=products_on_shelf(seller_id=seller_id) if self.in_stock else None,
            priced=priced,
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.search or self.attributes or self.brands or self.in_stock)


def read_asked(query: QueryDict, tree: CatalogTree) -> Asked:
    """What `query` asks of the catalog whose groups are `tree`."""
    group_id, page = query.get("group", ""), query.get("page", "")
    attributes = {
        key.removeprefix(ATTRIBUTE): [value for value in query.getlist(key) if value][:VALUES_MOST]
        for key in query
        if key.startswith(ATTRIBUTE) and len(key) > len(ATTRIBUTE)
    }
    return Asked(
        query=query,
        search=typed(query.get("q", "")),
        group=tree.by_id.get(int(group_id)) if _is_number(group_id) else None,
        attributes={name: values for name, values in attributes.items() if values},
        brands=[value for value in query.getlist("brand") if value][:VALUES_MOST],
        in_stock=query.get("stock") == "1",
        sort=query.get("sort", "") if query.get("sort", "") in (*SORTS, *BY_PRICE) else "",
        page=max(1, int(page)) if _is_number(page) else 1,
    )


def chips_of(asked: Asked) -> list[Chip]:
    """The filters in force, each with the address without it."""
    chips = []
    if asked.in_stock:
        chips.append(Chip("", _("On the shelf now"), replaced(asked.query, stock=None)))
    chosen = [*((BRAND, "brand", asked.brands),)]
    chosen += [(name, ATTRIBUTE + name, values) for name, values in asked.attributes.items()]
    for name, key, values in chosen:
        chips += [Chip(name or _("Brand"), value, _without(asked.query, key, value)) for value in values]
    return chips


def without_filters(asked: Asked) -> Asked:
    """The same words and group with no filter in force: where the tree's links lead."""
    return replace(asked, attributes={}, brands=(), in_stock=False)


def _without(query: QueryDict, key: str, value: str) -> str:
    copy = query.copy()
    copy.setlist(key, [kept for kept in copy.getlist(key) if kept != value])
    copy.pop("page", None)
    return "?" + copy.urlencode()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12
