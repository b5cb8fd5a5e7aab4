"""Documents of the ledger: the list with its filters, and one in full."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from zveno.base.scope import current
from zveno.finance.models import Allocation, LedgerDocument
from zveno.finance.queries.balances import AccountValue, Which, account_value
from zveno.finance.rules.documents import Kind
from zveno.finance.rules.settling import Basis
from zveno.kit.period import Period

SORTS = {
    "date": ("issued_on", "id"),
    "due": ("due_on", "id"),
    "number": ("number", "id"),
    "change": ("change", "id"),
    "rest": ("rest", "id"),
}


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What of the ledger: words are looked for in number and note, a figure also in the sum."""

    which: Which = field(default_factory=Which)
    period: Period | None = None
    kinds: Collection[Kind] = ()
    text: str = ""
    amount: Decimal | None = None
    only_open: bool = False
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentValue:
    """A document. `due_on` matters where it is a debt; `change` above zero raises the debt; `rest` is open."""

    id: int
    account: AccountValue
    kind: Kind
    number: str
    issued_on: date
    due_on: date
    amount: Decimal
    change: Decimal
    rest: Decimal
    order_id: int | None
    note: str
    is_void: bool

    @property
    def lowers(self) -> Decimal:
        """How much it lowers the debt, above zero."""
        return -self.change

    @property
    def settled(self) -> Decimal:
        """How much of it is settled, above zero."""
        return abs(self.change - self.rest)

    @property
    def is_debt(self) -> bool:
        return self.change > 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """The other document of a pair, how much, and why these two."""

    document: DocumentValue
    amount: Decimal
    basis: Basis


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with what settles it, or what it settles, by day."""

    document: DocumentValue
    settlements: tuple[Settlement, ...]


def documents(wanted: DocumentFilter) -> QuerySet[LedgerDocument]:
    """The documents in force, newest first; to be turned into values by `document_value`. Lazy."""
    rows = LedgerDocument.objects.visible_to(current()).filter(wanted.which.of(prefix="account_id"), is_void=False)
    if wanted.period is not None:
        rows = rows.filter(issued_on__gte=wanted.period.starts_on, issued_on__lt=wanted.period.ends_on)
    if wanted.kinds:
        rows = rows.filter(kind__in=[kind.value for kind in wanted.kinds])
    if wanted.only_open:
        rows = rows.filter(is_open=True)
    if wanted.order_id is not None:
        rows = rows.filter(order_id=wanted.order_id)
    if wanted.text:
        found = Q(number__icontains=wanted.text) | Q(note__icontains=wanted.text)
        if wanted.amount is not None:
            found |= Q(amount=wanted.amount)
        rows = rows.filter(found)
    return rows.select_related("account").order_by("-issued_on", "-id")


def document_value(row: LedgerDocument) -> DocumentValue:
    """The row, read with its account, as a value."""
    return DocumentValue(
        id=row.pk,
        account=account_value(row.account),
        kind=Kind(row.kind),
        number=row.number,
        issued_on=row.issued_on,
        due_on=row.due_on,
        amount=row.amount,
        change=row.change,
        rest=row.rest,
        order_id=row.order_id,
        note=row.note,
        is_void=row.is_void,
    )


def document_page(*, document_id: int) -> DocumentPage | None:
    """One document with what settles it; None where the scope sees no such. Two SQL statements."""
    row = LedgerDocument.objects.visible_to(current()).filter(pk=document_id).select_related("account").first()
    if row is None:
        return None
    pairs = Allocation.objects.visible_to(current()).filter(Q(debt_id=row.pk) | Q(credit_id=row.pk))
    found = []
    for pair in pairs.select_related("debt__account", "credit__account"):
        other = pair.credit if pair.debt_id == row.pk else pair.debt
        found.append(Settlement(document_value(other), pair.amount, Basis(pair.basis)))
    found.sort(key=lambda one: (one.document.issued_on, one.document.id))
    return DocumentPage(document_value(row), tuple(found))
