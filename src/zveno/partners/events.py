"""What happened to partners, for whoever listens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonInvited:
    """An invitation stands and wants to be mailed."""

    invitation_id: int


@dataclass(frozen=True, slots=True)
class MemberBlocked:
    """A person acts for a company no more; what they leave open passes to others (F23)."""

    company_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class RegistrationDecided:
    """A request was decided, and the applicant wants to hear of it."""

    request_id: int
