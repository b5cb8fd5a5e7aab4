"""Every table of ours says whose rows are whose, and the database holds exactly to that."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests import world
from tests.walls.planted import plant

from zveno.base.roles import SECTION_ROLES, WEB_ROLE
from zveno.base.rowsecurity import _policies, unguarded_tables, walled_models
from zveno.base.scope import Scope, Section, entered
from zveno.base.walls import Shared, Walls
from zveno.partners.models import Company, TradeTerms
from zveno.partners.queries.actors import ACTING_KEY, find_actor
from zveno.partners.rules.roles import ACTING_RIGHTS

pytestmark = pytest.mark.django_db


def test_every_table_of_ours_has_walls_or_a_reason_to_be_shared() -> None:
    ours = [m for m in apps.get_models() if m.__module__.startswith("zveno.")]
    silent = [m.__name__ for m in ours if not isinstance(getattr(m, "walls", None), Walls | Shared)]
    assert silent == []
    assert all(m.walls.reason for m in ours if isinstance(m.walls, Shared))  # type: ignore[attr-defined]


def test_the_policies_of_the_database_are_the_declared_ones() -> None:
    assert unguarded_tables() == []
    declared = {
        (model._meta.db_table, f"zveno_{section.value if section is not Section.NOBODY else 'web'}_{kind}")
        for model in walled_models()
        for section in (Section.NOBODY, Section.BUYING, Section.SELLING, Section.DESK)
        for kind in _policies(model, section)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
        assert set(cursor.fetchall()) == declared


def test_web_roles_own_nothing_and_bypass_nothing() -> None:
    roles = [WEB_ROLE, *SECTION_ROLES]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) "
            "AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
            [roles],
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = ANY(%s)", [roles]
        )
        assert cursor.fetchall() == []


def test_every_walled_table_can_be_planted() -> None:
    planted = plant()
    assert {model._meta.label_lower for model in walled_models()} <= set(planted.rows)


def test_a_buyer_reads_a_seller_and_its_terms_but_writes_neither() -> None:
    seller, dealer = world.seller(), world.dealer()
    terms = world.terms(seller, dealer.entity)
    actor = find_actor(user=dealer.head, section=Section.BUYING, chosen={})
    assert actor is not None
    with entered(actor.scope):
        assert Company.objects.visible_to(actor.scope).filter(pk=seller.company.pk).exists()
        assert Company.objects.unscoped("the first wall is off").filter(pk=seller.company.pk).update(name="x") == 0
        mine = TradeTerms.objects.unscoped("the first wall is off").filter(pk=terms.pk)
        assert mine.count() == 1
        assert mine.update(credit_limit=99) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Company.objects.create(name="Planted", code="PLANTED")


def test_a_manager_acting_for_a_client_sees_nothing_of_its_other_sellers() -> None:
    own, other, dealer = world.seller(), world.seller(), world.dealer()
    world.terms(own, dealer.entity)
    world.terms(other, dealer.entity)
    mine, strange = world.payment(own, dealer.entity), world.payment(other, dealer.entity)
    chosen = {ACTING_KEY: dealer.entity.pk}
    actor = find_actor(user=own.manager, section=Section.BUYING, chosen=chosen)
    assert actor is not None
    assert actor.is_acting
    assert (actor.company_id, actor.entity_id, actor.rights) == (dealer.company.pk, dealer.entity.pk, ACTING_RIGHTS)
    assert (actor.scope.on_behalf_of, actor.scope.on_behalf_of_name) == (dealer.company.pk, dealer.company.name)
    payments = type(mine).objects
    with entered(actor.scope):
        assert [p.pk for p in payments.visible_to(actor.scope)] == [mine.pk]
        assert [p.pk for p in payments.unscoped("the first wall is off")] == [mine.pk]
        assert TradeTerms.objects.unscoped("the first wall is off").count() == 1
    assert strange.pk != mine.pk


def test_nobody_acts_for_a_company_that_is_no_client_or_no_more() -> None:
    own, dealer, stranger = world.seller(), world.dealer(), world.dealer()
    terms = world.terms(own, dealer.entity)

    def acting_for(person: object, entity_id: int) -> object:
        return find_actor(user=person, section=Section.BUYING, chosen={ACTING_KEY: entity_id})

    assert acting_for(own.manager, stranger.entity.pk) is None
    assert acting_for(own.people[next(r for r in own.people if r == "accountant")], dealer.entity.pk) is None
    assert acting_for(own.manager, dealer.entity.pk) is not None
    Company.objects.unscoped("a test blocks").filter(pk=dealer.company.pk).update(blocked_at=world.NOW)
    assert acting_for(own.manager, dealer.entity.pk) is None
    Company.objects.unscoped("a test unblocks").filter(pk=dealer.company.pk).update(blocked_at=None)
    terms.valid_to = terms.valid_from
    terms.save()
    assert acting_for(own.manager, dealer.entity.pk) is None


def test_a_shown_secret_opens_one_row_and_no_secret_none() -> None:
    planted = plant()
    key, invitation = planted.rows["accounts.apikey"], planted.rows["partners.invitation"]
    for row in (key, invitation):
        rows = type(row).objects  # type: ignore[attr-defined]
        with entered(Scope(section=Section.NOBODY)):
            assert rows.unscoped("the first wall is off").count() == 0
        with entered(Scope(section=Section.NOBODY, secret_sha256=row.secret_sha256)):  # type: ignore[attr-defined]
            assert [r.pk for r in rows.unscoped("the first wall is off")] == [row.pk]
            assert [r.pk for r in rows.visible_to(Scope(section=Section.NOBODY))] == []
