"""Partners in the reader's language: faults and deeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from zveno.kit.errors import Fault
from zveno.partners.labels import CODE_PROBLEMS, FIELD_LABELS, ROLE_LABELS
from zveno.partners.rules.roles import Role
from zveno.ui import deeds, words
from zveno.ui.formats import format_date

words.register(
    {
        "name_missing": _("Enter a name."),
        "request_decided": _("This request was decided meanwhile. Reload the page to see how."),
        "reason_missing": _("Say the reason: the applicant will read it."),
        "role_above_own": _("You cannot give or change rights that you do not have yourself."),
        "strange_entity": _("One of the legal entities is not of this company. Reload the page and choose again."),
        "last_head": _("The company would be left without a head. Appoint another head first."),
        "own_place": _("You cannot do this to your own place. Ask another head or the administrator."),
        "already_member": _("%(email)s is in the company already. Change the role on the person's page."),
        "email_wrong": _("“%(email)s” is not an e-mail address."),
        "invitation_unknown": _("This invitation does not exist, or a newer mail replaced it. Use the latest mail."),
        "invitation_expired": _("This invitation is older than seven days. Ask for a new one."),
        "invitation_used": _("This invitation was used or withdrawn already."),
        "invitation_for_another": _("This invitation is for %(email)s. Sign out and open the link again."),
        "account_exists": _("%(email)s has an account already. Sign in with it, then open the link again."),
        "partner_unknown": _("There is no such partner, or it is not yours to see."),
        "code_taken": _("The code %(code)s is taken. Choose another one."),
        "main_invalid": _(
            "The main must be another main entity of the same company, and a main with daughters stays one."
        ),
    }
)


def _day(told: object) -> str:
    day = date.fromisoformat(told) if isinstance(told, str) else told
    return format_date(day if isinstance(day, date) else None, get_language() or "en")


@words.says("codes_wrong")
def _codes_wrong(fault: Fault) -> str:
    return str(CODE_PROBLEMS[(str(fault.params["field"]), str(fault.params["kind"]))])


@words.says("entity_taken")
def _entity_taken(fault: Fault) -> str:
    if fault.params.get("company"):
        return gettext("The entity with INN %(inn)s is in the company “%(company)s” already.") % fault.params
    return gettext("The entity with INN %(inn)s is known here already. Write to the operator.") % fault.params


@words.says("request_repeated")
def _request_repeated(fault: Fault) -> str:
    told = {"inn": fault.params["inn"], "day": _day(fault.params["day"])}
    return gettext("Your request for INN %(inn)s of %(day)s is being looked at: you need not send it again.") % told


@words.says("terms_before_open")
def _terms_before_open(fault: Fault) -> str:
    told = {"day": _day(fault.params["day"])}
    return gettext("The terms in force began on %(day)s. Choose this day or a later one.") % told


@words.says("terms_out_of_range")
def _terms_out_of_range(fault: Fault) -> str:
    told = {"field": FIELD_LABELS[str(fault.params["field"])]}
    return gettext("The value is out of range: %(field)s.") % told


deeds.register(
    {
        "company_created": _("Opened the cabinet of “%(name)s”."),
        "company_blocked": _("Blocked the company."),
        "company_unblocked": _("Unblocked the company."),
        "entity_created": _("Added the legal entity %(name)s, INN %(inn)s."),
        "entity_requested": _("Asked for the legal entity %(name)s, INN %(inn)s."),
        "registration_accepted": _("Accepted the request of %(name)s, INN %(inn)s."),
        "registration_refused": _("Refused the request of %(name)s, INN %(inn)s: %(reason)s"),
        "invitation_revoked": _("Withdrew the invitation of %(email)s."),
        "head_appointed": _("Appointed %(person)s head of the company."),
        "member_blocked": _("Blocked %(person)s."),
        "member_unblocked": _("Let %(person)s in again."),
        "acting_began": _("Began to act for %(entity)s as manager of %(seller)s."),
        "region_added": _("Added the region %(name)s."),
    },
    tones={
        "company_blocked": "bad",
        "member_blocked": "bad",
        "registration_refused": "warn",
        "registration_accepted": "good",
        "acting_began": "info",
    },
)


def _role(code: object) -> str:
    return str(ROLE_LABELS[Role(str(code))])


@deeds.says("member_invited")
def _member_invited(params: Mapping[str, Any]) -> str:
    return gettext("Invited %(email)s as: %(role)s.") % {"email": params["email"], "role": _role(params["role"])}


@deeds.says("invitation_accepted")
def _invitation_accepted(params: Mapping[str, Any]) -> str:
    return gettext("Joined the company as: %(role)s.") % {"role": _role(params["role"])}


@deeds.says("member_changed")
def _member_changed(params: Mapping[str, Any]) -> str:
    told = [
        gettext("Changed the role of %(person)s from “%(before)s” to “%(role)s”.")
        % {"person": params["person"], "before": _role(params["before"]), "role": _role(params["role"])}
        if params["before"] != params["role"]
        else gettext("Changed the entities of %(person)s.") % params
    ]
    entities = params.get("entities") or []
    if entities == ["*"]:
        told.append(gettext("All legal entities."))
    elif entities:
        told.append(gettext("Legal entities: %(names)s.") % {"names": ", ".join(entities)})
    return " ".join(told)


def _changed(params: Mapping[str, Any]) -> str:
    fields = ", ".join(str(FIELD_LABELS.get(field, field)) for field in params["fields"])
    return gettext("Changed %(name)s: %(fields)s.") % {"name": params["name"], "fields": fields}


deeds.says("company_changed")(_changed)
deeds.says("entity_changed")(_changed)


@deeds.says("terms_set")
def _terms_set(params: Mapping[str, Any]) -> str:
    told = {**params, "day": _day(params["day"]), "limit": params["limit"] or "—"}
    conditions = gettext("credit limit %(limit)s, payment delay %(delay)s d.") % told
    if "discount" in params:
        # Told before discounts became terms of their own.
        conditions = gettext("discount %(discount)s %%, credit limit %(limit)s, payment delay %(delay)s d.") % told
    return gettext("Terms of %(entity)s with %(seller)s from %(day)s:") % told + " " + conditions


@deeds.says("terms_ended")
def _terms_ended(params: Mapping[str, Any]) -> str:
    return gettext("Ended the terms of %(entity)s with %(seller)s on %(day)s.") % {**params, "day": _day(params["day"])}
