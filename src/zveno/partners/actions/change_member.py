"""Changing what a person is in a company: the role and the legal entities they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.members_locked import HEADS, check_head_stays, locked_member
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import OwnPlace, RoleAboveOwn, StrangeEntity
from zveno.partners.models import LegalEntity, Member, MemberEntity
from zveno.partners.rules.roles import Role


@in_transaction
def change_member(
    *,
    company_id: int,
    member_id: int,
    role: Role,
    entity_ids: Sequence[int],
    given: Sequence[Role],
    now: datetime,
) -> None:
    """Give the role and bind to these entities (none: all). `given` are the roles the one who changes may give.

    Raises PartnerUnknown, OwnPlace, RoleAboveOwn (for the old role too), StrangeEntity, and LastHead.
    """
    member = locked_member(company_id=company_id, member_id=member_id)
    if member.user_id == current().user_id and role != member.role:
        raise OwnPlace
    if role not in given or Role(member.role) not in given:
        raise RoleAboveOwn(role=role.value)
    if role not in HEADS:
        check_head_stays(member)
    changed_entities = _bind(member, set(entity_ids))
    if role == member.role and not changed_entities:
        return
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    record_own(
        action="member_changed",
        subject=member,
        company_id=company_id,
        now=now,
        person=member.user.shown_name,
        before=before,
        role=role.value,
        entities=changed_entities,
    )


def _bind(member: Member, wanted: set[int]) -> list[str]:
    """Make the bindings equal to `wanted`; the names of the entities bound afterwards where something changed."""
    own = LegalEntity.objects.visible_to(current()).filter(company_id=member.company_id, pk__in=wanted)
    names = dict(own.values_list("pk", "name"))
    if len(names) != len(wanted):
        raise StrangeEntity
    bindings = MemberEntity.objects.visible_to(current()).filter(member=member)
    if set(bindings.values_list("entity_id", flat=True)) == wanted:
        return []
    bindings.exclude(entity_id__in=wanted).delete()
    kept = set(bindings.values_list("entity_id", flat=True))
    MemberEntity.objects.bulk_create(
        MemberEntity(member=member, entity_id=pk, company_id=member.company_id, user_id=member.user_id)
        for pk in sorted(wanted - kept)
    )
    return sorted(names.values()) or ["*"]
