"""The groups of a seller's catalog by id and by product, for rules that speak of groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from zveno.base.scope import current
from zveno.catalog.models import Category, Listing, Product


@dataclass(frozen=True, slots=True)
class GroupName:
    """A group with its place in the tree: `depth` from 0."""

    id: int
    owner_id: int
    name: str
    depth: int


def groups_of_products(*, product_ids: Collection[int], seller_id: int) -> dict[int, frozenset[int]]:
    """The groups that each product lies in, from its own up to the root. One SQL statement.

    Where the seller puts a product nowhere, it lies where its maker put it. Products without a group are missing.
    """
    listed = Listing.objects.visible_to(current()).filter(seller_id=seller_id, product_id=OuterRef("pk"))
    path = Coalesce(
        Subquery(listed.values("category__path")[:1], output_field=CharField()), F("category__path"), Value("")
    )
    rows = Product.objects.filter(pk__in=product_ids).annotate(path=path).values_list("pk", "path")
    return {pk: frozenset(int(id_) for id_ in path.split("/") if id_) for pk, path in rows if path}


def group_names(*, owner_ids: Collection[int], depth: int) -> list[GroupName]:
    """The groups of these owners down to `depth`, in the order of the tree. One SQL statement."""
    rows = Category.objects.filter(owner_id__in=owner_ids, deleted_at=None)
    by_path = {row.path: row for row in rows}
    found = [(path, row) for path, row in by_path.items() if path.count("/") - 2 <= depth]

    def key(entry: tuple[str, Category]) -> list[tuple[int, str]]:
        steps = [f"{start}/" for start in _starts(entry[0])]
        return [(by_path[step].position, by_path[step].name) if step in by_path else (0, "") for step in steps]

    return [GroupName(row.pk, row.owner_id, row.name, path.count("/") - 2) for path, row in sorted(found, key=key)]


def names_of_groups(ids: Collection[int]) -> dict[int, str]:
    """The names of these groups. One SQL statement."""
    return dict(Category.objects.filter(pk__in=ids).values_list("pk", "name"))


def _starts(path: str) -> list[str]:
    """`/1`, `/1/7` of `/1/7/`."""
    ids = [id_ for id_ in path.split("/") if id_]
    return ["/" + "/".join(ids[: at + 1]) for at in range(len(ids))]
