"""Whether a person still has a place anywhere: the answer accounts ask for at sign-in (F23)."""

from __future__ import annotations

from django.db import transaction

from zveno.base.scope import Scope, Section, entered
from zveno.partners.models import Member
from zveno.partners.queries.memberships import memberships_of


def has_place(*, user_id: int) -> bool:
    """Whether one place of the person is open: neither they nor the company are blocked. True for who has none yet."""
    with transaction.atomic():
        if memberships_of(user_id=user_id):
            return True
        with entered(Scope(section=Section.NOBODY, user_id=user_id)):
            return not Member.objects.unscoped("one's own memberships").filter(user_id=user_id).exists()
