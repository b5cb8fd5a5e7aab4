"""The canonical language of the hub: what any accounting system can tell and be told, whatever format carried it.

Every format's codec turns bytes into these messages and the applier knows only them. Shapes and units:

- `external_id` is the sender's own key, compared as a string within one connection; `""` means "none".
- Money and quantities are `Decimal`; a currency is an ISO 4217 code, `""` where the sender did not say.
- A unit is its code in ОКЕИ (the numbers of UN/ECE Recommendation 20), `""` where the sender's word is not known there;
  the sender's word stands beside it.
- A `datetime` without a zone is the sender's local time.
- A message is a statement, not a command: repeating it changes nothing.
- `None` and, in a partial message, an empty field mean "not told", never "now empty".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

# --- course of an export ---------------------------------------------------------------------------------------------


class ExportPart(StrEnum):
    """What a block of an export holds."""

    CLASSIFIER = "classifier"  # categories, properties, units, price kinds, warehouses
    CATALOG = "catalog"  # products
    OFFERS = "offers"  # variants, prices, stock


@dataclass(frozen=True, slots=True)
class ExportStarted:
    """A block of statements begins; stands before the first of them."""

    part: ExportPart
    catalog_external_id: str = ""
    name: str = ""
    only_changes: bool = False
    owner: CounterpartyMessage | None = None
    source_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class ExportFinished:
    """A block has ended. What a full block (`only_changes` false) of its part did not mention is gone at the sender.

    `only_changes` here is final: a sender may say it after the statements. The counts let the receiver tell a full
    export from an empty one: a block with no product in it says nothing about products.
    """

    part: ExportPart
    catalog_external_id: str = ""
    only_changes: bool = False
    products: int = 0
    prices: int = 0
    stocks: int = 0
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the material could not be taken as it stands; the rest of it was.

    `place` is where (file and line, sheet and cell); `code` is stable; `params` fill the words.
    """

    place: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


# --- dictionaries ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CategoryMessage:
    """A node of the sender's product tree; a parent is told before its children."""

    external_id: str
    parent_external_id: str = ""
    name: str = ""
    deleted: bool = False


class PropertyKind(StrEnum):
    """What the values of a property are."""

    TEXT = "text"
    NUMBER = "number"
    REFERENCE = "reference"  # one of `values`
    TIME = "time"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class PropertyMessage:
    """A property products can have; `values` are the (id, text) a reference may take."""

    external_id: str
    name: str = ""
    kind: PropertyKind = PropertyKind.TEXT
    values: tuple[tuple[str, str], ...] = ()
    for_offers: bool = False
    multiple: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class ProductKindMessage:
    """A family of products (вид номенклатуры) and the properties its members have."""

    external_id: str
    name: str = ""
    property_external_ids: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class UnitMessage:
    """A unit of measure as the sender names it."""

    external_id: str
    code: str = ""
    name: str = ""
    full_name: str = ""
    international: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PriceKindMessage:
    """A price column. `vat_included` is `None` where the sender did not say."""

    external_id: str
    name: str = ""
    currency: str = ""
    vat_included: bool | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class WarehouseMessage:
    """A place stock lies in."""

    external_id: str
    name: str = ""
    address: str = ""
    deleted: bool = False


# --- products --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttributeValue:
    """One value of one property of a product; a property with several values stands several times.

    A resolved value has its text in `value` and, if it came from a dictionary, the id in `value_external_id`.
    `name == ""`: the property was never described in what the codec knew; look it up by `property_external_id`.
    `value == ""`: the text of the value was never told; look it up by `value_external_id`.
    `property_external_id == ""`: a remark the sender keeps outside its dictionary of properties.
    """

    property_external_id: str
    name: str
    value: str
    value_external_id: str = ""


