"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.DESK, Right.PARTNERS_SEE)
_MANAGE = allow(Section.DESK, Right.PARTNERS_MANAGE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(
        (
            "desk_partners:companies",
            "desk_partners:companies-xlsx",
            "desk_partners:company",
            "desk_partners:entity",
            "desk_partners:regions",
        ),
        _SEE,
    ),
    **dict.fromkeys(
        (
            "desk_partners:company-new",
            "desk_partners:company-change",
            "desk_partners:company-block",
            "desk_partners:head",
            "desk_partners:invite",
            "desk_partners:invitation-again",
            "desk_partners:invitation-revoke",
            "desk_partners:member-block",
            "desk_partners:entity-new",
            "desk_partners:entity-change",
            "desk_partners:terms-new",
            "desk_partners:terms-end",
            "desk_partners:registrations",
            "desk_partners:registration",
            "desk_partners:region-new",
        ),
        _MANAGE,
    ),
}
