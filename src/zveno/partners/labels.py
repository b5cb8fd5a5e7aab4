"""Words of partners for pages: roles, kinds of codes' faults, fields."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.partners.rules.roles import Role

ROLE_LABELS: dict[Role, Promise] = {
    Role.OPERATOR_ADMIN: _("Operator's administrator"),
    Role.CHANNEL_MANAGER: _("Channel manager"),
    Role.OPERATOR_ACCOUNTANT: _("Operator's accountant"),
    Role.SELLER_MANAGER: _("Sales manager"),
    Role.HEAD: _("Head"),
    Role.BUYER: pgettext_lazy("role", "Buyer"),
    Role.VIEWER: _("Viewer"),
    Role.ACCOUNTANT: _("Accountant"),
}

ROLE_HINTS: dict[Role, Promise] = {
    Role.OPERATOR_ADMIN: _("runs the installation: companies, terms, people, exchange"),
    Role.CHANNEL_MANAGER: _("sees the chain, partners, sell-out and orders"),
    Role.OPERATOR_ACCOUNTANT: _("sees the chain, partners, orders and money"),
    Role.SELLER_MANAGER: _("decides on clients' orders and acts for clients"),
    Role.HEAD: _("everything in the company: people, keys, all orders"),
    Role.BUYER: _("places orders and edits their own"),
    Role.VIEWER: _("sees the catalog and orders"),
    Role.ACCOUNTANT: _("sees orders and money"),
}

CODE_PROBLEMS: dict[tuple[str, str], Promise] = {
    ("inn", "missing"): _("Enter the INN."),
    ("inn", "not_digits"): _("An INN has digits only."),
    ("inn", "length"): _("An INN has 10 digits (company) or 12 (sole trader)."),
    ("inn", "control"): _("There is a slip in this INN: its control digit does not fit. Check the papers."),
    ("kpp", "missing"): _("A company has a KPP of 9 signs: enter it."),
    ("kpp", "form"): _("A KPP has 9 signs, such as 770701001."),
    ("kpp", "not_for_traders"): _("A sole trader (INN of 12 digits) has no KPP: leave it empty."),
    ("ogrn", "not_digits"): _("An OGRN has digits only."),
    ("ogrn", "length"): _("An OGRN has 13 digits, that of a sole trader 15."),
    ("ogrn", "control"): _("There is a slip in this OGRN: its control digit does not fit. Check the papers."),
}

FIELD_LABELS: dict[str, Promise] = {
    "name": _("name"),
    "full_name": _("full name"),
    "inn": _("INN"),
    "kpp": _("KPP"),
    "ogrn": _("OGRN"),
    "legal_address": _("legal address"),
    "delivery_address": _("delivery address"),
    "region_id": _("region"),
    "main_id": _("main entity"),
    "time_zone": _("time zone"),
    "is_seller": _("sells"),
    "is_buyer": _("buys"),
    "is_distributor": _("distributor"),
    "credit_limit": _("credit limit"),
    "payment_delay_days": _("payment delay"),
}
