"""Faces touch no models: permission, form, one action or a few queries, a template."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from lints.doors import FACES
from lints.ground import Finding, Module, imports, modules

# Ways to a table that need no import of its model.
DETOURS = frozenset({"objects", "_base_manager", "_default_manager", "get_model", "get_models", "unscoped"})
# What of django.db a face may name: opening a transaction is the edge's work, and lists take what queries return.
FROM_DATABASE = frozenset({"django.db.transaction", "django.db.models.QuerySet"})


def check(root: Path) -> list[Finding]:
    """Imports of models and of the database in portal, desk, api and plugins, and detours around them."""
    return [
        module.finding(line, message)
        for module in modules(root)
        if module.package in FACES
        for line, message in (*_imported(module), *_reached(module))
    ]


def _imported(module: Module) -> Iterator[tuple[int, str]]:
    for found in imports(module):
        if found.parts[0] == "zveno" and "models" in found.parts:
            yield found.line, f"a face imports {found.target}"
        if found.parts[:2] == ("django", "db") and found.target not in FROM_DATABASE:
            yield found.line, f"a face imports {found.target}: put the question into a query"


def _reached(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in DETOURS:
            yield node.lineno, f"a face reaches a table by .{node.attr}"
