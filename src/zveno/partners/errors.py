"""What may stop a deed on companies and people."""

from __future__ import annotations

from zveno.kit.errors import Conflict, Forbidden, Invalid, NotFound


class CodesWrong(Invalid):
    """An INN, KPP or OGRN is wrong: `field`, `kind`, `value`."""


class NameMissing(Invalid):
    """A company or entity has no name."""


class EntityTaken(Conflict):
    """This INN and KPP are already in the system: `inn`, `company` (empty where the asker may not know)."""


class RequestRepeated(Conflict):
    """A request with this INN already waits: `inn`, `day`."""


class RequestDecided(Conflict):
    """The request was decided meanwhile."""


class ReasonMissing(Invalid):
    """A refusal needs a reason that the applicant can read."""


class RoleAboveOwn(Forbidden):
    """Nobody gives rights they do not have: `role`."""


class StrangeEntity(Invalid):
    """A legal entity of another company was named."""


class LastHead(Conflict):
    """The company would be left without a head."""


class OwnPlace(Conflict):
    """One cannot block oneself or change one's own role."""


class AlreadyMember(Conflict):
    """The person is in the company already: `email`."""


class EmailWrong(Invalid):
    """This is no e-mail address: `email`."""


class InvitationUnknown(NotFound):
    """There is no such invitation, or it was replaced by a newer one."""


class InvitationExpired(Conflict):
    """The invitation is older than its seven days."""


class InvitationUsed(Conflict):
    """The invitation was accepted or withdrawn already."""


class InvitationForAnother(Forbidden):
    """The signed-in person is not the one invited: `email`."""


class AccountExists(Conflict):
    """A person with this address has an account: they sign in and join: `email`."""


class PasswordWeak(Invalid):
    """The password does not pass the rules: `reasons`."""


class PartnerUnknown(NotFound):
    """There is no such company, entity, member or terms, or they are not the asker's to see."""


class TermsOutOfRange(Invalid):
    """A discount, limit or delay is outside what is possible: `field`."""


class TermsBeforeOpen(Conflict):
    """New terms cannot start before those they replace: `day`."""


class CodeTaken(Conflict):
    """Another company has this short code: `code`."""


class MainInvalid(Invalid):
    """A daughter's main must be a main entity of the same company, and not itself."""
