"""The two walls on models: a declaration per table, and querysets that refuse to run unless somebody's scope is applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from zveno.base.scope import ID_KEYS, Scope, Section


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows a section sees: those whose `column` is among the scope's ids listed under `key`."""

    column: str
    key: str

    def __post_init__(self) -> None:
        if self.key not in ID_KEYS:
            raise ValueError(f"unknown scope key {self.key}")


class Everything:
    """All rows: for the operator's desk."""


EVERYTHING = Everything()
Wall = Rows | Everything | None


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
        cleared = self._chain()
        cleared._cleared = True
        if isinstance(wall, Everything):
            return cleared
        if isinstance(wall, Rows):
            return cleared.filter(**{f"{wall.column}__in": scope.ids(wall.key)})
        return cleared.none()

    def unscoped(self, reason: str) -> Self:
        """All rows, for a stated `reason`: the system's own work, or a check that must see everything."""
        if not reason:
            raise ValueError("say why the scope is left out")
        cleared = self._chain()
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
        if self._result_cache is None:  # type: ignore[has-type]
            self._demand_scope()
        super()._fetch_all()  # type: ignore[misc]

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


class Walled(models.Model):
    """Base of every table that holds a partner's data. A subclass declares `walls`."""

    walls: ClassVar[Walls | Shared]
    objects = WalledQuerySet.as_manager()

    class Meta:
        abstract = True
        # Django's own reads (refresh, cascades, saving) stay under row security alone.
        base_manager_name = None
