"""Why a sent file cannot be read, with the place where it broke."""

from __future__ import annotations

from zveno.kit.errors import Invalid


class FileEmpty(Invalid):
    """Nothing in it: no bytes, or no cell with a value."""


class FormatUnknown(Invalid):
    """Neither a workbook nor a delimited text, XML or JSON."""


class FileBroken(Invalid):
    """Begins as its format but cannot be read on (cut off, damaged). `reason` is the reader's words."""


class EncodingUnknown(Invalid):
    """A text in no encoding we know."""


class PasswordProtected(Invalid):
    """The workbook or archive asks for a password."""


class TooManyColumns(Invalid):
    """More columns than a sheet may have, or so wide and long that it would not fit in memory."""


class ZipTooLarge(Invalid):
    """Unpacks to more than allowed, or packed beyond belief."""


class XmlEntityForbidden(Invalid):
    """The XML declares entities or a document type: a way to swell or to reach other files."""


class NoTableInside(Invalid):
    """An archive or a mail whose files are no tables. Params: files (their names)."""
