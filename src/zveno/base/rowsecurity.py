"""The two walls, second half: PostgreSQL roles, grants and row policies, kept equal to what the models declare."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from zveno.base.roles import ALL_ROLES, APP_ROLE, WEB_ROLE, role_statements
from zveno.base.scope import DIGEST_SETTING, Section
from zveno.base.walls import READ_ONLY, SAME, OwnOrCommon, Rows, ShownSecret, Through, Wall, Walls, seller_column

_WALLED_ROLES = {
    Section.NOBODY: WEB_ROLE,
    Section.BUYING: "zveno_buying",
    Section.SELLING: "zveno_selling",
    Section.DESK: "zveno_desk",
}


def walled_models() -> list[type[models.Model]]:
    """Every concrete model that declares `walls` as `Walls`, in a fixed order."""
    found = [m for m in apps.get_models() if isinstance(getattr(m, "walls", None), Walls)]
    return sorted(found, key=lambda m: m._meta.db_table)


def policy_statements(model: type[models.Model]) -> Iterator[str]:
    """SQL that makes the row policies of one walled table equal to its declaration."""
    table = model._meta.db_table
    yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
    for section, role in _WALLED_ROLES.items():
        for kind in _KINDS:
            yield f'DROP POLICY IF EXISTS {role}_{kind} ON "{table}"'
        for kind, clause in _policies(model, section).items():
            yield f'CREATE POLICY {role}_{kind} ON "{table}" {clause.format(role=role)}'


# What policies of one role on one table are called: all rows, or apart for those who write less than they read.
_KINDS = ("rows", "insert", "update", "delete")


def _policies(model: type[models.Model], section: Section) -> dict[str, str]:
    """Kind of policy → its clause, for one section."""
    walls: Walls = model.walls  # type: ignore[attr-defined]
    wall = walls.of(section)
    if wall is None:
        return {}
    narrowing = _narrowing(model, wall) if section is Section.BUYING else ""
    if isinstance(wall, OwnOrCommon | Through):
        return {"rows": f"FOR SELECT TO {{role}} USING ({_condition(model, wall, narrowing)})"}
    read = _condition(model, wall, narrowing)
    if not isinstance(wall, Rows) or wall.write == SAME:
        return {"rows": f"TO {{role}} USING ({read}) WITH CHECK ({read})"}
    told = {"rows": f"FOR SELECT TO {{role}} USING ({read})"}
    if wall.write != READ_ONLY:
        write = _condition(model, Rows(wall.column, wall.write))
        told["insert"] = f"FOR INSERT TO {{role}} WITH CHECK ({write})"
        told["update"] = f"FOR UPDATE TO {{role}} USING ({write}) WITH CHECK ({write})"
        told["delete"] = f"FOR DELETE TO {{role}} USING ({write})"
    return told


def _condition(model: type[models.Model], wall: Wall, narrowing: str = "") -> str:
    """What lets a row through; `narrowing` holds for rows that are somebody's own, not for those of everybody."""
    if isinstance(wall, Rows):
        return f'"{_column(model, wall.column)}" = ANY({_setting(wall.key)}){narrowing}'
    if isinstance(wall, OwnOrCommon):
        own, common = _column(model, wall.column), _column(model, wall.common)
        for_all = f'"{own}" IS NULL AND "{common}" = ANY({_setting(wall.common_key)})'
        return f'("{own}" = ANY({_setting(wall.key)}){narrowing}) OR ({for_all})'
    if isinstance(wall, Through):
        seen = " UNION ALL ".join(_seen(*source) for source in wall.sources)
        return f'"{_column(model, wall.column)}" = ANY(ARRAY({seen}))'
    if isinstance(wall, ShownSecret):
        return f"\"{_column(model, wall.column)}\" = NULLIF(current_setting('zveno.{DIGEST_SETTING}', true), '')"
    return "true"


def _seen(label: str, attname: str) -> str:
    """A column of another walled table; its own policies narrow it to what the asker sees.

    What is one's own and what is everybody's are asked for apart, so that an index of its own serves each.
    """
    model = apps.get_model(label)
    rows = f'SELECT "{_column(model, attname)}" FROM "{model._meta.db_table}"'  # noqa: S608 - names of our own models
    wall = model.walls.of(Section.BUYING)
    if not isinstance(wall, OwnOrCommon):
        return rows
    own, common = _column(model, wall.column), _column(model, wall.common)
    return (
        f'{rows} WHERE "{own}" = ANY({_setting(wall.key)}) '
        f'UNION ALL {rows} WHERE "{own}" IS NULL AND "{common}" = ANY({_setting(wall.common_key)})'
    )


def _narrowing(model: type[models.Model], wall: Wall) -> str:
    column = seller_column(model, wall)
    if column is None:
        return ""
    # A sub-select is computed once for the statement, not for each row.
    free = "(SELECT COALESCE(current_setting('zveno.only_sellers', true), '') IN ('', '{{}}'))"
    absent = f' OR "{column.column}" IS NULL' if column.null else ""
    return f' AND ({free} OR "{column.column}" = ANY({_setting("only_sellers")}){absent})'


def _column(model: type[models.Model], attname: str) -> str:
    return str(next(f.column for f in model._meta.concrete_fields if f.attname == attname))


def _setting(key: str) -> str:
    return f"NULLIF(current_setting('zveno.{key}', true), '')::bigint[]"


def grant_statements() -> Iterator[str]:
    """SQL that lets the application roles use the tables; the row policies decide which rows."""
    yield f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP_ROLE}"


def apply_row_security() -> None:
    """Bring grants and policies of the connected database in line with the models. Runs as the owner, after migrate."""
    statements = list(grant_statements())
    for model in walled_models():
        statements += policy_statements(model)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def unguarded_tables() -> list[str]:
    """Walled tables whose row security is off, or whose set of policies is not the declared one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(p.polname::text) FILTER (WHERE p.polname IS NOT NULL) FROM pg_class c "
            "LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relrowsecurity GROUP BY c.relname"
        )
        found = {table: set(policies or ()) for table, policies in cursor.fetchall()}
    return [
        model._meta.db_table for model in walled_models() if found.get(model._meta.db_table) != _policy_names(model)
    ]


def _policy_names(model: type[models.Model]) -> set[str]:
    return {f"{role}_{kind}" for section, role in _WALLED_ROLES.items() for kind in _policies(model, section)}


def roles_missing() -> list[str]:
    """Names of the roles that the cluster does not have yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'zveno%%'")
        present = {row[0] for row in cursor.fetchall()}
    return [role for role in ALL_ROLES if role not in present]


def ensure_roles(*, web_password: str = "") -> None:
    """Make the roles that are missing, over the owner's connection, and give the web role its password if set.

    Repeating it changes nothing.
    """
    with connection.cursor() as cursor:
        if roles_missing():
            cursor.execute("SELECT current_user")
            owner = cursor.fetchone()[0]
            for statement in role_statements(owner):
                cursor.execute(statement)
        if web_password:
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(WEB_ROLE), web_password))
