"""What is known before a file is read: whose range it is matched to, the sender's decided codes, its usual prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import connection

from zveno.catalog.queries.names import range_of
from zveno.partners.queries.makers import maker_company_ids
from zveno.sellout.learned import trained
from zveno.sellout.models import CodeMapping
from zveno.sellout.rules.lines import RawLine
from zveno.sellout.rules.matching import Asked, Match, Product, ProductIndex, Verdict, asked_of, own_key

_LEAST_SALES = 5
_KEY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Known:
    """What a line's code or name means: a key that lines saying the same share, the product, and how it was found
    (`foreign`: decided not to be the manufacturer's; empty: somebody has to say)."""

    key: str
    product_id: int | None
    how: str


@dataclass(slots=True)
class KnownCodes:
    """Asks once per wording, remembers the verdict."""

    index: ProductIndex
    own: dict[str, int]
    foreign: frozenset[str]
    makers: list[int]
    _by_wording: dict[Asked, Known] = field(default_factory=dict)
    _questions: dict[str, tuple[Asked, Match]] = field(default_factory=dict)

    def resolve_all(self, lines: Iterable[RawLine]) -> None:
        """Make `resolve` ready for these lines: many at once cost far less than one by one."""
        asked = [asked for line in lines if (asked := asked_of(line)) not in self._by_wording]
        open_ones: dict[Asked, str] = {}
        for one in dict.fromkeys(asked):
            key = own_key(one)[:_KEY_LENGTH]
            if key in self.foreign:
                self._by_wording[one] = Known(key, None, "foreign")
            else:
                open_ones[one] = key
        for one, match in self.index.resolve_all(open_ones, self.own).items():
            self._by_wording[one] = self._known(open_ones[one], one, match)

    def resolve(self, line: RawLine) -> Known:
        """What the line's product is."""
        asked = asked_of(line)
        if asked not in self._by_wording:
            self.resolve_all((line,))
        return self._by_wording[asked]

    def _known(self, key: str, asked: Asked, match: Match) -> Known:
        if match.verdict is Verdict.CERTAIN:
            return Known(key, match.product_id, match.reason)
        self._questions.setdefault(key, (asked, match))
        return Known(key, None, "")

    def open_questions(self) -> Iterator[tuple[str, Asked, Match]]:
        """What nobody has decided: key, the first wording, and the candidates."""
        return ((key, asked, match) for key, (asked, match) in self._questions.items())


def known_codes(*, distributor_id: int) -> KnownCodes:
    """The manufacturer's range and the distributor's decided codes, ready to be asked. The system's work."""
    makers = maker_company_ids()
    remembered = CodeMapping.objects.unscoped("matching serves the system").filter(
        distributor_id=distributor_id, replaced_at=None
    )
    decided: dict[str, int | None] = dict(remembered.values_list("key", "product_id"))
    return KnownCodes(
        index=ProductIndex((Product(p.id, p.code, p.name, p.barcodes, p.brand) for p in range_of(makers)), trained()),
        own={key: product_id for key, product_id in decided.items() if product_id is not None},
        foreign=frozenset(key for key, product_id in decided.items() if product_id is None),
        makers=makers,
    )


def usual_prices(*, distributor_id: int) -> dict[int, Decimal]:
    """Product id → the median price of the distributor's accepted sales, given at least five. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT product_id, percentile_disc(0.5) WITHIN GROUP (ORDER BY price) FROM sellout_reportline "
            "WHERE distributor_id = %s AND is_counted AND price > 0 AND quantity > 0 AND product_id IS NOT NULL "
            "GROUP BY product_id HAVING count(*) >= %s",
            [distributor_id, _LEAST_SALES],
        )
        return dict(cursor.fetchall())
