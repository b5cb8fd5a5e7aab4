"""Changing a legal entity: names, addresses, codes, and whose daughter it is."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import CodesWrong, EntityTaken, MainInvalid, NameMissing, PartnerUnknown
from zveno.partners.models import LegalEntity
from zveno.partners.rules.entities import clean_code, code_problems


@in_transaction
def change_legal_entity(
    *,
    entity_id: int,
    name: str,
    inn: str,
    kpp: str,
    ogrn: str,
    full_name: str,
    legal_address: str,
    delivery_address: str,
    region_id: int | None,
    main_id: int | None,
    now: datetime,
) -> LegalEntity:
    """Keep the entity's details; the audit says which changed.

    Raises CodesWrong, NameMissing, PartnerUnknown, EntityTaken, and MainInvalid for a main that is itself a daughter,
    of another company, or the entity itself, and for a main with daughters that would become a daughter.
    """
    entity = LegalEntity.objects.visible_to(current()).select_for_update().filter(pk=entity_id).first()
    if entity is None:
        raise PartnerUnknown
    codes = {"inn": clean_code(inn), "kpp": clean_code(kpp), "ogrn": clean_code(ogrn)}
    for problem in code_problems(country=entity.country, **codes):
        raise CodesWrong(field=problem.field, kind=problem.kind, value=codes[problem.field])
    if not name.strip():
        raise NameMissing
    _check_main(entity, main_id)
    given = {
        **codes,
        "name": name.strip(),
        "full_name": full_name.strip(),
        "legal_address": legal_address.strip(),
        "delivery_address": delivery_address.strip(),
        "region_id": region_id,
        "main_id": main_id,
    }
    changed = [field for field, value in given.items() if getattr(entity, field) != value]
    if not changed:
        return entity
    for field in changed:
        setattr(entity, field, given[field])
    try:
        with transaction.atomic():
            entity.save(update_fields=changed)
    except IntegrityError as error:
        raise EntityTaken(inn=entity.inn, company="") from error
    record_own(
        action="entity_changed", subject=entity, company_id=entity.company_id, now=now, name=entity.name, fields=changed
    )
    return entity


def _check_main(entity: LegalEntity, main_id: int | None) -> None:
    if main_id is None:
        return
    others = LegalEntity.objects.visible_to(current()).filter(company_id=entity.company_id)
    has_daughters = others.filter(main=entity).exists()
    if main_id == entity.pk or has_daughters or not others.filter(pk=main_id, main=None).exists():
        raise MainInvalid
