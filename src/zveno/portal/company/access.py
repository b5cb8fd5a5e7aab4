"""What each page of this area demands: a right in one's own company, whether it buys or sells."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow, allow_own_company
from zveno.partners.rules.roles import Right

_SEE = allow_own_company(Right.MEMBERS_SEE)
_MANAGE = allow_own_company(Right.MEMBERS_MANAGE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(
        ("company:members", "company:member", "company:entities", "company:entity", "company:history"), _SEE
    ),
    **dict.fromkeys(
        (
            "company:invite",
            "company:member-change",
            "company:member-block",
            "company:invitation-again",
            "company:invitation-revoke",
            "company:history-xlsx",
        ),
        _MANAGE,
    ),
    **dict.fromkeys(
        (
            "company:approvals",
            "company:approval-rule-new",
            "company:approval-rule",
            "company:approval-rule-move",
            "company:approval-rule-remove",
            "company:approval-settings",
            "company:approval-budgets",
            "company:approval-budget-new",
            "company:approval-budget",
            "company:approval-budget-remove",
        ),
        allow(Section.BUYING, Right.MEMBERS_MANAGE),
    ),
    **dict.fromkeys(
        ("company:approval-substitutes", "company:approval-substitute-remove"),
        allow(Section.BUYING, Right.ORDERS_SEE),
    ),
    "company:entity-request": allow(Section.BUYING, Right.MEMBERS_MANAGE),
    **dict.fromkeys(("company:keys", "company:key-revoke"), allow_own_company(Right.KEYS_MANAGE)),
}
