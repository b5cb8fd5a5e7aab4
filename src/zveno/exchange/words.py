"""The hub in the reader's language: what stopped a file, what was refused or doubted in it, and what to do about it.

Codes of findings are kept with the rows they are about, so they have a register of their own; a format adds its own
with `register_findings`. Faults of people's doings on pages are said through `zveno.ui.words` as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.exchange.ports import Words
from zveno.kit.errors import Fault, Invalid
from zveno.ui import deeds, words


@dataclass(frozen=True, slots=True)
class Finding:
    """How a code is said: a headline for many of a kind, a sentence with its parameters, what to do."""

    title: Words
    sentence: Words
    advice: Words = ""


_findings: dict[str, Finding] = {}


def register_findings(findings: Mapping[str, Finding]) -> None:
    """Add the words for codes of a file's faults, refusals and doubts."""
    _findings.update(findings)


def known_findings() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_findings)


def title(code: str) -> str:
    """The headline of a code."""
    found = _findings.get(code)
    return str(found.title) if found else code.replace("_", " ").capitalize()


def advice(code: str) -> str:
    """What to do about it; empty where there is nothing to do."""
    found = _findings.get(code)
    return str(found.advice) if found else ""


def sentence(code: str, params: Mapping[str, object], place: str = "") -> str:
    """What a kept error or refusal says, with its place. Never raises."""
    told = _sentence(code, params, place)
    return gettext("%(place)s: %(sentence)s") % {"place": place, "sentence": told} if place else told


def sentence_of(error: Mapping[str, object]) -> str:
    """The sentence of `InboxFile.error`, with its place."""
    params = error.get("params")
    return sentence(str(error["code"]), params if isinstance(params, Mapping) else {}, str(error.get("place", "")))


def explain(fault: Fault) -> str:
    """The sentence for a fault of a call or of a file, with its place."""
    return sentence(fault.code, fault.params, fault.place) if fault.code in _findings else words.explain(fault)


class _Kept(Invalid):
    """A fault as a row keeps it."""

    def __init__(self, code: str, params: Mapping[str, object]) -> None:
        self._code = code
        super().__init__()
        self.params = dict(params)

    @property
    def code(self) -> str:
        return self._code


def _sentence(code: str, params: Mapping[str, object], place: str) -> str:
    found = _findings.get(code)
    if found is None:
        return words.explain(_Kept(code, params))
    told = {**params, "what": WHAT.get(str(params.get("what")), params.get("what", ""))}
    try:
        return str(found.sentence) % told
    except (KeyError, TypeError, ValueError):
        return str(found.title)  # a sentence that does not fit must not hide the finding


WHAT: Mapping[str, Words] = {
    "date": _("date"),
    "time": _("time"),
    "discount": _("discount"),
    "min_quantity": _("smallest quantity"),
    "pack_quantity": _("quantity in a pack"),
    "price": _("price"),
    "quantity": _("quantity"),
    "rate": _("rate of the currency"),
    "ratio": _("units in a unit"),
    "sum": _("sum of the line"),
    "total": _("total of the document"),
    "vat_rate": _("VAT rate"),
    "vat_sum": _("sum of VAT"),
    "weight": _("weight"),
}
_CATALOG_FIRST = _("Send the full catalog from 1С, then apply this file again.")
_IN_THE_CARD = _("Correct it in the card of the product in 1С and export again.")
_IN_THE_ORDER = _("Correct the order in 1С and let it be exchanged again.")
_FULL_EXPORT = _("Run a full export in 1С once: «Выгружать только измененные объекты» unticked.")
_ASK_1C = _("Show it to whoever looks after 1С; if this repeats, write to the operator with the file.")

