"""Sell-out in the reader's language: faults, problems of cells, findings of lines, changed columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault, Invalid
from zveno.sellout.labels import FIELD_LABELS, STATE_LABELS
from zveno.ui import deeds, words
from zveno.ui.formats import format_date, format_number

words.register(
    {
        "file_empty": _("The file is empty. Save the report again in your program and send the new file."),
        "format_unknown": _(
            "This is not a table. Send the report as xlsx, xls, ods, csv, dbf, xml or json, "
            "or a zip or a mail with such files."
        ),
        "file_broken": _(
            "The file is damaged or was cut off on the way, and cannot be read to its end. "
            "Open it in your program, save it again and send the new file."
        ),
        "encoding_unknown": _(
            "The letters of this text are in an encoding that cannot be told. "
            "Save the file as “CSV UTF-8” or as xlsx and send it again."
        ),
        "password_protected": _(
            "The file asks for a password. Take the password off (File → Info → Protect) and send it again."
        ),
        "too_many_columns": _(
            "The sheet is wider than a report can be. Delete the empty columns at its right edge, "
            "save the file and send it again."
        ),
        "no_table_inside": _(
            "There is no table inside: only %(files)s. Send the report as xlsx, xls, ods, csv, dbf, xml or json."
        ),
        "zip_too_large": _(
            "Unpacked, the file would be larger than is allowed. Send the report by months, or without pictures."
        ),
        "xml_entity_forbidden": _(
            "The XML declares entities of its own, which is not allowed. Save it without a DOCTYPE and send it again."
        ),
        "no_table_found": _("No sheet of the file holds rows. Check that this is the file you meant to send."),
        "upload_missing": _("No file was chosen. Choose the report on your computer, then send it."),
        "upload_too_large": _("The file is larger than %(limit)s MB. Send the report by months, or packed as a zip."),
        "period_wrong": _("The period ends before it begins. Check both dates."),
        "choice_unknown": _("There is no such choice here. Reload the page and choose again."),
    }
)


class KeptFault(Invalid):
    """A fault as it was kept with a report: told again by its code."""

    def __init__(self, kept: Mapping[str, Any]) -> None:
        self._code = str(kept.get("code", ""))
        super().__init__(place=str(kept.get("place", "")), **dict(kept.get("params", {})))

    @property
    def code(self) -> str:
        return self._code


def refusal(kept: Mapping[str, Any]) -> str:
    """Why a report was refused, from what was kept of the fault."""
    return words.explain(KeptFault(kept))


@words.says("report_already_uploaded")
def _say_report_already_uploaded(fault: Fault) -> str:
    return gettext("This file was sent before, on %(day)s, and is %(state)s.") % {
        "day": _day(str(fault.params["uploaded_at"])[:10]),
        "state": str(STATE_LABELS[str(fault.params["state"])]).lower(),
    }


@words.says("mapping_incomplete")
def _say_mapping_incomplete(fault: Fault) -> str:
    missing = fault.params["missing"]
    named = missing if isinstance(missing, list | tuple) else [missing]
    return missing_words([str(name) for name in named])


@words.says("report_not_ready")
def _say_report_not_ready(fault: Fault) -> str:
    count = int(str(fault.params.get("questions") or 0))
    if not count:
        return gettext("The report cannot be accepted yet: its file is still being read.")
    return ngettext(
        "The report cannot be accepted yet: %(count)s question is open.",
        "The report cannot be accepted yet: %(count)s questions are open.",
        count,
    ) % {"count": count}


@words.says("report_closed")
def _say_report_closed(fault: Fault) -> str:
    return gettext("The report is %(state)s and cannot be changed now.") % {
        "state": str(STATE_LABELS[str(fault.params["state"])]).lower()
    }


@words.says("period_covered")
def _say_period_covered(fault: Fault) -> str:
    return gettext("A report from %(first)s to %(last)s is accepted already and covers some of the same days.") % {
        "first": _day(fault.params["period_from"]),
        "last": _day(fault.params["period_to"], days=-1),
    }


def missing_words(missing: list[str]) -> str:
    """What still has to be found before sales can be told."""
    told: dict[str, str | Promise] = {
        "product_code": _("Say which column names the product: a code, an article, a barcode or a name."),
        "quantity": _("Say which column holds the quantity or the sum."),
        "sold_on": _("Say which column holds the date, or give the report's period."),
    }
    return " ".join(str(told.get(name, FIELD_LABELS.get(name, name))) for name in missing)


PROBLEMS: dict[str, str | Promise] = {
    "not_a_number": _("“%(value)s” is not a number"),
    "not_a_date": _("“%(value)s” is not a date"),
    "missing": _("the cell is empty"),
    "too_large": _("“%(value)s” is too large a number"),
    "error_cell": _("the formula gives the error %(value)s"),
}


def problem_words(problem: Mapping[str, Any]) -> str:
    """A cell that could not be read, in words: «Quantity: “three” is not a number»."""
    field = FIELD_LABELS.get(str(problem.get("field")), problem.get("field", ""))
    sentence = PROBLEMS.get(str(problem.get("code")), "%(value)s")
    return f"{field}: {str(sentence) % {'value': problem.get('value', '')}}"


SKIPPED: dict[str, str | Promise] = {
    "total": _("totals"),
    "group": _("group headings"),
    "header": _("repeated headers"),
    "note": _("notes"),
    "empty": _("rows without figures"),
}

FINDINGS: dict[str, str | Promise] = {
    "date_missing": _("No date"),
    "another_century": _("Date in another century"),
    "future_date": _("Date in the future"),
    "outside_period": _("Date outside the period"),
    "quantity_missing": _("No quantity"),
    "quantity_zero": _("Quantity is zero"),
    "negative_without_mark": _("Negative quantity that is not marked as a return"),
    "signs_differ": _("Quantity and sum have different signs"),
    "price_negative": _("Negative price"),
    "price_below_floor": _("Price below the floor"),
    "price_outlier": _("Price far from the usual one"),
    "amount_differs_by_tax": _("Sum differs from price × quantity by the tax"),
    "amount_with_discount": _("Sum is lower than price × quantity: a discount"),
    "amount_mismatch": _("Sum is not price × quantity"),
    "unknown_unit": _("Unknown unit"),
    "inn_wrong": _("INN with a wrong check digit"),
    "duplicate_line": _("The same line twice"),
}

_DETAILS: dict[str, str | Promise] = {
    "another_century": _("%(day)s: no sale is that old or that far ahead"),
    "future_date": _("%(day)s has not come yet"),
    "outside_period": _("%(day)s is not within %(starts_on)s – %(last_day)s"),
    "quantity_zero": _("quantity 0, sum %(amount)s"),
    "negative_without_mark": _("quantity %(quantity)s"),
    "signs_differ": _("sum %(amount)s with a quantity above zero"),
    "price_negative": _("price %(price)s"),
    "price_below_floor": _("price %(price)s, the floor is %(floor)s"),
    "price_outlier": _("price %(price)s, usually about %(usual)s"),
    "amount_differs_by_tax": _("price × quantity is %(counted)s, the sum %(amount)s: tax %(rate)s %%"),
    "amount_with_discount": _("price × quantity is %(counted)s, the sum %(amount)s"),
    "amount_mismatch": _("price × quantity is %(counted)s, the sum %(amount)s"),
    "unknown_unit": _("“%(unit)s”"),
    "inn_wrong": _("INN %(inn)s"),
    "duplicate_line": _("the same as %(first)s"),
}


def finding_words(code: str) -> str:
    """The name of a kind of finding."""
    return str(FINDINGS.get(code, code))


def finding_details(finding: Mapping[str, Any]) -> str:
    """What is doubtful about one line, with its figures; the kind's name where there is nothing to add."""
    code, params = str(finding.get("code")), dict(finding.get("params") or {})
    sentence = _DETAILS.get(code)
    if sentence is None:
        return finding_words(code)
    try:
        return str(sentence) % {name: _shown(name, str(value)) for name, value in params.items()}
    except KeyError:
        return finding_words(code)


