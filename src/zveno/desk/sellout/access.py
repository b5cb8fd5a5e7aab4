"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.DESK, Right.SELLOUT_SEE)

TABLE: dict[str, Access] = {
    "desk_sellout:reports": _SEE,
    "desk_sellout:export": _SEE,
    "desk_sellout:report": _SEE,
    "desk_sellout:lines": _SEE,
    "desk_sellout:file": _SEE,
}
