"""Claims of the demo world, made and moved by the people of both sides through the house's own actions."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import ROUND_UP, Decimal

from PIL import Image, ImageDraw

from zveno.accounts.models import User
from zveno.base.scope import Section, entered
from zveno.claims.actions.ask_on_claim import ask_on_claim
from zveno.claims.actions.attach_files import SentFile
from zveno.claims.actions.decide_claim import decide_claim
from zveno.claims.actions.dispute_claim import dispute_claim
from zveno.claims.actions.finish_claim import finish_claim
from zveno.claims.actions.open_claim import Claimed, open_claim
from zveno.claims.actions.say_on_claim import say_on_claim
from zveno.claims.actions.take_claim import take_claim
from zveno.claims.actions.withdraw_claim import withdraw_claim
from zveno.claims.queries.claim_page import LineValue, claim_page
from zveno.claims.queries.claimable import Claimable, claimable_of
from zveno.claims.rules.claiming import Kind, Outcome, claimable
from zveno.claims.rules.deciding import ClaimedLine, Verdict, worth
from zveno.demo.rules.complaints import COMPLAINTS, PAPERS, Complaint
from zveno.demo.rules.parties import DISTRIBUTORS, FIRST_DEALER, SALES_HOUSE
from zveno.demo.world import World
from zveno.orders.models import Shipment
from zveno.partners.queries.actors import Actor, find_actor

_EACH_BACK_DAYS = 40
_SELLERS = (SALES_HOUSE, DISTRIBUTORS[0])
_OTHERS = 12


def load(world: World) -> int:
    """The dealer's claims of every kind, and some of others; returns how many."""
    made = 0
    for shipment_id, company, seller, what in _chosen(world):
        made += _Course(world, shipment_id, company, seller).run(what)
    return made


def _chosen(world: World) -> Iterator[tuple[int, int, int, Complaint]]:
    """Shipments of the last weeks with what is claimed of each."""
    rows = Shipment.objects.unscoped("the demo world's own").filter(
        shipped_on__gte=world.today - timedelta(days=_EACH_BACK_DAYS),
        shipped_on__lt=world.today - timedelta(days=1),
        seller_id__in=_SELLERS,
        order__isnull=False,
    )
    found = list(rows.order_by("-shipped_on", "-id").values_list("pk", "order__buyer_company_id", "seller_id"))
    of_dealer = [row for row in found if row[1] == FIRST_DEALER]
    others = [row for row in found if row[1] not in (FIRST_DEALER, *_SELLERS)]
    for row, what in zip(of_dealer, (*COMPLAINTS, PAPERS), strict=False):
        yield (*row, what)
    for at, row in enumerate(others[3::7][:_OTHERS]):
        yield (*row, COMPLAINTS[at % len(COMPLAINTS)])


