"""What people did, in the audit trail; who is invited, who asks for a cabinet, which programs have keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from zveno.accounts.rules.secrets import digest, prefix
from zveno.demo.loading.bulk import as_json, copy_rows
from zveno.demo.loading.exchange import SELLERS, connection_id
from zveno.demo.loading.goods import midnight
from zveno.demo.loading.partners import began_on, managers
from zveno.demo.rules import codes
from zveno.demo.rules.parties import FIRST_DEALER, OPERATOR
from zveno.demo.rules.people import API_KEYS, DOMAIN, Person
from zveno.demo.world import World
from zveno.sellout.models import Report

_ENTRY = ("at", "actor_id", "actor_name", "company_id", "seller_id", "object_kind", "object_id", "action", "params")
Entry = tuple[Any, ...]


def load(world: World) -> int:
    """The audit trail of every company, and what waits for somebody; returns how many entries."""
    _keys(world)
    _invitation(world)
    _requests(world)
    entries = [*_companies(world), *_people(world), *_terms(world), *_connections(world), *_reports(world)]
    return copy_rows("base.AuditEntry", _ENTRY, sorted(entries, key=lambda entry: entry[0]))


def _began(world: World, company: int) -> datetime:
    return midnight(began_on(world)) + timedelta(days=company % 40, hours=11, minutes=company * 7 % 60)


def _entry(at: datetime, actor: Person, whom: tuple[int | None, int | None], kind: str, of: int, action: str,
           **params: object) -> Entry:  # fmt: skip
    return (at, actor.id, actor.name, *whom, kind, of, action, as_json(params))


def _companies(world: World) -> Iterator[Entry]:
    admin = world.people[0]
    for company in world.companies:
        if company.id != OPERATOR:
            at = _began(world, company.id)
            yield _entry(at, admin, (company.id, None), "partners.company", company.id, "company_created",
                         name=company.name)  # fmt: skip
    for entity in world.entities:
        at = _began(world, entity.company) + timedelta(minutes=4 + entity.id % 5)
        yield _entry(at, admin, (entity.company, None), "partners.legalentity", entity.id, "entity_created",
                     name=entity.name, inn=entity.inn)  # fmt: skip


def _people(world: World) -> Iterator[Entry]:
    admin = world.people[0]
    heads = {person.company: person for person in world.people if person.role == "head"}
    for person in world.people:
        whom, kind = (person.company, None), "partners.member"
        at = _began(world, person.company) + timedelta(days=1 + person.id % 9, minutes=person.id)
        if person.role == "head":
            yield _entry(at, admin, whom, kind, person.id, "head_appointed", person=person.name)
        elif person.company in heads:
            told = {"email": person.address, "role": person.role}
            yield _entry(at, heads[person.company], whom, kind, person.id, "member_invited", **told)
            joined = at + timedelta(hours=3, minutes=person.id)
            yield _entry(joined, person, whom, kind, person.id, "invitation_accepted", role=person.role)


def _terms(world: World) -> Iterator[Entry]:
    by_id = {person.id: person for person in world.people}
    of_seller, entities = managers(world), {entity.id: entity for entity in world.entities}
    for number, terms in enumerate(world.terms):
        manager = by_id[of_seller[terms.seller][number % len(of_seller[terms.seller])]]
        at = _began(world, terms.buyer) + timedelta(days=12, minutes=number)
        yield _entry(
            at, manager, (terms.buyer, terms.seller), "partners.legalentity", terms.entity, "terms_set",
            entity=entities[terms.entity].name, seller=world.companies[terms.seller - 1].name,
            day=at.date().isoformat(), limit=str(terms.credit_limit),
            delay=terms.delay_days,
        )  # fmt: skip


def _connections(world: World) -> Iterator[Entry]:
    heads = {person.company: person for person in world.people if person.role == "head"}
    for seller in SELLERS:
        at = _began(world, seller) + timedelta(days=3)
        yield _entry(at, heads[seller], (seller, seller), "exchange.connection", connection_id(seller),
                     "connection_created", name="1С:Управление торговлей")  # fmt: skip


def _reports(world: World) -> Iterator[Entry]:
    people = {person.id: person for person in world.people}
    for report in Report.objects.unscoped("the demo world's own").select_related("file"):
        sender, whom = people[report.uploaded_by_id or 1], (report.distributor_id, report.distributor_id)
        for at, action in ((report.uploaded_at, "report_uploaded"), (report.accepted_at, "report_accepted")):
            if at is not None:
                told = {"name": report.file.name, "size": report.file.size}
                yield _entry(at, sender, whom, "sellout.report", report.pk, action, **told)


def _keys(world: World) -> None:
    people = {person.email: person for person in world.people}
    rows = []
    for email, section, secret in API_KEYS:
        person = people[email]
        rows.append((person.company, "Программа учёта", prefix(secret), digest(secret), section, person.id, world.now))
    columns = ("company_id", "name", "prefix", "secret_sha256", "section", "user_id", "created_at")
    copy_rows("accounts.ApiKey", columns, rows)


def _invitation(world: World) -> None:
    head = next(person for person in world.people if person.email == "dealer")
    secret = digest(f"nobody knows {world.seed}")
    copy_rows(
        "partners.Invitation",
        ("company_id", "email", "name", "role", "secret_sha256", "invited_by_id", "created_at", "expires_at"),
        [(FIRST_DEALER, f"new@{DOMAIN}", "Инна Шилова", "buyer", secret, head.id, world.now - timedelta(days=1),
          world.now + timedelta(days=6))],
    )  # fmt: skip


def _requests(world: World) -> None:
    places = [town for town in world.towns if town.district in ("VFD", "CFD")]
    asked = (("ООО «Свет и дом»", "Ксения Юдина"), ("ООО «Ремонтная база»", "Егор Зимин"))
    copy_rows(
        "partners.RegistrationRequest",
        ("company_name", "inn", "kpp", "ogrn", "legal_address", "region_id", "contact_name", "email", "phone",
         "created_at"),
        (
            (name, codes.company_inn(place.tax_region, 900 + at), codes.kpp(place.tax_region),
             codes.company_ogrn(place.tax_region, 2021, 900 + at), f"г. {place.name}, ул. Садовая, д. {at + 3}",
             place.id, contact, f"request{at}@{DOMAIN}", "+7 000 000-00-00", world.now - timedelta(hours=5 + 20 * at))
            for at, ((name, contact), place) in enumerate(zip(asked, places, strict=False))
        ),
    )  # fmt: skip
