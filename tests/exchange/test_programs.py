"""A program that fetches orders with a key is a connection for as long as the key stands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client
from tests import world

from zveno.base import clock
from zveno.exchange.jobs import forget_program
from zveno.exchange.models import Connection
from zveno.partners.rules.roles import Role

pytestmark = pytest.mark.django_db


def key(client: Client, name: str) -> Any:
    told = {"name": name, "section": "selling", "entity_id": ""}
    return client.post("/company/keys/", told).context["made"]


def jobs() -> list[dict[str, int]]:
    with database.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [forget_program.name])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_a_revoked_key_switches_its_connection_off_once(client: Client) -> None:
    seller = world.seller()
    world.sign_in(client, seller.people[Role.HEAD])
    used, idle = key(client, "Учёт"), key(client, "Склад")
    answer = Client().get("/api/v1/erp/orders", headers={"Authorization": f"Bearer {used.secret}"})
    assert answer.status_code == 200
    program = Connection.objects.unscoped("a test looks").get()
    assert program.is_active
    for made in (used, idle, used):
        client.post(f"/company/keys/{made.id}/revoke")
    assert jobs() == [{"key_id": used.id}, {"key_id": idle.id}]
    for told in (*jobs(), *jobs()):
        forget_program(**told)
    program.refresh_from_db()
    assert not program.is_active
    assert Connection.objects.unscoped("a test looks").count() == 1
    assert program.last_contact_at is not None and program.last_contact_at <= clock.now()
