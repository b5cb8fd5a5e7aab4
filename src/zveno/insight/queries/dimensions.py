"""By what the chain is cut: the manufacturer's groups, the regions, the distributors; their names and trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection

from zveno.partners.queries.distributors import distributors
from zveno.partners.queries.makers import maker_company_ids


@dataclass(frozen=True)
class Tree:
    """Nodes by id: their parents and names, in the order to show them."""

    parents: Mapping[int, int | None]
    names: Mapping[int, str]

    @cached_property
    def below(self) -> dict[int | None, list[int]]:
        """The children of each node, in order."""
        found: dict[int | None, list[int]] = {}
        for node, parent in self.parents.items():
            found.setdefault(parent, []).append(node)
        return found

    def subtree(self, node: int) -> list[int]:
        """The node and all below it."""
        found, at = [node], 0
        while at < len(found):
            found += self.below.get(found[at], ())
            at += 1
        return found

    def at_depth(self, depth: int) -> list[int]:
        """The nodes `depth` steps below the roots."""
        level = list(self.below.get(None, ()))
        for _ in range(depth):
            level = [child for node in level for child in self.below.get(node, ())]
        return level


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Everything the chain can be cut and narrowed by. `currencies` are those of the sales, commonest first."""

    makers: tuple[int, ...]
    distributors: Mapping[int, str]
    groups: Tree
    regions: Tree
    currencies: tuple[str, ...]


def dimensions(*, language: str) -> Dimensions:
    """The distributors, groups and regions by name; regions in English where they have such a name. Five statements."""
    makers = tuple(maker_company_ids())
    return Dimensions(
        makers=makers,
        distributors={one.id: one.name for one in distributors()},
        groups=_groups(makers),
        regions=_regions(english=language == "en"),
        currencies=_currencies(),
    )


def _groups(makers: tuple[int, ...]) -> Tree:
    rows = _rows(
        "SELECT id, parent_id, name FROM catalog_category WHERE owner_id = ANY(%s) ORDER BY position, name",
        list(makers),
    )
    return _tree(rows)


def _regions(*, english: bool) -> Tree:
    column = "COALESCE(NULLIF(name_en, ''), name)" if english else "name"
    sql = f"SELECT id, parent_id, {column} AS told FROM partners_region ORDER BY told"  # noqa: S608
    return _tree(_rows(sql))


def _tree(rows: list[tuple[Any, ...]]) -> Tree:
    return Tree({node: parent for node, parent, _ in rows}, {node: name for node, _, name in rows})


def _currencies() -> tuple[str, ...]:
    rows = _rows(
        "SELECT currency FROM (SELECT currency FROM orders_shipment UNION ALL"
        " SELECT currency FROM sellout_report WHERE state = 'accepted') AS told GROUP BY 1 ORDER BY count(*) DESC"
    )
    return tuple(currency for (currency,) in rows)


def _rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
