"""The sections of the house and their pages, in order; who sees which follows from the access table alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.base.scope import Section as Part
from zveno.partners.access import Access, access_table
from zveno.partners.rules.roles import Right
from zveno.ui.navigation import Item, Section

SECTIONS = (
    Section(
        "buying",
        _("Buying"),
        (
            Item("catalog", _("Catalog"), "buying:catalog", "layout-list", bar=True),
            Item("cart", _("Cart"), "buying:cart", "shopping-cart", bar=True),
            Item("orders", _("Orders"), "buying:orders", "clipboard-list", bar=True),
            Item("approval", _("Approval"), "buying:requisitions", "checklist", bar=True),
            Item("price-list", _("Own price list"), "buying:prices", "file-spreadsheet"),
            Item("arrivals", _("Arrivals"), "buying:arrivals", "truck-delivery"),
            Item("needs", _("Needs"), "buying:needs", "hourglass"),
            Item("shipments", _("Shipments"), "brought:shipments", "truck-delivery"),
            Item("claims", _("Claims"), "claims:list", "alert-triangle"),
        ),
    ),
    Section(
        "selling",
        _("Selling"),
        (
            Item("decisions", _("Decisions"), "selling:decisions", "gavel", bar=True),
            Item("sales", _("Clients' orders"), "selling:orders", "clipboard-check", bar=True),
            Item("clients", _("Clients"), "selling:clients", "users"),
            Item("client-money", _("Clients' money"), "client_money:clients", "coins"),
            Item("needs-of-clients", _("Needs"), "selling:needs", "hourglass"),
            Item("prices", _("Prices"), "selling:prices", "tag"),
            Item("stock", _("Stock"), "selling:stock", "packages"),
            Item("arriving", _("Arrivals"), "selling:arrivals", "truck-delivery"),
            Item("relations", pgettext_lazy("products", "Substitutes"), "selling:relations", "replace"),
            Item("sent", _("Shipments"), "sent:shipments", "truck-delivery"),
            Item("received", _("Claims"), "received:list", "alert-triangle"),
            Item("delivery", _("Delivery"), "carriers:carriers", "route"),
            Item("exchange", _("Exchange"), "exchange:board", "arrows-exchange"),
        ),
    ),
    Section(
        "sellout",
        _("Sell-out"),
        (
            Item("reports", _("Reports"), "sellout:reports", "report-analytics"),
            Item("codes", _("Code list"), "sellout:codes", "barcode"),
        ),
    ),
    Section(
        "money",
        _("Money"),
        (
            Item("settlements", _("Settlements"), "money:settlements", "scale"),
            Item("money-documents", _("Documents"), "money:documents", "file-text"),
            Item("receivables", _("Receivables"), "money:receivables", "coins"),
            Item("calendar", _("Payment calendar"), "money:calendar", "calendar-due"),
        ),
    ),
    Section(
        "company",
        _("Company"),
        (
            Item("members", _("Members"), "company:members", "users-group"),
            Item("entities", _("Legal entities"), "company:entities", "building"),
            Item("approvals", _("Approval rules"), "company:approvals", "route"),
            Item("keys", _("Keys"), "company:keys", "key"),
            Item("history", _("History"), "company:history", "history"),
        ),
    ),
    Section(
        "desk",
        _("Desk"),
        (
            Item("chain", _("Chain"), "desk_chain:overview", "chart-bar", bar=True),
            Item("partners", _("Partners"), "desk_partners:companies", "building-community", bar=True),
            Item("desk-orders", _("Orders"), "desk_orders:orders", "clipboard-list", bar=True),
            Item("desk-places", _("Cities"), "desk_delivery:places", "map-2"),
            Item("desk-exchange", _("Exchange"), "desk_exchange:board", "arrows-exchange"),
            Item("desk-reports", _("Reports"), "desk_sellout:reports", "report-analytics", bar=True),
        ),
    ),
)


def sections_for(
    *,
    parts: Collection[Part],
    rights: Collection[Right],
    badges: Mapping[str, int | None],
    without: Collection[str] = (),
) -> list[Section]:
    """The sections a person may enter, each with the pages they may open; `badges` and `without` by the item's key."""
    table = access_table()
    found = []
    for section in SECTIONS:
        items = [
            replace(item, badge=badges.get(item.key), tone="warn" if badges.get(item.key) else "")
            for item in section.items
            if item.key not in without and _may_open(table.get(item.url_name), parts, rights)
        ]
        if items:
            found.append(replace(section, items=items))
    return found


def current_item(view_name: str) -> str:
    """The key of the item that the page belongs to: its own, else the one of the same namespace and first word."""
    items = [item for section in SECTIONS for item in section.items]
    for item in items:
        if item.url_name == view_name:
            return item.key
    stem = view_name.split("-")[0]
    near = [item.key for item in items if item.url_name.rstrip("s") == stem.rstrip("s")]
    space = [item.key for item in items if item.url_name.split(":")[0] == view_name.split(":")[0]]
    return (near or space or [""])[0]


def _may_open(access: Access | None, parts: Collection[Part], rights: Collection[Right]) -> bool:
    if access is None or not any(part in parts for part in access.sections):
        return False
    return access.right is None or access.right in rights
