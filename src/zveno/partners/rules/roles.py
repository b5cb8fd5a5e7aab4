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


# What a seller's manager may do in the buying section for a client.
ACTING_RIGHTS = frozenset({Right.CATALOG_SEE, Right.ORDERS_SEE, Right.ORDERS_PLACE})

# From most to least: nobody gives a role above their own.
_STANDING = (Role.HEAD, Role.SELLER_MANAGER, Role.ACCOUNTANT, Role.BUYER, Role.VIEWER)


def may_act_for_clients(role: Role, *, sells: bool) -> bool:
    """Whether a person of this role acts for clients of their selling company."""
    return {Right.SALES_DECIDE, Right.ORDERS_PLACE} <= rights_of(role, sells=sells)


def roles_given_by(role: Role, *, sells: bool) -> tuple[Role, ...]:
    """Roles that one of `role` may give to people of their own company, none with a right that the giver lacks.

    The operator's administrator gives the operator's roles; a company that sells nothing has no sales managers.
    """
    if Right.MEMBERS_MANAGE not in RIGHTS[role]:
        return ()
    if role is Role.OPERATOR_ADMIN:
        return (Role.OPERATOR_ADMIN, Role.CHANNEL_MANAGER, Role.OPERATOR_ACCOUNTANT)
    own = rights_of(role, sells=sells)
    return tuple(r for r in company_roles(sells=sells) if rights_of(r, sells=sells) <= own)


def company_roles(*, sells: bool) -> tuple[Role, ...]:
    """The roles that people of a company other than the operator may have."""
    return tuple(r for r in _STANDING if sells or r is not Role.SELLER_MANAGER)
