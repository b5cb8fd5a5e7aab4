"""What may stop a change of a connection, of the journal, or a call of the other side.

What is wrong with a file's content is its format's to say.
"""

from __future__ import annotations

from zveno.kit.errors import Conflict, Forbidden, Invalid, NotFound


class ConnectionUnknown(NotFound):
    """There is no such connection within the walls."""


class ConnectionNameMissing(Invalid):
    """A connection needs a name that people know it by."""


class ConnectionLoginWrong(Invalid):
    """A login is 1 to 60 characters without a colon or a control character (HTTP Basic allows no others)."""


class ConnectionKindUnknown(Invalid):
    """No plugin speaks this kind. Params: `kind`."""


class ConnectionMadeAlready(Conflict):
    """The same form was sent before and made the connection. Params: `connection_id`."""


class PasswordChangedMeanwhile(Conflict):
    """The password is not the one that the page was opened with."""


class OptionsWrong(Invalid):
    """Some options cannot be as they were given. Params: `problems`, name of the option → code."""


class PriceKindUnknown(NotFound):
    """There is no such price column of this seller."""


class FileUnknown(NotFound):
    """There is no such file in the journal within the walls."""


class FileNotReplayable(Conflict):
    """Only what holds messages is applied again. Params: `content`."""


class SwitchedOff(Conflict):
    """The connection is switched off: it takes nothing in."""


# The exchange itself: what its endpoint answers with `failure`.


class FileNotReceived(NotFound):
    """The session got no file of this name. Params: `name`."""


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
