"""Rows of the ledger: accounts, documents with what settles what, balances that the books state, credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from zveno.accounts.rules.secrets import digest
from zveno.base.scope import entered, system_scope
from zveno.demo.loading.bulk import Unchecked, as_json, copy_rows
from zveno.demo.loading.partners import began_on, managers
from zveno.demo.rules.money import Paper, papers, shipment_id
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, SALES_HOUSE, Terms
from zveno.demo.rules.trade import deliveries
from zveno.demo.world import World
from zveno.finance.actions.set_credit_policy import set_credit_policy
from zveno.finance.actions.settled_accounts import keep_months
from zveno.finance.mailing import off_secret
from zveno.finance.rules.documents import Content, Kind, Settles, change_of, digest_of
from zveno.finance.rules.settling import RULE, Entry, Settled, settle

_TABLES = ("finance.LedgerDocument", "finance.Allocation")
_DOCUMENT = (
    "id", "account_id", "seller_id", "buyer_entity_id", "kind", "external_id", "number", "issued_on", "due_on",
    "amount", "change", "rest", "order_id", "settles", "note", "source_time", "digest", "recorded_at",
)  # fmt: skip
# Accounts whose books do not agree with ours: by their place among the accounts, and how.
_MISSING, _UNEQUAL, _SUM_ALONE = 4, 11, 23


def load(world: World) -> int:
    """Two years of money; returns how many documents."""
    by_account: dict[int, list[Paper]] = defaultdict(list)
    account_of = {(terms.seller, terms.entity): at for at, terms in enumerate(world.terms, 1)}
    told = [*papers(world.history, world.terms, began_on=began_on(world), today=world.today), *_of_open_orders(world)]
    for paper in sorted(told, key=lambda one: (one.issued_on, one.external_id)):
        by_account[account_of[paper.terms.seller, paper.terms.entity]].append(paper)
    copy_rows(
        "finance.Account",
        ("id", "seller_id", "buyer_company_id", "buyer_entity_id", "contract", "settled_by"),
        ((at, t.seller, t.buyer, t.entity, t.contract, RULE) for at, t in enumerate(world.terms, 1)),
    )
    ids = _numbered(by_account)
    settled = {at: settle(_entries(rows, ids)) for at, rows in by_account.items()}
    with Unchecked(*_TABLES):
        count = copy_rows("finance.LedgerDocument", _DOCUMENT, _documents(by_account, ids, settled))
        copy_rows(
            "finance.Allocation",
            ("account_id", "seller_id", "buyer_entity_id", "debt_id", "credit_id", "amount", "basis"),
            _pairs(world, settled),
        )
    keep_months(account_ids=list(by_account))
    _stated(world, by_account)
    _credit(world)
    _mail(world)
    return count


def _of_open_orders(world: World) -> Iterator[Paper]:
    """Shipments of orders that are still open came after those of the past."""
    past = sum(1 for _ in deliveries(world.history))
    terms = {(t.seller, t.entity): t for t in world.terms}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, seller_id, buyer_entity_id, order_id, number, shipped_on, total FROM orders_shipment"
            " WHERE id > %s ORDER BY id",
            [past],
        )
        for at, seller, entity, order, number, day, total in cursor.fetchall():
            agreed = terms[seller, entity]
            due_on = day + timedelta(days=agreed.delay_days)
            yield Paper(agreed, "shipment", shipment_id(at), number, day, due_on, total, order)


def _numbered(by_account: dict[int, list[Paper]]) -> dict[tuple[int, str], int]:
    """(account, external id) → id; external ids repeat in no account."""
    keys = [(at, paper.external_id) for at, rows in sorted(by_account.items()) for paper in rows]
    return {key: number for number, key in enumerate(keys, 1)}


def _entries(rows: Sequence[Paper], ids: dict[tuple[int, str], int]) -> list[Entry]:
    by_external = {external_id: number for (_, external_id), number in ids.items()}
    return [
        Entry(
            id=by_external[paper.external_id],
            key=f"{paper.external_id}\x1f{paper.kind}",
            change=change_of(Kind(paper.kind), paper.amount),
            issued_on=paper.issued_on,
            due_on=paper.due_on,
            order_id=paper.order,
            external_id=paper.external_id,
            settles=(Settles(paper.settles),) if paper.settles else (),
        )
        for paper in rows
    ]


def _documents(
    by_account: dict[int, list[Paper]], ids: dict[tuple[int, str], int], settled: dict[int, Settled]
) -> Iterator[tuple[Any, ...]]:
    for at, rows in sorted(by_account.items()):
        for paper in rows:
            number, moment = ids[at, paper.external_id], _evening(paper)
            settles = [{"external_id": paper.settles, "amount": None}] if paper.settles else []
            change = change_of(Kind(paper.kind), paper.amount)
            yield (
                number, at, paper.terms.seller, paper.terms.entity, paper.kind, paper.external_id, paper.number,
                paper.issued_on, paper.due_on, paper.amount, change, settled[at].rest[number], paper.order,
                as_json(settles), paper.note, moment, _digest(paper), moment,
            )  # fmt: skip


def _digest(paper: Paper) -> str:
    content = Content(
        kind=Kind(paper.kind),
        number=paper.number,
        issued_on=paper.issued_on,
        amount=paper.amount,
        due_on=paper.due_on,
        order_id=paper.order,
        settles=(Settles(paper.settles),) if paper.settles else (),
        note=paper.note,
    )
    return digest_of(paper.terms.contract, "RUB", paper.terms.entity, content)


def _evening(paper: Paper) -> datetime:
    return datetime.combine(paper.issued_on, time(15, 40), UTC)


def _pairs(world: World, settled: dict[int, Settled]) -> Iterator[tuple[Any, ...]]:
    for at, found in sorted(settled.items()):
        terms = world.terms[at - 1]
        for pair in found.pairs:
            yield (at, terms.seller, terms.entity, pair.debt_id, pair.credit_id, pair.amount, pair.basis.value)


def _stated(world: World, by_account: dict[int, list[Paper]]) -> None:
    """Every seller's books of yesterday; three accounts do not agree."""
    as_of = world.today - timedelta(days=1)
    rows = []
    for at, found in sorted(by_account.items()):
        counted = [_counted(paper) for paper in found if paper.issued_on <= as_of]
        terms, documents = world.terms[at - 1], None
        if at == _MISSING:
            counted.append(_made_up(terms, as_of))
            documents = counted
        elif at == _UNEQUAL and counted:
            last = counted[-1]
            counted[-1] = {**last, "change": str(Decimal(last["change"]) + Decimal("12.40"))}
            documents = counted
        elif at == _SUM_ALONE and len(counted) > 1:
            counted.pop()
        balance = sum((Decimal(one["change"]) for one in counted), Decimal(0))
        told = as_json(documents) if documents is not None else None
        rows.append((at, terms.seller, terms.entity, as_of, balance, told, world.now, world.now))
    columns = ("account_id", "seller_id", "buyer_entity_id", "as_of", "balance", "documents", "source_time", "told_at")
    copy_rows("finance.StatedBalance", columns, rows)