class _Course:
    """One claim from its making on; each deed by a person of its side, some hours after the one before."""

    def __init__(self, world: World, shipment_id: int, company: int, seller: int) -> None:
        self._world, self._shipment_id, self._seed = world, shipment_id, world.seed
        self._buyer = next(p for p in world.people if p.company == company and p.role == "head").id
        self._manager = next(p for p in world.people if p.company == seller and p.role in ("seller_manager", "head")).id
        self._claim_id, self._now = 0, world.now

    def run(self, what: Complaint) -> int:
        """Make the claim and go its course as far as today; 1 when it could be made."""
        with _acting(self._buyer, Section.BUYING) as actor:
            state = claimable_of(shipment_id=self._shipment_id)
            wanted = _wanted(state, what) if state else {}
            if state is None or not (wanted or what.kind == "papers"):
                return 0
            self._now = self._moment(state, what)
            self._claim_id = self._open(actor, what, wanted)
        for deed in what.course:
            self._now = min(self._now + timedelta(hours=5), self._world.now)
            self._do(deed, what)
        return 1

    def _moment(self, state: Claimable, what: Complaint) -> datetime:
        days = (self._world.today - state.shipment.shipped_on).days
        ago = max(days - what.days, 0)
        return self._world.now - timedelta(days=ago, hours=3, minutes=self._shipment_id % 60)

    def _open(self, actor: Actor, what: Complaint, wanted: dict[str, Decimal]) -> int:
        claim = open_claim(
            actor=actor,
            shipment_id=self._shipment_id,
            claimed=Claimed(Kind(what.kind), Outcome(what.wish), wanted, what.words),
            sent=_photos(self._shipment_id, what.photos),
            key=uuid.uuid5(uuid.NAMESPACE_URL, f"claim/{self._seed}/{self._shipment_id}"),
            today=self._now.date(),
            now=self._now,
        )
        return claim.pk

    def _do(self, deed: str, what: Complaint) -> None:
        if deed in ("answer", "dispute", "withdraw"):
            with _acting(self._buyer, Section.BUYING) as actor:
                self._of_buyer(deed, actor)
        else:
            with _acting(self._manager, Section.SELLING):
                self._of_seller(deed, what)

    def _of_buyer(self, deed: str, actor: Actor) -> None:
        claim_id, now = self._claim_id, self._now
        if deed == "answer":
            words = "С обычным, без диммера. Подключал наш электрик, акт есть."
            say_on_claim(claim_id=claim_id, words=words, sent=(), company_id=actor.company_id, now=now)
        elif deed == "dispute":
            words = "На фото видно, что плёнка мокрая: так и приняли, отметка в накладной есть."
            dispute_claim(claim_id=claim_id, words=words, today=now.date(), now=now)
        else:
            withdraw_claim(claim_id=claim_id, now=now)

    def _of_seller(self, deed: str, what: Complaint) -> None:
        claim_id, now = self._claim_id, self._now
        if deed == "take":
            take_claim(claim_id=claim_id, now=now)
        elif deed == "ask":
            ask_on_claim(claim_id=claim_id, words=what.said, now=now)
        elif deed == "finish":
            finish_claim(claim_id=claim_id, words=what.said, now=now)
        else:
            page = claim_page(claim_id=claim_id)
            lines = page.lines if page else ()
            verdicts = {line.id: _verdict(deed, line, what) for line in lines}
            decide_claim(claim_id=claim_id, verdicts=verdicts, words="" if deed == "decide" else what.said, now=now)


def _verdict(deed: str, line: LineValue, what: Complaint) -> Verdict:
    if deed == "reject":
        return Verdict(Outcome.REJECT, line.quantity, words=what.said)
    if deed == "half":
        whole = worth(_claimed(line), line.quantity, "RUB")
        return Verdict(Outcome.DISCOUNT, line.quantity, round(whole * Decimal("0.3"), 2))
    return Verdict(Outcome(what.wish), line.quantity)


def _claimed(line: LineValue) -> ClaimedLine:
    return ClaimedLine(line.id, line.quantity, line.price)


def _wanted(state: Claimable, what: Complaint) -> dict[str, Decimal]:
    """Up to two lines of the shipment, a share of each in whole units."""
    found = {}
    for line in state.lines()[:2] if what.share else ():
        most = claimable(Kind(what.kind), line)
        quantity = (line.shipped * Decimal(str(what.share))).to_integral_value(ROUND_UP)
        if quantity > 0 and (most is None or quantity <= most):
            found[line.key] = quantity
    return found


def _photos(seed: int, count: int) -> Sequence[SentFile]:
    names = ("упаковка.jpg", "бой.jpg", "этикетка.jpg")
    return [_photo(names[at % len(names)], _drawn(seed * 3 + at)) for at in range(count)]


def _photo(name: str, content: bytes) -> SentFile:
    return SentFile(name, len(content), lambda: [content], is_picture=True)


def _drawn(seed: int) -> bytes:
    """A cardboard box with a dent, as a photo would show it."""
    image = Image.new("RGB", (960, 720), (96 + seed % 20, 92, 88))
    draw = ImageDraw.Draw(image)
    shift = seed % 90
    draw.polygon([(180, 260), (560, 190), (820, 300), (430, 390)], fill=(206, 168, 120))
    draw.polygon([(180, 260), (430, 390), (440, 640), (200, 480)], fill=(182, 142, 96))
    draw.polygon([(430, 390), (820, 300), (800, 520), (440, 640)], fill=(164, 124, 80))
    draw.polygon([(520 + shift, 420), (640 + shift, 380), (610 + shift, 520), (540 + shift, 540)], fill=(70, 52, 36))
    draw.line([(520 + shift, 420), (585 + shift, 470), (540 + shift, 540)], fill=(222, 190, 150), width=8)
    draw.rectangle([(230, 330), (330, 400)], fill=(240, 240, 236))
    target = io.BytesIO()
    image.save(target, "JPEG", quality=80)
    return target.getvalue()


@contextmanager
def _acting(user_id: int, section: Section) -> Iterator[Actor]:
    person = User.objects.get(pk=user_id)
    actor = find_actor(user=person, section=section, chosen={})
    assert actor is not None
    with entered(actor.scope):
        yield actor
