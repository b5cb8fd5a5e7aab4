"""Errors as RFC 9457 problems: what, why, and the path to each field that is wrong, in the caller's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zveno.api.errors import KeyRefused
from zveno.kit.errors import Category, Fault
from zveno.orders.errors import LinesNotOrderable
from zveno.orders.words import problem_words
from zveno.ui.words import explain

_STATUS = {
    Category.INVALID: 422,
    Category.NOT_FOUND: 404,
    Category.FORBIDDEN: 403,
    Category.CONFLICT: 409,
    Category.UNAVAILABLE: 503,
}
_FIELD = {"product_not_offered": "product_id"}


def register(api: NinjaAPI) -> None:
    """Let the API answer every error as a problem."""
    api.add_exception_handler(Fault, _of_fault)
    api.add_exception_handler(ValidationError, _of_shape)
    api.add_exception_handler(AuthenticationError, lambda request, exc: _of_fault(request, KeyRefused()))
    api.add_exception_handler(Http404, lambda request, exc: problem(404, "nothing_here", _("There is no such thing.")))
    api.add_exception_handler(HttpError, _of_http)


def problem(status: int, code: str, detail: str, errors: Iterable[dict[str, str]] = ()) -> HttpResponse:
    """A problem document. `code` is stable; `errors` name fields by path (`lines/3/quantity`)."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": code.replace("_", " "),
        "status": status,
        "code": code,
        "detail": detail,
    }
    if found := list(errors):
        content["errors"] = found
    response = JsonResponse(content, status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def _of_fault(request: HttpRequest, fault: Fault | type[Fault]) -> HttpResponse:
    fault = fault() if isinstance(fault, type) else fault
    status = 401 if isinstance(fault, KeyRefused) else _STATUS[fault.category]
    detail = explain(fault)
    errors: list[dict[str, str]] = []
    if isinstance(fault, LinesNotOrderable):
        errors = [
            _error(
                f"lines/{one.index}/{_FIELD.get(one.problem.code, 'quantity')}",
                one.problem.code,
                problem_words(one.problem.code, {"code": one.code, "name": one.name, **one.problem.params}),
            )
            for one in fault.problems
        ]
    elif fault.place:
        errors = [_error(fault.place, fault.code, detail)]
    return problem(status, fault.code, detail, errors)


def _of_shape(request: HttpRequest, refusal: ValidationError | type[ValidationError]) -> HttpResponse:
    told = [] if isinstance(refusal, type) else refusal.errors
    errors = [_error(_path(one["loc"]), str(one["type"]), _sentence(one)) for one in told]
    return problem(422, "shape_wrong", _("The call is not in the form that the API's description asks for."), errors)


def _of_http(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    status = 400 if isinstance(error, type) else error.status_code
    return problem(status, "bad_request", _("The call cannot be read: is its body JSON?"))


def _error(path: str, code: str, detail: str) -> dict[str, str]:
    return {"path": path, "code": code, "detail": detail}


def _path(location: Sequence[Any]) -> str:
    """The path within what was sent: without where it stood (`body`) and the name of the parameter that took it."""
    steps = [str(step) for step in location]
    return "/".join(steps[2:] if steps[:1] == ["body"] else steps[1:])


def _sentence(error: dict[str, Any]) -> str:
    kind = str(error["type"])
    if kind == "missing":
        return _("This field is needed.")
    if kind.startswith(("decimal", "int", "float", "greater", "less", "finite")):
        return _("A number is needed here, within its bounds.")
    if kind.startswith("date"):
        return _("A date is needed here, as 2026-04-17.")
    if kind == "extra_forbidden":
        return _("There is no such field.")
    return _("This value cannot be used: %(why)s") % {"why": error.get("msg", "")}