@dataclass(frozen=True, slots=True)
class FileReference:
    """A picture or a document of a product: its path inside the same exchange, and its title."""

    path: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProductMessage:
    """A product, or a variant of one.

    `base_external_id` is the product this one is a variant of; the base may never be told itself, then the variant's
    name stands for it. `partial`: only what is filled is told (an offer that repeats the name and adds a barcode);
    otherwise this is the whole card. `unit_*` is the base unit, `weight_g` grams of one, `pack_quantity` how many of it
    the sender's package holds. `vat_rate` is a percentage; `vat_exempt` is «без НДС», not 0 %.
    """

    external_id: str
    base_external_id: str = ""
    code: str = ""
    erp_code: str = ""
    name: str = ""
    full_name: str = ""
    description: str = ""
    category_external_ids: tuple[str, ...] = ()
    kind_external_id: str = ""
    kind: str = ""
    type_name: str = ""
    is_service: bool = False
    unit_code: str = ""
    unit_name: str = ""
    unit_international: str = ""
    pack_quantity: Decimal | None = None
    barcodes: tuple[str, ...] = ()
    brand: str = ""
    manufacturer: str = ""
    country: str = ""
    attributes: tuple[AttributeValue, ...] = ()
    characteristics: tuple[tuple[str, str], ...] = ()
    pictures: tuple[FileReference, ...] = ()
    documents: tuple[FileReference, ...] = ()
    vat_rate: Decimal | None = None
    vat_exempt: bool = False
    weight_g: Decimal | None = None
    deleted: bool = False
    partial: bool = False
    source_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class PriceMessage:
    """One price of one product in one column, for `ratio` base units or for the named unit that holds so many."""

    product_external_id: str
    price_kind_external_id: str
    value: Decimal
    currency: str = ""
    unit_code: str = ""
    unit_name: str = ""
    ratio: Decimal = Decimal(1)
    min_quantity: Decimal | None = None
    vat_included: bool | None = None
    source_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class StockMessage:
    """How much of a product there is, in base units, never below zero.

    `warehouse_external_id == ""` is a total of a sender that does not tell warehouses apart; never told beside a
    breakdown by warehouse of the same product.
    """

    product_external_id: str
    warehouse_external_id: str
    quantity: Decimal
    source_time: datetime | None = None


# --- counterparties and orders ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A settlement account."""

    number: str
    bank_name: str = ""
    bic: str = ""
    correspondent: str = ""


@dataclass(frozen=True, slots=True)
class CounterpartyMessage:
    """A company or a person of a deal. `role` is the side it takes in the document that names it."""

    external_id: str = ""
    name: str = ""
    full_name: str = ""
    role: Role | None = None
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    okpo: str = ""
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    address: str = ""
    actual_address: str = ""
    contacts: tuple[tuple[str, str], ...] = ()  # (kind as the sender names it, value)
    representatives: tuple[str, ...] = ()
    bank_accounts: tuple[BankAccount, ...] = ()
    deleted: bool = False


class Role(StrEnum):
    """The side of a deal."""

    SELLER = "seller"
    BUYER = "buyer"
    PAYER = "payer"
    CONSIGNEE = "consignee"


