"""Documents of the ledger as the seller's accounting system tells them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from zveno.base.locks import Lock, hold
from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.finance.actions.accounts import AccountKey, accounts_of
from zveno.finance.actions.settled_accounts import settle_accounts
from zveno.finance.models import LedgerDocument
from zveno.finance.rules.documents import Content, change_of, digest_of
from zveno.kit.money import round_money


@dataclass(frozen=True, slots=True)
class ToldDocument:
    """One document with whose it is. `external_id` is the sender's own key; without one it is known by entity, kind,
    number and year. `source_time`: when the sender had it so; the newest counts.
    """

    account: AccountKey
    external_id: str
    content: Content
    source_time: datetime


@in_transaction
def apply_documents(*, seller_id: int, told: Sequence[ToldDocument], now: datetime) -> tuple[str, ...]:
    """Keep the documents; returns for each `created`, `changed`, `unchanged` or `outdated` (a newer one stands).

    Repeats and any order of arrival come to the same ledger. What settles what is worked out anew for the accounts
    concerned. The seller's ledger is locked to the end of the transaction: a caller's other locks come before.
    """
    if not told:
        return ()
    hold(Lock.LEDGER_OF_SELLER, seller_id)
    told = [_rounded(one) for one in told]
    accounts = accounts_of(seller_id=seller_id, keys=[one.account for one in told])
    book = _Book(seller_id, _known(seller_id, told))
    outcomes = [_apply(book, accounts[one.account], one, now) for one in told]
    created = [row for row in book.changed if row.pk is None]
    LedgerDocument.objects.bulk_create(created, batch_size=1000)
    kept = [row for row in book.changed if row.pk is not None and row not in created]
    LedgerDocument.objects.visible_to(current()).bulk_update(kept, _TOLD, batch_size=500)
    settle_accounts(account_ids=book.touched)
    return tuple(outcomes)


_TOLD = (
    "account", "buyer_entity", "kind", "external_id", "number", "issued_on", "due_on", "amount", "change", "rest",
    "order_id", "settles", "note", "is_void", "source_time", "digest", "recorded_at",
)  # fmt: skip


class _Book:
    """What is known of the documents told, and what becomes of it."""

    def __init__(self, seller_id: int, rows: Iterable[LedgerDocument]) -> None:
        self.seller_id = seller_id
        self.by_external: dict[str, LedgerDocument] = {}
        self.by_number: dict[tuple[int, str, str, int], LedgerDocument] = {}
        self.changed: list[LedgerDocument] = []
        self.touched: set[int] = set()
        for row in rows:
            self.know(row)

    def know(self, row: LedgerDocument) -> None:
        if row.external_id:
            self.by_external[row.external_id] = row
        self.by_number.setdefault((row.buyer_entity_id, row.kind, row.number, row.issued_on.year), row)

    def find(self, told: ToldDocument) -> LedgerDocument | None:
        if told.external_id and (row := self.by_external.get(told.external_id)):
            return row
        content = told.content
        row = self.by_number.get(
            (told.account.buyer_entity_id, content.kind.value, content.number, content.issued_on.year)
        )
        # Another paper with the same number is another paper.
        return None if row and told.external_id and row.external_id else row

    def change(self, row: LedgerDocument) -> None:
        if not any(row is one for one in self.changed):
            self.changed.append(row)


def _rounded(told: ToldDocument) -> ToldDocument:
    amount = round_money(told.content.amount, told.account.currency)
    return replace(told, content=replace(told.content, amount=amount))


def _known(seller_id: int, told: Sequence[ToldDocument]) -> list[LedgerDocument]:
    """The documents that these may be, in two statements."""
    rows = LedgerDocument.objects.visible_to(current()).filter(seller_id=seller_id)
    external = {one.external_id for one in told if one.external_id}
    found = {row.pk: row for row in rows.filter(external_id__in=external)} if external else {}
    entities = {one.account.buyer_entity_id for one in told}
    alike = rows.filter(buyer_entity_id__in=entities, number__in={one.content.number for one in told})
    return list((found | {row.pk: row for row in alike.order_by("-id")}).values())


def _apply(book: _Book, account_id: int, told: ToldDocument, now: datetime) -> str:
    content = told.content
    digest = digest_of(told.account.contract, told.account.currency, told.account.buyer_entity_id, content)
    row = book.find(told)
    if row is None:
        row = LedgerDocument(seller_id=book.seller_id)
        _fill(book, row, account_id, told, digest, now)
        book.know(row)
        return "created"
    if row.order_id is None and content.order_id is not None:
        row.order_id = content.order_id
        book.change(row)
        book.touched.add(row.account_id)
    if row.external_id and not told.external_id:
        # Told along with an order, while it came as a document of its own too, which says more.
        return "unchanged"
    adopted = bool(told.external_id) and not row.external_id
    if not adopted and (told.source_time, digest) <= (row.source_time, row.digest):
        same = digest == row.digest
        return "unchanged" if same else "outdated"
    if digest == row.digest and not adopted:
        row.source_time = told.source_time
        book.change(row)
        return "unchanged"
    _fill(book, row, account_id, told, digest, now)
    book.know(row)
    return "changed"


def _fill(book: _Book, row: LedgerDocument, account_id: int, told: ToldDocument, digest: str, now: datetime) -> None:
    content = told.content
    if row.account_id is not None:
        book.touched.add(row.account_id)
    book.touched.add(account_id)
    row.account_id, row.buyer_entity_id = account_id, told.account.buyer_entity_id
    row.kind, row.external_id, row.number = content.kind.value, told.external_id, content.number
    row.issued_on, row.due_on = content.issued_on, content.due_on or content.issued_on
    row.amount, row.change = content.amount, change_of(content.kind, content.amount)
    row.is_void = content.is_void
    row.rest = Decimal(0) if content.is_void else row.change
    row.order_id = content.order_id or row.order_id
    row.settles = [
        {"external_id": one.external_id, "amount": None if one.amount is None else str(one.amount)}
        for one in content.settles
    ]
    row.note, row.source_time, row.digest, row.recorded_at = content.note[:500], told.source_time, digest, now
    book.change(row)
