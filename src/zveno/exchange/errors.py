"""What can be wrong with an exchange, as named facts. What is wrong with a file's content is the format's to say."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable


class ConnectionNotFound(NotFound):
    """No such connection is to be seen by the asker."""


class FileNotReceived(NotFound):
    """The session got no file of this name. Params: `name`."""


class InboxFileNotFound(NotFound):
    """No such file of the inbox is to be seen by the asker."""


class WrongCredentials(Forbidden):
    """Login or password is wrong, or the connection is closed."""


class TooManyAttempts(Forbidden):
    """Too many wrong passwords from this address. Params: `minutes`."""


class SessionUnknown(Forbidden):
    """The session's cookie is missing, wrong, another connection's, or too old."""


class PieceTooLarge(Invalid):
    """A piece of a file is larger than was agreed. Params: `megabytes`."""


class PieceCutShort(Invalid):
    """Fewer bytes came than were announced. Params: `announced`, `came`."""


class FileNameForbidden(Invalid):
    """A file name that is empty, too long, or leaves the folder. Params: `name`."""


class SessionTooLarge(Invalid):
    """A session sends more than is taken. Params: `megabytes`."""


class FileKindUnknown(Invalid):
    """Neither an exchange file, nor a picture, nor an archive, and no product names it. Params: `name`."""


class PictureBroken(Invalid):
    """The file is called a picture and is none. Params: `name`."""


class FileBeingApplied(Conflict):
    """The file waits or is being applied already. Params: `name`."""


class ExportIncomplete(Conflict):
    """What is missing cannot be taken off the list: the session has refused files. Params: `files`."""


class ModeUnknown(Invalid):
    """The exchange has no such call. Params: `kind`, `mode`."""


class HubBusy(Unavailable):
    """The hub cannot answer now."""
