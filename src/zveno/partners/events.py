"""What happened to partners, for whoever listens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """An invitation stands and wants to be mailed."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class RegistrationDecided:
    """A request was decided, and the applicant wants to hear of it."""

    request_id: int
