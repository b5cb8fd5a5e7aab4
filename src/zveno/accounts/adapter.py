"""How allauth behaves here: a closed site, e-mail addresses in lower case, our sentences."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSiteAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts come from invitations and accepted registrations (N1)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        cleaned: Any = super().clean_email(email)
        return str(cleaned).strip().lower()
