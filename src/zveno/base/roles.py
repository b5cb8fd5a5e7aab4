"""Names and making of the database roles; needs neither Django nor its settings."""

from __future__ import annotations

from collections.abc import Iterator

APP_ROLE = "zveno_app"
WEB_ROLE = "zveno_web"
SECTION_ROLES = ("zveno_buying", "zveno_selling", "zveno_desk")
ALL_ROLES = (APP_ROLE, *SECTION_ROLES, WEB_ROLE)


def role_statements(owner: str) -> Iterator[str]:
    """SQL that makes the roles where they are missing. Needs CREATEROLE; repeating it changes nothing.

    The web role may log in, owns nothing and bypasses nothing; the section roles are entered from it.
    """
    for role in (APP_ROLE, *SECTION_ROLES):
        yield _create_role(role, "NOLOGIN NOBYPASSRLS")
    yield _create_role(WEB_ROLE, "LOGIN NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    for role in SECTION_ROLES:
        yield f"GRANT {APP_ROLE} TO {role} WITH INHERIT TRUE"
        yield f"GRANT {role} TO {WEB_ROLE} WITH INHERIT FALSE, SET TRUE"
        yield f'GRANT {role} TO "{owner}" WITH INHERIT FALSE, SET TRUE'
    yield f"GRANT {APP_ROLE} TO {WEB_ROLE} WITH INHERIT TRUE"
    yield f'GRANT {WEB_ROLE} TO "{owner}" WITH INHERIT FALSE, SET TRUE'


def _create_role(role: str, options: str) -> str:
    return (
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = "
        f"'{role}') THEN CREATE ROLE {role} {options}; END IF; END $$"
    )
