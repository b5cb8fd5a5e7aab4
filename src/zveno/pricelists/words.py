"""The columns of a price list in words, and what the file is called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.base import sheets
from zveno.pricelists.rules.columns import Column

LABELS: dict[Column, Promise] = {
    Column.CODE: _("Code"),
    Column.NAME: _("Name"),
    Column.BRAND: _("Brand"),
    Column.GROUP: _("Group"),
    Column.BARCODE: _("Barcode"),
    Column.UNIT: pgettext_lazy("short", "Unit"),
    Column.PACK: _("Pack"),
    Column.PRICE: _("Own price"),
    Column.LIST_PRICE: _("Price before discounts"),
    Column.DISCOUNT: _("Discount, %"),
    Column.CURRENCY: _("Currency"),
    Column.VAT: _("VAT in the price"),
    Column.FREE: _("Free now"),
    Column.ARRIVES_ON: _("Next arrival"),
    Column.ARRIVES: _("Arrives"),
    Column.PICTURE: _("Picture"),
}
TITLE = _("Own price list")
_KINDS: dict[Column, sheets.Kind] = {
    Column.PACK: "number",
    Column.PRICE: "money",
    Column.LIST_PRICE: "money",
    Column.DISCOUNT: "number",
    Column.FREE: "number",
    Column.ARRIVES_ON: "date",
    Column.ARRIVES: "number",
}
_WIDTHS = {Column.CODE: 16, Column.NAME: 60, Column.GROUP: 40, Column.UNIT: 8, Column.PICTURE: 40}


def sheet_columns(columns: tuple[Column, ...]) -> list[sheets.Column]:
    """The columns of a workbook."""
    return [sheets.Column(LABELS[one], _KINDS.get(one, "text"), _WIDTHS.get(one, 0)) for one in columns]
