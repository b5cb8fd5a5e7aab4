"""The tree of groups in a seller's catalog, each with how many of the seller's products lie in it and below."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Value
from django.db.models.functions import Coalesce

from zveno.base.scope import current
from zveno.catalog.models import Category, Listing

# Counting a hundred thousand products on every page would cost more than a minute's staleness of a count.
KEPT_FOR = timedelta(seconds=60)
_kept: dict[int, tuple[datetime, CatalogTree]] = {}


@dataclass(frozen=True, slots=True)
class Group:
    """A group: `count` products in it and below, `depth` from 0, `children` in their order."""

    id: int
    parent_id: int | None
    name: str
    depth: int
    count: int
    children: tuple[Group, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The group and everything below."""
        return (self.id, *(id_ for child in self.children for id_ in child.ids))


@dataclass(frozen=True, slots=True)
class CatalogTree:
    """All groups of a seller that hold products; `total` counts those without a group too."""

    roots: tuple[Group, ...] = ()
    total: int = 0
    by_id: dict[int, Group] = field(default_factory=dict)

    def way_to(self, group_id: int | None) -> tuple[Group, ...]:
        """The groups from the root down to `group_id`; empty when it is not in the tree."""
        way: list[Group] = []
        at = self.by_id.get(group_id) if group_id is not None else None
        while at is not None:
            way.insert(0, at)
            at = self.by_id.get(at.parent_id) if at.parent_id is not None else None
        return tuple(way)


def catalog_tree(*, seller_id: int, now: datetime) -> CatalogTree:
    """The tree of what the current scope may see of the seller. Two statements, none while the last answer is fresh.

    The answer may be a minute old. Whether the asker may see the seller is checked each time.
    """
    if seller_id not in _sellers_in_scope(seller_id):
        return CatalogTree()
    kept = _kept.get(seller_id)
    if kept is not None and timedelta(0) <= now - kept[0] < KEPT_FOR:
        return kept[1]
    tree = _read(seller_id)
    _kept[seller_id] = (now, tree)
    return tree


def forget_tree(*, seller_id: int) -> None:
    """Count anew next time: the seller's catalog has just changed."""
    _kept.pop(seller_id, None)


def _sellers_in_scope(seller_id: int) -> Sequence[int]:
    scope = current()
    return scope.sellers if scope.section in ("buying", "selling") else (seller_id,)


def _read(seller_id: int) -> CatalogTree:
    counted = (
        Listing.objects.visible_to(current())
        .filter(seller_id=seller_id, is_active=True, product__deleted_at=None, product__has_variants=False)
        .values_list(Coalesce("category__path", "product__category__path", Value("")))
        .annotate(n=Count("id"))
        .order_by()
    )
    counts: Counter[int] = Counter()
    total = 0
    for path, n in counted:
        total += n
        for id_ in filter(None, path.split("/")):
            counts[int(id_)] += n
    groups = Category.objects.filter(pk__in=counts, deleted_at=None).order_by("position", "name")
    return _grown(list(groups), counts, total)


def _grown(rows: Sequence[Category], counts: Counter[int], total: int) -> CatalogTree:
    present = {row.pk for row in rows}
    below: defaultdict[int | None, list[Category]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in present else None].append(row)
    by_id: dict[int, Group] = {}

    def grow(parent_id: int | None, depth: int) -> tuple[Group, ...]:
        return tuple(plant(row, parent_id, depth) for row in below[parent_id])

    def plant(row: Category, parent_id: int | None, depth: int) -> Group:
        group = Group(row.pk, parent_id, row.name, depth, counts[row.pk], grow(row.pk, depth + 1))
        by_id[row.pk] = group
        return group

    return CatalogTree(roots=grow(None, 0), total=total, by_id=by_id)