_CHANGES: dict[str, str | Promise] = {
    "renamed": _("Column %(was_column)s “%(was)s” is now called “%(now)s” (column %(now_column)s)."),
    "renamed_here": _("Column %(was_column)s “%(was)s” is now called “%(now)s”."),
    "moved": _("Column “%(was)s” has moved from %(was_column)s to %(now_column)s."),
    "missing": _("Column %(was_column)s “%(was)s” is gone."),
    "added": _("Column %(now_column)s “%(now)s” is new."),
}


def change_words(change: Mapping[str, str]) -> str:
    """How a column has changed since the layout was remembered, and what it was used for."""
    stayed = change["kind"] == "renamed" and change["was_column"] == change["now_column"]
    told = {name: value.replace("<period>", "…") for name, value in change.items()}
    sentence = str(_CHANGES["renamed_here" if stayed else change["kind"]]) % told
    if not change.get("field"):
        return sentence
    use = gettext("It was read as “%(field)s”.") % {"field": FIELD_LABELS.get(change["field"], change["field"])}
    return f"{sentence} {use}"


def _shown(name: str, told: str) -> str:
    return _FORMATS[name](told) if name in _FORMATS else told


def _day(told: object, *, days: int = 0) -> str:
    try:
        value = date.fromisoformat(str(told))
        return format_date(date.fromordinal(value.toordinal() + days), get_language() or "en")
    except (ValueError, OverflowError):
        return str(told)


def _figure(told: str) -> str:
    try:
        value = Decimal(told)
    except InvalidOperation:
        return told
    whole = value == value.to_integral_value()
    return format_number(value, get_language() or "en", digits=0 if whole else 2)


_FORMATS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("day", "starts_on", "last_day"), _day),
    **dict.fromkeys(("amount", "counted", "price", "floor", "usual", "quantity"), _figure),
}


deeds.register(
    {
        "report_uploaded": _("Uploaded the file “%(name)s”."),
        "report_mapped": _("Set the columns of “%(name)s”."),
        "report_question_answered": _("Answered what “%(asked)s” is."),
    }
)
