"""What is wrong with a file or an archive as a whole: nothing of it can be used. `place` names file and line."""

from __future__ import annotations

from zveno.kit.errors import Invalid


class FileEmpty(Invalid):
    """There is not one byte that says anything."""


class EncodingUnknown(Invalid):
    """The bytes are in no encoding we read. Params: `declared`."""


class XmlBroken(Invalid):
    """Not well-formed XML, from the place on. Params: `reason` (the parser's words, English)."""


class XmlEntityForbidden(Invalid):
    """The file declares a document type or entities; the exchange has no use for them, attackers do."""


class NotCommerceml(Invalid):
    """Well-formed XML, but another language. Params: `root` (the first element)."""


class ZipBroken(Invalid):
    """Not a zip archive, or one cut short or damaged. Params: `reason`."""


class ZipTooLarge(Invalid):
    """Unpacking would exceed a limit. Params: `limit` (its name), `allowed`, `found`."""


class ZipPathForbidden(Invalid):
    """A name in the archive that would leave the folder, or is no plain file. Params: `name`."""


class ZipNested(Invalid):
    """An archive inside the archive. Params: `name`."""


class ZipEncrypted(Invalid):
    """A file in the archive is locked by a password. Params: `name`."""
