"""Templates run no SQL: a guard that names the template and the statements when one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.template.base import Template

# Views of django-allauth give their pages querysets; one list of a person's own keys or sessions each.
FOREIGN = ("account/", "mfa/", "socialaccount/", "usersessions/")

_inside: ContextVar[bool] = ContextVar("inside a template", default=False)


@contextmanager
def guarded_templates() -> Iterator[None]:
    """While it lasts, a template that ran SQL while it rendered raises AssertionError.

    Statements are counted and the error raised at the end, since `{% if %}` swallows what is raised inside it. What a
    context processor asks before the template begins is no concern of the template.
    """
    render = Template._render

    def watched(self: Template, context: Any) -> Any:
        if _inside.get():
            return render(self, context)
        run: list[str] = []
        token = _inside.set(True)
        try:
            with connection.execute_wrapper(_noting(run)):
                done = render(self, context)
        finally:
            _inside.reset(token)
        heard = "" if str(self.name).startswith(FOREIGN) else "\n".join(run)
        assert not heard, f"{self.name} ran SQL while it rendered:\n{heard}"
        return done

    Template._render = watched
    try:
        yield
    finally:
        Template._render = render


def _noting(run: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        run.append(str(sql)[:500])
        return execute(sql, params, many, context)

    return note
