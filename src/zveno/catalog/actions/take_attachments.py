"""Pictures and documents that cards name, and the files that arrive for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from zveno.base.tx import in_transaction
from zveno.catalog.rules.cards import Attachment

LONGEST_PATH = 500


@in_transaction
def take_attachments(
    *, told: Sequence[tuple[int, Sequence[Attachment] | None, bool]], created: Iterable[int] = ()
) -> None:
    """Bring the media of products in line with what is told of each: (product, attachments, whether that is all).

    A medium whose file has come keeps it. Media without a source path are the portal's own and stay.
    """
    new = set(created)
    known = _known([product_id for product_id, _, _ in told if product_id not in new])
    gone: list[int] = []
    lines: list[tuple[int, str, str, str, int]] = []
    for product_id, attachments, is_all in told:
        wanted = {one.path[:LONGEST_PATH]: one for one in attachments or ()}
        have = known.get(product_id, {})
        if is_all:
            gone += [media_id for path, media_id in have.items() if path not in wanted]
        for position, (path, one) in enumerate(wanted.items()):
            if path not in have:
                lines.append((product_id, one.kind, (one.title or path.rsplit("/", 1)[-1])[:300], path, position))
    with connection.cursor() as cursor:
        if gone:
            cursor.execute("DELETE FROM catalog_media WHERE id = ANY(%s)", [gone])
        if lines:
            with cursor.copy("COPY catalog_media (product_id, kind, name, source_path, position) FROM STDIN") as copy:
                for line in lines:
                    copy.write_row(line)


@in_transaction
def attach_files(*, owner_id: int, files: Sequence[tuple[str, int]]) -> int:
    """Give the media of the owner's products that wait for a path their stored file; how many media got one anew.

    `files`: (source path, id of the stored file).
    """
    if not files:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_media m SET file_id = t.file_id"
            " FROM unnest(%s::text[], %s::bigint[]) AS t(path, file_id), catalog_product p"
            " WHERE m.source_path = t.path AND p.id = m.product_id AND p.owner_id = %s"
            " AND m.file_id IS DISTINCT FROM t.file_id",
            [[path[:LONGEST_PATH] for path, _ in files], [file_id for _, file_id in files], owner_id],
        )
        return int(cursor.rowcount)


def _known(ids: Sequence[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT product_id, source_path, id FROM catalog_media"
                " WHERE product_id = ANY(%s) AND source_path <> ''",
                [list(ids)],
            )
            for product_id, path, media_id in cursor.fetchall():
                found.setdefault(product_id, {})[path] = media_id
    return found