register_findings(
    {
        "applying_failed": Finding(
            _("Our fault"),
            _("The file could not be applied because of a fault on our side. It is kept."),
            _("Apply it again later; if it fails again, write to the operator with the number of the file."),
        ),
        "file_kind_unknown": Finding(
            _("Not a file of the exchange"),
            _("“%(name)s” is neither a file of the exchange, nor a picture, nor an archive, and no product names it."),
            _("Nothing needs doing if it came along by chance. Otherwise export it as XML (CommerceML)."),
        ),
        "picture_broken": Finding(
            _("Not a picture"),
            _("“%(name)s” is called a picture, but its bytes are none."),
            _("Attach the picture to the product in 1С once more and export again."),
        ),
        "product_unknown": Finding(
            _("Products that never came"),
            _("This product has not come in a catalog yet, so it can have neither price nor stock here."),
            _CATALOG_FIRST,
        ),
        "external_id_too_long": Finding(
            _("Ids that are too long"), _("The id is longer than 120 characters."), _ASK_1C
        ),
        "name_missing": Finding(_("No name"), _("There is no name, so nobody could recognise it."), _IN_THE_CARD),
        "category_unknown": Finding(
            _("Groups that never came"),
            _("The group %(category)s was never described; what belongs to it stands without a group."),
            _FULL_EXPORT,
        ),
        "price_kind_unknown": Finding(
            _("Price columns that never came"),
            _("The price column %(price_kind)s was never described, so its prices were not taken."),
            _("Tick the kind of price in the settings of the exchange in 1С and export prices again."),
        ),
        "price_out_of_range": Finding(
            _("Impossible prices"), _("The price %(value)s is below zero or larger than can be kept."), _IN_THE_CARD
        ),
        "price_currency_differs": Finding(
            _("Prices in another currency"),
            _("The price is in %(told)s, but its column is in %(expected)s."),
            _("Set one currency for the kind of price in 1С and export prices again."),
        ),
        "quantity_out_of_range": Finding(
            _("Impossible quantities"), _("The quantity %(value)s is larger than can be kept."), _IN_THE_CARD
        ),
        "warehouse_undescribed": Finding(
            _("Warehouses without a description"),
            _("The warehouse %(warehouse)s was never described; it is called “%(name)s” here."),
            _("Include warehouses in the export of 1С, and the name will come by itself."),
        ),
        "counterparty_unknown": Finding(
            _("Unknown buyers"),
            _("There is no buyer “%(name)s” (INN %(inn)s, KPP %(kpp)s) with trade terms."),
            _("If it is your client, register the company and set trade terms with it."),
        ),
        "order_buyer_unknown": Finding(
            _("Orders of unknown buyers"),
            _("Order %(number)s: there is no buyer “%(name)s” (INN %(inn)s) with trade terms."),
            _("Register the company and set trade terms, then apply this file again."),
        ),
        "document_order_unknown": Finding(
            _("Documents without an order"),
            _("Document %(number)s follows an order that is not here."),
            _("Exchange the order first, then apply this file again."),
        ),
        "settlement_buyer_unknown": Finding(
            _("Settlements of unknown buyers"),
            _("Document %(number)s: there is no buyer “%(name)s” (INN %(inn)s) with trade terms."),
            _("Register the company and set trade terms, then apply this file again."),
        ),
        "settlement_sum_wrong": Finding(
            _("Impossible sums of settlements"),
            _("The sum %(value)s is larger than can be kept."),
            _("Correct the document in 1С and let it be exchanged again."),
        ),
        "order_line_left_out": Finding(
            _("Lines of orders left out"),
            _("The line “%(name)s” is left out: its quantity is %(value)s."),
            _IN_THE_ORDER,
        ),
        "erp_order_incomplete": Finding(
            _("Incomplete orders"), _("Order %(number)s lacks what an order must have."), _IN_THE_ORDER
        ),
        "id_missing": Finding(_("Objects without an id"), _("“%(name)s” has no id and was passed over."), _ASK_1C),
        "number_unreadable": Finding(
            _("Not a number"), _("“%(value)s” is not a number (%(what)s); it was left out."), _IN_THE_CARD
        ),
        "time_unreadable": Finding(
            _("Not a date"), _("“%(value)s” is not a date or time (%(what)s); it was left out."), _ASK_1C
        ),
        "currency_unknown": Finding(
            _("Unknown currencies"),
            _("The currency “%(value)s” is unknown; that of the price column was taken."),
            _("Give the currency in 1С its international code: RUB, USD, EUR, CNY."),
        ),
        "property_unknown": Finding(
            _("Properties that never came"), _("The property %(property)s was never described."), _FULL_EXPORT
        ),
        "property_value_unknown": Finding(
            _("Values that never came"),
            _("The value %(value)s of the property %(property)s was never described."),
            _FULL_EXPORT,
        ),
        "property_id_missing": Finding(
            _("Properties without an id"), _("The value “%(value)s” names no property and was passed over."), _ASK_1C
        ),
        "price_kind_missing": Finding(
            _("Prices without a column"), _("A price does not say which column it is of, and was passed over."), _ASK_1C
        ),
        "price_missing": Finding(
            _("Prices without a figure"), _("A price has no figure and was passed over."), _IN_THE_CARD
        ),
        "price_negative": Finding(
            _("Prices below zero"), _("The price %(value)s is below zero and was passed over."), _IN_THE_CARD
        ),
        "quantity_missing": Finding(
            _("Lines without a quantity"), _("A line has no quantity and was passed over."), _IN_THE_ORDER
        ),
        "quantity_negative": Finding(
            _("Stock below zero"),
            _("The stock is %(value)s; zero was taken."),
            _("Find out in 1С what was sold before it was received; the next export puts it right."),
        ),
        "stock_exceeds_total": Finding(
            _("Stock that does not add up"),
            _("The warehouses together hold more than the total %(total)s; the warehouses were taken."),
        ),
        "element_ignored": Finding(
            _("Elements that are not read"), _("“%(element)s” has no use here and was not read.")
        ),
        "operation_unknown": Finding(
            _("Unknown operations"),
            _("The operation “%(value)s” is unknown; the document is kept as “other”."),
            _ASK_1C,
        ),
    }
)

