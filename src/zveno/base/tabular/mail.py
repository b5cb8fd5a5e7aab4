"""Mails and archives of web pages: what is attached to them, and the tables of their text.

Kept as a file by a mail program (.eml), by Outlook (.msg), or by Excel as a web page in one file (.mht).
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from typing import cast

import oxmsg

from zveno.base.tabular.archives import Source, all_bytes, open_source
from zveno.base.tabular.compound import open_compound
from zveno.base.tabular.faults import FileBroken

Part = tuple[str, bytes]
"""A file within a mail: its name, its bytes."""

_HEADERS = re.compile(
    rb"\A(?:From |(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type|delivered-to|"
    rb"reply-to|x-[\w-]+|dkim-signature|authentication-results|snapshot-content-location):)",
    re.IGNORECASE,
)
_KINDS = re.compile(rb"^(?:mime-version|content-type|message-id):", re.IGNORECASE | re.MULTILINE)
_DEEPEST = 3


def looks_like_mail(head: bytes) -> bool:
    """Whether a file begins with the headers of a mail."""
    head = head.lstrip(b"\xef\xbb\xbf\r\n")
    return bool(_HEADERS.match(head)) and bool(_KINDS.search(head))


def parts_of_mail(source: Source, name: str) -> list[Part]:
    """Attachments, those of forwarded mails too, then the text where it is a web page. Raises `FileBroken`."""
    try:
        message = email.message_from_bytes(all_bytes(source), policy=email.policy.default)
        return list(_parts(message, 0))
    except (ValueError, LookupError, AttributeError, RecursionError) as error:
        raise FileBroken(place=name, reason=str(error)) from error


def _parts(message: Message, depth: int) -> Iterator[Part]:
    texts: list[Part] = []
    for number, part in enumerate(_leaves(message), 1):
        kind = part.get_content_type()
        if kind == "message/rfc822" and depth < _DEEPEST:
            for inner in cast("list[Message]", part.get_payload()):
                yield from _parts(inner, depth + 1)
            continue
        data = part.get_payload(decode=True)
        told = part.get_filename() or str(part.get("Content-Location", "")).rsplit("/", 1)[-1]
        if not isinstance(data, bytes) or not data.strip():
            continue
        if kind == "text/html" and not part.get_filename():
            charset = part.get_content_charset() or ""
            texts.append((told or f"{number}.html", _with_charset(data, charset)))
        elif part.get_filename() and not kind.startswith("image/"):
            yield told, data
    yield from texts


def _leaves(message: Message) -> Iterator[Message]:
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in cast("list[Message]", message.get_payload()):
        yield from _leaves(part)


def _with_charset(data: bytes, charset: str) -> bytes:
    """The page with the charset that its mail declares."""
    return data if not charset or b"charset" in data[:2000].lower() else f'<meta charset="{charset}">'.encode() + data


def is_outlook(source: Source, name: str) -> bool:
    """Whether a compound file is a mail of Outlook. Raises `FileBroken`."""
    with open_compound(source, name) as container:
        return bool(container.exists("__properties_version1.0"))


def parts_of_outlook(source: Source, name: str) -> list[Part]:
    """As `parts_of_mail`, of an Outlook mail."""
    try:
        with open_source(source) as stream:
            message = oxmsg.Message.load(stream)
            found = [(item.file_name or f"{n}", item.file_bytes) for n, item in enumerate(message.attachments, 1)]
            page = message.html_body or ""
    except Exception as error:  # the library lets errors of every part of the container through
        raise FileBroken(place=name, reason=str(error)) from error
    pictures = (".png", ".jpg", ".jpeg", ".gif", ".bmp")
    kept = [(told, data) for told, data in found if data and not told.lower().endswith(pictures)]
    return [*kept, ("mail.html", _with_charset(page.encode(), "utf-8"))] if page else kept
