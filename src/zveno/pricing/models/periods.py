"""What every fact of pricing has: since when and until when it holds, who set it and when."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Expression, F, Func, Q


class Period(Func):
    """The half-open range of a row's period; an empty one (begun and ended at once) meets no other."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


OVERLAPS = (Period("valid_from", "valid_to"), RangeOperators.OVERLAPS)


def alike(*columns: str | F | Expression) -> list[tuple[str | F | Expression, str]]:
    """What must be equal for two periods to get into each other's way, for an exclusion constraint."""
    return [*((column, RangeOperators.EQUAL) for column in columns), OVERLAPS]


def in_order(name: str) -> models.CheckConstraint:
    """A period does not end before it begins."""
    return models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=name)


class Dated(models.Model):
    """Holds from `valid_from` until `valid_to` (open: null). Rows are only ever closed, never changed or deleted."""

    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    # None: told by an accounting system or by Zveno itself; the name says which.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author_name = models.CharField(max_length=200)

    class Meta:
        abstract = True