class DocumentKind(StrEnum):
    """What a document of a deal records."""

    ORDER = "order"
    INVOICE = "invoice"
    SHIPMENT = "shipment"
    RETURN = "return"
    PAYMENT = "payment"
    REFUND = "refund"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order or a shipment. `sum` is what the sender counted, after `discount_sum`.

    `ratio` is how many base units one unit of the line holds; `vat_sum` is within `sum` when `vat_included`.
    """

    product_external_id: str
    quantity: Decimal
    name: str = ""
    code: str = ""
    erp_code: str = ""
    unit_code: str = ""
    unit_name: str = ""
    ratio: Decimal = Decimal(1)
    price: Decimal | None = None
    sum: Decimal | None = None
    discount_percent: Decimal | None = None
    discount_sum: Decimal | None = None
    vat_rate: Decimal | None = None
    vat_sum: Decimal | None = None
    vat_included: bool | None = None
    is_service: bool = False
    characteristics: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentMessage:
    """A shipment, an invoice, a payment, a return: a document that follows an order, or stands by itself.

    `order_external_id` is the order it follows, `""` where the sender did not say. `properties` are the sender's own
    remarks that have no place among the fields. `agreement` is the number of the contract.
    """

    external_id: str
    kind: DocumentKind
    operation: str = ""
    order_external_id: str = ""
    number: str = ""
    erp_number: str = ""
    issued_on: date | None = None
    issued_time: time | None = None
    currency: str = ""
    total: Decimal | None = None
    posted: bool | None = None
    cancelled: bool | None = None
    deleted: bool | None = None
    lines: tuple[OrderLine, ...] | None = None
    comment: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    counterparties: tuple[CounterpartyMessage, ...] = ()
    agreement: str = ""
    pay_by: date | None = None


@dataclass(frozen=True, slots=True)
class OrderMessage:
    """An order and what the sender says has become of it.

    `external_id` and `number` are those of the system the order was born in (the portal's, if it was ours);
    `erp_number` and `erp_on` are the accounting system's. `lines is None`: only the state is told, the lines stand.
    `status` is the sender's word. `role` is the side of the receiver of the document. `author`: who entered it there.
    """

    external_id: str
    number: str = ""
    ordered_on: date | None = None
    ordered_time: time | None = None
    role: Role | None = None
    currency: str = ""
    rate: Decimal = Decimal(1)
    total: Decimal | None = None
    vat_included: bool | None = None
    vat_sum: Decimal | None = None
    discount_sum: Decimal | None = None
    counterparties: tuple[CounterpartyMessage, ...] = ()
    organization: str = ""
    warehouse: str = ""
    agreement: str = ""
    comment: str = ""
    lines: tuple[OrderLine, ...] | None = None
    status: str = ""
    status_changed_at: datetime | None = None
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
    properties: tuple[tuple[str, str], ...] = ()
    documents: tuple[DocumentMessage, ...] = ()

    @property
    def buyer(self) -> CounterpartyMessage | None:
        """The counterparty that buys: the one with that role, else the only one."""
        for counterparty in self.counterparties:
            if counterparty.role is Role.BUYER:
                return counterparty
        return self.counterparties[0] if len(self.counterparties) == 1 else None


# --- settlements -----------------------------------------------------------------------------------------------------


class SettlementKind(StrEnum):
    """What a document does to the debt: shipments and refunds raise it; returns, payments and advances lower it.

    Opening balances, corrections and offsets carry their own sign.
    """

    OPENING = "opening"
    SHIPMENT = "shipment"
    RETURN = "return"
    CORRECTION = "correction"
    PAYMENT = "payment"
    ADVANCE = "advance"
    REFUND = "refund"
    OFFSET = "offset"


@dataclass(frozen=True, slots=True)
class SettlementMessage:
    """A document of settlements with one buyer, whole: what is left out is not there.

    `amount` is above zero, below it for a reversal. `contract == ""`: that of the trade terms on the document's day;
    `due_on is None`: for a shipment by the delay of those terms. `settles`: (external id, amount or `None` for as far
    as it reaches) of the documents that it settles, or that settle it, by the sender's own books. Of two versions that
    of the later `source_time` counts; `None` is the moment of the exchange.
    """

    external_id: str
    kind: SettlementKind
    buyer: CounterpartyMessage
    number: str
    issued_on: date
    amount: Decimal
    currency: str = ""
    contract: str = ""
    due_on: date | None = None
    order_external_id: str = ""
    settles: tuple[tuple[str, Decimal | None], ...] = ()
    comment: str = ""
    deleted: bool = False
    source_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class BalanceDocument:
    """A document that a stated balance counts; `change` is what it does to the debt, above zero it raises it."""

    external_id: str
    number: str
    issued_on: date
    change: Decimal


@dataclass(frozen=True, slots=True)
class BalanceMessage:
    """What a buyer owes at the end of `as_of` by the sender's books; above zero the buyer owes.

    `documents`: everything counted to come to it, from the first day on; `None`: the sender told the sum alone.
    """

    buyer: CounterpartyMessage
    as_of: date
    balance: Decimal
    currency: str = ""
    contract: str = ""
    documents: tuple[BalanceDocument, ...] | None = None
    source_time: datetime | None = None


Message = (
    ExportStarted
    | ExportFinished
    | CategoryMessage
    | PropertyMessage
    | ProductKindMessage
    | UnitMessage
    | PriceKindMessage
    | WarehouseMessage
    | ProductMessage
    | PriceMessage
    | StockMessage
    | CounterpartyMessage
    | OrderMessage
    | DocumentMessage
    | SettlementMessage
    | BalanceMessage
    | Doubt
)
