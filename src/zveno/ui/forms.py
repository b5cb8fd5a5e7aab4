"""Forms that carry out a deed: what it refuses is told at the form, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import BaseForm

from zveno.kit.errors import Fault
from zveno.ui.words import explain


def carried_out(form: BaseForm, deed: Callable[[dict[str, Any]], object]) -> bool:
    """Whether `form` is valid and `deed` was done with its cleaned data.

    A fault becomes an error of the field that the fault names (parameter `field`), else of the whole form.
    """
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            deed(form.cleaned_data)
    except Fault as fault:
        field = str(fault.params.get("field", ""))
        form.add_error(field if field in form.fields else None, explain(fault))
        return False
    return True


def status_of(form: BaseForm) -> int:
    """The status of a page with `form`: 422 when it shows errors."""
    return 422 if form.is_bound and form.errors else 200
