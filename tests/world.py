"""A small real world for tests: builders over the real tables, each returning plain rows.

Every builder may be called bare; names, codes and INNs come from counters, so nothing clashes. A partner is a company
with its entities and people: `seller()` sells, `dealer()` buys, `terms()` ties them, `sign_in()` puts a person behind
the test client.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client

from zveno.accounts.models import User
from zveno.base.scope import entered, system_scope
from zveno.catalog.models import Category, Listing, Product
from zveno.catalog.rules.search import search_text
from zveno.finance.actions.accounts import AccountKey
from zveno.finance.actions.apply_documents import ToldDocument, apply_documents
from zveno.finance.models import Account, LedgerDocument
from zveno.finance.rules.documents import Content, Kind
from zveno.kit.codes import fold_code
from zveno.partners.models import Company, LegalEntity, Member, MemberEntity, Region, TradeTerms
from zveno.partners.rules.roles import Role
from zveno.pricing.models import Discount, IndividualPrice, KindAssignment, Price, PriceKind
from zveno.pricing.rules.facts import Layer
from zveno.stock.models import Arrival, Balance, Movement, Warehouse

PASSWORD = "nine-blue-lamps-42"
NOW = datetime(2026, 4, 17, 9, 0, tzinfo=UTC)
LONG_AGO = date(2024, 1, 1)

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Partner:
    """A company with its legal entities and its people by role."""

    company: Company
    entities: tuple[LegalEntity, ...]
    people: dict[Role, User]

    @property
    def entity(self) -> LegalEntity:
        """The main entity."""
        return self.entities[0]

    @property
    def head(self) -> User:
        return self.people[Role.HEAD]

    @property
    def buyer(self) -> User:
        return self.people[Role.BUYER]

    @property
    def viewer(self) -> User:
        return self.people[Role.VIEWER]

    @property
    def manager(self) -> User:
        return self.people[Role.SELLER_MANAGER]

    @property
    def admin(self) -> User:
        return self.people[Role.OPERATOR_ADMIN]

    def member(self, role: Role) -> Member:
        """The membership of the person who has `role`."""
        return Member.objects.unscoped("a test looks").get(company=self.company, user=self.people[role])


# Companies and people


def operator(name: str = "Завод «Светлый дом»") -> Partner:
    """The one operator of the installation, with administrator, channel manager and accountant."""
    company = _company(name, is_operator=True, is_buyer=False)
    roles = (Role.OPERATOR_ADMIN, Role.CHANNEL_MANAGER, Role.OPERATOR_ACCOUNTANT)
    return Partner(company, (entity(company),), _people(company, roles))


def seller(name: str = "", *, distributor: bool = False, buys: bool = False) -> Partner:
    """A company that sells, with head, manager and accountant. A distributor buys too."""
    company = _company(
        name or f"Торговый дом {_next()}", is_seller=True, is_distributor=distributor, is_buyer=distributor or buys
    )
    roles = (Role.HEAD, Role.SELLER_MANAGER, Role.ACCOUNTANT)
    return Partner(company, (entity(company),), _people(company, roles))


def dealer(name: str = "", *, entities: int = 1) -> Partner:
    """A company that buys, with head, buyer, viewer and accountant; the first entity is the main one."""
    company = _company(name or f"Салон света {_next()}", is_buyer=True)
    main = entity(company)
    daughters = tuple(entity(company, main=main) for _ in range(entities - 1))
    roles = (Role.HEAD, Role.BUYER, Role.VIEWER, Role.ACCOUNTANT)
    return Partner(company, (main, *daughters), _people(company, roles))


def entity(company: Company, *, name: str = "", main: LegalEntity | None = None) -> LegalEntity:
    """A legal entity with valid INN, KPP and OGRN."""
    number = _next()
    return LegalEntity.objects.create(
        company=company,
        main=main,
        name=name or f"ООО «{company.name}» {number}",
        inn=inn(number),
        kpp=f"7707{number % 100_000 // 1000 % 100:02}{number % 1000:03}",
        ogrn=ogrn(number),
        legal_address="123022, Москва, ул. Красная Пресня, д. 7",
        is_default=main is None and not company.entities.filter(is_default=True).exists(),
    )


def user(name: str = "Анна Соколова", *, email: str = "", **fields: Any) -> User:
    """A person who can sign in with PASSWORD."""
    return User.objects.create(
        email=email or f"person{_next()}@example.com", name=name, password=_password_hash(), **fields
    )


def member(
    company: Company, role: Role, *, person: User | None = None, bound_to: tuple[LegalEntity, ...] = ()
) -> Member:
    """A membership of `person` (somebody new by default) in `company`, bound to some entities or to none (all)."""
    made = Member.objects.create(company=company, user=person or user(), role=role)
    for one in bound_to:
        MemberEntity.objects.create(member=made, entity=one, company=company, user=made.user)
    return made


def region(name: str = "Свердловская область", *, parent: Region | None = None) -> Region:
    """A region of the tree."""
    return Region.objects.create(name=name, name_en=name, code=f"R-{_next()}", parent=parent)


def terms(
    seller: Partner,
    entity: LegalEntity,
    *,
    price_kind: PriceKind | None = None,
    discount_percent: str | int | Decimal = 0,
    valid_from: date = LONG_AGO,
    **fields: Any,
) -> TradeTerms:
    """Trade terms by which `entity` buys from `seller`, with its column and its discount on everything."""
    if price_kind is not None:
        assignment(price_kind, entity)
    if discount_percent:
        discount(seller, discount_percent, entity=entity)
    return TradeTerms.objects.create(
        seller=seller.company,
        buyer_entity=entity,
        buyer_company_id=entity.company_id,
        valid_from=valid_from,
        **fields,
    )


def assignment(kind: PriceKind, entity: LegalEntity | None = None, **fields: Any) -> KindAssignment:
    """That the column is given to `entity` (None: to everybody), long since."""
    return KindAssignment.objects.create(
        seller_id=kind.seller_id, buyer_entity=entity, price_kind=kind, **{**_dated(), **fields}
    )


def discount(
    seller: Partner,
    percent: str | int | Decimal,
    *,
    entity: LegalEntity | None = None,
    layer: Layer = Layer.CONTRACT,
    **fields: Any,
) -> Discount:
    """A discount for `entity` (None: for everybody), long since."""
    return Discount.objects.create(
        seller=seller.company,
        buyer_entity=entity,
        layer=layer,
        percent=Decimal(percent),
        **{**_dated(), "currency": "RUB" if layer is Layer.ORDER_SUM else "", **fields},
    )


def agreed_price(
    seller: Partner, entity: LegalEntity, product: Product, value: str | Decimal, **fields: Any
) -> IndividualPrice:
    """A price agreed with `entity`, long since."""
    return IndividualPrice.objects.create(
        seller=seller.company, buyer_entity=entity, product=product, value=Decimal(value), **{**_dated(), **fields}
    )


def _dated() -> dict[str, Any]:
    since = datetime(2024, 1, 1, tzinfo=UTC)
    return {"valid_from": since, "recorded_at": since, "author_name": "Олег Савин"}


def sign_in(client: Client, person: User) -> Client:
    """`client` with `person` signed in."""
    client.force_login(person)
    return client


# Goods


def category(seller: Partner, name: str = "Светильники", *, parent: Category | None = None) -> Category:
    """A group of the seller's catalog."""
    made = Category.objects.create(owner=seller.company, parent=parent, name=name, path="")
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


