"""What may stop a deed on money."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.finance.rules.credit import Reason
from zveno.kit.errors import Conflict, Invalid, NotFound


class ClientUnknown(NotFound):
    """The company or entity is no client of the seller."""


class LimitOutOfRange(Invalid):
    """A credit limit is below zero or larger than can be kept."""


class LimitReasonMissing(Invalid):
    """A limit that the people set needs a reason."""


class PolicyWrong(Invalid):
    """A choice of the credit policy is none of those offered: `field`."""


class MailChoiceWrong(Invalid):
    """A choice of the mail about money is none of those offered: `field`."""


class CreditBlocked(Conflict):
    """The order goes over its credit, and the seller takes none such."""

    def __init__(self, reasons: Sequence[Reason], currency: str) -> None:
        self.reasons, self.currency = tuple(reasons), currency
        super().__init__(reasons=", ".join(reason.code for reason in reasons), currency=currency)
