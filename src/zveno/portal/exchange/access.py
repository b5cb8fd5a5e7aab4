"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.SELLING, Right.EXCHANGE_SEE)
_MANAGE = allow(Section.SELLING, Right.EXCHANGE_MANAGE)

TABLE: dict[str, Access] = {
    "exchange:board": _SEE,
    "exchange:new": _MANAGE,
    "exchange:connection": _SEE,
    "exchange:options": _MANAGE,
    "exchange:floor": _MANAGE,
    "exchange:password": _MANAGE,
    "exchange:switch": _MANAGE,
    "exchange:upload": _MANAGE,
    "exchange:journal": _SEE,
    "exchange:journal-export": _SEE,
    "exchange:session": _SEE,
    "exchange:session-progress": _SEE,
    "exchange:file": _SEE,
    "exchange:refusals-export": _SEE,
    "exchange:replay": _MANAGE,
    "exchange:download": _SEE,
}
