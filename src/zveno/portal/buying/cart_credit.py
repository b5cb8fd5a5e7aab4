"""The buyer's credit while the order grows: what is left, and what becomes of the order beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zveno.finance.labels import consequence, reason_words
from zveno.finance.queries.credit import decide_credit
from zveno.finance.rules.credit import Verdict
from zveno.orders.queries.cart import CartPage
from zveno.partners.rules.roles import Right
from zveno.portal.buying.sellers import Dealing


@dataclass(frozen=True, slots=True)
class CartCredit:
    """`left`: the credit left after this order, None where no limit was agreed or the person sees no money.

    `words`: the reasons and their consequence; empty where nothing stands against the order.
    """

    left: Decimal | None
    words: str
    tone: str
    asks: bool
    blocks: bool


def cart_credit(at: Dealing, page: CartPage) -> CartCredit | None:
    """The decision on the cart as it stands; None for an empty cart and where nothing was agreed in its currency.

    Whoever may not see the company's money is told what becomes of the order, without the figures.
    """
    if not page.lines or at.actor.entity_id is None:
        return None
    decision = decide_credit(
        seller_id=at.seller.id,
        entity_id=at.actor.entity_id,
        total=page.total,
        currency=page.currency,
        day=at.today,
    )
    if decision is None:
        return None
    sees_money = Right.MONEY_SEE in at.actor.rights
    told = [reason_words(reason, page.currency) for reason in decision.reasons] if sees_money else []
    return CartCredit(
        left=decision.left - page.total if decision.left is not None and sees_money else None,
        words=" ".join([*told, consequence(decision.verdict)]) if decision.reasons else "",
        tone="bad" if decision.verdict is Verdict.BLOCKED else "warn",
        asks=decision.verdict is Verdict.NEEDS_APPROVAL,
        blocks=decision.verdict is Verdict.BLOCKED,
    )
