"""Quotes of many products at once, for one buyer's terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from zveno.base.scope import current
from zveno.partners.queries.actors import TermsValue
from zveno.pricing.models import Price
from zveno.pricing.rules.quote import PriceRow, Quote, quote


def quotes_for(*, product_ids: Collection[int], terms: TermsValue | None, at: datetime) -> dict[int, Quote]:
    """The quote of each product that has a price by `terms` at the moment `at`. One SQL statement.

    Products without a price are missing: they are orderable on request only. Without terms there are no prices.
    """
    if terms is None or terms.price_kind_id is None or not product_ids:
        return {}
    rows: defaultdict[int, list[PriceRow]] = defaultdict(list)
    for price in (
        Price.objects.visible_to(current())
        .filter(price_kind_id=terms.price_kind_id, product_id__in=product_ids, valid_from__lte=at)
        .filter(Q(valid_to=None) | Q(valid_to__gt=at))
        .select_related("price_kind")
    ):
        rows[price.product_id].append(_row_of(price))
    found = {key: quote(prices, discount_percent=terms.discount_percent) for key, prices in rows.items()}
    return {key: value for key, value in found.items() if value is not None}


def _row_of(price: Price) -> PriceRow:
    return PriceRow(
        product_id=price.product_id,
        kind_id=price.price_kind_id,
        kind_name=price.price_kind.name,
        currency=price.price_kind.currency,
        vat_included=price.price_kind.vat_included,
        value=price.value,
        min_quantity=price.min_quantity,
        valid_from=price.valid_from,
        confirmed_at=price.confirmed_at,
    )
