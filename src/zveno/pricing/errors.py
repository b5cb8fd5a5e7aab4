"""What can be wrong with prices and terms, as named facts."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Invalid, NotFound


class PriceKindUnknown(NotFound):
    """No such column of this seller is to be seen by the asker."""


class BuyerUnknown(NotFound):
    """No such entity buys from this seller."""


class GoodsUnknown(NotFound):
    """No such product, group or brand. Params: `what`."""


class GoodsUnclear(Invalid):
    """A name means several things. Params: `what`."""


class ToldTwice(Invalid):
    """The same is told again further on. Params: `row`, the later row's number."""


class StandingUnknown(NotFound):
    """No such status of this seller."""


class RuleUnknown(NotFound):
    """No such rule or price is to be seen by the asker."""


class PriceKindNameTaken(Conflict):
    """Another column of the seller has this name. Params: `name`."""


class StandingNameTaken(Conflict):
    """Another status of the seller has this name. Params: `name`."""


class NameNeeded(Invalid):
    """A column or a status needs a name. Params: `field`."""


class PriceOutOfRange(Invalid):
    """A price is above zero with at most four digits after the point. Params: `field`."""


class PercentOutOfRange(Invalid):
    """A discount is from 0 to below 100, with at most two digits. Params: `field`."""


class ThresholdNeeded(Invalid):
    """Discounts for quantity and for the order's sum say from how much. Params: `field`."""


class QuantityOutOfRange(Invalid):
    """A quantity is not below zero with at most three digits after the point. Params: `field`."""


class AudienceUnclear(Invalid):
    """A rule is for one entity, or for one status, or for everybody; one by status names a status. Params: `field`."""


class TargetUnclear(Invalid):
    """A rule is about one product, or one group, or one brand, or everything. Params: `field`."""


class DayPassed(Invalid):
    """What was is not changed: terms begin today or later. Params: `field`, `day`."""


class BandsWrong(Invalid):
    """Bands of rounding do not fit one another. Params: `field`, `why` (a code of `rules.rounding.faults_of`)."""


class CurrenciesDiffer(Invalid):
    """Two things of one rule are in different currencies. Params: `field`."""


class TooManyRows(Invalid):
    """More rows at once than are taken. Params: `most`."""