def product(seller: Partner, name: str = "", *, code: str = "", listed: bool = True, **fields: Any) -> Product:
    """An article of `seller`, offered to its buyers unless `listed` is false."""
    number = _next()
    name, code = name or f"Светильник потолочный {number}", code or f"СВ-{number:05}"
    made = Product.objects.create(
        owner=seller.company,
        name=name,
        code=code,
        code_folded=fold_code(code),
        search_text=search_text(
            code=code, name=name, brand=fields.get("brand", ""), barcodes=fields.get("barcodes", ())
        ),
        updated_at=NOW,
        **fields,
    )
    if listed:
        Listing.objects.create(seller=seller.company, product=made, category=made.category, listed_at=NOW)
    return made


def price_kind(seller: Partner, name: str = "Дилерская", **fields: Any) -> PriceKind:
    """A price column of `seller`."""
    return PriceKind.objects.create(seller=seller.company, name=name, **fields)


def price(kind: PriceKind, product: Product, value: str | Decimal = "1000.00", **fields: Any) -> Price:
    """The price of `product` in `kind`, in force since NOW."""
    return Price.objects.create(
        seller_id=kind.seller_id,
        price_kind=kind,
        product=product,
        value=Decimal(value),
        confirmed_at=NOW,
        **{"valid_from": datetime(2024, 1, 1, tzinfo=UTC), **fields},
    )


