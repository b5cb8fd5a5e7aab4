"""Take the tree of groups a source tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from zveno.base.tx import in_transaction
from zveno.catalog.models import Category

LONGEST_NAME = 300
_LONGEST_PATH = 400


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """One group as told: `category_id` is `None` for a new one, `parent_id` for one at the root."""

    name: str
    category_id: int | None = None
    parent_id: int | None = None
    deleted: bool = False


@in_transaction
def take_category(*, owner_id: int, card: CategoryCard, position: int, now: datetime) -> tuple[int, str]:
    """Bring one group of the owner's tree in line with `card`: its id, and what was done to it.

    A group that moves takes its branch along. A parent that stands inside the group's own branch, or too deep, is
    not taken: the group stays where it is.
    """
    if card.category_id is None:
        return _create(owner_id, card, position), "created"
    category = Category.objects.select_for_update().get(pk=card.category_id, owner_id=owner_id)
    outcome = "unchanged"
    if card.name and category.name != card.name[:LONGEST_NAME]:
        category.name = card.name[:LONGEST_NAME]
        outcome = "changed"
    if card.deleted != (category.deleted_at is not None):
        category.deleted_at = now if card.deleted else None
        outcome = "deleted" if card.deleted else "changed"
    if category.parent_id != card.parent_id and _move(category, card.parent_id):
        outcome = "changed"
    if outcome != "unchanged":
        category.save()
    return category.pk, outcome


def _create(owner_id: int, card: CategoryCard, position: int) -> int:
    parent = _fit_parent(card.parent_id)
    made = Category.objects.create(
        owner_id=owner_id, parent=parent, name=card.name[:LONGEST_NAME], path="", position=position
    )
    Category.objects.filter(pk=made.pk).update(path=f"{parent.path if parent else '/'}{made.pk}/")
    return made.pk


def _fit_parent(parent_id: int | None) -> Category | None:
    parent = Category.objects.filter(pk=parent_id).first() if parent_id is not None else None
    return parent if parent is None or len(parent.path) < _LONGEST_PATH - 20 else None


def _move(category: Category, parent_id: int | None) -> bool:
    parent = _fit_parent(parent_id)
    if parent is not None and parent.path.startswith(category.path):
        return False
    before = category.path
    category.parent = parent
    category.path = f"{parent.path if parent else '/'}{category.pk}/"
    Category.objects.filter(path__startswith=before).exclude(pk=category.pk).update(
        path=Concat(Value(category.path), Substr(F("path"), len(before) + 1))
    )
    return True
