"""Rules by which the company approves its orders, in their order; and what holds for all of them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zveno.accounts.queries.keys import keys_of_company
from zveno.base import clock
from zveno.catalog.queries.groups import group_names, names_of_groups
from zveno.orders.actions.approval.keep_rule import keep_rule
from zveno.orders.actions.approval.keep_settings import keep_settings
from zveno.orders.actions.approval.move_rule import move_rule
from zveno.orders.actions.approval.remove_rule import remove_rule
from zveno.orders.labels import Names, rule_words
from zveno.orders.queries.approval.rulebook import SettingsValue, rule_with, rules_of, settings_of
from zveno.orders.rules.approval.picking import Outcome, Rule
from zveno.orders.rules.approval.steps import MOST_STEPS, StepPlan
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.entities import entities_of
from zveno.partners.queries.members import members_of
from zveno.partners.queries.names import company_names
from zveno.portal.company.approval_forms import (
    RuleForm,
    SettingsForm,
    StepForm,
    initial_of,
    initial_steps,
)
from zveno.portal.company.approval_tabs import approval_tabs
from zveno.ui.forms import carried_out, status_of

_GROUPS_DEEP = 1


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The rules in their order, each in words."""
    actor = own(request)
    rules = rules_of(actor.company_id)
    names = _names(actor, rules)
    told = {"tabs": approval_tabs(actor), "rules": [(rule, rule_words(rule, names)) for rule in rules]}
    return render(request, "portal/company/approvals.html", told)


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    """A new rule, last in order."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, rule_id: int) -> HttpResponse:
    """A rule that is there."""
    rule = rule_with(company_id=own(request).company_id, rule_id=rule_id)
    if rule is None:
        raise Http404
    return _edit(request, rule)


@require_POST
def move(request: HttpRequest, rule_id: int) -> HttpResponse:
    """One place up (`up=1`) or down."""
    up = request.POST.get("up") == "1"
    move_rule(company_id=own(request).company_id, rule_id=rule_id, up=up, now=clock.now())
    return redirect("company:approvals")


@require_POST
def remove(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Remove the rule; what was sent by it goes its way."""
    remove_rule(company_id=own(request).company_id, rule_id=rule_id, now=clock.now())
    return redirect("company:approvals")


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What holds for all requisitions."""
    actor = own(request)
    keys = [
        (key.id, key.name)
        for key in keys_of_company(company_id=actor.company_id)
        if key.section == "buying" and key.revoked_at is None
    ]
    kept = settings_of(actor.company_id)
    initial = {name: getattr(kept, name) for name in SettingsValue.__dataclass_fields__}
    form = SettingsForm(request.POST or None, keys=keys, initial=initial)

    def keep(told: dict[str, Any]) -> None:
        wanted = SettingsValue(**{**told, "exempt_key_ids": tuple(told.get("exempt_key_ids", ()))})
        keep_settings(company_id=actor.company_id, wanted=wanted, now=clock.now())

    if request.method == "POST" and carried_out(form, keep):
        return redirect("company:approval-settings")
    told = {"tabs": approval_tabs(actor), "form": form}
    return render(request, "portal/company/approval_settings.html", told, status=status_of(form))


def own(request: HttpRequest) -> Actor:
    """The member of the company."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def people_of(actor: Actor) -> list[tuple[int, str]]:
    """People of the company who are not blocked."""
    return [(m.user_id, m.name) for m in members_of(actor.company_id) if m.blocked_at is None]


def currencies_of(actor: Actor) -> list[tuple[str, str]]:
    """The currencies of the company's terms; the rouble where there are none."""
    found = dict.fromkeys(terms.currency for terms in actor.terms) or {"RUB": None}
    return [(currency, currency) for currency in found]


def _edit(request: HttpRequest, rule: Rule | None) -> HttpResponse:
    actor, people = own(request), people_of(own(request))
    is_saving = "save" in request.POST
    form = RuleForm(request.POST or None, offered=_offered(actor, people), initial=initial_of(rule) if rule else None)
    steps = _step_forms(request, people, rule.steps if rule else ())

    def keep(_told: dict[str, Any]) -> None:
        drafts = [step.plan() for step in steps] if form.cleaned_data["outcome"] == Outcome.ASK else []
        rule_id = rule.id if rule else None
        keep_rule(company_id=actor.company_id, rule_id=rule_id, draft=form.draft(drafts), now=clock.now())

    if is_saving and form.is_valid() and _are_valid(form, steps) and carried_out(form, keep):
        return redirect("company:approvals")
    told = {"form": form, "steps": steps, "rule": rule, "may_add": len(steps) < MOST_STEPS, "is_saving": is_saving}
    return render(request, "portal/company/approval_rule.html", told, status=422 if is_saving else 200)


def _are_valid(form: RuleForm, steps: list[StepForm]) -> bool:
    """Whether all steps are filled in well; each says what is wrong with it. Of a rule that asks nobody none counts."""
    found = [step.is_valid() for step in steps]
    return form.cleaned_data["outcome"] != Outcome.ASK or all(found)


def _step_forms(request: HttpRequest, people: list[tuple[int, str]], kept: tuple[StepPlan, ...]) -> list[StepForm]:
    """The forms of the steps: those kept, or as typed, with one more or one less where that was asked for."""
    post = request.POST
    if not post:
        given = initial_steps(kept) or [{"who": ["head"]}]
        return [StepForm(prefix=f"s{at}", people=people, initial=step) for at, step in enumerate(given)]
    count = min(int(post.get("steps", "1") or 1) if post.get("steps", "1").isdigit() else 1, MOST_STEPS)
    dropped = next((int(key[5:]) for key in post if key.startswith("drop-") and key[5:].isdigit()), None)
    is_saving = "save" in post
    found: list[StepForm] = []
    for at in range(count):
        if at == dropped and count > 1:
            continue
        form = StepForm(post, prefix=f"s{at}", people=people)
        found.append(form if is_saving else _as_typed(form, len(found), people))
    if "add" in post and len(found) < MOST_STEPS:
        found.append(StepForm(prefix=f"s{len(found)}", people=people))
    return found


def _as_typed(form: StepForm, at: int, people: list[tuple[int, str]]) -> StepForm:
    """The same form under another number, with what was typed and without complaints."""
    typed = {name: form[name].value() for name in form.fields}
    return StepForm(prefix=f"s{at}", people=people, initial=typed)


def _offered(actor: Actor, people: list[tuple[int, str]]) -> dict[str, Any]:
    sellers = company_names(actor.scope.sellers)
    groups = group_names(owner_ids=sellers, depth=_GROUPS_DEEP)
    several = len({group.owner_id for group in groups}) > 1
    return {
        "currency": currencies_of(actor),
        "category_ids": [(g.id, _group_label(g.name, g.depth, sellers[g.owner_id] if several else "")) for g in groups],
        "author_ids": people,
        "entity_ids": [(entity.pk, entity.name) for entity in entities_of(actor.company_id)],
        "seller_ids": sorted(sellers.items(), key=lambda pair: pair[1]),
    }


def _group_label(name: str, depth: int, seller: str) -> str:
    label = f"{'— ' * depth}{name}"
    return _("%(group)s (%(seller)s)") % {"group": label, "seller": seller} if seller and not depth else label


def _names(actor: Actor, rules: tuple[Rule, ...]) -> Names:
    return Names(
        people=dict(people_of(actor)),
        entities={entity.pk: entity.name for entity in entities_of(actor.company_id)},
        sellers=company_names({id_ for rule in rules for id_ in rule.seller_ids}),
        groups=names_of_groups({id_ for rule in rules for id_ in rule.category_ids}),
    )
