"""The public doors of the domain packages: the one table of what a package shows to those above it.

Ground (`kit`, `base`, `ui`) is a library: all its modules are public and it has no rows here. Domain packages keep
their tables to themselves: above them one calls an action, asks a query, hears an event, plugs into a port,
reuses a pure rule, or catches a named error.
"""

from __future__ import annotations

DOMAINS = frozenset(
    (
        *("accounts", "partners", "catalog", "pricing", "stock", "finance", "delivery", "orders", "sellout", "claims"),
        *("exchange", "insight"),
    )
)
FACES = frozenset({"portal", "desk", "api", "plugins"})

# `errors` and `faults` are the same door: the named facts that actions raise.
FOR_ALL = frozenset({"actions", "queries", "events", "ports", "rules", "errors", "faults"})

# A package puts its own values into people's words and sheets, and reads what a person asked for, once for every
# face. Domain logic has no use for these; the modules themselves build on those of the packages below.
FOR_FACES = frozenset(
    {"words", "labels", "shown", "shown_page", "told", "history", "sheets", "pages", "forms", "asked", "asking"}
)

# Doors that one package has beyond these.
OWN: dict[str, dict[str, frozenset[str]]] = {
    # The middleware that admits people and the helpers of the access tables, which every area of a face fills in.
    "partners": {"access": FACES},
}

# Single names behind closed doors that are known above.
NAMES = {
    "zveno.accounts.models.User": "what Django hands to everyone as request.user; faces take it from there, untyped",
}

# Who may go past the doors, and why.
PAST_DOORS = {
    "config": "joins the packages: settings, subscribers, jobs and access tables are named there and nowhere else",
    "demo": "loads two years of rows by COPY; actions, one by one, would take hours",
}


def is_open(package: str, door: str, *, to: str, at: str) -> bool:
    """Whether the module `at` of the package `to` may enter `package` by `door`."""
    if door in FOR_ALL or (door in FOR_FACES and (to in FACES or at in FOR_FACES)):
        return True
    return to in OWN.get(package, {}).get(door, frozenset())
