"""Files of a length that one reads in one go. Longer wants a reason that a reader accepts: so this only warns."""

from __future__ import annotations

from pathlib import Path

from lints.ground import PACKAGE, Finding, modules

LONGEST = 350


def check(root: Path) -> list[Finding]:
    """Modules and templates of zveno with more than `LONGEST` lines."""
    paths = [module.path for module in modules(root)]
    paths += [path.relative_to(root).as_posix() for path in (root / PACKAGE).rglob("templates/**/*.html")]
    counted = {path: len((root / path).read_text(encoding="utf-8").splitlines()) for path in sorted(paths)}
    return [Finding(path, 1, f"{count} lines") for path, count in counted.items() if count > LONGEST]