def _counted(paper: Paper) -> dict[str, str]:
    return {
        "external_id": paper.external_id,
        "number": paper.number,
        "issued_on": paper.issued_on.isoformat(),
        "change": str(change_of(Kind(paper.kind), paper.amount)),
    }


def _made_up(terms: Terms, day: Any) -> dict[str, str]:
    change = str((terms.credit_limit / 90).quantize(Decimal("0.01")))
    return {"external_id": "rtu-9000001", "number": "РТУ-9000001", "issued_on": day.isoformat(), "change": change}


def _credit(world: World) -> None:
    """What sellers chose, and limits that their managers set."""
    names = {person.id: person.name for person in world.people}
    of_seller = managers(world)
    for seller in (SALES_HOUSE, *DISTRIBUTORS):
        overdue, grace = ("warn", 14) if seller == SALES_HOUSE else ("approve", 30)
        with entered(system_scope(names[of_seller[seller][0]])):
            set_credit_policy(
                seller_id=seller,
                over_limit="approve",
                when_overdue=overdue,
                grace_days=grace,
                now=world.now - timedelta(days=200),
            )
    limits = []
    for at, terms in enumerate(world.terms, 1):
        if at % 13 == 1:
            who = names[of_seller[terms.seller][at % len(of_seller[terms.seller])]]
            amount, moment = terms.credit_limit * 5 / 4, world.now - timedelta(days=30 + at % 60)
            limits.append((terms.seller, terms.buyer, terms.entity, amount, "Рост оборота за квартал", who, moment))
    told = ("seller_id", "buyer_company_id", "buyer_entity_id", "amount", "reason", "set_by_name", "set_at")
    copy_rows("finance.CreditLimit", told, limits)


def _mail(world: World) -> None:
    """The first dealer's accountant gets a statement each week, and reminders."""
    rows = [
        (
            p.id,
            p.company,
            "weekly",
            digest(off_secret(user_id=p.id, company_id=p.company)),
            world.today,
            time(20),
            time(9),
        )
        for p in world.people
        if p.company == FIRST_DEALER and p.role == "accountant"
    ]
    columns = (
        "user_id", "company_id", "statement", "off_sha256", "statement_sent_on", "quiet_from", "quiet_to",
    )  # fmt: skip
    copy_rows("finance.MoneyMail", columns, rows)
