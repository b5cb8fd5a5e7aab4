"""Every module says in its first line what lives there; migrations are named by what they do."""

from __future__ import annotations

import ast
from pathlib import Path

from lints.ground import Finding, modules


def check(root: Path) -> list[Finding]:
    """Modules of zveno without a docstring, empty `__init__.py` included."""
    return [
        module.finding(1, "says nowhere what it is for: a module begins with a docstring")
        for module in modules(root)
        if not (ast.get_docstring(module.tree) or "").strip()
    ]
