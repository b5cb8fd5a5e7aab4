"""What a form about connections carries."""

from __future__ import annotations

from zveno.exchange.actions.credentials import new_key


def key_of_new_form() -> str:
    """A key for the connection that the form will make: sent twice, the form makes one."""
    return new_key()
