"""What every lint stands on: findings, the parsed modules of a tree, what they import, the floors of the house."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path("src/zveno")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One breach of a rule, at a line of a file; `path` is relative to the root."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed module of zveno. `path` is relative to the root, `name` dotted: `zveno.orders.actions.place_order`."""

    path: str
    name: str
    tree: ast.Module
    is_package: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of its name below `zveno`."""
        return tuple(self.name.split(".")[1:])

    @property
    def package(self) -> str:
        """The package on a floor that it belongs to; empty for `zveno` itself."""
        return self.parts[0] if self.parts else ""

    def finding(self, line: int, message: str) -> Finding:
        return Finding(self.path, line, message)


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: `from zveno.kit import errors` and `import zveno.kit.errors` both give `zveno.kit.errors`."""

    line: int
    target: str
    # What the importing module calls it.
    name: str

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.target.split("."))


def modules(root: Path, *, tests: bool = False, migrations: bool = False) -> Iterator[Module]:
    """The modules under src/zveno in order of path, without tests and migrations unless asked for."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        inner = path.relative_to(root / PACKAGE)
        if ("tests" in inner.parts and not tests) or ("migrations" in inner.parts and not migrations):
            continue
        parts = ["zveno", *inner.with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        yield Module(path.relative_to(root).as_posix(), name, _parsed(path, path.stat().st_mtime_ns), is_package)


@cache
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(module: Module) -> Iterator[Import]:
    """Every name that the module imports, also inside functions and for type checking only."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name, alias.asname or alias.name)
        elif isinstance(node, ast.ImportFrom):
            source = _source(module, node)
            for alias in node.names:
                yield Import(node.lineno, f"{source}.{alias.name}", alias.asname or alias.name)


def _source(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    above = module.name.split(".")
    up = node.level - 1 if module.is_package else node.level
    base = above[: len(above) - up]
    return ".".join([*base, node.module] if node.module else base)


def floors(root: Path) -> dict[str, int]:
    """Package → its floor, 0 the lowest, as the import-linter contract `floors` in pyproject.toml draws them."""
    told = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return {
        package.strip(): height
        for height, layer in enumerate(reversed(layers))
        for package in layer.replace(":", "|").split("|")
    }


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute chain on a name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := dotted(node.value)):
        return f"{head}.{node.attr}"
    return ""
