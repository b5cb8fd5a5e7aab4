"""The two walls on models: a declaration per table, and querysets that refuse to run without a scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models

from zveno.base.scope import ID_KEYS, Scope, Section

SAME = "same"
READ_ONLY = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows a section sees: those whose `column` is among the scope's ids listed under `key`.

    It may also write them, unless `write` names a narrower key for writing, or is READ_ONLY.
    """

    column: str
    key: str
    write: str = SAME

    def __post_init__(self) -> None:
        for key in {self.key, self.write} - {SAME, READ_ONLY}:
            if key not in ID_KEYS:
                raise ValueError(f"unknown scope key {key}")


@dataclass(frozen=True, slots=True)
class ShownSecret:
    """The one row whose `column` is the digest of the secret that the caller showed."""

    column: str


@dataclass(frozen=True, slots=True)
class OwnOrCommon:
    """Rows whose `column` is among the scope's ids listed under `key`, and rows that are for everybody: those with an
    empty `column` whose `common` is among the ids under `common_key`. Read only.
    """

    column: str
    key: str
    common: str
    common_key: str


@dataclass(frozen=True, slots=True)
class Through:
    """Rows whose `column` stands in a row that the scope sees of another walled table. Read only.

    `sources` are (model label, its column) pairs; a row of any of them opens. Policies take it as a list computed
    once for a statement, so that an index on `column` serves.
    """

    column: str
    sources: tuple[tuple[str, str], ...]


class Everything:
    """All rows: for the operator's desk."""


EVERYTHING = Everything()
Wall = Rows | OwnOrCommon | Through | ShownSecret | Everything | None


@dataclass(frozen=True, slots=True)
class Walls:
    """Who sees which rows of a table; `None` is nobody. `nobody` is for whoever has no section (yet)."""

    nobody: Wall = None
    buying: Wall = None
    selling: Wall = None
    desk: Wall = EVERYTHING

    def of(self, section: Section) -> Wall:
        by_section = {
            Section.NOBODY: self.nobody,
            Section.BUYING: self.buying,
            Section.SELLING: self.selling,
            Section.DESK: self.desk,
        }
        return by_section.get(section)


@dataclass(frozen=True, slots=True)
class Shared:
    """A table that holds no partner's data, with the reason that says so."""

    reason: str


class UnscopedReadError(RuntimeError):
    """A walled table was read without `visible_to(scope)` or `unscoped("reason")`."""


M = TypeVar("M", bound=models.Model)


class WalledQuerySet(models.QuerySet[M]):
    """A queryset that runs only after `visible_to` or `unscoped`; reaching rows from a row already seen is allowed."""

    _cleared = False

    def visible_to(self, scope: Scope) -> Self:
        """The rows that `scope` may see."""
        if scope.section is Section.SYSTEM:
            return self.unscoped("the system sees everything")
        walls: Walls = self.model.walls  # type: ignore[attr-defined]
        wall = walls.of(scope.section)
        cleared = self.all()
        cleared._cleared = True
        if isinstance(wall, Everything):
            return cleared
        if isinstance(wall, Rows):
            return cleared.filter(**{f"{wall.column}__in": scope.ids(wall.key)}).filter(_narrowing(self.model, scope))
        if isinstance(wall, OwnOrCommon):
            own = models.Q(**{f"{wall.column}__in": scope.ids(wall.key)}) & _narrowing(self.model, scope)
            common = {wall.column: None, f"{wall.common}__in": scope.ids(wall.common_key)}
            return cleared.filter(own | models.Q(**common))
        if isinstance(wall, Through):
            return cleared.filter(_opened(wall, scope))
        if isinstance(wall, ShownSecret) and scope.secret_sha256:
            return cleared.filter(**{wall.column: scope.secret_sha256})
        return cleared.none()

    def unscoped(self, reason: str) -> Self:
        """All rows, for a stated `reason`: the system's own work, or a check that must see everything."""
        if not reason:
            raise ValueError("say why the scope is left out")
        cleared = self.all()
        cleared._cleared = True
        return cleared

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._cleared = self._cleared
        return clone  # type: ignore[no-any-return]

    def _demand_scope(self) -> None:
        hinted = getattr(self, "_hints", {}).get("instance") is not None
        if not (self._cleared or hinted or self.query.is_empty()):
            raise UnscopedReadError(f"{self.model.__name__}: call visible_to(scope) or unscoped('reason') first")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._demand_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        self._demand_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._demand_scope()
        return super().count()

    def exists(self) -> bool:
        self._demand_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._demand_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._demand_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._demand_scope()
        return super().delete()


def seller_column(model: type[models.Model], wall: Wall) -> models.Field[Any, Any] | None:
    """The column that says with which seller a row deals, in tables that the buying section sees by buyer."""
    if not isinstance(wall, Rows | OwnOrCommon) or wall.key not in ("entities", "companies"):
        return None
    return next((f for f in model._meta.concrete_fields if f.attname == "seller_id"), None)


def _opened(wall: Through, scope: Scope) -> models.Q:
    opened = models.Q()
    for label, column in wall.sources:
        seen = apps.get_model(label).objects.visible_to(scope).filter(**{f"{column}__isnull": False})
        opened |= models.Q(**{f"{wall.column}__in": seen.values(column)})
    return opened


def _narrowing(model: type[models.Model], scope: Scope) -> models.Q:
    walls: Walls = model.walls  # type: ignore[attr-defined]
    column = seller_column(model, walls.buying) if scope.section is Section.BUYING and scope.only_sellers else None
    if column is None:
        return models.Q()
    narrowed = models.Q(seller_id__in=scope.only_sellers)
    return narrowed | models.Q(seller_id=None) if column.null else narrowed


class Walled(models.Model):
    """Base of every table that holds a partner's data. A subclass declares `walls`."""

    walls: ClassVar[Walls | Shared]
    objects = WalledQuerySet.as_manager()

    class Meta:
        abstract = True
        # Django's own reads (refresh, cascades, saving) stay under row security alone.
        base_manager_name = None  # type: ignore[assignment]
