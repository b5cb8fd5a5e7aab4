"""Making an account for a person."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from zveno.accounts.errors import AddressTaken, PasswordWeak
from zveno.accounts.models import User
from zveno.base.tx import in_transaction


@in_transaction
def create_person(*, email: str, name: str, password: str | None, language: str = "ru", phone: str = "") -> User:
    """An account that signs in with `password`, or with none until the person sets one by mail.

    Raises AddressTaken, and PasswordWeak with the validators' sentences.
    """
    user = User(email=email.strip().lower(), name=name.strip(), language=language, phone=phone.strip())
    if password is not None:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise PasswordWeak(reasons=list(error.messages)) from error
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise AddressTaken(email=user.email) from error
    return user
