"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import Access, allow
from zveno.partners.rules.roles import Right

_SEE = allow(Section.SELLING, Right.SELLOUT_SEE)
_REPORT = allow(Section.SELLING, Right.SELLOUT_REPORT)

TABLE: dict[str, Access] = {
    "sellout:reports": _SEE,
    "sellout:export": _SEE,
    "sellout:upload": _REPORT,
    "sellout:again": _REPORT,
    "sellout:report": _SEE,
    "sellout:progress": _SEE,
    "sellout:file": _SEE,
    "sellout:lines": _SEE,
    "sellout:columns": _REPORT,
    "sellout:settings": _REPORT,
    "sellout:sheet": _REPORT,
    "sellout:meaning": _SEE,
    "sellout:confirm": _REPORT,
    "sellout:remap": _REPORT,
    "sellout:questions": _SEE,
    "sellout:products": _SEE,
    "sellout:likely": _REPORT,
    "sellout:answer": _REPORT,
    "sellout:accept": _REPORT,
    "sellout:withdraw": _REPORT,
    "sellout:codes": _SEE,
    "sellout:codes-export": _SEE,
    "sellout:code-products": _SEE,
    "sellout:code": _SEE,
    "sellout:code-change": _REPORT,
    "sellout:code-forget": _REPORT,
    "sellout:code-recall": _REPORT,
}
