"""Operations of a buyer's key on products: lists with own prices and stock, one product, a promise without an order."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from zveno.api import shapes, shown
from zveno.api.door import opened, opened_deal
from zveno.api.errors import NothingHere
from zveno.api.lines import named_products
from zveno.base.scope import Section
from zveno.catalog.queries.card import product_card
from zveno.catalog.queries.listing import BY_PRICE, DEEPEST, Wanted, find_products
from zveno.catalog.rules.search import typed
from zveno.orders.errors import fault_of
from zveno.orders.queries.asked_promise import promise_asked
from zveno.orders.rules.lines import wished_date_problem
from zveno.orders.rules.wishes import OrderedLine, Wishes
from zveno.partners.queries.parties import sellers_with
from zveno.partners.rules.roles import Right
from zveno.pricing.queries.price_kinds import sellers_with_prices
from zveno.pricing.queries.quotes import book_of, quotes_for
from zveno.pricing.queries.ranking import own_price_order
from zveno.stock.queries.supply import supply_of

router = Router(tags=["Products"])

PerPage = Annotated[int, Field(ge=1, le=100)]
PageNumber = Annotated[int, Field(ge=1, le=DEEPEST)]


@router.get("/sellers", response=list[shapes.Seller], summary="Sellers that you buy from")
def list_sellers(request: HttpRequest, entity: int | None = None) -> list[shapes.Seller]:
    """The sellers with which your entity (`entity`, or the first) has trade terms today."""
    with opened(request, Section.BUYING, Right.CATALOG_SEE) as caller:
        terms = [
            one
            for one in caller.actor.terms
            if one.buyer_entity_id == (entity if entity is not None else caller.actor.entity_id)
        ]
        ids = list(dict.fromkeys(one.seller_id for one in terms))
        priced = (
            sellers_with_prices(entity_id=terms[0].buyer_entity_id, seller_ids=ids, at=caller.now) if terms else set()
        )
        return [
            shapes.Seller(id=one.id, name=one.name, currency=one.currency, has_prices=one.id in priced)
            for one in sellers_with(seller_ids=ids)
        ]


@router.get("/products", response=shapes.ProductPage, exclude_none=False, summary="Products with your prices and stock")
def list_products(
    request: HttpRequest,
    seller: int | None = None,
    entity: int | None = None,
    search: Annotated[str, Query(max_length=200)] = "",
    sort: Annotated[str, Query(pattern="^(-?(name|code|price))?$")] = "",
    page: PageNumber = 1,
    per_page: PerPage = 24,
) -> shapes.ProductPage:
    """A page of the seller's products: found by code, name or barcode, also in part and with slips of the pen."""
    with opened_deal(request, Right.CATALOG_SEE, seller=seller, entity=entity) as deal:
        by_price = sort in BY_PRICE
        book = book_of(terms=deal.terms, at=deal.caller.now) if by_price else None
        wanted = Wanted(
            seller_id=deal.seller.id,
            search=typed(search),
            sort=sort,
            priced=own_price_order(book=book, terms=deal.terms) if book else None,
        )
        found = find_products(wanted=wanted, offset=(page - 1) * per_page, limit=per_page)
        ids = [row.id for row in found.rows]
        quotes = quotes_for(product_ids=ids, terms=deal.terms, at=deal.caller.now)
        supply = supply_of(
            product_ids=ids, sellers=[deal.seller.id], today=deal.today, entity_id=deal.terms.buyer_entity_id
        )
        items = [
            shapes.Product(
                id=row.id,
                code=row.code,
                name=row.name,
                brand=row.brand,
                unit=row.unit,
                pack_quantity=row.pack_quantity,
                barcodes=list(row.barcodes),
                price=shown.price(quotes.get(row.id)),
                stock=shown.stock(supply[row.id], deal.today),
            )
            for row in found.rows
        ]
        return shapes.ProductPage(items=items, page=page, has_more=found.more, is_alike=found.alike)


@router.get("/products/{product_id}", response=shapes.ProductFull, summary="One product in full")
def get_product(
    request: HttpRequest, product_id: int, seller: int | None = None, entity: int | None = None
) -> shapes.ProductFull:
    """The product with the steps to its price, and its stock by warehouse and by day."""
    with opened_deal(request, Right.CATALOG_SEE, seller=seller, entity=entity) as deal:
        card = product_card(product_id=product_id)
        if card is None or deal.seller.id not in card.sellers:
            raise NothingHere
        quotes = quotes_for(product_ids=[card.id], terms=deal.terms, at=deal.caller.now)
        supply = supply_of(
            product_ids=[card.id], sellers=[deal.seller.id], today=deal.today, entity_id=deal.terms.buyer_entity_id
        )
        return shapes.ProductFull(
            id=card.id,
            code=card.code,
            name=card.name,
            brand=card.brand,
            unit=card.unit,
            pack_quantity=card.pack_quantity,
            barcodes=list(card.barcodes),
            description=card.description,
            vat_percent=card.vat_percent,
            weight_g=card.weight_g,
            volume_cm3=card.volume_cm3,
            attributes=dict(card.attributes),
            price=shown.price(quotes.get(card.id), in_full=True),
            stock=shown.stock(supply[card.id], deal.today, in_full=True),
        )


@router.post("/promise", response=list[shapes.PromisedLine], summary="When would it be there")
def ask_promise(request: HttpRequest, wanted: shapes.GivenPromise) -> list[shapes.PromisedLine]:
    """What these lines would be promised now, by the same rule as an order. Nothing is reserved."""
    with opened_deal(request, Right.CATALOG_SEE, seller=wanted.seller, entity=wanted.entity) as deal:
        for wished_on in {wanted.wished_on, *(line.wished_on for line in wanted.lines)}:
            problem = wished_date_problem(wished_on, today=deal.today)
            if problem:
                raise fault_of(problem.code, place="wished_on", **problem.params)
        ids = named_products(wanted.lines, seller_id=deal.seller.id)
        plan = promise_asked(
            seller_id=deal.seller.id,
            entity_id=deal.terms.buyer_entity_id,
            lines=[
                OrderedLine(key, line.quantity, line.wished_on) for key, line in zip(ids, wanted.lines, strict=True)
            ],
            wishes=Wishes(wanted.wished_on, wanted.in_parts, wanted.warehouse),
            today=deal.today,
        )
        return [shown.promised(line) for line in plan.lines]
