"""The ledger: documents in any order come to the same, what is paid by what, balances, walls."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.racing import at_once

from zveno.base.scope import Section, entered, system_scope
from zveno.finance.actions.accounts import AccountKey
from zveno.finance.actions.apply_balances import ToldBalance, apply_balances
from zveno.finance.actions.apply_documents import ToldDocument, apply_documents
from zveno.finance.models import Account, Allocation, LedgerDocument, MonthTotal
from zveno.finance.queries.balances import Which, balances_on, changes_until, turnovers
from zveno.finance.queries.differences import differences
from zveno.finance.queries.documents import DocumentFilter, document_page, documents
from zveno.finance.queries.receivables import aged_accounts, due_days, open_debts
from zveno.finance.rules.ageing import Age
from zveno.finance.rules.differences import Cause, Side
from zveno.finance.rules.documents import Content, Kind, Settles, change_of, digest_of
from zveno.finance.rules.settling import Entry, settle
from zveno.kit.period import Period
from zveno.partners.queries.actors import find_actor
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db

NOW = world.NOW
DAY = NOW.date()


def told(
    entity: world.LegalEntity,
    external_id: str,
    kind: Kind,
    amount: str,
    *,
    at: int = 0,
    contract: str = "",
    **more: object,
) -> ToldDocument:
    """A document of `entity`, told at the minute `at`."""
    given: dict[str, object] = {"number": f"№ {external_id}", "issued_on": DAY, **more}
    return ToldDocument(
        AccountKey(entity.company_id, entity.pk, contract),
        external_id,
        Content(kind=kind, amount=Decimal(amount), **given),  # type: ignore[arg-type]
        NOW + timedelta(minutes=at),
    )


def apply(seller: world.Partner, rows: Sequence[ToldDocument]) -> tuple[str, ...]:
    with transaction.atomic(), entered(system_scope()):
        return apply_documents(seller_id=seller.company.pk, told=rows, now=NOW)


def ledger(seller: world.Partner) -> dict[str, tuple[object, ...]]:
    """What the tables say, by external id."""
    rows = LedgerDocument.objects.unscoped("a test looks").filter(seller=seller.company).select_related("account")
    return {
        row.external_id: (row.kind, row.change, row.rest, row.is_void, row.account.contract, row.order_id)
        for row in rows
    }


def pairs(seller: world.Partner) -> set[tuple[str, str, Decimal, str]]:
    rows = Allocation.objects.unscoped("a test looks").filter(seller=seller.company)
    return {
        (row.debt.external_id, row.credit.external_id, row.amount, row.basis)
        for row in rows.select_related("debt", "credit")
    }


def test_a_payment_settles_a_shipment_and_the_page_of_each_names_the_other() -> None:
    seller, dealer = world.seller(), world.dealer()
    apply(
        seller, [told(dealer.entity, "s1", Kind.SHIPMENT, "100.00"), told(dealer.entity, "p1", Kind.PAYMENT, "60.00")]
    )
    assert ledger(seller)["s1"][2] == Decimal("40.00")
    with entered(system_scope()):
        shipment = LedgerDocument.objects.unscoped("a test looks").get(external_id="s1")
        page = document_page(document_id=shipment.pk)
    assert page is not None
    assert [(one.document.number, one.amount) for one in page.settlements] == [("№ p1", Decimal("60.00"))]


def test_the_same_again_changes_nothing_and_says_so() -> None:
    seller, dealer = world.seller(), world.dealer()
    rows = [told(dealer.entity, "s1", Kind.SHIPMENT, "100"), told(dealer.entity, "p1", Kind.PAYMENT, "60")]
    assert apply(seller, rows) == ("created", "created")
    before = (ledger(seller), pairs(seller))
    assert apply(seller, rows) == ("unchanged", "unchanged")
    assert (ledger(seller), pairs(seller)) == before


def test_older_news_of_a_document_does_not_undo_newer() -> None:
    seller, dealer = world.seller(), world.dealer()
    old, new = (told(dealer.entity, "s1", Kind.SHIPMENT, amount, at=at) for amount, at in (("100", 0), ("90", 5)))
    assert apply(seller, [new]) == ("created",)
    assert apply(seller, [old]) == ("outdated",)
    assert ledger(seller)["s1"][1] == Decimal(90)


def test_a_document_taken_back_owes_nothing_and_its_payment_is_free_again() -> None:
    seller, dealer = world.seller(), world.dealer()
    rows = [told(dealer.entity, "s1", Kind.SHIPMENT, "100"), told(dealer.entity, "p1", Kind.PAYMENT, "100")]
    apply(seller, rows)
    apply(seller, [told(dealer.entity, "s1", Kind.SHIPMENT, "100", at=1, is_void=True)])
    assert ledger(seller)["s1"][2:4] == (0, True)
    assert ledger(seller)["p1"][2] == Decimal(-100)
    assert pairs(seller) == set()


def test_a_document_that_moves_to_another_contract_leaves_the_first_account_whole() -> None:
    seller, dealer = world.seller(), world.dealer()
    apply(seller, [told(dealer.entity, "s1", Kind.SHIPMENT, "100"), told(dealer.entity, "p1", Kind.PAYMENT, "100")])
    apply(seller, [told(dealer.entity, "s1", Kind.SHIPMENT, "100", at=1, contract="77/26")])
    assert ledger(seller)["p1"][2] == Decimal(-100)
    assert (ledger(seller)["s1"][2], ledger(seller)["s1"][4]) == (Decimal(100), "77/26")
    months = MonthTotal.objects.unscoped("a test looks").filter(seller=seller.company)
    assert {(row.account.contract, row.shipped, row.paid) for row in months.select_related("account")} == {
        ("", Decimal(0), Decimal(-100)),
        ("77/26", Decimal(100), Decimal(0)),
    }


def test_a_paper_of_an_order_and_the_same_paper_by_itself_are_one() -> None:
    seller, dealer = world.seller(), world.dealer()
    by_order = replace(told(dealer.entity, "", Kind.PAYMENT, "70", order_id=5, number="ПП-1"), external_id="")
    by_itself = told(dealer.entity, "p-1", Kind.PAYMENT, "70", number="ПП-1")
    for first, second in ((by_order, by_itself), (by_itself, by_order)):
        with transaction.atomic():
            apply(seller, [first])
            apply(seller, [second])
            assert {key: (row[1], row[5]) for key, row in ledger(seller).items()} == {"p-1": (Decimal(-70), 5)}
            transaction.set_rollback(True)


def test_two_papers_of_one_number_with_ids_of_their_own_are_two() -> None:
    seller, dealer = world.seller(), world.dealer()
    apply(seller, [told(dealer.entity, one, Kind.SHIPMENT, "10", number="7") for one in ("a", "b")])
    assert len(ledger(seller)) == 2


# Kills, repeats, reorderings


def _story(chance: random.Random, entities: Sequence[world.LegalEntity]) -> list[ToldDocument]:
    """Up to eight documents, each told in up to four versions."""
    rows = []
    for at in range(chance.randrange(1, 9)):
        kind = chance.choice([Kind.SHIPMENT, Kind.SHIPMENT, Kind.PAYMENT, Kind.RETURN, Kind.CORRECTION, Kind.ADVANCE])
        order = chance.choice([None, 1, 2])
        for _ in range(chance.randrange(1, 5)):
            settles = (Settles(f"d{chance.randrange(8)}", chance.choice([None, Decimal(50)])),)
            rows.append(
                told(
                    chance.choice(entities),
                    f"d{at}",
                    kind,
                    str(chance.randrange(1, 500)),
                    at=chance.randrange(6),
                    contract=chance.choice(["", "A"]),
                    issued_on=DAY - timedelta(days=chance.randrange(70)),
                    due_on=DAY + timedelta(days=chance.randrange(-40, 40)),
                    order_id=order,
                    settles=settles if chance.random() < 0.3 else (),
                    is_void=chance.random() < 0.15,
                )
            )
    return rows


def _expected(rows: Sequence[ToldDocument]) -> dict[str, tuple[object, ...]]:
    """By the rules alone: of each document the newest version, settled account by account."""
    newest: dict[str, ToldDocument] = {}
    for row in sorted(rows, key=lambda one: (one.source_time, _digest(one))):
        newest[row.external_id] = row
    accounts: dict[AccountKey, list[ToldDocument]] = {}
    for row in newest.values():
        accounts.setdefault(row.account, []).append(row)
    found: dict[str, tuple[object, ...]] = {}
    for of_account in accounts.values():
        living = [row for row in of_account if not row.content.is_void]
        rest = settle(_entry(at, row) for at, row in enumerate(living)).rest
        rests = {row.external_id: rest[at] for at, row in enumerate(living)}
        for row in of_account:
            content = row.content
            change = change_of(content.kind, content.amount)
            found[row.external_id] = (
                content.kind.value, change, rests.get(row.external_id, Decimal(0)), content.is_void,
                row.account.contract, content.order_id,
            )  # fmt: skip
    return found


def _digest(row: ToldDocument) -> str:
    return digest_of(row.account.contract, row.account.currency, row.account.buyer_entity_id, row.content)


def _entry(at: int, row: ToldDocument) -> Entry:
    content = row.content
    return Entry(
        id=at,
        key=f"{row.external_id}\x1f{content.kind.value}",
        change=change_of(content.kind, content.amount),
        issued_on=content.issued_on,
        due_on=content.due_on or content.issued_on,
        order_id=content.order_id,
        external_id=row.external_id,
        settles=content.settles,
    )


class KilledError(Exception):
    pass


def _live_through(seller: world.Partner, rows: Sequence[ToldDocument], chance: random.Random) -> None:
    """Tell the rows shuffled, some twice, in pieces, some of which die before they are kept and come again."""
    course = [*rows, *chance.sample(rows, len(rows) // 2)]
    chance.shuffle(course)
    while course:
        size = chance.randrange(1, 6)
        piece, course = course[:size], course[size:]
        if chance.random() < 0.25:
            with pytest.raises(KilledError), transaction.atomic():
                apply(seller, piece)
                raise KilledError
            course = [*piece, *course] if chance.random() < 0.5 else [*course, *piece]
            continue
        apply(seller, piece)


@pytest.mark.parametrize(
    "seeds",
    [range(40), *(pytest.param(range(at, at + 160), marks=pytest.mark.slow) for at in range(40, 1000, 160))],
    ids=lambda seeds: f"seeds {seeds.start} to {seeds.stop - 1}",
)
def test_kills_repeats_and_reorderings_leave_the_ledger_equal(seeds: range) -> None:
    seller, dealer = world.seller(), world.dealer(entities=2)
    for seed in seeds:
        chance = random.Random(seed)
        rows = _story(chance, dealer.entities)
        with transaction.atomic():
            _live_through(seller, rows, chance)
            assert ledger(seller) == _expected(rows), f"seed {seed}"
            _months_and_pairs_agree(seller)
            transaction.set_rollback(True)


def _months_and_pairs_agree(seller: world.Partner) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT sum(shipped + returned + paid + other) FROM finance_monthtotal WHERE seller_id = %(s)s),"
            " (SELECT sum(change) FROM finance_ledgerdocument WHERE seller_id = %(s)s AND NOT is_void),"
            " (SELECT count(*) FROM finance_ledgerdocument d WHERE seller_id = %(s)s AND NOT is_void"
            " AND abs(change - rest)"
            " <> (SELECT coalesce(sum(amount), 0) FROM finance_allocation WHERE d.id IN (debt_id, credit_id)))",
            {"s": seller.company.pk},
        )
        months, changes, uneven = cursor.fetchone()
    assert (months, uneven) == (changes, 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_tell_the_same_documents_at_once_make_one_ledger() -> None:
    seller, dealer = world.seller(), world.dealer()
    rows = [told(dealer.entity, f"s{at}", Kind.SHIPMENT, "10") for at in range(20)]
    rows.append(told(dealer.entity, "p", Kind.PAYMENT, "150"))
    at_once(2, lambda number: apply(seller, rows if number else rows[::-1]))
    assert len(ledger(seller)) == 21
    assert Account.objects.unscoped("a test looks").filter(seller=seller.company).count() == 1
    assert sum(row[2] for row in ledger(seller).values()) == Decimal(50)  # type: ignore[misc]


def test_the_database_keeps_no_rest_beyond_the_document() -> None:
    seller, dealer = world.seller(), world.dealer()
    row = world.paper(seller, dealer.entity, amount="100")
    for rest in (Decimal(101), Decimal(-1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerDocument.objects.unscoped("a test spoils").filter(pk=row.pk).update(rest=rest)


# Balances


def test_opening_turnover_and_closing_of_any_period_and_the_balance_of_any_day() -> None:
    seller, dealer = world.seller(), world.dealer()
    days = {"s1": date(2025, 11, 3), "p1": date(2026, 1, 20), "s2": date(2026, 2, 10), "r1": date(2026, 2, 25)}
    kinds = {"s1": Kind.SHIPMENT, "p1": Kind.PAYMENT, "s2": Kind.SHIPMENT, "r1": Kind.RETURN}
    sums = {"s1": "1000", "p1": "400", "s2": "250.55", "r1": "50.05"}
    apply(seller, [told(dealer.entity, key, kinds[key], sums[key], issued_on=days[key]) for key in days])
    which = Which(seller_id=seller.company.pk)
    with entered(system_scope()):
        [row] = turnovers(period=Period(date(2026, 1, 20), date(2026, 2, 25)), which=which)
        assert (row.opening, row.changes.shipped, row.changes.paid, row.closing) == (
            Decimal(1000), Decimal("250.55"), Decimal(-400), Decimal("850.55"),
        )  # fmt: skip
        on = {day: next(iter(balances_on(day, which).values()), None) for day in (*days.values(), date(2025, 11, 2))}
    assert list(on.values()) == [Decimal(1000), Decimal(600), Decimal("850.55"), Decimal("800.50"), None]


def test_the_balance_of_a_day_is_the_sum_of_the_documents_until_then() -> None:
    seller, dealer = world.seller(), world.dealer()
    chance = random.Random(7)
    rows = [
        told(
            dealer.entity, f"d{at}", chance.choice(list(Kind)), str(chance.randrange(1, 999)),
            issued_on=DAY - timedelta(days=chance.randrange(200)),
        )
        for at in range(60)
    ]  # fmt: skip
    apply(seller, rows)
    with entered(system_scope()):
        for back in range(0, 200, 7):
            day = DAY - timedelta(days=back)
            whole = sum(change_of(r.content.kind, r.content.amount) for r in rows if r.content.issued_on < day)
            told_ = changes_until(day, Which(seller_id=seller.company.pk))
            assert sum((one.balance for one in told_.values()), Decimal(0)) == whole


def test_receivables_by_age_to_the_day_and_down_to_the_document() -> None:
    seller, dealer = world.seller(), world.dealer()
    due = {"future": 10, "today": 0, "late": -1, "month": -31, "old": -120}
    apply(
        seller,
        [
            told(
                dealer.entity,
                key,
                Kind.SHIPMENT,
                "100",
                issued_on=DAY - timedelta(days=130),
                due_on=DAY + timedelta(days=at),
            )
            for key, at in due.items()
        ],
    )
    which = Which(seller_id=seller.company.pk)
    with entered(system_scope()):
        [row] = aged_accounts(which=which, today=DAY)
        oldest = open_debts(which, today=DAY, age=Age.OLDER).get()
        calendar = due_days(which=which, today=DAY, until=DAY + timedelta(days=5))
    aged = row.aged
    assert (aged.not_due, aged.days_30, aged.days_60, aged.older, aged.overdue) == (200, 100, 100, 100, 300)
    assert (oldest.external_id, row.overdue_since) == ("old", DAY - timedelta(days=120))
    assert [(one.day, one.sum, one.count) for one in calendar] == [
        (DAY - timedelta(days=1), Decimal(300), 3),
        (DAY, Decimal(100), 1),
    ]


def test_sums_take_as_many_statements_for_a_thousand_documents_as_for_one() -> None:
    seller, dealer = world.seller(), world.dealer()
    which = Which(seller_id=seller.company.pk)

    def statements() -> int:
        with entered(system_scope()), CaptureQueriesContext(connection) as told_:
            turnovers(period=Period(DAY - timedelta(days=40), DAY), which=which)
            aged_accounts(which=which, today=DAY)
        return len(told_)

    apply(seller, [told(dealer.entity, "s0", Kind.SHIPMENT, "10")])
    one = statements()
    apply(seller, [told(dealer.entity, f"s{at}", Kind.SHIPMENT, "10") for at in range(1, 1000)])
    assert statements() == one == 7


# The other side's balance


def balance(
    entity: world.LegalEntity, sum_: str, *, at: int = 0, documents: tuple[Side, ...] | None = None
) -> ToldBalance:
    return ToldBalance(
        AccountKey(entity.company_id, entity.pk), DAY, Decimal(sum_), NOW + timedelta(minutes=at), documents
    )


def tell_balance(seller: world.Partner, row: ToldBalance) -> str:
    with transaction.atomic(), entered(system_scope()):
        return apply_balances(seller_id=seller.company.pk, told=[row], now=NOW)[0]


def test_a_stated_balance_that_agrees_is_no_difference_and_one_that_does_not_is_explained() -> None:
    seller, dealer = world.seller(), world.dealer()
    apply(seller, [told(dealer.entity, "s1", Kind.SHIPMENT, "100")])
    which = Which(seller_id=seller.company.pk)
    assert tell_balance(seller, balance(dealer.entity, "100")) == "created"
    with entered(system_scope()):
        assert differences(which) == []
    listed = (Side("s1", "№ s1", DAY, Decimal(100)), Side("s2", "№ s2", DAY, Decimal("25.50")))
    assert tell_balance(seller, balance(dealer.entity, "125.50", at=1, documents=listed)) == "changed"
    with entered(system_scope()):
        [found] = differences(which)
    assert found.agreed.difference == Decimal("-25.50")
    assert [(part.cause, part.document.number if part.document else "") for part in found.parts] == [
        (Cause.MISSING_HERE, "№ s2")
    ]
    apply(seller, [told(dealer.entity, "s2", Kind.SHIPMENT, "25.50")])
    with entered(system_scope()):
        assert differences(which) == []


def test_an_older_balance_of_the_same_day_does_not_replace_a_newer() -> None:
    seller, dealer = world.seller(), world.dealer()
    assert tell_balance(seller, balance(dealer.entity, "5", at=2)) == "created"
    assert tell_balance(seller, balance(dealer.entity, "7", at=1)) == "outdated"
    assert tell_balance(seller, balance(dealer.entity, "5", at=3)) == "unchanged"


# Walls


def test_a_person_bound_to_a_daughter_sees_its_debt_alone_and_the_main_sees_all() -> None:
    seller, dealer = world.seller(), world.dealer(entities=2)
    for entity, amount in zip(dealer.entities, ("100", "7"), strict=True):
        world.terms(seller, entity)
        world.paper(seller, entity, amount=amount)
    bound = world.member(dealer.company, Role.ACCOUNTANT, bound_to=(dealer.entities[1],)).user
    seen = {}
    for person in (bound, dealer.head):
        with transaction.atomic():
            actor = find_actor(user=person, section=Section.BUYING, chosen={})
            assert actor is not None
            with entered(actor.scope):
                seen[person.pk] = sorted(row.rest for row in documents(DocumentFilter()))
                second_wall = LedgerDocument.objects.unscoped("the first wall is off").count()
                assert second_wall == len(seen[person.pk])
    assert list(seen.values()) == [[Decimal(7)], [Decimal(7), Decimal(100)]]


def test_a_buyer_changes_nothing_of_the_ledger() -> None:
    seller, dealer = world.seller(), world.dealer()
    world.terms(seller, dealer.entity)
    row = world.paper(seller, dealer.entity)
    with transaction.atomic():
        actor = find_actor(user=dealer.head, section=Section.BUYING, chosen={})
        assert actor is not None
        with entered(actor.scope):
            assert LedgerDocument.objects.unscoped("the first wall is off").filter(pk=row.pk).update(rest=0) == 0
