"""What accounts tell the packages above them, in the transaction of the change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyRevoked:
    """A key of a company's program opens nothing any more."""

    key_id: int
    company_id: int
