"""Orders that wait for a connection, in canonical words; noted as sent, until confirmed they are sent again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.exchange.applying.counterparties import OWN_ID
from zveno.exchange.applying.refs import Refs
from zveno.exchange.models import Connection, Delivery, Exchange, OutboxItem
from zveno.exchange.rules.erp_states import WORD_OF_STATE
from zveno.exchange.rules.messages import CounterpartyMessage, OrderLine, OrderMessage, Role
from zveno.orders.queries.for_erp import ErpLineValue, ErpOrderValue, orders_for_erp
from zveno.orders.rules.states import OrderState
from zveno.partners.queries.counterparties import CounterpartyValue, buyers_by_entity

MOST_AT_ONCE = 500
_OVER = (OrderState.CANCELLED, OrderState.REJECTED)


@in_transaction
def fetch_orders(*, exchange: Exchange, time_zone: str, now: datetime) -> list[OrderMessage]:
    """The unconfirmed orders of the connection, oldest first, at most 500; the same again until `confirm_orders`.

    Each goes as the order of the dealer's company, its legal entity as the counterparty (N11).
    """
    connection = exchange.connection
    items = _waiting(connection)
    orders = {order.id: order for order in orders_for_erp(order_ids=[item.object_id for item in items])}
    _note_sent(exchange, [item for item in items if item.object_id in orders], orders, now)
    return _messages(connection, list(orders.values()), ZoneInfo(time_zone))


def _waiting(connection: Connection) -> list[OutboxItem]:
    confirmed = Delivery.objects.visible_to(current()).filter(
        item_id=OuterRef("pk"), connection=connection, confirmed_version__gte=OuterRef("version")
    )
    return list(
        OutboxItem.objects.visible_to(current())
        .filter(seller_id=connection.seller_id, kind="order", is_pending=True, changed_at__gte=connection.orders_from)
        .filter(~Exists(confirmed))
        .order_by("id")[:MOST_AT_ONCE]
    )


def _note_sent(
    exchange: Exchange, items: Sequence[OutboxItem], orders: dict[int, ErpOrderValue], now: datetime
) -> None:
    Delivery.objects.bulk_create(
        [Delivery(item=item, connection_id=exchange.connection_id, seller_id=exchange.seller_id) for item in items],
        ignore_conflicts=True,
    )
    sent = Delivery.objects.visible_to(current()).filter(connection_id=exchange.connection_id, item__in=items)
    versions = {item.pk: min(item.version, orders[item.object_id].version) for item in items}
    for delivery in sent:
        delivery.sent_version = versions[delivery.item_id]
        delivery.sent_at, delivery.sent_in_id = now, exchange.pk
        delivery.attempts += 1
        delivery.save(update_fields=["sent_version", "sent_at", "sent_in_id", "attempts"])


def _messages(connection: Connection, orders: Sequence[ErpOrderValue], zone: ZoneInfo) -> list[OrderMessage]:
    refs = Refs(connection.pk, connection.seller_id)
    buyers = buyers_by_entity(seller_id=connection.seller_id, entity_ids={order.buyer_entity_id for order in orders})
    products = {line.product_id for order in orders for line in order.lines if line.product_id is not None}
    product_ids = refs.ids_of("product", products)
    order_ids = refs.ids_of("order", [order.id for order in orders])
    entity_ids = refs.ids_of("entity", list(buyers))
    return [
        _message(
            order,
            external_id=order_ids.get(order.id, order.number),
            buyer=_buyer(buyers.get(order.buyer_entity_id), entity_ids),
            product_ids=product_ids,
            zone=zone,
        )
        for order in orders
    ]


def _message(
    order: ErpOrderValue,
    *,
    external_id: str,
    buyer: CounterpartyMessage | None,
    product_ids: dict[int, str],
    zone: ZoneInfo,
) -> OrderMessage:
    placed = order.placed_at.astimezone(zone)
    wished = order.wished_on.isoformat() if order.wished_on else ""
    return OrderMessage(
        external_id=external_id,
        number=order.number,
        ordered_on=placed.date(),
        ordered_time=placed.time().replace(microsecond=0, tzinfo=None),
        role=Role.SELLER,
        currency=order.currency,
        total=order.total,
        vat_included=order.vat_included,
        counterparties=(buyer,) if buyer else (),
        comment=order.comment,
        lines=tuple(_line(line, product_ids, order.vat_included) for line in order.lines),
        status=WORD_OF_STATE[order.state],
        cancelled=True if order.state in _OVER else None,
        erp_number=order.erp_number,
        ship_by=order.promised_on or order.wished_on,
        properties=(("Желаемая дата отгрузки", wished),) if wished else (),
    )


def _line(line: ErpLineValue, product_ids: dict[int, str], vat_included: bool) -> OrderLine:
    own_id = f"{OWN_ID}{line.product_id}" if line.product_id is not None else ""
    return OrderLine(
        product_external_id=product_ids.get(line.product_id, own_id) if line.product_id is not None else own_id,
        quantity=line.quantity,
        name=line.name,
        code=line.code,
        unit_name=line.unit,
        price=line.price,
        sum=line.total,
        discount_percent=line.discount_percent or None,
        vat_rate=line.vat_percent,
        vat_sum=_vat(line, vat_included),
        vat_included=vat_included,
    )


def _vat(line: ErpLineValue, included: bool) -> Decimal | None:
    if line.vat_percent is None:
        return None
    base = line.total / (100 + line.vat_percent) if included else line.total / 100
    return (base * line.vat_percent).quantize(Decimal("0.01"))


def _buyer(buyer: CounterpartyValue | None, entity_ids: dict[int, str]) -> CounterpartyMessage | None:
    if buyer is None:
        return None
    return CounterpartyMessage(
        external_id=entity_ids.get(buyer.entity_id, f"{OWN_ID}{buyer.entity_id}"),
        name=buyer.name,
        full_name=buyer.full_name or buyer.name,
        role=Role.BUYER,
        inn=buyer.inn,
        kpp=buyer.kpp,
        ogrn=buyer.ogrn,
        address=buyer.legal_address,
        actual_address=buyer.delivery_address,
    )
