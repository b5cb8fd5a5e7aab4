"""What can be wrong with carts and orders, as named facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zveno.kit.errors import Conflict, Forbidden, Invalid, NotFound
from zveno.orders.rules.lines import Problem


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What stops a line: its index from 0 among the lines given, its product, the problem."""

    index: int
    product_id: int
    code: str
    name: str
    problem: Problem


class LinesNotOrderable(Invalid):
    """Some lines cannot be ordered as they stand; `problems` says which and why. Params: `count`, `first`."""

    def __init__(self, problems: Sequence[LineProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(count=len(self.problems), first=self.problems[0].code or self.problems[0].name)


class ProductNotOffered(Invalid):
    """The seller does not offer this product to the buyer. Params: `code`, `name`."""


class QuantityNotPositive(Invalid):
    """A quantity of zero or less. Params: `code`."""


class QuantityTooLarge(Invalid):
    """A quantity beyond what can be kept. Params: `code`, `largest`."""


class QuantityTooFine(Invalid):
    """More than three digits after the point. Params: `code`, `places`."""


class NotWholePacks(Invalid):
    """The product is sold by the pack. Params: `code`, `pack`, `nearest`."""


class WishedDatePassed(Invalid):
    """The wished date lies before the seller's today. Params: `on`."""


class WishedDateTooFar(Invalid):
    """The wished date lies beyond two years. Params: `on`, `latest`."""


class WarehouseNotServed(Invalid):
    """The warehouse does not ship to this buyer, or is closed."""


class NothingToOrder(Invalid):
    """There are no lines."""


class TooManyLines(Invalid):
    """More lines than one order takes. Params: `most`."""


class SeveralCurrencies(Invalid):
    """The lines' prices are in different currencies. Params: `currencies`."""


class NothingPasted(Invalid):
    """The pasted block holds no row that could be a product."""


class NoTerms(Invalid):
    """There are no terms between the buyer's entity and the seller today. Params: `seller`."""


class WordsMissing(Invalid):
    """A rejection needs the reason in words."""


class SellerNotFound(NotFound):
    """The buyer does not buy from such a seller."""


class ErpOrderIncomplete(Invalid):
    """An order born in the ERP cannot be kept without this. Params: `lacks` (`buyer`, `number`, `lines`), `number`."""


class OrderNotFound(NotFound):
    """No such order is to be seen by the asker."""


class CartLineNotFound(NotFound):
    """The cart has no such line."""


class NeedNotFound(NotFound):
    """No such need is to be seen by the asker."""


class NotYourOrder(Forbidden):
    """Only who placed the order, or the head, changes it. Params: `number`, `placed_by`."""


class OrderOfTheErp(Forbidden):
    """The seller entered the order in its accounting system, and changes it there. Params: `number`, `author`."""


class RoleOrdersNothing(Forbidden):
    """The role does not allow to order."""


class OrderTooFarOn(Conflict):
    """The order has gone too far for this. Params: `number`, `state`."""


class RequisitionNotFound(NotFound):
    """No such requisition is to be seen by the asker."""


class NotYourWord(Forbidden):
    """The step waits for the word of others. Params: `number`, `names`."""


class NotYourRequisition(Forbidden):
    """Only its author, or the head, does this. Params: `number`, `author`."""


class ChangeNotAllowed(Forbidden):
    """The step does not let its people change this. Params: `number`, `allowed` (`nothing` or `less`)."""


class RequisitionTooFarOn(Conflict):
    """The requisition has gone on meanwhile. Params: `number`, `stands`, `by` (who decided, if known)."""


class RequisitionChanged(Conflict):
    """The requisition, or what it comes to, is not as it was shown. Params: `number`."""


class RequisitionBlocked(Conflict):
    """Something in it cannot be ordered any more, so no approval helps. Params: `number`, `lines`."""


class LinkSpent(Conflict):
    """The link of a mail was used, has run out, or asks for what is decided. Params: `number`."""


class RuleWithoutSteps(Invalid):
    """A rule that asks needs a step, and each step somebody to ask. Params: `field`."""


class TooManySteps(Invalid):
    """More steps than a rule takes. Params: `most`."""


class RuleNameMissing(Invalid):
    """A rule needs a name: people read it. Params: `field`."""


class FigureWrong(Invalid):
    """A sum, a share or a number of hours or days that is out of its bounds. Params: `field`, `least`, `most`."""


class PersonUnknown(Invalid):
    """Not a person, an entity or a seller of this company. Params: `field`."""


class SubstituteWrong(Invalid):
    """Nobody stands in for themselves, and the last day does not lie before the first. Params: `field`."""


class BudgetTwice(Conflict):
    """There is such a budget already: of the same owner, period and currency."""


class ApprovalThingNotFound(NotFound):
    """No such rule, budget or substitute of this company."""


class KeyUsedForAnotherOrder(Conflict):
    """The idempotency key was used with other content. Params: `number`."""


class CartMovedOn(Conflict):
    """The cart that was placed is not there any more: another window placed or changed it."""


class PriceMissing(Conflict):
    """A line has no price yet, so the order cannot be confirmed. Params: `lines`."""


class ChargeOutOfRange(Invalid):
    """Delivery is charged with a sum above zero. Params: `most`."""


class NothingToSpreadOver(Conflict):
    """No line has a price that delivery could be spread over. Params: `number`."""


class NotEnoughSupply(Conflict):
    """The supply does not cover the order in the way asked for. Params: `lines`."""


class NeedSettled(Conflict):
    """The need is settled already: goods cover it, or it was dropped. Params: `number`, `line`."""


class NothingToChoose(Conflict):
    """What was chosen cannot be had for this need now. Params: `number`, `line`."""


_BY_CODE: dict[str, type[Invalid]] = {
    "quantity_not_positive": QuantityNotPositive,
    "quantity_too_large": QuantityTooLarge,
    "quantity_too_fine": QuantityTooFine,
    "not_whole_packs": NotWholePacks,
    "wished_date_passed": WishedDatePassed,
    "wished_date_too_far": WishedDateTooFar,
}


def fault_of(code: str, *, place: str = "", **params: object) -> Invalid:
    """The fault that states the problem `code` of `orders.rules.lines`."""
    return _BY_CODE[code](place=place, **params)
