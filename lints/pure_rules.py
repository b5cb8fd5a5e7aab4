"""Rules are pure: frozen values in, values out. No Django, no clock, no chance, no file, no network."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from lints.ground import Finding, Module, dotted, imports, modules

# Libraries that compute and do nothing else.
PURE_LIBRARIES = frozenset({"numpy", "rapidfuzz", "scipy", "sparse_dot_topn", "stdnum", "xgboost"})
# Parts of the standard library that reach out of the process or wait.
REACHING_OUT = frozenset(
    {"asyncio", "ftplib", "http", "imaplib", "logging", "multiprocessing", "os", "pathlib", "secrets", "shutil"}
    | {"smtplib", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib"}
)
CLOCKS = frozenset({"now", "utcnow", "today"})
TIMES = frozenset({"datetime", "date", "datetime.datetime", "datetime.date"})
DOING = frozenset({"open", "print", "input", "exec", "eval"})
CHANCE = frozenset({"uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4"})


def is_rule(module: Module) -> bool:
    """Whether the module is held to purity: anything under a `rules` package, and all of `kit`."""
    return "rules" in module.parts[1:] or module.package == "kit"


def check(root: Path) -> list[Finding]:
    """Impure imports and calls in rules and in kit."""
    return [
        module.finding(line, message)
        for module in modules(root)
        if is_rule(module)
        for line, message in (*_imported(module), *_called(module))
    ]


def _imported(module: Module) -> Iterator[tuple[int, str]]:
    for found in imports(module):
        top = found.parts[0]
        if top == "zveno":
            pure = found.parts[1:2] == ("kit",) or (module.package != "kit" and "rules" in found.parts[2:])
        else:
            pure = top in PURE_LIBRARIES or (top in sys.stdlib_module_names and top not in REACHING_OUT)
        if not pure:
            yield found.line, f"a rule imports {found.target}"


def _called(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        head, _, last = name.rpartition(".")
        if head in TIMES and last in CLOCKS:
            yield node.lineno, f"a rule asks the clock by {name}(): time is an argument"
        elif name in DOING or name in CHANCE:
            yield node.lineno, f"a rule calls {name}()"
        elif head == "random" and (last != "Random" or not node.args):
            yield node.lineno, f"a rule draws from unseeded chance by {name}()"
