"""People of a company: invited, accepted, changed, blocked, and by whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from tests import world

from zveno.base import clock
from zveno.base.models import AuditEntry
from zveno.base.scope import Section, entered, system_scope
from zveno.partners.actions.accept_invitation import accept_invitation
from zveno.partners.actions.appoint_head import appoint_head
from zveno.partners.actions.block_member import block_member
from zveno.partners.actions.change_member import change_member
from zveno.partners.actions.invite_member import invite_member
from zveno.partners.errors import (
    AccountExists,
    AlreadyMember,
    EmailWrong,
    InvitationExpired,
    InvitationForAnother,
    InvitationUnknown,
    InvitationUsed,
    LastHead,
    OwnPlace,
    PartnerUnknown,
    RoleAboveOwn,
    StrangeEntity,
)
from zveno.partners.jobs import mail_invitation
from zveno.partners.models import Invitation, Member, MemberEntity
from zveno.partners.queries.actors import Actor, find_actor
from zveno.partners.queries.members import members_of, waiting_invitations
from zveno.partners.rules.roles import Right, Role, company_roles, rights_of, roles_given_by

pytestmark = pytest.mark.django_db
Acting = Callable[..., Actor]
GIVEN = company_roles(sells=False)
NOW = clock.now()


def invited_secret(email: str) -> str:
    """The secret in the mail to `email`, as the worker sends it."""
    invitation = Invitation.objects.unscoped("a test looks").filter(email=email).latest("pk")
    mail.outbox.clear()
    mail_invitation(invitation_id=invitation.pk)
    (message,) = mail.outbox
    assert message.to == [email]
    found = re.search(r"/invitation/([\w-]+)/", str(message.body))
    assert found is not None
    return found.group(1)


def invite(dealer: world.Partner, **changes: Any) -> int:
    told: dict[str, Any] = {"email": "new@example.com", "role": Role.BUYER, "given": GIVEN, "now": NOW, **changes}
    return invite_member(company_id=dealer.company.pk, **told)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("sells", [True, False])
def test_nobody_gives_a_right_they_lack(role: Role, sells: bool) -> None:
    for given in roles_given_by(role, sells=sells):
        if role is not Role.OPERATOR_ADMIN:
            assert rights_of(given, sells=sells) <= rights_of(role, sells=sells)
        assert Right.MEMBERS_MANAGE in rights_of(role, sells=sells)


def test_an_invited_newcomer_sets_a_password_and_acts_for_the_bound_entity(acting: Acting) -> None:
    dealer = world.dealer(entities=2)
    acting(dealer.head)
    invite(dealer, entity_ids=[dealer.entities[1].pk])
    assert [i.email for i in waiting_invitations(dealer.company.pk)] == ["new@example.com"]
    secret = invited_secret("new@example.com")
    person = accept_invitation(secret=secret, name="Лев Новиков", password=world.PASSWORD, now=NOW)
    actor = find_actor(user=person, section=Section.BUYING, chosen={})
    assert actor is not None
    assert (actor.role, actor.scope.entities) == (Role.BUYER, (dealer.entities[1].pk,))
    assert person.check_password(world.PASSWORD)
    with pytest.raises(InvitationUsed):
        accept_invitation(secret=secret, name="Другой", password=world.PASSWORD, now=NOW)


def test_only_the_newest_mail_opens_and_only_for_seven_days(acting: Acting) -> None:
    dealer = world.dealer()
    acting(dealer.head)
    invite(dealer)
    first = invited_secret("new@example.com")
    second = invited_secret("new@example.com")
    late = NOW + timedelta(days=7)
    with pytest.raises(InvitationUnknown):
        accept_invitation(secret=first, name="Лев", password=world.PASSWORD, now=NOW)
    with pytest.raises(InvitationExpired):
        accept_invitation(secret=second, name="Лев", password=world.PASSWORD, now=late)
    mail.outbox.clear()
    Invitation.objects.unscoped("a test ages it").update(expires_at=NOW)
    mail_invitation(invitation_id=Invitation.objects.unscoped("a test looks").latest("pk").pk)
    assert mail.outbox == []


def test_inviting_again_withdraws_the_earlier_invitation(acting: Acting) -> None:
    dealer = world.dealer()
    acting(dealer.head)
    first = invite(dealer)
    second = invite(dealer)
    assert [i.id for i in waiting_invitations(dealer.company.pk)] == [second]
    assert Invitation.objects.unscoped("a test looks").get(pk=first).revoked_at == NOW


def test_who_has_an_account_signs_in_and_joins(acting: Acting) -> None:
    dealer, known, other = world.dealer(), world.user(email="known@example.com"), world.user()
    acting(dealer.head)
    invite(dealer, email="Known@Example.com ")
    secret = invited_secret("known@example.com")
    with pytest.raises(AccountExists):
        accept_invitation(secret=secret, name="Чужой", password=world.PASSWORD, now=NOW)
    Invitation.objects.unscoped("a failed action rolls back with its request").update(accepted_at=None)
    with pytest.raises(InvitationForAnother):
        accept_invitation(secret=secret, person=other, now=NOW)
    accept_invitation(secret=secret, person=known, now=NOW)
    assert known.pk in {m.user_id for m in members_of(dealer.company.pk)}


@pytest.mark.parametrize(
    ("case", "changes", "fault"),
    [
        ("no address", {"email": "not an address"}, EmailWrong),
        ("a role above one's own", {"role": Role.OPERATOR_ADMIN}, RoleAboveOwn),
        ("a manager where nothing is sold", {"role": Role.SELLER_MANAGER}, RoleAboveOwn),
    ],
)
def test_a_wrong_invitation_is_refused(acting: Acting, case: str, changes: dict[str, Any], fault: type) -> None:
    dealer = world.dealer()
    acting(dealer.head)
    with pytest.raises(fault):
        invite(dealer, **changes)


def test_a_member_is_not_invited_again_and_a_stranger_entity_is_refused(acting: Acting) -> None:
    dealer, stranger = world.dealer(), world.dealer()
    acting(dealer.head)
    with pytest.raises(AlreadyMember):
        invite(dealer, email=dealer.buyer.email)
    with pytest.raises(StrangeEntity):
        invite(dealer, entity_ids=[stranger.entity.pk])


def test_a_role_and_bindings_are_changed_and_told_in_the_history(acting: Acting) -> None:
    dealer = world.dealer(entities=2)
    acting(dealer.head)
    member = dealer.member(Role.VIEWER)
    change = {"company_id": dealer.company.pk, "member_id": member.pk, "given": GIVEN, "now": NOW}
    change_member(role=Role.BUYER, entity_ids=[dealer.entities[1].pk], **change)
    member.refresh_from_db()
    bound = MemberEntity.objects.unscoped("a test looks").filter(member=member)
    assert (member.role, list(bound.values_list("entity_id", flat=True))) == ("buyer", [dealer.entities[1].pk])
    entry = AuditEntry.objects.unscoped("a test looks").get(action="member_changed")
    assert (entry.actor_id, entry.params["before"], entry.params["role"]) == (dealer.head.pk, "viewer", "buyer")
    change_member(role=Role.BUYER, entity_ids=[dealer.entities[1].pk], **change)
    assert AuditEntry.objects.unscoped("a test looks").filter(action="member_changed").count() == 1


def test_who_is_bound_to_the_main_sees_its_daughters_and_a_daughter_only_itself() -> None:
    dealer = world.dealer(entities=3)
    main, daughter, _ = dealer.entities
    chief = world.member(dealer.company, Role.BUYER, bound_to=(main,)).user
    local = world.member(dealer.company, Role.BUYER, bound_to=(daughter,)).user
    seen = {p: find_actor(user=p, section=Section.BUYING, chosen={}) for p in (chief, local)}
    assert {e.id for e in seen[chief].entities} == {e.pk for e in dealer.entities}  # type: ignore[union-attr]
    assert {e.id for e in seen[local].entities} == {daughter.pk}  # type: ignore[union-attr]


def test_the_last_head_stays(acting: Acting) -> None:
    dealer = world.dealer()
    deputy = world.member(dealer.company, Role.HEAD)
    acting(deputy.user)
    told = {"company_id": dealer.company.pk, "given": GIVEN, "now": NOW}
    block_member(member_id=dealer.member(Role.HEAD).pk, blocked=True, **told)
    with pytest.raises(OwnPlace):
        block_member(member_id=deputy.pk, blocked=True, **told)
    with pytest.raises(OwnPlace):
        change_member(member_id=deputy.pk, role=Role.BUYER, entity_ids=[], **told)


def test_the_operator_cannot_take_a_company_its_last_head(acting: Acting) -> None:
    operator, dealer = world.operator(), world.dealer()
    acting(operator.admin, Section.DESK)
    told = {"company_id": dealer.company.pk, "member_id": dealer.member(Role.HEAD).pk, "now": NOW}
    with pytest.raises(LastHead):
        block_member(blocked=True, given=GIVEN, **told)
    with pytest.raises(LastHead):
        change_member(role=Role.BUYER, entity_ids=[], given=GIVEN, **told)


def test_a_head_reaches_nobody_in_another_company(acting: Acting) -> None:
    dealer, stranger = world.dealer(), world.dealer()
    victim = stranger.member(Role.BUYER)
    acting(dealer.head)
    for company_id in (stranger.company.pk, dealer.company.pk):
        with pytest.raises(PartnerUnknown):
            block_member(company_id=company_id, member_id=victim.pk, blocked=True, given=GIVEN, now=NOW)
    with entered(system_scope()):
        victim.refresh_from_db()
    assert victim.blocked_at is None


def test_a_blocked_person_is_out_from_the_next_request_on_and_comes_back(acting: Acting, client: Any) -> None:
    dealer = world.dealer()
    world.sign_in(client, dealer.buyer)
    assert client.get("/profile/").status_code == 200
    acting(dealer.head)
    told = {"company_id": dealer.company.pk, "member_id": dealer.member(Role.BUYER).pk, "given": GIVEN}
    block_member(blocked=True, now=NOW, **told)
    assert find_actor(user=dealer.buyer, section=Section.BUYING, chosen={}) is None
    block_member(blocked=False, now=NOW, **told)
    assert find_actor(user=dealer.buyer, section=Section.BUYING, chosen={}) is not None


def test_the_administrator_appoints_a_head_from_inside_at_once_and_from_outside_by_mail(acting: Acting) -> None:
    operator, dealer = world.operator(), world.dealer()
    acting(operator.admin, Section.DESK)
    appoint_head(company_id=dealer.company.pk, email=dealer.buyer.email, now=NOW)
    assert Member.objects.unscoped("a test looks").get(user=dealer.buyer).role == "head"
    appoint_head(company_id=dealer.company.pk, email="chief@example.com", name="Глава", now=NOW)
    (invitation,) = waiting_invitations(dealer.company.pk)
    assert (invitation.email, invitation.role) == ("chief@example.com", Role.HEAD)
