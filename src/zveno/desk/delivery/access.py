"""What each page of this area demands."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.DESK, Right.PARTNERS_SEE)
_MANAGE = allow(Section.DESK, Right.PARTNERS_MANAGE)

TABLE: dict[str, Access] = {
    **dict.fromkeys(("desk_delivery:places", "desk_delivery:places-xlsx", "desk_delivery:calendar"), _SEE),
    **dict.fromkeys(
        (
            "desk_delivery:place-new",
            "desk_delivery:place",
            "desk_delivery:places-load",
            "desk_delivery:calendar-day",
        ),
        _MANAGE,
    ),
}
