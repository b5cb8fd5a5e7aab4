"""What the source says and what the catalogues answer: words taken from modules and templates, and their Russian."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract_python
from babel.messages.pofile import PoFileError, read_po

from lints.ground import PACKAGE, Finding, Module, dotted, imports, modules

LANGUAGE = "ru"
PLURAL_FORMS = 3
TRANSLATING = "django.utils.translation"
# Which arguments of a gettext function are its context, its text and its plural.
PLACES: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}


@dataclass(frozen=True, slots=True)
class Key:
    """What gettext looks up: a text in a context (empty for none)."""

    context: str
    text: str

    def __str__(self) -> str:
        return repr(self.text) + (f" ({self.context})" if self.context else "")


@dataclass(frozen=True, slots=True)
class Word:
    """A text to be translated, where it stands; `plural` is its plural in English, empty for none."""

    app: str
    path: str
    line: int
    key: Key
    plural: str

    def finding(self, message: str) -> Finding:
        return Finding(self.path, self.line, message)


@dataclass(frozen=True, slots=True)
class Translation:
    """A key's forms in a catalogue: one, or one for each plural form."""

    path: str
    line: int
    forms: tuple[str, ...]
    fuzzy: bool


def applications(root: Path) -> tuple[str, ...]:
    """Dotted names below zveno of the Django applications; the nearest one above a file answers for its words."""
    found = (path.parent.relative_to(root / PACKAGE) for path in (root / PACKAGE).rglob("apps.py"))
    return tuple(sorted(".".join(path.parts) for path in found))


def words(root: Path) -> tuple[list[Word], list[Finding]]:
    """Every text marked for translation in modules and templates, and texts that nobody can look up."""
    apps = applications(root)
    found: list[Word] = []
    broken: list[Finding] = []
    for module in modules(root):
        app = _app_of(root, root / module.path, apps)
        for line, key, plural in _in_module(module):
            if key.text:
                found.append(Word(app, module.path, line, key, plural))
            else:
                broken.append(module.finding(line, "a text to translate is a literal; parts of it go in by %(name)s"))
    for path in sorted((root / PACKAGE).rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            app, shown = _app_of(root, path, apps), path.relative_to(root).as_posix()
            found += [Word(app, shown, *told) for told in _in_template(path, path.stat().st_mtime_ns)]
    return found, broken


def catalogue(root: Path, app: str) -> tuple[dict[Key, list[Translation]], list[Finding]]:
    """What the application's catalogue and its parts say, and what is broken in the files themselves."""
    home = root / PACKAGE / Path(*app.split("."))
    said: dict[Key, list[Translation]] = {}
    broken: list[Finding] = []
    own = home / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    for path in [*([own] if own.exists() else []), *sorted((home / "locale_parts").glob("*.po"))]:
        shown = path.relative_to(root).as_posix()
        try:
            for message in _messages(path, path.stat().st_mtime_ns):
                key, forms = _read(message)
                if key.text:
                    line = message.lineno or 1
                    said.setdefault(key, []).append(Translation(shown, line, forms, message.fuzzy))
        except (PoFileError, UnicodeDecodeError) as error:
            broken.append(Finding(shown, getattr(error, "lineno", 1), f"is no catalogue: {error}"))
    return said, broken


@cache
def _messages(path: Path, _changed: int) -> tuple[Message, ...]:
    return tuple(read_po(io.BytesIO(path.read_bytes()), locale=LANGUAGE, abort_invalid=True))


def _read(message: Message) -> tuple[Key, tuple[str, ...]]:
    text = message.id if isinstance(message.id, str) else message.id[0]
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return Key(message.context or "", text), tuple(form or "" for form in forms)


def _app_of(root: Path, path: Path, apps: tuple[str, ...]) -> str:
    inner = path.parent.relative_to(root / PACKAGE).parts
    above = (".".join(inner[:length]) for length in range(len(inner), 0, -1))
    return next((name for name in above if name in apps), "")


def _in_module(module: Module) -> Iterator[tuple[int, Key, str]]:
    """Line, key and plural of each call; an empty key where the text is put together before it is looked up."""
    known = {found.name: found.parts[-1] for found in imports(module) if found.target.startswith(TRANSLATING)}
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        called = dotted(node.func)
        places = PLACES.get(known.get(called, ""))
        if places is None and called.startswith("translation."):
            places = PLACES.get(called.partition(".")[2])
        if places is not None and len(node.args) > places[1]:
            context, text, plural = (_literal(node.args, place) for place in places)
            if text is not None:
                yield node.lineno, Key(context or "", text), plural or ""
            elif isinstance(node.args[places[1]], ast.JoinedStr | ast.BinOp):
                yield node.lineno, Key("", ""), ""


def _literal(given: list[ast.expr], place: int | None) -> str | None:
    node = given[place] if place is not None and place < len(given) else None
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def _in_template(path: Path, _changed: int) -> tuple[tuple[int, Key, str], ...]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zveno.config.settings")
    from django.utils.translation.template import templatize

    # What is not a word was blanked, its indentation was not: the tokenizer minds it.
    source = "\n".join(line.lstrip() for line in templatize(path.read_text(encoding="utf-8")).split("\n"))
    keywords = dict.fromkeys(PLACES)
    found: Iterator[Any] = extract_python(io.BytesIO(source.encode()), keywords, (), {"encoding": "utf-8"})
    return tuple(told for line, name, given, _ in found if (told := _told(line, name, given)))


def _told(line: int, name: str, given: str | tuple[str | None, ...]) -> tuple[int, Key, str] | None:
    texts = (given,) if isinstance(given, str) else given
    context, text, plural = (texts[at] if at is not None and at < len(texts) else "" for at in PLACES[name])
    return (line, Key(context or "", text), plural or "") if text else None
