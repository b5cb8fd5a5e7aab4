"""What each page of this area demands: URL name → section and right."""

from __future__ import annotations

from zveno.partners.access import Access

TABLE: dict[str, Access] = {}
