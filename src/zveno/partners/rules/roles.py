"""Roles and the rights they give. A right is what the access table of the pages and API asks for."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a company. The first three are the operator's people."""

    OPERATOR_ADMIN = "operator_admin"
    CHANNEL_MANAGER = "channel_manager"
    OPERATOR_ACCOUNTANT = "operator_accountant"
    SELLER_MANAGER = "seller_manager"
    HEAD = "head"
    BUYER = "buyer"
    VIEWER = "viewer"
    ACCOUNTANT = "accountant"


class Right(StrEnum):
    """One thing that may be done."""

    CATALOG_SEE = "catalog.see"
    ORDERS_SEE = "orders.see"
    ORDERS_PLACE = "orders.place"
    ORDERS_EDIT_ALL = "orders.edit_all"
    SALES_SEE = "sales.see"
    SALES_DECIDE = "sales.decide"
    MEMBERS_SEE = "members.see"
    MEMBERS_MANAGE = "members.manage"
    KEYS_MANAGE = "keys.manage"
    EXCHANGE_SEE = "exchange.see"
    EXCHANGE_MANAGE = "exchange.manage"
    SELLOUT_SEE = "sellout.see"
    SELLOUT_REPORT = "sellout.report"
    CHAIN_SEE = "chain.see"
    PARTNERS_SEE = "partners.see"
    PARTNERS_MANAGE = "partners.manage"
    MONEY_SEE = "money.see"


_BUYING = {Right.CATALOG_SEE, Right.ORDERS_SEE}
_HEAD = {
    *_BUYING,
    Right.ORDERS_PLACE,
    Right.ORDERS_EDIT_ALL,
    Right.MEMBERS_SEE,
    Right.MEMBERS_MANAGE,
    Right.KEYS_MANAGE,
    Right.MONEY_SEE,
    Right.SALES_SEE,
    Right.SALES_DECIDE,
    Right.EXCHANGE_SEE,
    Right.EXCHANGE_MANAGE,
    Right.SELLOUT_SEE,
    Right.SELLOUT_REPORT,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OPERATOR_ADMIN: frozenset(
        {
            Right.CHAIN_SEE,
            Right.PARTNERS_SEE,
            Right.PARTNERS_MANAGE,
            Right.SELLOUT_SEE,
            Right.EXCHANGE_SEE,
            Right.EXCHANGE_MANAGE,
            Right.SALES_SEE,
            Right.MONEY_SEE,
            Right.MEMBERS_SEE,
            Right.MEMBERS_MANAGE,
            Right.KEYS_MANAGE,
        }
    ),
    Role.CHANNEL_MANAGER: frozenset(
        {Right.CHAIN_SEE, Right.PARTNERS_SEE, Right.SELLOUT_SEE, Right.SALES_SEE, Right.EXCHANGE_SEE, Right.MEMBERS_SEE}
    ),
    Role.OPERATOR_ACCOUNTANT: frozenset({Right.CHAIN_SEE, Right.PARTNERS_SEE, Right.SALES_SEE, Right.MONEY_SEE}),
    Role.SELLER_MANAGER: frozenset(
        {
            *_BUYING,
            Right.ORDERS_PLACE,
            Right.SALES_SEE,
            Right.SALES_DECIDE,
            Right.EXCHANGE_SEE,
            Right.EXCHANGE_MANAGE,
            Right.SELLOUT_SEE,
            Right.SELLOUT_REPORT,
            Right.MEMBERS_SEE,
            Right.MONEY_SEE,
        }
    ),
    Role.HEAD: frozenset(_HEAD),
    Role.BUYER: frozenset({*_BUYING, Right.ORDERS_PLACE, Right.MEMBERS_SEE}),
    Role.VIEWER: frozenset(_BUYING),
    Role.ACCOUNTANT: frozenset({*_BUYING, Right.MONEY_SEE, Right.MEMBERS_SEE}),
}

OPERATOR_ROLES = frozenset({Role.OPERATOR_ADMIN, Role.CHANNEL_MANAGER, Role.OPERATOR_ACCOUNTANT})
COMPANY_ROLES = frozenset({Role.SELLER_MANAGER, Role.HEAD, Role.BUYER, Role.VIEWER, Role.ACCOUNTANT})


def rights_of(role: Role, *, sells: bool) -> frozenset[Right]:
    """The rights of `role`; the selling ones only where the company sells."""
    rights = RIGHTS[role]
    if sells or role in OPERATOR_ROLES:
        return rights
    return rights - {
        Right.SALES_SEE,
        Right.SALES_DECIDE,
        Right.EXCHANGE_SEE,
        Right.EXCHANGE_MANAGE,
        Right.SELLOUT_SEE,
        Right.SELLOUT_REPORT,
    }