words.register(
    {
        "connection_unknown": _("There is no such connection, or it is not yours to see."),
        "connection_name_missing": _("Give the connection a name: you will know it by that in the journal."),
        "connection_login_wrong": _("A login has 1 to 60 characters, no colon and no blanks at its ends."),
        "connection_kind_unknown": _("Choose the kind of system from the list."),
        "connection_made_already": _("This connection was made already. Open it in the list."),
        "password_changed_meanwhile": _(
            "The password was changed meanwhile, so nothing was changed now. If you do not have it, set a new one."
        ),
        "options_wrong": _("Some settings cannot be as they were given. None was changed."),
        "file_unknown": _("There is no such file, or it is not yours to see."),
        "file_not_replayable": _("Only files with data are applied again; pictures and archives stay as they came."),
        "switched_off": _("The connection is switched off. Switch it on, then send the file."),
        "upload_nothing": _("No file was chosen. Choose an XML or zip file, then send it."),
        "upload_over_limit": _("The files are larger than %(limit)s MB together. Send them in parts or as zip."),
        # Calls of the other side.
        "file_not_received": _("The file “%(name)s” was not received in this session. Send it again."),
        "wrong_credentials": _("The login or the password is wrong, or the connection is switched off."),
        "too_many_attempts": _("Too many wrong passwords. Wait %(minutes)s minutes and check the password."),
        "session_unknown": _("The session is unknown or has ended. Begin the exchange again."),
        "piece_too_large": _("The piece of the file is larger than %(megabytes)s MB. Set a smaller size of a piece."),
        "piece_cut_short": _(
            "The piece of the file was cut short: %(came)s of %(announced)s bytes came. Send it again."
        ),
        "file_name_forbidden": _("The file name “%(name)s” cannot be used. Rename the file and send it again."),
        "session_too_large": _("More than %(megabytes)s MB came in one session. Divide the export into parts."),
        "file_being_applied": _("“%(name)s” is being applied already."),
        "export_incomplete": _(
            "Nothing was taken off the list: files of this session were refused (%(files)s). Correct them and send all."
        ),
        "mode_unknown": _("There is no call “%(mode)s” for “%(kind)s” in this exchange."),
    }
)

PROBLEMS: Mapping[str, Words] = {
    "choice_unknown": _("Choose from the list."),
    "text_too_long": _("At most 200 characters."),
    "number_wrong": _("This is not a number. Enter figures."),
    "out_of_range": _("From %(least)s to %(most)s."),
}

deeds.register(
    {
        "listings_withdrawn": _("Withdrew from sale what a full exchange no longer named, products: %(products)s."),
        "connection_created": _("Connection “%(name)s” was made"),
        "connection_password_rotated": _("A new password was set; the old one no longer works"),
        "connection_switched_on": _("Switched on"),
        "connection_switched_off": _("Switched off"),
        "connection_file_uploaded": _("Sent by hand: %(names)s"),
        "exchange_file_replayed": _("File %(name)s was queued to be applied again"),
        "price_floor_set": _("“%(name)s” is now the lowest price"),
        "price_floor_lifted": _("No column is the lowest price any more"),
    },
    tones={"connection_created": "good", "connection_switched_on": "good", "connection_switched_off": "bad"},
)
