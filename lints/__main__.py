"""`python -m lints [ROOT]`: prints each finding as `path:line: message`; exit code 1 when there is one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from lints import (
    actions,
    docstrings,
    faces,
    foreign_keys,
    lengths,
    neighbours,
    pure_rules,
    templates,
    unscoped,
)
from lints.ground import Finding

Lint = Callable[[Path], list[Finding]]

LINTS: tuple[Lint, ...] = tuple(
    lint.check for lint in (neighbours, foreign_keys, faces, docstrings, pure_rules, templates, unscoped, actions)
)
WARNINGS: tuple[Lint, ...] = (lengths.check,)


def main(arguments: list[str]) -> int:
    """Runs every lint on ROOT (where it is called from by default)."""
    root = Path(arguments[0] if arguments else ".")
    found = sorted(finding for lint in LINTS for finding in lint(root))
    warned = sorted(finding for lint in WARNINGS for finding in lint(root))
    sys.stdout.writelines(f"{finding}\n" for finding in found)
    sys.stdout.writelines(f"{finding} (a warning)\n" for finding in warned)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
