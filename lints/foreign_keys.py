"""Foreign keys point down: to the same package or one on a lower floor; an upward tie is a plain key.

`settings.AUTH_USER_MODEL` is Django's own socket for whoever signs in, known to no floor by name: `base` keeps its
audit by it, as every Django app does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from lints.ground import Finding, Module, dotted, floors, imports, modules

FIELDS = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField", "GenericRelation"})


def check(root: Path) -> list[Finding]:
    """Relations of models whose target lies higher, or beside on the same floor."""
    heights = floors(root)
    return [
        module.finding(node.lineno, f"a key to {target} points up from {module.package}")
        for module in modules(root)
        for node, target in _relations(module)
        if target != module.package and target in heights and heights[target] >= heights[module.package]
    ]


def _relations(module: Module) -> Iterator[tuple[ast.Call, str]]:
    sources = {found.name: found.parts for found in imports(module)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in FIELDS:
            continue
        given = node.args[:1] + [word.value for word in node.keywords if word.arg in {"to", "through"}]
        for target in given:
            yield node, _package_of(target, sources) or module.package


def _package_of(target: ast.expr, sources: dict[str, tuple[str, ...]]) -> str:
    if isinstance(target, ast.Constant) and isinstance(target.value, str):
        label, dot, _ = target.value.partition(".")
        return label if dot else ""
    parts = sources.get(dotted(target).partition(".")[0], ())
    return parts[1] if len(parts) > 1 and parts[0] == "zveno" else ""
