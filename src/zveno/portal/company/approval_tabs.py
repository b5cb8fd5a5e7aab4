"""The tabs of approval in the company's pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.ui.navigation import Item


def approval_tabs(actor: Actor) -> list[Item]:
    """Those that the actor's rights open: substitutes for everybody, the rest for the head."""
    found = [
        Item("rules", _("Rules"), "company:approvals"),
        Item("budgets", _("Budgets"), "company:approval-budgets"),
        Item("substitutes", _("Substitutes"), "company:approval-substitutes"),
        Item("settings", _("Settings"), "company:approval-settings"),
    ]
    return [item for item in found if item.key == "substitutes" or Right.MEMBERS_MANAGE in actor.rights]
