"""What the hub says to people and to the other side: faults of files and calls, refusals of single objects."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault, Invalid
from zveno.ui import words


class _Stored(Invalid):
    """A fault as a row keeps it."""

    def __init__(self, code: str, params: Mapping[str, object], place: str) -> None:
        self._code = code
        super().__init__(place=place, **{str(key): value for key, value in params.items()})

    @property
    def code(self) -> str:
        return self._code


def sentence(code: str, params: Mapping[str, object], place: str = "") -> str:
    """What a stored error or refusal says, in the active language, with its place."""
    return words.explain(_Stored(code, params, place))


def sentence_of(error: Mapping[str, object]) -> str:
    """The sentence of `InboxFile.error`."""
    params = error.get("params")
    return sentence(str(error["code"]), params if isinstance(params, Mapping) else {}, str(error.get("place", "")))


def explain(fault: Fault) -> str:
    """The sentence for a fault of a call."""
    return words.explain(fault)


words.register(
    {
        # Calls of the other side.
        "file_not_received": _("The file “%(name)s” was not received in this session. Send it again."),
        "wrong_credentials": _("The login or the password is wrong, or the connection is switched off."),
        "too_many_attempts": _("Too many wrong passwords. Wait %(minutes)s minutes and check the password."),
        "session_unknown": _("The session is unknown or has ended. Begin the exchange again."),
        "piece_too_large": _("The piece of the file is larger than %(megabytes)s MB. Set a smaller size of a piece."),
        "piece_cut_short": _(
            "The piece of the file was cut short: %(came)s of %(announced)s bytes came. Send it again."
        ),
        "file_name_forbidden": _("The file name “%(name)s” cannot be used."),
        "session_too_large": _("More than %(megabytes)s MB came in one session. Divide the export into parts."),
        "file_kind_unknown": _(
            "“%(name)s” is neither a file of the exchange, nor a picture, nor an archive, and no product names it."
        ),
        "picture_broken": _("“%(name)s” is called a picture and is none."),
        "file_being_applied": _("“%(name)s” is being applied already."),
        "export_incomplete": _(
            "Nothing was taken off the list: files of this session were refused (%(files)s). Correct them and send all."
        ),
        "mode_unknown": _("There is no call “%(mode)s” for “%(kind)s” in this exchange."),
        "applying_failed": _(
            "The file could not be applied because of a fault on our side. It is kept; apply it again later."
        ),
        # Single objects of a file.
        "product_unknown": _("This product has not come in a catalog yet. Send the catalog with it, then this again."),
        "external_id_too_long": _("The id is longer than 120 characters."),
        "name_missing": _("There is no name."),
        "category_unknown": _("The group %(category)s was never described; the product is left without it."),
        "price_kind_unknown": _("The price column %(price_kind)s was never described."),
        "price_out_of_range": _("The price %(value)s cannot be kept."),
        "price_currency_differs": _("The price is in %(told)s, its column in %(expected)s."),
        "quantity_out_of_range": _("The quantity %(value)s cannot be kept."),
        "warehouse_undescribed": _("The warehouse %(warehouse)s was never described; it is called “%(name)s” here."),
        "counterparty_unknown": _(
            "There is no buyer “%(name)s” (INN %(inn)s, KPP %(kpp)s) with trade terms. Register the company and set terms."
        ),
        "order_buyer_unknown": _(
            "Order %(number)s: there is no buyer “%(name)s” (INN %(inn)s) with trade terms. Register the company, set"
            " terms, then send the order again."
        ),
        "document_order_unknown": _("Document %(number)s follows an order that is not here."),
        "order_line_left_out": _("The line “%(name)s” is left out: its quantity is %(value)s."),
        # What a format doubts.
        "id_missing": _("There is no id; the object was passed over."),
        "number_unreadable": _("“%(value)s” is not a number (%(what)s)."),
        "time_unreadable": _("“%(value)s” is not a date or time (%(what)s)."),
        "currency_unknown": _("The currency “%(value)s” is unknown; that of the price column is taken."),
        "property_unknown": _("The property %(property)s was never described."),
        "property_value_unknown": _("The value %(value)s of the property %(property)s was never described."),
        "property_id_missing": _("A property without an id was passed over."),
        "price_kind_missing": _("A price without its column was passed over."),
        "price_missing": _("A price without a figure was passed over."),
        "price_negative": _("The price %(value)s is below zero."),
        "quantity_missing": _("A line without a quantity was passed over."),
        "quantity_negative": _("The quantity %(value)s is below zero; zero is taken."),
        "stock_exceeds_total": _("The warehouses together hold more than the total %(total)s."),
        "element_ignored": _("Elements “%(element)s” are not read."),
        "vat_rate": _("The VAT rate cannot be read."),
    }
)
