"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.base.scope import Section
from zveno.partners.access import SIGNED_IN, Access, allow
from zveno.partners.rules.roles import Right

TABLE: dict[str, Access] = {
    **dict.fromkeys(("people:profile", "people:switch", "people:stop-acting", "people:task"), SIGNED_IN),
    "people:act-for": allow(Section.SELLING, Right.SALES_DECIDE),
}
