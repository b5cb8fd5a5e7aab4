"""People by their address."""

from __future__ import annotations

from zveno.accounts.models import User


def person_with_email(email: str) -> User | None:
    """The person who signs in with this address."""
    return User.objects.filter(email=email.strip().lower()).first()


def person_with_id(user_id: int) -> User | None:
    """The person with this id."""
    return User.objects.filter(pk=user_id).first()
