"""What people enter on the pages of sell-out: a file, a period, filters; and what is wrong with it, as faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDictKeyError

from zveno.kit.errors import Invalid
from zveno.kit.period import month_of

LARGEST_MB = 200


class UploadMissing(Invalid):
    """The form came without a file."""


class UploadTooLarge(Invalid):
    """Larger than a report may be. Params: limit (MB)."""


class PeriodWrong(Invalid):
    """The period ends before it begins, or its days cannot be read."""


class ChoiceUnknown(Invalid):
    """A choice that the page does not offer."""


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """Half-open days, both or neither."""

    starts_on: date | None = None
    ends_on: date | None = None


def read_upload(request: HttpRequest) -> UploadedFile:
    """The file of the form. Raises UploadMissing, UploadTooLarge."""
    try:
        found = request.FILES["file"]
    except MultiValueDictKeyError:
        raise UploadMissing from None
    assert isinstance(found, UploadedFile)
    if (found.size or 0) > LARGEST_MB << 20:
        raise UploadTooLarge(limit=LARGEST_MB)
    return found


def read_period(posted: Mapping[str, str]) -> PeriodChoice:
    """The period of a form: `period` a month (2026-03), `days` with `from` and `to` (both included), or empty.

    Raises PeriodWrong.
    """
    chosen = posted.get("period", "")
    if not chosen:
        return PeriodChoice()
    if chosen != "days":
        whole = month_of(_day(f"{chosen}-01"))
        return PeriodChoice(whole.starts_on, whole.ends_on)
    if not posted.get("from") and not posted.get("to"):
        return PeriodChoice()
    return days_between(posted.get("from", ""), posted.get("to", ""))


def days_between(first: str, last: str) -> PeriodChoice:
    """The days from `first` to `last`, both included. Raises PeriodWrong."""
    starts_on, last_day = _day(first), _day(last)
    if last_day < starts_on or last_day.year >= 9999:
        raise PeriodWrong
    return PeriodChoice(starts_on, last_day + timedelta(days=1))


def read_month(told: str) -> date | None:
    """The first day of a month told as 2026-03; None for anything else."""
    try:
        return _day(f"{told}-01") if told else None
    except PeriodWrong:
        return None


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise PeriodWrong from None
