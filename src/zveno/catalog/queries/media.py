"""Files of pictures and documents, for whoever may see the product."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from zveno.base.models import StoredFile
from zveno.base.scope import Section, current
from zveno.catalog.models import Listing, Media


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that may be served: open it with `base.files.opened(stored)`."""

    kind: str
    name: str
    stored: StoredFile


def media_file(*, media_id: int) -> MediaFile | None:
    """The file of a picture or document whose product somebody in the current scope lists; else None. Two statements.

    The store's own wall shows a file to its sender only. A product's files are product knowledge, meant for every
    partner: the database function `catalog_media_file` opens exactly them.
    """
    media = Media.objects.filter(pk=media_id, file__isnull=False).first()
    if media is None:
        return None
    listings = Listing.objects.visible_to(current()).filter(product_id=media.product_id)
    if current().section is not Section.DESK and not listings.exists():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, media_type, sha256, size FROM catalog_media_file(%s)", [media_id])
        row = cursor.fetchone()
    if row is None:
        return None
    name, media_type, sha256, size = row
    return MediaFile(
        media.kind, media.name or name, StoredFile(name=name, media_type=media_type, sha256=sha256, size=size)
    )
