"""The life of a claim through both walls: made, asked about, decided, disputed, closed; repeats, races, strangers."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import deals, world
from tests.claims.ground import SHIPPED, TODAY, claim, photo, shipment
from tests.deals import NOW, Deal
from tests.racing import at_once

from zveno.base.events import subscribe, unsubscribe
from zveno.claims.actions.ask_on_claim import ask_on_claim
from zveno.claims.actions.decide_claim import decide_claim
from zveno.claims.actions.dispute_claim import dispute_claim
from zveno.claims.actions.finish_claim import finish_claim
from zveno.claims.actions.open_claim import Claimed, open_claim
from zveno.claims.actions.say_on_claim import say_on_claim
from zveno.claims.actions.take_claim import take_claim
from zveno.claims.actions.withdraw_claim import withdraw_claim
from zveno.claims.errors import (
    ClaimFileTooLarge,
    ClaimMoved,
    ClaimNotFound,
    ClaimProblems,
    ClaimWordsMissing,
    ShipmentNotFound,
    TooManyClaimFiles,
)
from zveno.claims.events import ClaimDecided
from zveno.claims.models import Claim, ClaimFile
from zveno.claims.queries.claim_list import claim_figures, count_waiting_for
from zveno.claims.queries.claim_page import ClaimPage, claim_file, claim_page
from zveno.claims.queries.claimable import claimable_of
from zveno.claims.rules.claiming import MOST_FILE_BYTES, Kind, Outcome
from zveno.claims.rules.deciding import Verdict
from zveno.claims.rules.states import Side

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal


@pytest.fixture
def deal() -> Deal:
    return deals.deal()


def page_of(made: Claim) -> ClaimPage:
    with deals.as_system():
        found = claim_page(claim_id=made.pk)
    assert found is not None
    return found


def verdicts(made: Claim, *told: Verdict) -> dict[int, Verdict]:
    return {line.id: verdict for line, verdict in zip(page_of(made).lines, told, strict=True)}


def test_a_claim_goes_from_the_buyer_to_the_seller_and_back_until_it_is_closed(deal: Deal) -> None:
    lamp, cable = deal.product(name="Люстра"), deal.product(name="Кабель")
    made = claim(deal, shipment(deal, (lamp, 10), (cable, 5)), {lamp: 2, cable: 1}, wish=Outcome.REFUND)
    assert (made.number, made.worth, made.due_on.isoformat()) == (
        f"{deal.seller.company.code}-C00001",
        D("300.00"),
        "2026-04-17",
    )
    with deal.selling():
        assert count_waiting_for(side=Side.SELLER, seller_id=deal.seller_id) == 1
        take_claim(claim_id=made.pk, now=NOW)
        ask_on_claim(claim_id=made.pk, words="Пришлите фото упаковки", now=NOW)
    with deal.buying() as actor:
        assert count_waiting_for(side=Side.BUYER) == 1
        say_on_claim(claim_id=made.pk, words="Вот", sent=[photo()], company_id=actor.company_id, now=NOW)
    heard: list[ClaimDecided] = []
    subscribe(ClaimDecided, heard.append)
    try:
        with deal.selling():
            told = (Verdict(Outcome.REFUND, D(2)), Verdict(Outcome.REJECT, D(1), words="Бухта цела"))
            decide_claim(claim_id=made.pk, verdicts=verdicts(made, *told), words="", now=NOW)
    finally:
        unsubscribe(ClaimDecided, heard.append)
    assert [(event.claim_id, event.credited) for event in heard] == [(made.pk, D("200.00"))]
    with deal.selling():
        finish_claim(claim_id=made.pk, words="Корректировка 88", now=NOW)
    page = page_of(made)
    assert (page.claim.state.value, page.claim.credited) == ("closed", D("200.00"))
    assert [(line.outcome, line.granted, line.words) for line in page.lines] == [
        (Outcome.REFUND, D(2), ""),
        (Outcome.REJECT, D(0), "Бухта цела"),
    ]
    assert [event.kind for event in reversed(page.events)] == ["opened", "taken", "asked", "said", "decided", "closed"]
    assert [event.side.value for event in reversed(page.events)] == [
        "buyer", "seller", "seller", "buyer", "seller", "seller",
    ]  # fmt: skip


def test_the_same_form_sent_twice_makes_one_claim(deal: Deal) -> None:
    lamp = deal.product()
    of, key = shipment(deal, (lamp, 10)), uuid4()
    first = claim(deal, of, {lamp: 6}, key=key, sent=(photo(),))
    assert claim(deal, of, {lamp: 6}, key=key, sent=(photo(),)).pk == first.pk
    assert len(page_of(first).files) == 1


def test_goods_are_claimed_once_and_come_free_when_a_claim_is_taken_back_or_rejected(deal: Deal) -> None:
    lamp = deal.product()
    of = shipment(deal, (lamp, 10))
    first = claim(deal, of, {lamp: 7})
    with pytest.raises(ClaimProblems) as refused:
        claim(deal, of, {lamp: 4})
    assert [(p.code, p.params) for p in refused.value.problems] == [
        ("more_than_shipped", {"most": "3.000", "claimed": "7.000"})
    ]
    with deal.buying():
        withdraw_claim(claim_id=first.pk, now=NOW)
    second = claim(deal, of, {lamp: 10})
    with deal.selling():
        told = verdicts(second, Verdict(Outcome.REJECT, D(10), words="Не подтвердилось"))
        decide_claim(claim_id=second.pk, verdicts=told, words="", now=NOW)
    third = claim(deal, of, {lamp: 10})
    with deal.buying(), pytest.raises(ClaimProblems) as used:
        dispute_claim(claim_id=second.pk, words="Не согласны", today=TODAY, now=NOW)
    assert [p.code for p in used.value.problems] == ["claimed_meanwhile"]
    assert page_of(third).claim.state.value == "submitted"


def test_what_is_granted_stays_claimed(deal: Deal) -> None:
    lamp = deal.product()
    of = shipment(deal, (lamp, 10))
    made = claim(deal, of, {lamp: 8}, wish=Outcome.REFUND)
    with deal.selling():
        told = verdicts(made, Verdict(Outcome.REFUND, D(3), words="Пять целы"))
        decide_claim(claim_id=made.pk, verdicts=told, words="", now=NOW)
    with deal.buying():
        found = claimable_of(shipment_id=of.pk)
        assert found is not None
        assert [left for _goods, left in found.left()] == [D(7)]


def test_the_claim_outlives_a_shipment_that_the_accounting_system_tells_anew(deal: Deal) -> None:
    lamp = deal.product()
    of = shipment(deal, (lamp, 10))
    made = claim(deal, of, {lamp: 7})
    with deals.as_system():
        of.delete()
    again = shipment(deal, (lamp, 9))
    assert page_of(made).lines[0].quantity == 7
    with pytest.raises(ClaimProblems) as refused:
        claim(deal, again, {lamp: 3})
    assert refused.value.problems[0].params["most"] == "2.000"


def test_a_disputed_claim_is_looked_into_again_with_a_new_day(deal: Deal) -> None:
    lamp = deal.product()
    made = claim(deal, shipment(deal, (lamp, 10)), {lamp: 2}, wish=Outcome.REFUND)
    with deal.selling():
        told = verdicts(made, Verdict(Outcome.DISCOUNT, D(2), D("20.00")))
        decide_claim(claim_id=made.pk, verdicts=told, words="", now=NOW)
    with deal.buying():
        dispute_claim(claim_id=made.pk, words="Скидки мало", today=TODAY.replace(day=20), now=NOW)
    page = page_of(made)
    assert (page.claim.state.value, page.claim.due_on.isoformat(), page.claim.credited) == ("in_work", "2026-04-27", 0)
    assert page.lines[0].outcome is None


@pytest.mark.parametrize("deed", ["finish", "decide_twice", "withdraw_decided"])
def test_a_deed_out_of_its_time_changes_nothing(deal: Deal, deed: str) -> None:
    lamp = deal.product()
    made = claim(deal, shipment(deal, (lamp, 10)), {lamp: 2})
    told = verdicts(made, Verdict(Outcome.REPLACE, D(2)))
    if deed == "finish":
        with deal.selling(), pytest.raises(ClaimMoved):
            finish_claim(claim_id=made.pk, words="", now=NOW)
        assert page_of(made).claim.state.value == "submitted"
        return
    with deal.selling():
        decide_claim(claim_id=made.pk, verdicts=told, words="", now=NOW)
    if deed == "decide_twice":
        with deal.selling(), pytest.raises(ClaimMoved):
            decide_claim(claim_id=made.pk, verdicts=told, words="", now=NOW)
    else:
        with deal.buying(), pytest.raises(ClaimMoved):
            withdraw_claim(claim_id=made.pk, now=NOW)
    assert page_of(made).claim.state.value == "decided"


def test_an_incomplete_decision_keeps_nothing(deal: Deal) -> None:
    lamp, cable = deal.product(), deal.product()
    made = claim(deal, shipment(deal, (lamp, 10), (cable, 5)), {lamp: 2, cable: 1})
    half = dict(list(verdicts(made, Verdict(Outcome.REPLACE, D(2)), Verdict(Outcome.REPLACE, D(1))).items())[:1])
    with pytest.raises(ClaimProblems) as refused, deal.selling():
        decide_claim(claim_id=made.pk, verdicts=half, words="", now=NOW)
    assert [p.code for p in refused.value.problems] == ["line_undecided"]
    page = page_of(made)
    assert (page.claim.state.value, [line.outcome for line in page.lines]) == ("submitted", [None, None])


def test_two_at_once_never_claim_the_same_goods(deal: Deal) -> None:
    lamp = deal.product()
    of = shipment(deal, (lamp, 10))

    def attempt(_number: int) -> str:
        try:
            claim(deal, of, {lamp: 6})
        except ClaimProblems as fault:
            return fault.problems[0].code
        return "made"

    assert sorted(map(str, at_once(4, attempt))) == ["made"] + ["more_than_shipped"] * 3


def test_a_stranger_finds_neither_claim_nor_file_nor_shipment(deal: Deal) -> None:
    lamp = deal.product()
    of = shipment(deal, (lamp, 10))
    made = claim(deal, of, {lamp: 2}, sent=(photo(),))
    file_id = page_of(made).files[0].id
    other = deals.deal()
    with other.buying() as actor:
        assert claim_page(claim_id=made.pk) is None
        assert claim_file(claim_id=made.pk, file_id=file_id) is None
        with pytest.raises(ShipmentNotFound):
            claimed = Claimed(Kind.DAMAGE, Outcome.REPLACE, {f"p{lamp.pk}": D(1)}, "чужое")
            open_claim(actor=actor, shipment_id=of.pk, claimed=claimed, sent=(), key=uuid4(), today=TODAY, now=NOW)
        with pytest.raises(ClaimNotFound):
            withdraw_claim(claim_id=made.pk, now=NOW)
    with other.selling():
        assert claim_page(claim_id=made.pk) is None
        with pytest.raises(ClaimNotFound):
            take_claim(claim_id=made.pk, now=NOW)


def test_the_seller_reads_the_buyers_photo_and_the_buyer_the_sellers_paper(deal: Deal) -> None:
    lamp = deal.product()
    made = claim(deal, shipment(deal, (lamp, 10)), {lamp: 2}, sent=(photo(),))
    with deal.selling() as actor:
        say_on_claim(claim_id=made.pk, words="", sent=[photo(b"%PDF", "акт.pdf")], company_id=actor.company_id, now=NOW)
    ids = [file.id for file in page_of(made).files]
    for side in (deal.buying, deal.selling):
        with side():
            assert all(claim_file(claim_id=made.pk, file_id=file_id) is not None for file_id in ids)


@pytest.mark.parametrize(
    ("label", "count", "size", "fault"),
    [("too large", 1, MOST_FILE_BYTES + 1, ClaimFileTooLarge), ("too many", 21, 3, TooManyClaimFiles)],
)
def test_files_that_cannot_be_taken_leave_no_claim(
    deal: Deal, label: str, count: int, size: int, fault: type[Exception]
) -> None:
    lamp = deal.product()
    of = shipment(deal, (lamp, 10))
    sent = tuple(photo(bytes([n, 1, 2]), f"{n}.png") for n in range(count))
    if size > MOST_FILE_BYTES:
        sent = (type(sent[0])(sent[0].name, size, sent[0].pieces, True),)
    with pytest.raises(fault):
        claim(deal, of, {lamp: 2}, sent=sent)
    assert not Claim.objects.unscoped("a test looks").exists(), label
    assert not ClaimFile.objects.unscoped("a test looks").exists()


def test_a_claim_says_what_happened(deal: Deal) -> None:
    lamp = deal.product()
    with pytest.raises(ClaimWordsMissing):
        claim(deal, shipment(deal, (lamp, 10)), {lamp: 2}, words="  ")


def test_a_large_claim_is_read_with_as_many_statements_as_a_small_one(deal: Deal) -> None:
    goods = [deal.product() for _ in range(12)]
    small = claim(deal, shipment(deal, (goods[0], 5), number="А1"), {goods[0]: 1})
    large = claim(deal, shipment(deal, *((g, 5) for g in goods), number="А2"), dict.fromkeys(goods, 1))
    counts = []
    for made in (small, large):
        with deal.selling(), CaptureQueriesContext(connection) as asked:
            claim_page(claim_id=made.pk)
        counts.append(len(asked))
    assert counts == [6, 6]


def test_the_figures_count_a_product_by_what_was_wrong(deal: Deal) -> None:
    lamp = deal.product(name="Люстра", code="Л-1")
    of = shipment(deal, (lamp, 10))
    claim(deal, of, {lamp: 2})
    claim(deal, of, {lamp: 1})
    claim(deal, of, {lamp: 3}, kind=Kind.DEFECT, wish=Outcome.REPAIR)
    with deal.selling():
        figures = claim_figures(seller_id=deal.seller_id, since=SHIPPED)
    assert [(f.code, f.kind.value, f.claims, f.quantity) for f in figures] == [
        ("Л-1", "damage", 2, D(3)),
        ("Л-1", "defect", 1, D(3)),
    ]


def test_a_colleague_goes_on_with_the_claim_of_one_who_was_blocked(deal: Deal) -> None:
    lamp = deal.product()
    made = claim(deal, shipment(deal, (lamp, 10)), {lamp: 2})
    with deals.as_system():
        world.Member.objects.unscoped("a test blocks").filter(user=deal.dealer.buyer).update(blocked_at=NOW)
    with deal.buying(deal.dealer.head):
        withdraw_claim(claim_id=made.pk, now=NOW)
    assert page_of(made).claim.state.value == "withdrawn"
