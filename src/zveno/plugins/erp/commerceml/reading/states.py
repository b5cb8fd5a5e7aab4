"""What the requisites of an order say has become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from zveno.plugins.erp.commerceml.reading.context import Reading
from zveno.plugins.erp.commerceml.reading.elements import Element
from zveno.plugins.erp.commerceml.reading.requisites import folded_name
from zveno.plugins.erp.commerceml.reading.values import parse_flag


@dataclass(slots=True)
class OrderState:
    """The known requisites of a document; the others are `properties`, as they stand."""

    status: str = ""
    status_changed_at: datetime | None = None
    organization: str = ""
    warehouse: str = ""
    contract: str = ""
    posted: bool | None = None
    deleted: bool | None = None
    cancelled: bool | None = None
    paid: bool | None = None
    shipped: bool | None = None
    erp_number: str = ""
    erp_on: date | None = None
    paid_on: date | None = None
    payment_number: str = ""
    shipped_on: date | None = None
    shipment_number: str = ""
    ship_by: date | None = None
    payment_method: str = ""
    delivery_method: str = ""
    delivery_address: str = ""
    author: str = ""
    properties: list[tuple[str, str]] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def leftover(self) -> list[tuple[str, str]]:
        """All requisites but those every document has a field for."""
        return [(name, value) for name, value in self.told if folded_name(name) not in _OF_EVERY_DOCUMENT]


_OF_EVERY_DOCUMENT = frozenset({"проведен", "пометкаудаления", "отменен", "номерпо1с"})

TEXTS = {
    "статусзаказа": "status",
    "статус": "status",
    "организация": "organization",
    "склад": "warehouse",
    "договор": "contract",
    "номердоговора": "contract",
    "номерпо1с": "erp_number",
    "номероплатыпо1с": "payment_number",
    "номерплатежногодокумента": "payment_number",
    "номеротгрузкипо1с": "shipment_number",
    "методоплаты": "payment_method",
    "способоплаты": "payment_method",
    "способдоставки": "delivery_method",
    "адресдоставки": "delivery_address",
    "менеджер": "author",
    "ответственный": "author",
    "ответственныйменеджер": "author",
    "автор": "author",
}
FLAGS = {
    "проведен": "posted",
    "пометкаудаления": "deleted",
    "отменен": "cancelled",
    "заказотменен": "cancelled",
    "заказоплачен": "paid",
    "оплачен": "paid",
    "отгружен": "shipped",
    "заказотгружен": "shipped",
}
DAYS = {
    "датапо1с": "erp_on",
    "датаоплатыпо1с": "paid_on",
    "датаоплаты": "paid_on",
    "датаотгрузкипо1с": "shipped_on",
    "датаотгрузки": "ship_by",
}


def read_state(entry: Element, name: str, value: str, state: OrderState, reading: Reading) -> None:
    """Take one requisite of a document into `state`. The first of two that mean the same stands."""
    state.told.append((name, value))
    folded = folded_name(name)
    if folded in TEXTS and not getattr(state, TEXTS[folded]):
        setattr(state, TEXTS[folded], value)
    elif folded in FLAGS and parse_flag(value) is not None and getattr(state, FLAGS[folded]) is None:
        setattr(state, FLAGS[folded], parse_flag(value))
    elif folded in DAYS and getattr(state, DAYS[folded]) is None:
        setattr(state, DAYS[folded], reading.day(entry, value, what=name))
    elif folded == "датаизменениястатуса":
        state.status_changed_at = reading.moment(entry, value, what=name)
    elif (name, value) not in state.properties:
        state.properties.append((name, value))
