"""The tabs of one's own company."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zveno.partners.queries.actors import Actor
from zveno.partners.rules.roles import Right
from zveno.ui.navigation import Item


def tabs_for(actor: Actor) -> list[Item]:
    """Those that the actor's rights open."""
    found = [
        Item("members", _("People"), "company:members"),
        Item("entities", _("Legal entities"), "company:entities"),
        Item("approvals", _("Approval"), "company:approvals"),
        Item("keys", _("API keys"), "company:keys"),
        Item("history", _("History"), "company:history"),
    ]
    shut = set() if Right.KEYS_MANAGE in actor.rights else {"keys"}
    if not actor.company_is_buyer or Right.MEMBERS_MANAGE not in actor.rights:
        shut.add("approvals")
    return [item for item in found if item.key not in shut]
