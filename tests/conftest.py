"""Shared ground of the tests: the database with its roles and row security."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.fresh_database import fresh_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A test database brought up to date the way `zveno migrate` does it."""
    with django_db_blocker.unblock(), fresh_database():
        yield


@pytest.fixture
def sign_in(client: Any) -> Callable[[Any], Any]:
    """Put a person behind the test client: `sign_in(dealer.buyer).get("/buy/")`."""
    from tests import world

    return lambda person: world.sign_in(client, person)


@pytest.fixture(autouse=True)
def templates_run_no_sql() -> Iterator[None]:
    """Every page that a test opens is also a test that its template asks the database nothing."""
    from tests.quiet_templates import guarded_templates

    with guarded_templates():
        yield
