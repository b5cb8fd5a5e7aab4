"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.DESK, Right.EXCHANGE_SEE)

TABLE: dict[str, Access] = {
    "desk_exchange:board": _SEE,
    "desk_exchange:board-export": _SEE,
    "desk_exchange:journal": _SEE,
    "desk_exchange:journal-export": _SEE,
    "desk_exchange:session": _SEE,
    "desk_exchange:session-progress": _SEE,
    "desk_exchange:file": _SEE,
    "desk_exchange:refusals-export": _SEE,
    "desk_exchange:download": _SEE,
}
