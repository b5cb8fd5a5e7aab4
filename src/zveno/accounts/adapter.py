"""How allauth behaves here: a closed site, e-mail addresses in lower case, mail by the queue, our sentences."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from zveno.accounts.jobs import deliver_mail
from zveno.accounts.letters import circumstances, reading
from zveno.accounts.ports import may_enter


class ClosedSiteAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts come from invitations and accepted registrations (N1)."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and password do not fit together."),
        "too_many_login_attempts": _(
            "Too many wrong attempts: sign-in to this account is locked for five minutes. "
            "Wait, or set a new password by mail with “Forgot the password?”."
        ),
        "incorrect_password": _("This password does not fit."),
        "enter_current_password": _("This is not your present password."),
        "rate_limited": _("Too many attempts one after another. Wait a few minutes."),
    }
    _WAYS: ClassVar[dict[str, Any]] = {
        "reauthenticate": _("Confirm by the password"),
        "mfa_reauthenticate": _("Confirm by a code"),
        "mfa_reauthenticate:webauthn": _("Confirm by a key"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        cleaned: Any = super().clean_email(email)
        return str(cleaned).strip().lower()

    def format_email_subject(self, subject: str) -> str:
        return subject

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Turn away whose every place is blocked (F23), as allauth does with people who are switched off."""
        refusal: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if refusal is None and not may_enter(user_id=user.pk):
            from allauth.account.internal.stagekit import clear_login

            clear_login(request)
            refusal = self.respond_user_inactive(request, user)
        return refusal

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": self._WAYS.get(way["id"], way["description"])} for way in ways]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now, in the reader's language; send by a job, outside the request's transaction."""
        with reading(context.get("user")):
            told = {**context, **circumstances(self.request, address=self.get_client_ip(self.request))}
            message: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **told})
        html = next((str(body) for body, kind in getattr(message, "alternatives", ()) if kind == "text/html"), "")
        deliver_mail.defer(subject=str(message.subject), text=str(message.body), to=list(message.to), html=html)
