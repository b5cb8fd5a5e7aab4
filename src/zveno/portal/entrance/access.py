"""What each page of this area demands: nothing, since they stand before sign-in (N1)."""

from __future__ import annotations

from zveno.partners.access import PUBLIC, Access

TABLE: dict[str, Access] = dict.fromkeys(
    ("entrance:register", "entrance:registered", "entrance:invitation", "entrance:decide"), PUBLIC
)
