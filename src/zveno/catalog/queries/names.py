"""Products by id and by a few letters, for whoever names a product of a known range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from zveno.catalog.models import Product
from zveno.kit.codes import fold_code, fold_text


@dataclass(frozen=True, slots=True)
class NamedProduct:
    """What is needed to recognise a product."""

    id: int
    code: str
    name: str
    brand: str = ""
    barcodes: tuple[str, ...] = ()


def product_exists(product_id: int) -> bool:
    """Whether there is a product with this id."""
    return Product.objects.filter(pk=product_id).exists()


def named_products(ids: Iterable[int]) -> dict[int, NamedProduct]:
    """The products with these ids, by id. One statement."""
    return {p.pk: _named(p) for p in Product.objects.filter(pk__in=list(ids)).only(*_FIELDS)}


def range_of(owner_ids: Sequence[int]) -> Iterator[NamedProduct]:
    """Every product that these companies own and still make, streamed."""
    products = Product.objects.filter(owner_id__in=owner_ids, deleted_at=None, has_variants=False).only(*_FIELDS)
    return (_named(p) for p in products.order_by("pk").iterator(chunk_size=5000))


def range_stamp(owner_ids: Sequence[int]) -> str:
    """Changes whenever `range_of` these companies may have changed: for whoever keeps it in memory."""
    products = Product.objects.filter(owner_id__in=owner_ids)
    told = products.aggregate(count=Count("id"), changed=Max("updated_at"), deleted=Max("deleted_at"))
    return f"{told['count']} {told['changed']} {told['deleted']}"


def find_in_range(*, owner_ids: Sequence[int], text: str, limit: int = 12) -> list[NamedProduct]:
    """Products of these owners whose code, name or barcode holds every word of `text`."""
    products = Product.objects.filter(owner_id__in=owner_ids, deleted_at=None, has_variants=False)
    for word in fold_text(text).split():
        products = products.filter(Q(search_text__contains=word) | Q(code_folded__contains=fold_code(word) or word))
    return [_named(p) for p in products.only(*_FIELDS).order_by("name")[:limit]]


def products_holding(words: Sequence[str]) -> QuerySet[Product]:
    """Products whose code, name or barcode holds every word, whoever offers them; lazy, unordered, also those that are
    not made any more. A word is taken as text and as a code; one of a letter or two only at the beginning of words.
    """
    products = Product.objects.all()
    for word in words:
        forms = dict.fromkeys(form for form in (fold_text(word), fold_code(word).lower()) if form)
        either = Q()
        for form in forms:
            inside = Q(search_text__contains=form)
            either |= inside if len(form) > 2 else Q(search_text__startswith=form) | Q(search_text__contains=f" {form}")
        products = products.filter(either)
    return products


_FIELDS = ("id", "code", "name", "brand", "barcodes")


def _named(product: Product) -> NamedProduct:
    return NamedProduct(
        id=product.pk, code=product.code, name=product.name, brand=product.brand, barcodes=tuple(product.barcodes)
    )
