"""Neighbours use a package's doors, never its tables; and nobody takes an underscore name from another module."""

from __future__ import annotations

from pathlib import Path

from lints.doors import DOMAINS, NAMES, PAST_DOORS, is_open
from lints.ground import Finding, Import, Module, imports, modules


def check(root: Path) -> list[Finding]:
    """Imports that go past the doors of a domain package."""
    return [
        module.finding(found.line, fault)
        for module in modules(root)
        for found in imports(module)
        if found.parts[0] == "zveno" and (fault := _fault(module, found))
    ]


def _fault(module: Module, found: Import) -> str:
    private = next((part for part in found.parts if part.startswith("_") and not part.startswith("__")), "")
    if private:
        return f"{private} is private to the module that defines it"
    package, door = (*found.parts[1:3], "", "")[:2]
    if package == module.package or package not in DOMAINS or module.package in PAST_DOORS:
        return ""
    if found.target in NAMES or is_open(package, door, to=module.package, at=module.parts[-1]):
        return ""
    return f"{found.target}: {door or 'the bare package'} is no door of {package} for {module.package} (lints/doors.py)"
