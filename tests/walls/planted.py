"""One row in every walled table for a victim: a seller, its client and everything between them.

Rows are made from the models themselves, so that a new table is covered the day it comes. Every text holds `MARK`:
where it shows, something leaked.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from tests import world

from zveno.accounts.models import User
from zveno.base import clock
from zveno.base.files import keep
from zveno.base.rowsecurity import walled_models
from zveno.catalog.models import Media, Product, ProductRelation
from zveno.partners.models import Company, LegalEntity, RegistrationRequest
from zveno.partners.rules.roles import Role
from zveno.pricing.models import KindAssignment

MARK = "Зорькино7ф3"
OWNERS = ("company_id", "seller_id", "buyer_company_id", "buyer_entity_id", "distributor_id", "owner_id")


@dataclass
class Planted:
    """The victims, and the row of theirs in each table."""

    seller: world.Partner
    dealer: world.Partner
    rows: dict[str, models.Model]

    def id_of(self, label: str) -> int:
        """The id of the victim's row of a model, `app.model`."""
        return int(self.rows[label].pk)


def plant() -> Planted:
    """Build the victims."""
    seller = world.seller(f"Продавец {MARK}", distributor=True)
    dealer = world.dealer(f"Дилер {MARK}", entities=2)
    kind = world.price_kind(seller, f"Цена {MARK}")
    terms = world.terms(seller, dealer.entity, price_kind=kind)
    product = world.product(seller, f"Товар {MARK}", code="ZZ-7F3")
    known: dict[str, models.Model] = {
        # Geography is shared: its names are nobody's secret.
        "partners.region": world.region("Область для всех"),
        "partners.company": seller.company,
        "partners.legalentity": dealer.entity,
        "partners.tradeterms": terms,
        "pricing.pricekind": kind,
        "catalog.product": product,
        "catalog.listing": product.listings.unscoped("a test plants").get(),
        "catalog.productrelation": ProductRelation.objects.create(
            owner_id=seller.company.pk,
            product=product,
            other=world.product(seller, f"Замена {MARK}"),
            kind="substitute",
            told_by="person",
            told_at=clock.now(),
        ),
        "accounts.user": dealer.head,
        "partners.member": dealer.member(Role.BUYER),
        "pricing.discount": world.discount(seller, 7, entity=dealer.entity, contract_number=MARK),
        "pricing.kindassignment": KindAssignment.objects.unscoped("a test plants").get(price_kind=kind),
    }
    planted = Planted(seller, dealer, known)
    known["base.storedfile"] = keep(
        pieces=[MARK.encode()], name=f"{MARK}.csv", now=clock.now(), company_id=dealer.company.pk
    )
    for model in [*walled_models(), Media, RegistrationRequest]:
        _row(planted, model)
    return planted


def fingerprint(planted: Planted, ids: dict[str, list[int]]) -> dict[str, tuple[str, int]]:
    """Per table: a digest of the rows with `ids`, and how many rows belong to the victims."""
    owners = [planted.seller.company.pk, planted.dealer.company.pk]
    entities = [e.pk for e in planted.dealer.entities]
    found = {}
    with connection.cursor() as cursor:
        for model in guarded_models():
            table = model._meta.db_table
            columns = {f.attname: f.column for f in model._meta.concrete_fields if f.attname in OWNERS}
            owned = " OR ".join(f'"{column}" = ANY(%s)' for attname, column in columns.items()) or "false"
            values = [entities if attname == "buyer_entity_id" else owners for attname in columns]
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id) FILTER (WHERE id = ANY(%s)), '')), "
                f'count(*) FILTER (WHERE {owned}) FROM "{table}" t',
                [ids.get(model._meta.label_lower, []), *values],
            )
            found[table] = cursor.fetchone()
    return found


def guarded_models() -> list[type[models.Model]]:
    """Every table of ours with rows of partners, and people."""
    return [*walled_models(), User, Product, ProductRelation, Media, RegistrationRequest]


def ids_now() -> dict[str, list[int]]:
    """Ids of every row there is, by model."""
    with connection.cursor() as cursor:
        told = {}
        for model in guarded_models():
            cursor.execute(f'SELECT array_agg(id) FROM "{model._meta.db_table}"')
            told[model._meta.label_lower] = cursor.fetchone()[0] or []
    return told


def _row(planted: Planted, model: type[models.Model]) -> models.Model:
    label = model._meta.label_lower
    if label not in planted.rows:
        values = {f.attname: _value(planted, f) for f in model._meta.concrete_fields if not f.primary_key}
        made = model(**{name: value for name, value in values.items() if value is not _LEAVE})
        made.save(force_insert=True)
        planted.rows[label] = made
    return planted.rows[label]


_LEAVE = object()
# Columns whose value the row's own constraints decide.
_CHOSEN: dict[tuple[str, str], Callable[[Planted], Any]] = {
    ("orders.approvalbudget", "user_id"): lambda planted: _LEAVE,
    ("orders.approvalsubstitute", "substitute_id"): lambda planted: planted.dealer.buyer.pk,
}


def _value(planted: Planted, field: models.Field[Any, Any]) -> Any:
    if (chosen := _CHOSEN.get((field.model._meta.label_lower, field.attname))) is not None:
        return chosen(planted)
    if isinstance(field, models.ForeignKey):
        return _related(planted, field)
    if field.attname in OWNERS:
        return planted.seller.company.pk if field.attname == "seller_id" else planted.dealer.company.pk
    # A rule of approval that asks for no word on what the walk orders: it has no steps.
    if field.attname == "min_total":
        return Decimal(1_000_000_000)
    if field.has_default() or getattr(field, "auto_now_add", False) or getattr(field, "auto_now", False):
        return _LEAVE
    if field.null and not isinstance(field, models.CharField):
        return _LEAVE
    return _plain(planted, field)


def _related(planted: Planted, field: models.ForeignKey[Any, Any]) -> Any:
    target = field.related_model
    if field.attname in ("company_id", "buyer_company_id"):
        return planted.dealer.company.pk
    if target is Company:
        return planted.seller.company.pk
    if target is LegalEntity:
        return planted.dealer.entity.pk if field.name != "main" else _LEAVE
    if target is field.model or (field.null and target._meta.label_lower not in planted.rows):
        return _LEAVE
    return _row(planted, target).pk


def _plain(planted: Planted, field: models.Field[Any, Any]) -> Any:
    now = clock.now()
    if field.attname == "role":
        return Role.VIEWER.value
    if field.attname == "time_zone":
        return "Europe/Moscow"
    if field.attname == "sha256" and "base.storedfile" in planted.rows:
        return planted.rows["base.storedfile"].sha256  # type: ignore[attr-defined]
    if field.attname in ("expires_at", "due_on", "valid_to"):
        now += timedelta(days=3)
    if isinstance(field, models.SlugField):
        return uuid.uuid4().hex
    if isinstance(field, models.CharField | models.TextField):
        if field.choices:
            return next(iter(field.choices))[0]
        return "" if field.blank else f"{MARK} {uuid.uuid4().hex}"[: field.max_length or 200]
    if isinstance(field, models.DateTimeField):
        return now
    if isinstance(field, models.TimeField):
        return now.time()
    if isinstance(field, models.DateField):
        return now.date()
    if isinstance(field, models.DecimalField):
        return Decimal(1)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, ArrayField):
        return []
    if isinstance(field, models.BooleanField):
        return False
    return 1
