"""Adding a legal entity to a company."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from zveno.base.scope import current
from zveno.base.tx import in_transaction
from zveno.partners.actions.own_record import record_own
from zveno.partners.errors import CodesWrong, EntityTaken, MainInvalid, NameMissing, PartnerUnknown
from zveno.partners.models import Company, LegalEntity
from zveno.partners.rules.entities import HOME_COUNTRY, clean_code, code_problems


@in_transaction
def create_legal_entity(
    *,
    company_id: int,
    name: str,
    inn: str,
    now: datetime,
    kpp: str = "",
    ogrn: str = "",
    country: str = HOME_COUNTRY,
    full_name: str = "",
    legal_address: str = "",
    delivery_address: str = "",
    region_id: int | None = None,
    main_id: int | None = None,
) -> LegalEntity:
    """A legal entity; the company's first is its default. With `main_id` it is a daughter of that main entity.

    Raises CodesWrong, NameMissing, MainInvalid, PartnerUnknown, and EntityTaken where INN and KPP are there already.
    """
    codes = {"inn": clean_code(inn), "kpp": clean_code(kpp), "ogrn": clean_code(ogrn)}
    for problem in code_problems(country=country, **codes):
        raise CodesWrong(field=problem.field, kind=problem.kind, value=codes[problem.field])
    if not name.strip():
        raise NameMissing
    company = Company.objects.visible_to(current()).select_for_update().filter(pk=company_id).first()
    if company is None:
        raise PartnerUnknown
    entities = LegalEntity.objects.visible_to(current()).filter(company_id=company_id)
    if main_id is not None and not entities.filter(pk=main_id, main=None).exists():
        raise MainInvalid
    entity = LegalEntity(
        company=company,
        main_id=main_id,
        name=name.strip(),
        full_name=full_name.strip(),
        country=country,
        region_id=region_id or company.region_id,
        legal_address=legal_address.strip(),
        delivery_address=delivery_address.strip(),
        is_default=not entities.exists(),
        **codes,
    )
    try:
        with transaction.atomic():
            entity.save(force_insert=True)
    except IntegrityError as error:
        holder = LegalEntity.objects.visible_to(current()).filter(inn=codes["inn"], kpp=codes["kpp"])
        found = holder.select_related("company").first()
        raise EntityTaken(inn=codes["inn"], company=found.company.name if found else "") from error
    record_own(
        action="entity_created", subject=entity, company_id=company_id, now=now, name=entity.name, inn=entity.inn
    )
    return entity
