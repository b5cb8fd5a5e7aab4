"""What requests of this area say: who asks on which side, the files sent with them."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from PIL import Image, UnidentifiedImageError

from zveno.base.clock import today_at
from zveno.base.scope import Section
from zveno.claims.actions.attach_files import SentFile
from zveno.partners.queries.actors import Actor
from zveno.partners.queries.parties import seller_with

_LONGEST_NAME = 200


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; the door has let nobody in without one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def sells(request: HttpRequest) -> bool:
    """Whether the page is the seller's side."""
    return actor_of(request).scope.section is Section.SELLING


def space_of(request: HttpRequest) -> str:
    """The names of the pages of this side."""
    return "received" if sells(request) else "claims"


def today_of(seller_id: int, actor: Actor, now: datetime) -> date:
    """The date at the seller's; the actor's where the seller is not to be seen any more."""
    seller = seller_with(seller_id=seller_id)
    return seller.today(now) if seller is not None else today_at(actor.time_zone)


def files_of(request: HttpRequest) -> list[SentFile]:
    """The files sent, each with whether it is a picture that can be read."""
    return [
        SentFile(
            name=(upload.name or "file").rsplit("/", 1)[-1][-_LONGEST_NAME:],
            size=upload.size or 0,
            pieces=upload.chunks,
            is_picture=_is_picture(upload),
        )
        for upload in request.FILES.getlist("files")
    ]


def _is_picture(upload: object) -> bool:
    try:
        with Image.open(upload) as picture:  # type: ignore[arg-type]
            found = picture.format in ("JPEG", "PNG", "WEBP", "GIF")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        found = False
    upload.seek(0)  # type: ignore[attr-defined]
    return found