def warehouse(seller: Partner, name: str = "Москва, Подольск", **fields: Any) -> Warehouse:
    """A warehouse of `seller`."""
    return Warehouse.objects.create(seller=seller.company, name=name, **{"city": name.split(",")[0], **fields})


def balance(warehouse: Warehouse, product: Product, on_hand: int | str | Decimal, **fields: Any) -> Balance:
    """What lies of `product` in `warehouse`, as its ERP counted it."""
    made = Balance.objects.create(
        seller_id=warehouse.seller_id,
        warehouse=warehouse,
        product=product,
        on_hand=Decimal(on_hand),
        **{"confirmed_at": NOW, **fields},
    )
    _entry(made, "count", made.on_hand)
    return made


def arrival(
    warehouse: Warehouse, product: Product, quantity: int | str | Decimal, *, due_on: date, **fields: Any
) -> Arrival:
    """Goods on their way to `warehouse`."""
    made = Arrival.objects.create(
        seller_id=warehouse.seller_id,
        warehouse=warehouse,
        product=product,
        quantity=Decimal(quantity),
        due_on=due_on,
        **{"confirmed_at": NOW, **fields},
    )
    _entry(made, "announced", made.quantity, arrival=made)
    return made


def _entry(row: Balance | Arrival, kind: str, quantity: Decimal, **fields: Any) -> None:
    Movement.objects.create(
        seller_id=row.seller_id,
        warehouse_id=row.warehouse_id,
        product_id=row.product_id,
        at=NOW,
        kind=kind,
        quantity=quantity,
        actor_name="1С",
        **fields,
    )


def account(seller: Partner, entity: LegalEntity, *, contract: str = "", currency: str = "RUB") -> Account:
    """The account between `seller` and `entity`, opened at need."""
    found, _ = Account.objects.unscoped("a test plants").get_or_create(
        seller=seller.company,
        buyer_entity=entity,
        buyer_company_id=entity.company_id,
        contract=contract,
        currency=currency,
    )
    return found


def paper(
    seller: Partner, entity: LegalEntity, kind: Kind = Kind.SHIPMENT, amount: str = "1000.00", **fields: Any
) -> LedgerDocument:
    """A document of the ledger as the ERP told it, settled with the others of its account."""
    given = {"external_id": f"doc-{_next()}", "number": f"Д-{_next()}", "issued_on": NOW.date(), **fields}
    place = {name: given.pop(name) for name in ("contract", "currency") if name in given}
    external_id, source_time = given.pop("external_id"), given.pop("source_time", NOW)
    told = ToldDocument(
        account=AccountKey(entity.company_id, entity.pk, **place),
        external_id=external_id,
        content=Content(kind=kind, amount=Decimal(amount), **given),
        source_time=source_time,
    )
    with transaction.atomic(), entered(system_scope()):
        apply_documents(seller_id=seller.company.pk, told=[told], now=NOW)
        rows = LedgerDocument.objects.unscoped("a test plants").filter(seller=seller.company, buyer_entity=entity)
        return rows.get(external_id=external_id, number=given["number"])


def payment(seller: Partner, entity: LegalEntity, amount: str = "1000.00", **fields: Any) -> LedgerDocument:
    """A payment of `entity` to `seller`."""
    return paper(seller, entity, Kind.PAYMENT, amount, **fields)


# Codes


def inn(number: int) -> str:
    """A valid INN of a company made from `number`."""
    body = f"77{number % 10_000_000:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return body + str(sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11 % 10)


def person_inn(number: int) -> str:
    """A valid INN of a person (sole trader) made from `number`."""
    body = f"77{number % 100_000_000:08}"
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        body += str(sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11 % 10)
    return body


def ogrn(number: int) -> str:
    """A valid OGRN made from `number`."""
    body = f"10277{number % 10_000_000:07}"
    return body + str(int(body) % 11 % 10)


def _company(name: str, **flags: bool) -> Company:
    return Company.objects.create(name=name, code=f"C{_next()}", **flags)


def _people(company: Company, roles: tuple[Role, ...]) -> dict[Role, User]:
    names = dict(zip(Role, ("Ирина Лебедева", "Олег Громов", "Вера Ильина", "Павел Орлов", "Мария Ветрова",
                            "Анна Соколова", "Денис Рябов", "Нина Белова"), strict=True))  # fmt: skip
    return {role: member(company, role, person=user(names[role])).user for role in roles}


def _next() -> int:
    return next(_numbers)


@cache
def _password_hash() -> str:
    # Argon2 is slow by intent: one hash serves every person of the test world.
    return make_password(PASSWORD)
