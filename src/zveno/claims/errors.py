"""What can be wrong with claims, as named facts."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.claims.rules.claiming import Problem
from zveno.kit.errors import Conflict, Invalid, NotFound


class ClaimNotFound(NotFound):
    """There is no such claim, or it is not the asker's to see."""


class ShipmentNotFound(NotFound):
    """There is no such shipment, or it is not the asker's to see."""


class ClaimProblems(Invalid):
    """The claim or the decision cannot be made so. `problems` says why, line by line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=len(problems))
        self.problems = tuple(problems)


class ClaimMoved(Conflict):
    """The claim stands where this cannot be done to it. Params: `number`, `state`."""


class ClaimWordsMissing(Invalid):
    """Something is to be said and nothing was. Params: `field`."""


class ClaimFileTooLarge(Invalid):
    """A file is larger than claims take. Params: `name`, `most` (megabytes)."""


class TooManyClaimFiles(Invalid):
    """A claim has as many files as it may have. Params: `most`."""


class ClaimFileEmpty(Invalid):
    """A file has nothing in it. Params: `name`."""


class TermsWrong(Invalid):
    """A number of days is out of range. Params: `most`."""
