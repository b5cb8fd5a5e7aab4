"""When the goods of a cart are wanted, and what is said beside."""

from __future__ import annotations

from datetime import date

from zveno.base.tx import in_transaction
from zveno.orders.actions.own_cart import own_cart
from zveno.orders.errors import fault_of
from zveno.orders.rules.lines import wished_date_problem
from zveno.partners.queries.actors import Actor


@in_transaction
def set_cart_wish(
    *, actor: Actor, seller_id: int, wished_on: date | None, today: date, comment: str | None = None
) -> None:
    """Set the wished date (`None`: as soon as possible) and, unless `None`, the comment. `today` is the seller's.

    Raises WishedDatePassed, WishedDateTooFar.
    """
    problem = wished_date_problem(wished_on, today=today)
    if problem:
        raise fault_of(problem.code, **problem.params)
    cart = own_cart(actor=actor, seller_id=seller_id)
    cart.wished_on = wished_on
    if comment is not None:
        cart.comment = comment.strip()[:1000]
    cart.save(update_fields=["wished_on", "comment", "updated_at"])
