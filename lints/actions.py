"""Actions run in their caller's transaction, keyword-only, fully typed.

An action is a function of `actions/` that stands under `in_transaction`; so must every one that is called from
outside its package's actions. The other functions there are steps that several actions share.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from lints.ground import Finding, Module, dotted, imports, modules


def check(root: Path) -> list[Finding]:
    """Actions that can be called outside a transaction or by position, and public functions without types."""
    called = {
        found.target
        for module in modules(root)
        for found in imports(module)
        if found.parts[2:3] == ("actions",) and (module.package, *module.parts[1:2]) != found.parts[1:3]
    }
    return [
        module.finding(line, message)
        for module in modules(root)
        if len(module.parts) > 2 and module.parts[1] == "actions"
        for line, message in _faults(module, called)
    ]


def _faults(module: Module, called: set[str]) -> Iterator[tuple[int, str]]:
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        guarded = any(dotted(mark).rpartition(".")[2] == "in_transaction" for mark in node.decorator_list)
        if f"{module.name}.{node.name}" in called and not guarded:
            yield node.lineno, f"{node.name} is called as an action: it stands under @in_transaction"
        if guarded and (node.args.args or node.args.posonlyargs or node.args.vararg):
            yield node.lineno, f"{node.name} is an action: its arguments are keyword-only"
        if untyped := _untyped(node):
            yield node.lineno, f"{node.name} leaves out types: {', '.join(untyped)}"


def _untyped(node: ast.FunctionDef) -> list[str]:
    told = node.args
    every = [*told.posonlyargs, *told.args, *told.kwonlyargs, *filter(None, (told.vararg, told.kwarg))]
    return [arg.arg for arg in every if arg.annotation is None] + ([] if node.returns is not None else ["return"])
