"""How many are found, and by which attributes they can be narrowed: each value with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection

from zveno.catalog.queries.listing import COUNTED_MOST, Wanted, matching

# An attribute whose values are nearly all different narrows nothing; one of a single value neither.
VALUES_MOST = 40
FACETS_MOST = 12
BRAND = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of an attribute, how many products of the list have it, and whether it is chosen."""

    text: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """An attribute to narrow by. `name` is empty for the brand."""

    name: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> bool:
        return any(value.chosen for value in self.values)


@dataclass(frozen=True, slots=True)
class Summary:
    """`total` found; None when more than COUNTED_MOST, and then there are no facets either."""

    total: int | None
    facets: tuple[Facet, ...] = ()


def summary_of(*, wanted: Wanted) -> Summary:
    """Total and facets of what `wanted` describes. One statement.

    A value's count says how many the list would show with that value chosen beside the other attributes' choices.
    """
    chosen = {**wanted.attributes, **({BRAND: wanted.brands} if wanted.brands else {})}
    unfiltered = matching(replace(wanted, attributes={}, brands=())).order_by()
    inner, inner_params = unfiltered.values("attributes", "brand")[: COUNTED_MOST + 1].query.sql_with_params()
    misses = ", ".join("CASE WHEN facts->>%s = ANY(%s) THEN NULL ELSE %s END" for _ in chosen)
    missed_params = [part for name, values in chosen.items() for part in (name, list(values), name)]
    sql = f"""
        WITH matched AS MATERIALIZED ({inner}),
        known AS (SELECT attributes || jsonb_build_object('', brand) AS facts FROM matched
            WHERE (SELECT count(*) FROM matched) <= {COUNTED_MOST}),
        judged AS (SELECT facts, array_remove(ARRAY[{misses}]::text[], NULL) AS missed FROM known)
        SELECT NULL, NULL, count(*) FROM matched
        UNION ALL SELECT '', NULL, count(*) FROM judged WHERE missed = '{{}}'
        UNION ALL
        SELECT key, value, count(*) FROM judged, jsonb_each_text(facts)
        WHERE value <> '' AND (missed = '{{}}' OR missed = ARRAY[key])
        AND NOT EXISTS (SELECT FROM catalog_property p WHERE p.name = key AND NOT p.is_filter)
        GROUP BY key, value
    """  # noqa: S608 - composed of the queryset's own SQL and placeholders
    with connection.cursor() as cursor:
        cursor.execute(sql, [*inner_params, *missed_params])
        found = cursor.fetchall()
    if found[0][2] > COUNTED_MOST:
        return Summary(None)
    return Summary(found[1][2], _facets(found[2:], chosen))


def _facets(found: Sequence[tuple[str, str, int]], chosen: dict[str, Sequence[str]]) -> tuple[Facet, ...]:
    by_name: dict[str, list[FacetValue]] = {}
    for name, text, count in found:
        by_name.setdefault(name, []).append(FacetValue(text, count, text in chosen.get(name, ())))
    for name, values in chosen.items():
        there = {value.text for value in by_name.setdefault(name, [])}
        by_name[name] += [FacetValue(text, 0, True) for text in values if text not in there]
    useful = [
        Facet(name, tuple(sorted(values, key=_by_text)))
        for name, values in by_name.items()
        if name in chosen or 1 < len(values) <= VALUES_MOST
    ]
    # The brand often stands among the attributes too.
    brands = next(({v.text for v in facet.values} for facet in useful if facet.name == BRAND), set())
    useful = [f for f in useful if f.name in chosen or f.name == BRAND or {v.text for v in f.values} != brands]
    useful.sort(key=lambda facet: (facet.name != BRAND, not facet.chosen, -_covered(facet), facet.name))
    return tuple(useful[:FACETS_MOST])


def _covered(facet: Facet) -> int:
    return sum(value.count for value in facet.values)


def _by_text(value: FacetValue) -> tuple[float, str]:
    number = value.text.replace(",", ".").split(" ")[0]
    try:
        return (float(number), value.text)
    except ValueError:
        return (float("inf"), value.text.lower())
