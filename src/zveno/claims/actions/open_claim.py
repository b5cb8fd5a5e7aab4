"""A buyer claims something about a shipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zveno.base.audit import record
from zveno.base.locks import hold_name
from zveno.base.numbering import next_number
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.claims.actions.attach_files import SentFile, attach_files
from zveno.claims.actions.history import tell
from zveno.claims.errors import ClaimProblems, ClaimWordsMissing, ShipmentNotFound
from zveno.claims.models import Claim, ClaimCounter, ClaimLine
from zveno.claims.queries.claimable import Claimable, claimable_of
from zveno.claims.rules.claiming import OUTCOMES, Kind, Outcome, Problem, answer_due, claim_problems
from zveno.claims.rules.deciding import ClaimedLine, worth
from zveno.claims.rules.states import Side, State
from zveno.orders.queries.shipments import ShippedGoods, shipment_with
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.parties import seller_with

# Who claims of a shipment is alone with it, so that two never claim the same goods.
_SHIPMENT = "claims.shipment"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is claimed: of which kind, what is wished for, how much of which line, in which words."""

    kind: Kind
    wish: Outcome
    wanted: Mapping[str, Decimal]
    words: str


@in_transaction
def open_claim(
    *, actor: Actor, shipment_id: int, claimed: Claimed, sent: Sequence[SentFile], key: UUID, today: date, now: datetime
) -> Claim:
    """Make the claim, or find the one made before under `key`. `today` is the seller's.

    Raises ShipmentNotFound, ClaimProblems, ClaimWordsMissing and the faults of attach_files; then nothing is kept.
    """
    found = shipment_with(shipment_id=shipment_id)
    if found is None:
        raise ShipmentNotFound()
    shipment = found[0]
    hold_shipment(shipment.seller_id, shipment.number, shipment.shipped_on)
    before = Claim.objects.visible_to(current()).filter(buyer_entity_id=shipment.buyer_entity_id, idempotency_key=key)
    if (repeat := before.first()) is not None:
        return repeat
    state = claimable_of(shipment_id=shipment_id)
    if state is None:
        raise ShipmentNotFound()
    _check(claimed, state, today)
    claim = _write(actor, state, claimed, key, today, now)
    attach_files(claim=claim, sent=sent, company_id=actor.company_id, now=now)
    tell(claim, "opened", side=Side.BUYER, now=now, words=claim.words, files=len(sent))
    record(
        action="claim_opened",
        subject=claim,
        now=now,
        company_id=claim.buyer_company_id,
        seller_id=claim.seller_id,
        number=claim.number,
        shipment=claim.shipment_number,
    )
    return claim


def hold_shipment(seller_id: int, number: str, shipped_on: date) -> None:
    """Be alone with the claims about a shipment until the transaction ends."""
    hold_name(f"{_SHIPMENT}.{shipped_on.year}.{number}", seller_id)


def _check(claimed: Claimed, state: Claimable, today: date) -> None:
    problems = claim_problems(
        kind=claimed.kind,
        wanted=claimed.wanted,
        lines=state.lines(),
        shipped_on=state.shipment.shipped_on,
        today=today,
        terms=state.terms,
    )
    if claimed.wish not in OUTCOMES[claimed.kind]:
        problems.append(Problem("wish_unfit"))
    if problems:
        raise ClaimProblems(problems)
    if not claimed.words.strip():
        raise ClaimWordsMissing(field="words")


def _write(actor: Actor, state: Claimable, claimed: Claimed, key: UUID, today: date, now: datetime) -> Claim:
    shipment, seller = state.shipment, seller_with(seller_id=state.shipment.seller_id)
    # Of one who sells to the buyer no more, the code is not to be seen.
    code = seller.code if seller is not None else str(shipment.seller_id)
    chosen = [goods for goods in state.goods if goods.key in claimed.wanted]
    claim = Claim(
        seller_id=shipment.seller_id,
        buyer_company_id=actor.company_id,
        buyer_entity_id=shipment.buyer_entity_id,
        order_id=shipment.order_id,
        number=f"{code}-C{next_number(ClaimCounter, 'seller_id', shipment.seller_id):05d}",
        shipment_number=shipment.number,
        shipped_on=shipment.shipped_on,
        currency=shipment.currency,
        kind=claimed.kind.value,
        wish=claimed.wish.value,
        state=State.SUBMITTED.value,
        words=claimed.words.strip()[:4000],
        opened_by_id=actor.user_id,
        opened_by_name=actor.user_name,
        opened_at=now,
        due_on=answer_due(today, state.terms),
        changed_at=now,
        idempotency_key=key,
    )
    claim.worth = sum(
        (worth(ClaimedLine(0, Decimal(0), g.price), claimed.wanted[g.key], claim.currency) for g in chosen), Decimal(0)
    )
    claim.save(force_insert=True)
    ClaimLine.objects.bulk_create(_line(claim, goods, claimed.wanted[goods.key]) for goods in chosen)
    return claim


def _line(claim: Claim, goods: ShippedGoods, quantity: Decimal) -> ClaimLine:
    return ClaimLine(
        claim=claim,
        seller_id=claim.seller_id,
        buyer_entity_id=claim.buyer_entity_id,
        product_id=goods.product_id,
        key=goods.key,
        code=goods.code,
        name=goods.name,
        unit=goods.unit[:20],
        shipped=goods.quantity,
        quantity=quantity,
        price=goods.price,
    )
