"""Scopes in which the tests of partners act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from zveno.base.scope import Section, entered
from zveno.partners.queries.actors import Actor, find_actor


@pytest.fixture
def acting(db: None) -> Iterator[Callable[..., Actor]]:
    """Act as a person in a section for the rest of the test: their role and both walls apply."""
    with ExitStack() as stack:

        def act(person: Any, section: Section = Section.BUYING, **chosen: Any) -> Actor:
            actor = find_actor(user=person, section=section, chosen=chosen)
            assert actor is not None
            stack.enter_context(entered(actor.scope))
            return actor

        yield act
