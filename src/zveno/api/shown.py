"""Values of the domain in the shapes of the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zveno.api import erp_shapes, shapes
from zveno.orders.queries.for_erp import ErpOrderValue
from zveno.orders.queries.order_list import OrderRow
from zveno.orders.queries.order_page import LineValue, OrderPage
from zveno.orders.queries.outcome import LineOutcome, OrderOutcome
from zveno.partners.queries.counterparties import CounterpartyValue
from zveno.pricing.rules.deciding import Quote
from zveno.pricing.rules.explaining import for_buyer
from zveno.stock.queries.supply import ArrivalValue, ProductSupply, ShelfValue
from zveno.stock.rules.values import LinePromise


def price(quote: Quote | None, *, in_full: bool = False, is_tier: bool = False) -> shapes.Price | None:
    """The caller's price; `in_full` with the steps to it and the prices of larger quantities."""
    if quote is None:
        return None
    return shapes.Price(
        value=quote.price,
        base=quote.base,
        currency=quote.currency,
        discount_percent=quote.discount_percent,
        vat_included=quote.vat_included,
        from_quantity=quote.quantity if is_tier else quote.min_quantity,
        confirmed_at=quote.confirmed_at,
        why=for_buyer(quote.trace) if in_full else None,
        tiers=[found for tier in quote.tiers if (found := price(tier, is_tier=True))] if in_full else None,
    )


def stock(supply: ProductSupply, today: date, *, in_full: bool = False) -> shapes.Stock:
    """What can be promised; `in_full` by warehouse."""
    return shapes.Stock(
        free_now=supply.free_now.quantity,
        band=supply.free_now.band.value,
        available=[
            shapes.Available(on=on, quantity=figure.quantity, band=figure.band.value)
            for on, figure in supply.availability(today)
        ],
        confirmed_at=supply.confirmed_at,
        shelves=[_shelf(shelf) for shelf in supply.shelves] if in_full else None,
        arrivals=[_arrival(arrival) for arrival in supply.arrivals] if in_full else None,
    )


def _shelf(shelf: ShelfValue) -> shapes.Shelf:
    return shapes.Shelf(
        warehouse_id=shelf.warehouse_id,
        warehouse=shelf.warehouse,
        city=shelf.city,
        free=shelf.free.quantity,
        band=shelf.free.band.value,
        is_served=shelf.is_served,
        confirmed_at=shelf.confirmed_at,
    )


def _arrival(arrival: ArrivalValue) -> shapes.Arrival:
    return shapes.Arrival(
        warehouse_id=arrival.warehouse_id,
        warehouse=arrival.warehouse,
        on=arrival.due_on,
        free=arrival.free.quantity,
        band=arrival.free.band.value,
        confidence=arrival.confidence.value,
        promised=arrival.promising.value,
        is_served=arrival.is_served,
        confirmed_at=arrival.confirmed_at,
    )


def promised(line: LinePromise) -> shapes.PromisedLine:
    """What a line would get now."""
    return shapes.PromisedLine(
        product_id=line.product_id,
        quantity=line.wanted,
        promised_on=line.promised_on,
        covered=line.covered,
        uncovered=line.uncovered,
        earliest_on=line.earliest_on,
        covers=_covers(line.trace),
    )


def placed(order: OrderOutcome) -> shapes.Order:
    """An order just placed."""
    return shapes.Order(
        id=order.id,
        number=order.number,
        state=order.state.value,
        total=order.total,
        currency=order.currency,
        wished_on=order.wished_on,
        promised_on=order.promised_on,
        attention=_reasons(order.attention),
        lines=[_line(line) for line in order.lines],
    )


def order_row(row: OrderRow) -> shapes.OrderRow:
    """An order in a list."""
    return shapes.OrderRow(**_row(row))


def order_full(page: OrderPage) -> shapes.OrderFull:
    """Everything of an order."""
    return shapes.OrderFull(
        **_row(page.order),
        attention=_reasons(page.order.attention),
        lines=[_line(line) for line in page.lines],
        shipments=[
            shapes.Shipment(
                number=s.number,
                on=s.shipped_on,
                total=s.total,
                lines=[
                    shapes.ShippedLine(
                        product_id=line.product_id, name=line.name, quantity=line.quantity, total=line.total
                    )
                    for line in s.lines
                ],
            )
            for s in page.shipments
        ],
        payments=[
            shapes.Payment(number=p.number, on=p.paid_on, amount=p.amount, currency=p.currency) for p in page.payments
        ],
        events=[shapes.Event(at=e.at, who=e.actor_name, kind=e.kind, params=e.params) for e in page.events],
    )


def erp_order(order: ErpOrderValue, buyer: CounterpartyValue | None) -> erp_shapes.ErpOrder:
    """An order for the accounting system."""
    return erp_shapes.ErpOrder(
        id=order.id,
        version=order.version,
        number=order.number,
        erp_number=order.erp_number,
        state=order.state.value,
        buyer=_buyer(buyer),
        placed_at=order.placed_at,
        wished_on=order.wished_on,
        promised_on=order.promised_on,
        currency=order.currency,
        vat_included=order.vat_included,
        total=order.total,
        comment=order.comment,
        lines=[
            erp_shapes.ErpOrderLine(**{name: getattr(line, name) for name in erp_shapes.ErpOrderLine.model_fields})
            for line in order.lines
        ],
    )


def _row(row: OrderRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "erp_number": row.erp_number,
        "state": row.state.value,
        "source": row.source,
        "placed_at": row.placed_at,
        "placed_by": row.placed_by,
        "seller_id": row.seller_id,
        "seller": row.seller,
        "entity_id": row.buyer_entity_id,
        "entity": row.buyer_entity,
        "wished_on": row.wished_on,
        "promised_on": row.promised_on,
        "line_count": row.line_count,
        "total": row.total,
        "currency": row.currency,
        "comment": row.comment,
    }


def _line(line: LineValue | LineOutcome) -> shapes.OrderedLine:
    return shapes.OrderedLine(
        position=line.position,
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        unit=line.unit,
        quantity=line.quantity,
        price=line.price,
        total=line.total,
        uncovered=line.uncovered,
        covers=_covers(line.promise),
        is_cancelled=line.is_cancelled,
    )


def _covers(trace: Iterable[Mapping[str, str]]) -> list[shapes.Cover]:
    return [
        shapes.Cover(
            kind=step["kind"],
            warehouse=step["warehouse"],
            on=date.fromisoformat(step["on"]) if step["on"] else None,
            quantity=Decimal(step["quantity"]),
            is_sure="unsure" not in step,
            is_late="late" in step,
        )
        for step in trace
    ]


def _reasons(attention: Sequence[Mapping[str, Any]]) -> list[shapes.Reason]:
    return [shapes.Reason(code=one["code"], line=one.get("line"), params=one["params"]) for one in attention]


def _buyer(buyer: CounterpartyValue | None) -> erp_shapes.Buyer | None:
    if buyer is None:
        return None
    return erp_shapes.Buyer(**{name: getattr(buyer, name) for name in erp_shapes.Buyer.model_fields})
