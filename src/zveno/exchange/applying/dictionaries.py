"""Groups, properties, price kinds, warehouses, units: what other messages refer to."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from zveno.catalog.actions.take_categories import CategoryCard, take_category
from zveno.catalog.actions.take_properties import take_property
from zveno.catalog.queries.dictionaries import PropertyValue, properties_by_id
from zveno.exchange.applying.course import Course
from zveno.exchange.models import Connection
from zveno.exchange.rules.messages import (
    CategoryMessage,
    Message,
    PriceKindMessage,
    ProductKindMessage,
    PropertyKind,
    PropertyMessage,
    UnitMessage,
    WarehouseMessage,
)
from zveno.exchange.rules.translating import PropertyKnown
from zveno.pricing.actions.take_price_kind import take_price_kind
from zveno.pricing.queries.price_kinds import PriceKindValue, price_kinds_of
from zveno.stock.actions.take_warehouse import take_warehouse
from zveno.stock.queries.warehouses import warehouses_of

DictionaryMessage = (
    CategoryMessage | PropertyMessage | PriceKindMessage | WarehouseMessage | UnitMessage | ProductKindMessage
)


def load_dictionaries(course: Course) -> list[Message]:
    """Fill the course with what the connection told before; the same as messages, for the format to read by."""
    course.categories = course.refs.all_of("category")
    course.warehouses = course.refs.all_of("warehouse")
    course.property_ids = course.refs.all_of("property")
    course.price_kinds = course.refs.all_of("price_kind")
    properties = properties_by_id(list(course.property_ids.values()))
    kinds = {kind.id: kind for kind in price_kinds_of(seller_id=course.seller_id)}
    course.currencies = {kind.id: kind.currency for kind in kinds.values()}
    told: list[Message] = []
    for external_id, property_id in course.property_ids.items():
        known = properties[property_id]
        course.properties[external_id] = PropertyKnown(known.name, known.values)
        told.append(_as_message(external_id, known))
    for external_id, kind_id in course.price_kinds.items():
        if kind_id in kinds:
            told.append(_as_price_kind(external_id, kinds[kind_id]))
    return told + _kept_messages(_connection(course).dictionaries)


def apply_dictionary(course: Course, message: DictionaryMessage) -> None:
    """Take one message of a dictionary."""
    if isinstance(message, CategoryMessage):
        _apply_category(course, message)
    elif isinstance(message, PropertyMessage):
        _apply_property(course, message)
    elif isinstance(message, PriceKindMessage):
        _apply_price_kind(course, message)
    elif isinstance(message, WarehouseMessage):
        _apply_warehouse(course, message)
    else:
        _keep(course, message)


def _apply_category(course: Course, message: CategoryMessage) -> None:
    known = course.categories.get(message.external_id)
    if known is None and not message.name:
        course.refuse("category", "name_missing", message.external_id)
        return
    parent_id = course.categories.get(message.parent_external_id)
    if message.parent_external_id and parent_id is None:
        course.doubt_once("category_unknown", message.parent_external_id, category=message.parent_external_id)
    card = CategoryCard(message.name, known, parent_id, message.deleted)
    category_id, outcome = take_category(
        owner_id=course.seller_id, card=card, position=len(course.categories), now=course.at
    )
    if known is None:
        course.refs.put("category", message.external_id, category_id)
        course.categories[message.external_id] = category_id
    course.count("category", outcome)


def _apply_property(course: Course, message: PropertyMessage) -> None:
    known_id = course.property_ids.get(message.external_id)
    if known_id is None and not message.name:
        course.refuse("property", "name_missing", message.external_id)
        return
    values = dict(message.values)
    property_id, outcome = take_property(
        owner_id=course.seller_id, property_id=known_id, name=message.name, kind=message.kind.value, values=values
    )
    if known_id is None:
        course.refs.put("property", message.external_id, property_id)
        course.property_ids[message.external_id] = property_id
    before = course.properties.get(message.external_id)
    joined = {**before.values, **values} if before else values
    course.properties[message.external_id] = PropertyKnown(message.name or (before.name if before else ""), joined)
    course.count("property", outcome)


def _apply_price_kind(course: Course, message: PriceKindMessage) -> None:
    known = course.price_kinds.get(message.external_id)
    if known is None and not message.name:
        course.refuse("price_kind", "name_missing", message.external_id)
        return
    # A column of that name which no other id means is the one: the seller had it before the connection.
    taken = set(course.price_kinds.values())
    same = [k.id for k in price_kinds_of(seller_id=course.seller_id) if k.name == message.name and k.id not in taken]
    is_new = known is None and not same
    kind_id, changed = take_price_kind(
        seller_id=course.seller_id,
        price_kind_id=known if known is not None else next(iter(same), None),
        name=message.name if known is None else "",
        currency=message.currency,
        vat_included=message.vat_included,
    )
    if known is None:
        course.refs.put("price_kind", message.external_id, kind_id)
        course.price_kinds[message.external_id] = kind_id
    course.currencies = {kind.id: kind.currency for kind in price_kinds_of(seller_id=course.seller_id)}
    course.count("price_kind", "created" if is_new else "changed" if changed else "unchanged")


def _apply_warehouse(course: Course, message: WarehouseMessage) -> None:
    known = course.warehouses.get(message.external_id)
    if known is None and not message.name:
        course.refuse("warehouse", "name_missing", message.external_id)
        return
    _, outcome = warehouse_by_name(course, message.external_id, message.name, is_active=not message.deleted)
    course.count("warehouse", outcome)


def warehouse_by_name(course: Course, external_id: str, name: str, *, is_active: bool = True) -> tuple[int, str]:
    """The warehouse an external id means, made if there is none: one of that name which no other id means, or new."""
    known = course.warehouses.get(external_id)
    if known is None:
        taken = set(course.warehouses.values())
        rows = warehouses_of(seller_id=course.seller_id)
        known = next((row.id for row in rows if row.name == name and row.id not in taken), None)
    warehouse_id, outcome = take_warehouse(
        seller_id=course.seller_id, warehouse_id=known, name=name, is_active=is_active
    )
    if external_id not in course.warehouses:
        course.refs.put("warehouse", external_id, warehouse_id)
        course.warehouses[external_id] = warehouse_id
    return warehouse_id, outcome


def _connection(course: Course) -> Connection:
    return Connection.objects.unscoped("the connection being served").get(pk=course.refs.connection_id)


def _keep(course: Course, message: UnitMessage | ProductKindMessage) -> None:
    """Units and product kinds have no table of ours: the connection remembers them as told."""
    name = "units" if isinstance(message, UnitMessage) else "product_kinds"
    connection = _connection(course)
    kept: dict[str, Any] = connection.dictionaries.setdefault(name, {})
    told = asdict(message)
    if isinstance(message, ProductKindMessage):
        told.pop("property_external_ids")
    before = kept.get(message.external_id)
    course.count(name[:-1], "created" if before is None else "unchanged" if before == told else "changed")
    if before != told:
        kept[message.external_id] = told
        connection.save(update_fields=["dictionaries"])


def _kept_messages(dictionaries: dict[str, dict[str, Any]]) -> list[Message]:
    units = [UnitMessage(**told) for told in dictionaries.get("units", {}).values()]
    kinds = [ProductKindMessage(**told) for told in dictionaries.get("product_kinds", {}).values()]
    return [*units, *kinds]


def _as_message(external_id: str, known: PropertyValue) -> PropertyMessage:
    return PropertyMessage(external_id, known.name, PropertyKind(known.kind), tuple(known.values.items()))


def _as_price_kind(external_id: str, known: PriceKindValue) -> PriceKindMessage:
    return PriceKindMessage(external_id, known.name, known.currency, known.vat_included)
