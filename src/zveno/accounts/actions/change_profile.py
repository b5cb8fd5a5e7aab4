"""A person's own details."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.conf import settings

from zveno.accounts.models import User
from zveno.base.tx import in_transaction


@in_transaction
def change_profile(*, user_id: int, name: str, phone: str, language: str, time_zone: str, theme: str) -> User:
    """Keep name, phone, language, time zone and theme; unknown languages, zones and themes leave the old ones."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.name, user.phone = name.strip()[:200], phone.strip()[:40]
    if language in dict(settings.LANGUAGES):
        user.language = language
    if time_zone in available_timezones():
        user.time_zone = time_zone
    if theme in ("auto", "light", "dark"):
        user.theme = theme
    user.save(update_fields=["name", "phone", "language", "time_zone", "theme"])
    return user
