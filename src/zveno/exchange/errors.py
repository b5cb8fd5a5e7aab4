"""What may stop a change of a connection or of the journal."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Invalid, NotFound


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
