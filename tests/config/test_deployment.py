"""What a deployment is warned of, and that its files hold together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection

from zveno.base.rowsecurity import unguarded_tables
from zveno.config.deployment import unsafe_settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_a_safe_deployment_is_told_nothing(settings: Any) -> None:
    settings.IS_HTTPS = True
    settings.SECRET_KEY = "k" * 50
    settings.ALLOWED_HOSTS = ["orders.example"]
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    findings = [f for f in unsafe_settings() if not f.startswith("DATABASE_WEB_URL")]
    assert findings == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUG", True, "ZVENO_DEBUG"),
        ("IS_HTTPS", False, "ZVENO_BASE_URL"),
        ("ALLOWED_HOSTS", ["*"], "ZVENO_HOSTS"),
        ("SECRET_KEY", "short", "ZVENO_SECRET_KEY"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "Mail is written to a folder"),
    ],
)
def test_each_unsafe_setting_is_named(settings: Any, name: str, value: object, told: str) -> None:
    setattr(settings, name, value)
    assert any(finding.startswith(told) for finding in unsafe_settings())


@pytest.mark.django_db
def test_a_table_whose_guard_is_off_is_named() -> None:
    assert unguarded_tables() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE orders_order DISABLE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY zveno_buying_rows ON pricing_price")
    assert unguarded_tables() == ["orders_order", "pricing_price"]


@pytest.mark.django_db
def test_a_database_behind_the_program_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'orders'")
    assert any("behind the program" in finding for finding in unsafe_settings())


def test_every_variable_of_the_compose_file_is_documented() -> None:
    text = (ROOT / "deploy" / "compose.yaml").read_text()
    services = yaml.safe_load(text)["services"]
    assert set(services) == {"db", "migrate", "web", "worker"}
    documented = (ROOT / "docs" / "deploy.md").read_text()
    named = set(re.findall(r"\b(?:ZVENO|DATABASE)_[A-Z_]+", text)) - {"ZVENO_DB_PASSWORD", "ZVENO_WEB_PASSWORD"}
    assert [name for name in sorted(named) if name not in documented] == []


def test_the_container_copies_only_what_there_is() -> None:
    for line in (ROOT / "deploy" / "Containerfile").read_text().splitlines():
        if line.startswith("COPY") and "--from" not in line:
            assert (ROOT / line.split()[1]).exists(), line
