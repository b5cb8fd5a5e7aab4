"""Claims as lists show them, and how many wait for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from zveno.base.scope import current
from zveno.claims.models import Claim, ClaimLine
from zveno.claims.rules.claiming import Kind
from zveno.claims.rules.states import ON_THE_CLOCK, OPEN, WAITS_FOR, Side, State
from zveno.partners.queries.names import company_names, entity_names

_ON_THE_CLOCK = tuple(state.value for state in ON_THE_CLOCK)
SORTS = {"opened": ["opened_at", "id"], "due": ["due_on", "id"], "worth": ["worth", "id"], "number": ["id"]}


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What a list is narrowed by. `state`: `open`, `late`, `all`, or one state."""

    search: str = ""
    state: str = "open"
    kind: str = ""
    seller_id: int | None = None
    entity_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a list shows it."""

    id: int
    number: str
    kind: Kind
    state: State
    seller_id: int
    seller: str
    buyer_company: str
    buyer_entity_id: int
    buyer_entity: str
    order_id: int | None
    order_number: str
    shipment_number: str
    shipped_on: date
    line_count: int
    worth: Decimal
    credited: Decimal
    currency: str
    opened_by: str
    opened_at: datetime
    due_on: date
    decided_at: datetime | None

    def is_late(self, today: date) -> bool:
        """Whether the seller should have answered already."""
        return self.state in ON_THE_CLOCK and self.due_on < today


def claim_list(*, wanted: ClaimFilter, today: date) -> QuerySet[Claim]:
    """The claims that the scope may see by `wanted`, ready to be sorted and paged; `claim_rows` shows them."""
    rows = Claim.objects.visible_to(current()).select_related("order").annotate(line_count=Count("lines"))
    if wanted.state == "open":
        rows = rows.filter(state__in=[state.value for state in OPEN])
    elif wanted.state == "late":
        rows = rows.filter(state__in=_ON_THE_CLOCK, due_on__lt=today)
    elif wanted.state != "all":
        rows = rows.filter(state=wanted.state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.seller_id is not None:
        rows = rows.filter(seller_id=wanted.seller_id)
    if wanted.entity_id is not None:
        rows = rows.filter(buyer_entity_id=wanted.entity_id)
    text = wanted.search.strip()
    if text:
        of_goods = ClaimLine.objects.visible_to(current()).filter(Q(code__icontains=text) | Q(name__icontains=text))
        rows = rows.filter(
            Q(number__icontains=text)
            | Q(shipment_number__icontains=text)
            | Q(order__number__icontains=text)
            | Q(words__icontains=text)
            | Q(pk__in=of_goods.values("claim_id"))
        )
    return rows


def claim_rows(claims: Sequence[Claim]) -> list[ClaimRow]:
    """The claims of `claim_list` with the names of their parties. Two statements more."""
    companies = company_names({id_ for row in claims for id_ in (row.seller_id, row.buyer_company_id)})
    entities = entity_names({row.buyer_entity_id for row in claims})
    return [
        ClaimRow(
            id=row.pk,
            number=row.number,
            kind=Kind(row.kind),
            state=State(row.state),
            seller_id=row.seller_id,
            seller=companies.get(row.seller_id, ""),
            buyer_company=companies.get(row.buyer_company_id, ""),
            buyer_entity_id=row.buyer_entity_id,
            buyer_entity=entities.get(row.buyer_entity_id, ""),
            order_id=row.order_id,
            order_number=row.order.number if row.order else "",
            shipment_number=row.shipment_number,
            shipped_on=row.shipped_on,
            line_count=row.line_count,  # type: ignore[attr-defined]
            worth=row.worth,
            credited=row.credited,
            currency=row.currency,
            opened_by=row.opened_by_name,
            opened_at=row.opened_at,
            due_on=row.due_on,
            decided_at=row.decided_at,
        )
        for row in claims
    ]


def count_waiting_for(*, side: Side, seller_id: int | None = None) -> int:
    """How many claims in the scope wait for a word of `side`; for a seller, those it is to answer. One statement."""
    states = [state.value for state, whose in WAITS_FOR.items() if whose is side and state is not State.DECIDED]
    rows = Claim.objects.visible_to(current()).filter(state__in=states)
    return (rows.filter(seller_id=seller_id) if seller_id is not None else rows).count()


@dataclass(frozen=True, slots=True)
class Figure:
    """How often a product was claimed as what, how much of it, and what was credited."""

    code: str
    name: str
    kind: Kind
    claims: int
    quantity: Decimal
    credited: Decimal


def claim_figures(*, seller_id: int, since: date, most: int = 1000) -> list[Figure]:
    """The seller's products by how often they are claimed since a day, by kind of claim. One statement."""
    lines = (
        ClaimLine.objects.visible_to(current())
        .filter(seller_id=seller_id, claim__opened_at__date__gte=since)
        .exclude(claim__state=State.WITHDRAWN.value)
        .values("code", "name", "claim__kind")
        .annotate(claims=Count("claim", distinct=True), total=Sum("quantity"), back=Sum("credited"))
        .order_by("-claims", "-total", "name")
    )
    return [
        Figure(row["code"], row["name"], Kind(row["claim__kind"]), row["claims"], row["total"], row["back"])
        for row in lines[:most]
    ]
