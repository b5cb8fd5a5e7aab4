"""Every text that a user sees has its Russian: translated, not fuzzy, in all plural forms, with the same placeholders.

An application's words stand in its own catalogue or in one of a lower floor, on which it leans anyway. Django joins
all catalogues into one, so the same text in the same context must be said in the same way everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lints.catalogues import PLURAL_FORMS, Key, Translation, Word, applications, catalogue, words
from lints.ground import Finding, floors

PLACEHOLDER = re.compile(r"%\((\w+)\)|{(\w*)}")

Catalogues = dict[str, dict[Key, list[Translation]]]


def check(root: Path) -> list[Finding]:
    """Texts without good Russian, and catalogues that contradict each other."""
    marked, found = words(root)
    said: Catalogues = {}
    for app in applications(root):
        said[app], broken = catalogue(root, app)
        found += broken
    heights = floors(root)
    seen: set[tuple[str, Key, str]] = set()
    for word in marked:
        if (word.app, word.key, word.plural) not in seen:
            seen.add((word.app, word.key, word.plural))
            found += _faults(word, said, heights)
    return found + list(_contradictions(said))


def _faults(word: Word, said: Catalogues, heights: dict[str, int]) -> Iterator[Finding]:
    if not word.app:
        yield word.finding(f"no application answers for the words here: {word.key}")
        return
    height = _height(word.app, heights)
    near = [word.app, *(app for app in said if app != word.app and _height(app, heights) < height)]
    translation = next((told for app in near for told in said[app].get(word.key, ()) if any(told.forms)), None)
    if translation is None:
        yield word.finding(f"{word.app} has no Russian for {word.key}")
    elif translation.fuzzy:
        yield Finding(translation.path, translation.line, f"the Russian for {word.key} is marked fuzzy")
    elif word.plural and len(translation.forms) != PLURAL_FORMS:
        yield Finding(translation.path, translation.line, f"{word.key} counts, its Russian does not")
    elif not all(translation.forms):
        yield Finding(translation.path, translation.line, f"the Russian for {word.key} lacks a plural form")
    else:
        # Russian says 21 in the singular, so each form needs what the English plural has.
        wanted = _placeholders(word.plural or word.key.text)
        if any(_placeholders(form) != wanted for form in translation.forms):
            named = ", ".join(sorted(wanted)) or "none"
            yield Finding(translation.path, translation.line, f"{word.key}: its placeholders are {named}")


def _contradictions(said: Catalogues) -> Iterator[Finding]:
    first: dict[Key, Translation] = {}
    for app in sorted(said):
        for key, translations in said[app].items():
            for told in translations:
                other = first.setdefault(key, told) if any(told.forms) else told
                if other.forms != told.forms:
                    message = f"{key} is {other.forms[0]!r} in {other.path}:{other.line}; use one or tell by context"
                    yield Finding(told.path, told.line, message)


def _height(app: str, heights: dict[str, int]) -> int:
    return heights.get(app.partition(".")[0], -1)


def _placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in PLACEHOLDER.findall(text)}
