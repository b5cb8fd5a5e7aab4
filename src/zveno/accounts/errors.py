"""What may stop a deed on accounts and keys."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Invalid, NotFound


class AddressTaken(Conflict):
    """An account with this e-mail exists: `email`."""


class PasswordWeak(Invalid):
    """The password does not pass the rules: `reasons`, a list of sentences."""


class KeyUnknown(NotFound):
    """There is no such key in this company."""


class KeyNameMissing(Invalid):
    """A key needs a name that tells what uses it."""
