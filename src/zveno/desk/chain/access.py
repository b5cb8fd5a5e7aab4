"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.DESK, Right.CHAIN_SEE)

TABLE: dict[str, Access] = {
    "desk_chain:overview": _SEE,
    "desk_chain:export": _SEE,
    "desk_chain:lines": _SEE,
    "desk_chain:lines-export": _SEE,
}
