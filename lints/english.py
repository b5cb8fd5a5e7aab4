"""English is the source: Russian stands in catalogues, and in code only where it is data that came from outside."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from lints.ground import PACKAGE, Finding, Module, modules
from lints.templates import COMMENT, blanked

CYRILLIC = re.compile("[А-Яа-яЁё]")

# Folders whose Russian is data, and why; matched against the parts of a path below zveno.
FOLDERS = {
    "demo": "names, towns and goods of the demo world",
    "plugins": "words of foreign formats",
    "rules": "words that people write into their files, and transliteration",
    "tabular": "how Russian files look: letters and headings that give away an encoding or a layout",
}
# Single files, and why.
FILES = {
    "kit/codes.py": "letters that look alike in codes",
    "ui/formats.py": "what the Russian locale puts into a date, and the names of browsers",
    "ui/guide.py": "goods and people of the guide's examples",
    "ui/templates/ui/guide.html": "goods and people of the guide's examples",
}
# Single texts, and why.
TEXTS = {
    "Русский": "a language is offered by its own name",
    "переключить на русский": "a language is offered in its own words",
    "шт": "the unit of goods that came without one, as 1C writes it",
    "1С": "the name of a program, shown as the one who acted",
    "Желаемая дата отгрузки": "the requisite by which 1C takes the wished date",
}


def check(root: Path) -> list[Finding]:
    """Cyrillic in templates and in the string literals of modules; docstrings and comments are free."""
    return [*_in_templates(root), *_in_modules(root)]


def _in_templates(root: Path) -> list[Finding]:
    found = []
    for path in sorted((root / PACKAGE).rglob("templates/**/*")):
        inner = path.relative_to(root / PACKAGE).as_posix()
        if path.suffix in {".html", ".txt"} and not _is_data(inner):
            shown = path.relative_to(root).as_posix()
            lines = blanked(COMMENT, path.read_text(encoding="utf-8")).splitlines()
            found += [Finding(shown, at, _said(line)) for at, line in enumerate(lines, 1) if _is_russian(line)]
    return found


def _in_modules(root: Path) -> list[Finding]:
    return [
        module.finding(node.lineno, _said(node.value))
        for module in modules(root)
        if not _is_data(Path(module.path).relative_to(PACKAGE).as_posix())
        for node in _literals(module)
        if isinstance(node.value, str) and _is_russian(node.value)
    ]


def _is_data(inner: str) -> bool:
    return inner in FILES or not FOLDERS.keys().isdisjoint(inner.split("/")[:-1])


def _is_russian(text: str) -> bool:
    # «…» quotes what stands on another program's screen: it is sought there by its own letters.
    text = re.sub("«[^»]*»", "", text)
    for known in TEXTS:
        text = re.sub(rf"(?<![А-Яа-яЁё]){re.escape(known)}(?![А-Яа-яЁё])", "", text)
    return CYRILLIC.search(text) is not None


def _literals(module: Module) -> list[ast.Constant]:
    told = {id(node.value) for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    return [node for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and id(node) not in told]


def _said(text: str) -> str:
    return f"Russian in the source: {text.strip()[:60]!r}; say it in English and translate it"
