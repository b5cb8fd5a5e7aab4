"""How allauth behaves here: a closed site, e-mail addresses in lower case, mail by the queue, our sentences."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from zveno.accounts.jobs import deliver_mail
from zveno.accounts.ports import may_enter


class ClosedSiteAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: accounts come from invitations and accepted registrations (N1)."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and password do not fit together."),
        "too_many_login_attempts": _(
            "Too many wrong passwords: sign-in to this account is locked for five minutes. "
            "Wait, or set a new password by mail with “Forgot the password?”."
        ),
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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render now, in the reader's language; send by a job, outside the request's transaction."""
        message: EmailMessage = self.render_mail(template_prefix, email, {"email": email, **context})
        html = next((str(body) for body, kind in getattr(message, "alternatives", ()) if kind == "text/html"), "")
        deliver_mail.defer(subject=str(message.subject), text=str(message.body), to=list(message.to), html=html)
