"""Templates that live with a strict Content-Security-Policy, and posts that carry their token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lints.ground import PACKAGE, Finding

# Blanked, so that what is left is markup at its own place: first comments, then the tags of the template language.
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
LANGUAGE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
TAG = re.compile(r"""<([a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'"<>])*)>""")
VALUE = re.compile(r""""[^"]*"|'[^']*'""")
NAME = re.compile(r"[^\s=/]+")
METHOD_POST = re.compile(r"""\bmethod\s*=\s*["']?post\b""", re.I)
TOKEN = re.compile(r"{%\s*csrf_token\s*%}")
# A script element that runs nothing: data for a module.
DATA = re.compile(r"""\btype\s*=\s*["']application/json["']""")


def check(root: Path) -> list[Finding]:
    """Inline styles, scripts and handlers, and forms that post without `{% csrf_token %}`."""
    found = []
    for path in sorted((root / PACKAGE).rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(root).as_posix()
        found += [Finding(shown, text.count("\n", 0, at) + 1, message) for at, message in _faults(text)]
    return found


def _faults(text: str) -> Iterator[tuple[int, str]]:
    text = blanked(COMMENT, text)
    markup = blanked(LANGUAGE, text)
    for tag in TAG.finditer(markup):
        element, told = tag[1].lower(), tag[2]
        names = {name.lower() for name in NAME.findall(VALUE.sub(" ", told))}
        if element == "style":
            yield tag.start(), "an inline style sheet: styles live in frontend/src/styles"
        if element == "script" and "src" not in names and not DATA.search(told):
            yield tag.start(), "an inline script: scripts live in frontend/src"
        for name in sorted(names):
            if name == "style" or name.startswith(("on", "hx-on")):
                yield tag.start(), f"an inline {name}: the policy forbids it"
        if "javascript:" in told.lower():
            yield tag.start(), "an address that is a script"
        if element == "form" and METHOD_POST.search(told) and not _has_token(text, markup, tag.end()):
            yield tag.start(), "a form that posts carries {% csrf_token %}"


def blanked(what: re.Pattern[str], text: str) -> str:
    """The text with every match of `what` turned into blanks of the same length."""
    return what.sub(lambda found: re.sub(r"\S", " ", found[0]), text)


def _has_token(text: str, markup: str, start: int) -> bool:
    end = markup.find("</form", start)
    return TOKEN.search(text, start, end if end >= 0 else len(text)) is not None
