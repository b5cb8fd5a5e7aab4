"""`python -m lints [ROOT]`: prints each finding as `path:line: message`; exit code 1 when there is one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from lints import (
    actions,
    docstrings,
    english,
    faces,
    foreign_keys,
    lengths,
    neighbours,
    pure_rules,
    templates,
    translations,
    unscoped,
)

LINTS = (
    neighbours,
    foreign_keys,
    faces,
    docstrings,
    pure_rules,
    templates,
    unscoped,
    actions,
    english,
    translations,
)
WARNINGS = (lengths,)


def main(arguments: list[str]) -> int:
    """Runs every lint on ROOT (where it is called from by default)."""
    root = Path(arguments[0] if arguments else ".")
    counts = {lint.__name__.rpartition(".")[2]: _told(lint, root) for lint in LINTS}
    for lint in WARNINGS:
        _told(lint, root, " (a warning)")
    if not any(counts.values()):
        return 0
    sys.stdout.write(" · ".join(f"{name} {count}" for name, count in counts.items() if count) + "\n")
    return 1


def _told(lint: ModuleType, root: Path, mark: str = "") -> int:
    found = sorted(lint.check(root))
    sys.stdout.writelines(f"{finding}{mark}\n" for finding in found)
    return len(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
