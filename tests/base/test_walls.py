"""The two walls on a real table: what a scope sees, and what stands when the first wall is off."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from zveno.base.scope import NOBODY, Scope, Section, entered
from zveno.base.walls import UnscopedReadError
from zveno.partners.models import Company, LegalEntity

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_companies() -> tuple[LegalEntity, LegalEntity]:
    ours = Company.objects.create(name="Ours", code="ours")
    theirs = Company.objects.create(name="Theirs", code="theirs")
    return (
        LegalEntity.objects.create(company=ours, name="Ours LLC"),
        LegalEntity.objects.create(company=theirs, name="Theirs LLC"),
    )


def buying(company_id: int) -> Scope:
    return Scope(section=Section.BUYING, companies=(company_id,), known_companies=(company_id,))


def test_a_walled_table_refuses_to_be_read_without_a_scope(two_companies: tuple[LegalEntity, LegalEntity]) -> None:
    with pytest.raises(UnscopedReadError):
        list(LegalEntity.objects.all())


def test_the_first_wall_shows_only_own_rows(two_companies: tuple[LegalEntity, LegalEntity]) -> None:
    ours, _ = two_companies
    assert [e.name for e in LegalEntity.objects.visible_to(buying(ours.company_id))] == ["Ours LLC"]


def test_the_second_wall_holds_when_the_first_is_off(two_companies: tuple[LegalEntity, LegalEntity]) -> None:
    ours, theirs = two_companies
    with entered(buying(ours.company_id)):
        seen = LegalEntity.objects.unscoped("the first wall is off")
        assert [e.name for e in seen] == ["Ours LLC"]
        assert seen.filter(pk=theirs.pk).update(name="Stolen") == 0
    theirs.refresh_from_db()
    assert theirs.name == "Theirs LLC"


def test_a_row_cannot_be_written_for_a_stranger(two_companies: tuple[LegalEntity, LegalEntity]) -> None:
    ours, theirs = two_companies
    scope = entered(buying(ours.company_id))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(), scope:
        LegalEntity.objects.create(company_id=theirs.company_id, name="Planted")


def test_nobody_sees_nothing(two_companies: tuple[LegalEntity, LegalEntity]) -> None:
    with entered(NOBODY):
        assert list(LegalEntity.objects.unscoped("the first wall is off")) == []


def test_leaving_a_scope_restores_the_one_before(two_companies: tuple[LegalEntity, LegalEntity]) -> None:
    ours, theirs = two_companies
    with entered(buying(ours.company_id)):
        with entered(buying(theirs.company_id)):
            assert [e.name for e in LegalEntity.objects.unscoped("the first wall is off")] == ["Theirs LLC"]
        assert [e.name for e in LegalEntity.objects.unscoped("the first wall is off")] == ["Ours LLC"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "zveno_owner"
