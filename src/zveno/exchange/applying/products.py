"""Products, variants and offers of a batch into the catalog."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.catalog.actions.take_attachments import attach_files
from zveno.catalog.actions.take_products import take_products
from zveno.catalog.actions.withdraw_listings import restore_listings
from zveno.catalog.rules.cards import ProductCard
from zveno.exchange.applying.course import Course
from zveno.exchange.applying.refs import LONGEST_ID, Ref
from zveno.exchange.models import InboxFile
from zveno.exchange.rules.digests import product_digest
from zveno.exchange.rules.messages import ProductMessage
from zveno.exchange.rules.translating import base_name, card_of

_KIND = "product"


def apply_products(course: Course, messages: Sequence[ProductMessage]) -> None:
    """Take what a batch tells of products. A base comes before its variants, a card before what an offer adds to it."""
    fit = []
    for message in messages:
        if len(message.external_id) > LONGEST_ID:
            course.refuse(_KIND, "external_id_too_long", message.external_id, name=message.name)
        else:
            fit.append(message)
    for wave in _waves(fit):
        _apply_wave(course, wave)


def _waves(messages: Sequence[ProductMessage]) -> list[list[ProductMessage]]:
    """The messages in turns, so that none holds two of one product, nor a variant beside its base."""
    turn_of: dict[str, int] = {}
    waves: list[list[ProductMessage]] = []
    for message in messages:
        turn = max(turn_of.get(message.external_id, -1), turn_of.get(message.base_external_id or "\0", -1)) + 1
        turn_of[message.external_id] = turn
        if turn == len(waves):
            waves.append([])
        waves[turn].append(message)
    return waves


def _apply_wave(course: Course, wave: Sequence[ProductMessage]) -> None:
    asked = {m.external_id for m in wave} | {m.base_external_id for m in wave if m.base_external_id}
    known = course.refs.find(_KIND, asked)
    known.update(_make_missing_bases(course, wave, known))
    salt = f"1|{course.default_vat}|"
    told: list[tuple[ProductMessage, ProductCard, str]] = []
    standing: list[int] = []
    for message in wave:
        ref = known.get(message.external_id)
        adds = message.partial and not message.base_external_id
        digest = "" if adds else product_digest(message, salt=salt)
        if ref is not None and not message.deleted and not adds:
            standing.append(ref.object_id)
        if ref is not None and digest and ref.digest == digest:
            course.count(_KIND, "unchanged")
        elif ref is None and not message.name and not message.full_name and not message.base_external_id:
            course.refuse(_KIND, "product_unknown", message.external_id)
        else:
            told.append((message, _card(course, message, ref, known), digest))
    _take(course, told, known)
    restore_listings(seller_id=course.seller_id, product_ids=standing)
    if course.is_full:
        seen = [m.external_id for m in wave if m.external_id in known and not m.deleted]
        course.refs.mark_seen(_KIND, seen, exchange_id=course.exchange_id)


def _card(course: Course, message: ProductMessage, ref: Ref | None, known: dict[str, Ref]) -> ProductCard:
    base = known.get(message.base_external_id) if message.base_external_id else None
    return card_of(
        message,
        product_id=ref.object_id if ref else None,
        variant_of_id=base.object_id if base else None,
        category_id=_category(course, message),
        properties=course.properties,
        # An offer of a product whose card has come only adds to it.
        fills_only=message.partial and base is None and bool(ref and ref.digest),
        default_vat=course.default_vat,
    )


def _category(course: Course, message: ProductMessage) -> int | None:
    for external_id in message.category_external_ids:
        if external_id in course.categories:
            return course.categories[external_id]
        course.doubt_once("category_unknown", external_id, category=external_id)
    return None


def _make_missing_bases(course: Course, wave: Sequence[ProductMessage], known: dict[str, Ref]) -> dict[str, Ref]:
    """Products that only their variants speak of."""
    missing = {m.base_external_id: m for m in wave if m.base_external_id and m.base_external_id not in known}
    cards = [
        ProductCard(
            name=base_name(m.name or m.full_name) or base_id,
            code=m.code or None,
            unit=m.unit_name or None,
            unit_code=m.unit_code[:4] or None,
        )
        for base_id, m in missing.items()
    ]
    taken = take_products(owner_id=course.seller_id, cards=cards, now=course.at)
    made = {base_id: Ref(one.product_id, "") for base_id, one in zip(missing, taken, strict=True)}
    course.refs.add(_KIND, [(base_id, ref.object_id, "") for base_id, ref in made.items()], seen_in=_seen(course))
    return made


def _take(course: Course, told: Sequence[tuple[ProductMessage, ProductCard, str]], known: dict[str, Ref]) -> None:
    taken = take_products(owner_id=course.seller_id, cards=[card for _, card, _ in told], now=course.at)
    new: list[tuple[str, int, str]] = []
    digests: dict[str, str] = {}
    for (message, card, digest), one in zip(told, taken, strict=True):
        course.count(_KIND, one.outcome)
        if card.product_id is None:
            new.append((message.external_id, one.product_id, digest))
        elif digest:
            digests[message.external_id] = digest
    course.refs.add(_KIND, new, seen_in=_seen(course))
    course.refs.set_digests(_KIND, digests)
    _attach_arrived(course, [card for _, card, _ in told])


def _seen(course: Course) -> int:
    return course.exchange_id if course.is_full else 0


def _attach_arrived(course: Course, cards: Sequence[ProductCard]) -> None:
    """Pictures usually come before the card that names them."""
    paths = {one.path for card in cards for one in card.attachments or ()}
    if paths:
        arrived = (
            InboxFile.objects.unscoped("the connection's own files")
            .filter(connection_id=course.refs.connection_id, name__in=paths, content__in=("picture", "other"))
            .exclude(state="refused", content="picture")
            .order_by("id")
            .values_list("name", "file_id")
        )
        attach_files(owner_id=course.seller_id, files=list(dict(arrived).items()))
