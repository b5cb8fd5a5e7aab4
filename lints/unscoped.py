"""The first wall in the source: a walled table is read by `visible_to(scope)` or by `unscoped("reason")`.

At run time a walled queryset refuses too; the lint says so before any test reaches the line, and keeps reasons
literal, so that they can be read where they stand.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from lints.ground import Finding, Module, dotted, imports, modules

# What may follow `Model.objects.` on a walled table: the two doors, and writing that reads nothing.
FIRST = frozenset({"visible_to", "unscoped", "create", "bulk_create", "bulk_update", "none", "model"})


def check(root: Path) -> list[Finding]:
    """Reasons left out of `unscoped`, and walled tables read without a scope."""
    walled = {f"{module.name}.{name}" for module in modules(root) for name in _walled(module)}
    # A package may hand on the tables of its modules under its own name.
    walled |= {f"{m.name}.{found.name}" for m in modules(root) for found in imports(m) if found.target in walled}
    return [
        module.finding(line, message)
        for module in modules(root)
        for line, message in (*_without_reason(module), *_without_scope(module, walled))
    ]


def _walled(module: Module) -> Iterator[str]:
    for node in module.tree.body:
        if isinstance(node, ast.ClassDef):
            for told in node.body:
                targets = told.targets if isinstance(told, ast.Assign) else [getattr(told, "target", None)]
                value = getattr(told, "value", None)
                named = any(isinstance(target, ast.Name) and target.id == "walls" for target in targets)
                if named and isinstance(value, ast.expr) and not _is_shared(value):
                    yield node.name


def _is_shared(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and dotted(value.func).rpartition(".")[2] == "Shared"


def _without_reason(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "unscoped"):
            continue
        given = [*node.args, *(word.value for word in node.keywords)]
        reason = given[0].value if len(given) == 1 and isinstance(given[0], ast.Constant) else None
        if not isinstance(reason, str) or len(reason.split()) < 2:
            yield node.lineno, "unscoped() takes its reason as a literal, in words"


def _without_scope(module: Module, walled: set[str]) -> Iterator[tuple[int, str]]:
    known = {found.name: found.target for found in imports(module)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Attribute):
            continue
        model, manager, called = (("", "", *dotted(node).split("."))[-3:]) if dotted(node) else ("", "", "")
        full = known.get(model, f"{module.name}.{model}")
        if manager == "objects" and full in walled and called not in FIRST:
            yield node.lineno, f"{model} is walled: visible_to(scope) or unscoped(reason) comes first, not {called}"
