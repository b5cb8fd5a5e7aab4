"""The letter about money: debts that are due, and the statement as a workbook."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from zveno.base.sheets import MEDIA_TYPE, workbook
from zveno.finance.labels import kind_word
from zveno.finance.mailing import off_secret
from zveno.finance.queries.balances import Which, turnovers
from zveno.finance.queries.documents import DocumentFilter, document_value, documents
from zveno.finance.queries.receivables import open_debts
from zveno.finance.sheets import DOCUMENT_COLUMNS, Names, document_cells
from zveno.kit.period import Period, month_of
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.names import company_names, entity_names
from zveno.ui.formats import format_date, format_money

_MOST_ROWS = 20_000


def letter_of(
    *, actor: Actor, user: Any, document_ids: Collection[int], has_statement: bool, now: datetime
) -> EmailMessage | None:
    """The letter in the person's language, in whose scope this runs; None when everything was paid meanwhile."""
    today = now.astimezone(ZoneInfo(user.time_zone)).date()
    which = Which(entity_ids=actor.scope.entities)
    with translation.override(user.language):
        debts = list(open_debts(which, today=today).filter(pk__in=document_ids))
        if not debts and not has_statement:
            return None
        told = {
            "company": actor.company_name,
            "debts": [_debt_line(row, today) for row in debts],
            "period": _words(_last_period(today)) if has_statement else "",
            "accounts": _account_lines(which, _last_period(today)) if has_statement else [],
            "link": settings.BASE_URL + reverse("money:receivables"),
            "off_link": settings.BASE_URL
            + reverse("money:mail-off", args=[off_secret(user_id=user.pk, company_id=actor.company_id)]),
        }
        subject = render_to_string("finance/mail/money_subject.txt", told).strip()
        letter = EmailMessage(subject, render_to_string("finance/mail/money.txt", told), None, [user.email])
        if has_statement:
            letter.attach(_("Settlements") + ".xlsx", _book(which, _last_period(today)), MEDIA_TYPE)
    return letter


def _last_period(today: date) -> Period:
    """What the statement covers: on the first days of a month the month before, otherwise the last seven days."""
    if today.day <= 3:
        return month_of(today.replace(day=1) - timedelta(days=1))
    return Period(today - timedelta(days=7), today)


def _debt_line(row: Any, today: date) -> str:
    language = translation.get_language() or "en"
    late = (today - row.due_on).days
    paper = f"{kind_word(row.kind)} {row.number}"
    told = {
        "paper": paper,
        "day": format_date(row.issued_on, language),
        "due": format_date(row.due_on, language),
        "sum": format_money(row.rest, row.account.currency, language),
        "late": late,
    }
    if late > 0:
        return _("%(paper)s of %(day)s: %(sum)s, due %(due)s, %(late)s days overdue") % told
    return _("%(paper)s of %(day)s: %(sum)s, due %(due)s") % told


def _account_lines(which: Which, period: Period) -> list[str]:
    language = translation.get_language() or "en"
    rows = turnovers(period=period, which=which)
    sellers = company_names({row.account.seller_id for row in rows})
    entities = entity_names({row.account.buyer_entity_id for row in rows})
    return [
        _("%(entity)s – %(seller)s: at the beginning %(opening)s, at the end %(closing)s")
        % {
            "entity": entities.get(row.account.buyer_entity_id, ""),
            "seller": sellers.get(row.account.seller_id, ""),
            "opening": format_money(row.opening, row.account.currency, language),
            "closing": format_money(row.closing, row.account.currency, language),
        }
        for row in rows
        if row.opening or row.closing or row.changes.balance
    ]


def _words(period: Period) -> str:
    language = translation.get_language() or "en"
    return f"{format_date(period.starts_on, language)} – {format_date(period.last_day, language)}"


def _book(which: Which, period: Period) -> bytes:
    rows = [document_value(row) for row in documents(DocumentFilter(which=which, period=period))[:_MOST_ROWS]]
    names = Names(
        company_names({row.account.seller_id for row in rows}),
        entity_names({row.account.buyer_entity_id for row in rows}),
    )
    with workbook(_("Settlements"), DOCUMENT_COLUMNS, (document_cells(row, names) for row in rows)) as stream:
        return stream.read()
