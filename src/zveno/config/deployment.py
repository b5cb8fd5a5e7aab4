"""What is unsafe about this deployment, each as one line that says what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zveno.base.roles import WEB_ROLE
from zveno.base.rowsecurity import roles_missing, unguarded_tables

_OLDEST_POSTGRES = 160000
# Said by us in words that fit this product, or not meant for a closed site.
_OURS_TO_SAY = {"security.W004", "security.W008", "security.W009", "security.W012", "security.W016", "security.W018"}


def unsafe_settings() -> list[str]:
    """Every finding, most dangerous first; empty when the deployment is safe."""
    return [*_settings(), *_database(), *_django()]


def _settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "ZVENO_DEBUG is on: error pages show the program's insides. Unset it."
    if not settings.IS_HTTPS:
        yield "ZVENO_BASE_URL is not https: passwords travel in the open. Put a TLS proxy in front and say https."
    if "*" in settings.ALLOWED_HOSTS:
        yield "ZVENO_HOSTS allows any host name: links in mails can be forged. List the names."
    if len(settings.SECRET_KEY) < 40:
        yield "ZVENO_SECRET_KEY is short: sessions can be forged. Use 50 random characters."
    if settings.EMAIL_BACKEND.endswith(("filebased.EmailBackend", "console.EmailBackend")):
        yield (
            "Mail is written to a folder, nobody receives invitations. Set ZVENO_EMAIL_BACKEND to "
            "django.core.mail.backends.smtp.EmailBackend and ZVENO_SMTP_HOST."
        )
    if os.environ.get("ZVENO_EMBEDDED"):
        yield "The embedded database serves one machine only. Set DATABASE_URL for several."
    elif settings.DATABASE_BASE_ROLE == "none" and not os.environ.get("DATABASE_WEB_URL"):
        yield "DATABASE_WEB_URL is not set: web processes sign in as the owner and step down by themselves. Set it."


def _database() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        if cursor.fetchone()[0] < _OLDEST_POSTGRES:
            yield "PostgreSQL is older than 16: row security roles need at least 16."
        missing = roles_missing()
        if missing:
            yield f"Database roles are missing: {', '.join(missing)}. Run 'zveno migrate' as a role with CREATEROLE."
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [WEB_ROLE])
        row = cursor.fetchone()
        if row and row[0]:
            yield f"The role {WEB_ROLE} bypasses row security. Run: ALTER ROLE {WEB_ROLE} NOSUPERUSER NOBYPASSRLS."
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [WEB_ROLE])
        if cursor.fetchone()[0]:
            yield f"The role {WEB_ROLE} owns tables, so row security does not bind it. Give them to the owner."
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "The database is behind the program. Run 'zveno migrate'."
    else:
        for table in unguarded_tables():
            yield f"Row security is off or incomplete on {table}. Run 'zveno migrate'."


def _django() -> Iterator[str]:
    for message in run_checks(include_deployment_checks=True):
        if message.id not in _OURS_TO_SAY and not message.is_silenced():
            yield f"{message.msg.split(chr(10))[0]} ({message.id})"
