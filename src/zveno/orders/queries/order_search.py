"""Orders that hold typed words: in a number, a name or INN, the comment, one's own note, a product of a line.

Patterns and likeness are not leakproof, so that under row security no index answers them. Everything here is narrowed
by equality first: numbers are read from a thin index of one's own orders, words by their beginning as a range, products
in their own, shared table (docs/decisions/*-searching-orders-under-row-security.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery, Value

from zveno.base.scope import Section, current
from zveno.base.walls import WalledQuerySet
from zveno.catalog.queries.names import products_holding
from zveno.kit.codes import fold_code
from zveno.orders.models import OrderLine, OrderNote, OrderWord
from zveno.orders.rules.search.texts import WORD_LONGEST
from zveno.partners.queries.entities import entities_named
from zveno.partners.queries.parties import sellers_named

# Above so many lines a product is on every other order: looking at the newest orders one by one finds a page at once.
_COMMON = 20_000
# Words found in the head of orders; each more doubles the ways to share the words out.
_HEADS_MOST = 3


def holding(words: Sequence[str]) -> Q:
    """Which orders hold every one of `words` (folded): some in the head of the order, all others in one product of it.

    Three SQL statements, or two in the selling section, and one for each way to share the words out.
    """
    if not words:
        return Q()
    heads = _heads(words)
    found = Q(pk__in=[])
    for taken in _ways(words, heads):
        rest = [word for word in words if word not in taken]
        way = Q()
        for word in taken:
            way &= heads[word]
        found |= way & (_in_products(rest) if rest else Q())
    return found


def _ways(words: Sequence[str], heads: dict[str, Q]) -> Iterator[tuple[str, ...]]:
    """Which of the words may be in the head; the others are then in a product."""
    able = [word for word in words if word in heads]
    if len(able) > _HEADS_MOST:
        yield tuple(able)
        able = able[:_HEADS_MOST]
    for count in range(len(able) + 1):
        yield from combinations(able, count)


def _heads(words: Sequence[str]) -> dict[str, Q]:
    """For each word that stands in the head of any order, where."""
    # A seller's own name would be found on each of its orders.
    sellers = sellers_named(words) if current().section is not Section.SELLING else {}
    named, present = entities_named(words), _present(words)
    found: dict[str, Q] = {}
    for word in words:
        where = Q()
        if any(sign.isdigit() for sign in word) and (folded := fold_code(word)):
            where |= Q(number_key__contains=folded)
        if word in named:
            where |= Q(buyer_entity_id__in=named[word])
        if word in sellers:
            where |= Q(seller_id__in=sellers[word])
        if ("word", word) in present:
            where |= Q(pk__in=_beginning(word).values("order_id"))
        if ("note", word) in present:
            where |= Q(pk__in=_noted(word).values("order_id"))
        if where:
            found[word] = where
    return found


def _present(words: Sequence[str]) -> set[tuple[str, str]]:
    """Which words stand in any comment (`word`) or note of one's own (`note`). One statement."""
    asked: list[QuerySet[Any, Any]] = []
    for word in words:
        asked.append(_beginning(word).annotate(kind=Value("word"), typed=Value(word)).values_list("kind", "typed")[:1])
        asked.append(_noted(word).annotate(kind=Value("note"), typed=Value(word)).values_list("kind", "typed")[:1])
    return set(asked[0].union(*asked[1:], all=True))


def _beginning(word: str) -> WalledQuerySet[OrderWord]:
    # The order of bytes: what begins with the word lies between it and the last sign there is.
    cut = word[:WORD_LONGEST]
    return OrderWord.objects.visible_to(current()).filter(word__gte=cut, word__lt=cut + "\U0010ffff")


def _noted(word: str) -> WalledQuerySet[OrderNote]:
    return _own_notes().filter(text__icontains=word)


def _in_products(words: Sequence[str]) -> Q:
    products = products_holding(words).values("pk")
    lines = OrderLine.objects.visible_to(current()).filter(product_id__in=products)
    if len(lines.values_list("pk")[:_COMMON]) < _COMMON:
        return Q(pk__in=lines.values("order_id"))
    of_order = lines.filter(order_id=OuterRef("pk")).annotate(has=Value(value=True)).values("has")[:1]
    return Q(Subquery(of_order, output_field=BooleanField()))


def in_need() -> Q:
    """Which orders have a line that supply does not cover."""
    lacking = OrderLine.objects.visible_to(current()).filter(uncovered__gt=0, cancelled_at=None)
    return Q(pk__in=lacking.values("order_id"))


def noted() -> Q:
    """Which orders have a note of one's own."""
    return Q(pk__in=_own_notes().values("order_id"))


def _own_notes() -> WalledQuerySet[OrderNote]:
    # Said here too, for the system: it sees all notes and has none.
    return OrderNote.objects.visible_to(current()).filter(user_id__in=current().ids("users"))
