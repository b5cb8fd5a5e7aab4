"""What the build left in `static/built/`: hashed names of the entries and the drawn icons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

BUILT = Path(__file__).parent / "static" / "built"
_MISSING = "Run `python -m zveno.ui.build` to build the interface."


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses under the static root of one entry: its script, its styles, the scripts it imports."""

    script: str
    styles: tuple[str, ...]
    imports: tuple[str, ...]


def _stamp(path: Path) -> float:
    return path.stat().st_mtime if settings.DEBUG and path.exists() else 0.0


@lru_cache(maxsize=2)
def _manifest(stamp: float) -> dict[str, dict[str, object]]:
    path = BUILT / "manifest.json"
    if not path.exists():
        return {}
    content: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=2)
def _icons(stamp: float) -> dict[str, str]:
    path = BUILT / "icons.json"
    if not path.exists():
        return {}
    content: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return content


def entry(name: str) -> Entry:
    """The entry `name` (`main`, `charts`). Raises LookupError with what to do when it is not built."""
    manifest = _manifest(_stamp(BUILT / "manifest.json"))
    found = manifest.get(f"src/{name}.ts")
    if found is None:
        raise LookupError(f"No built entry {name!r}. {_MISSING}")
    styles, imports = found.get("css", []), found.get("imports", [])
    assert isinstance(styles, list) and isinstance(imports, list)
    return Entry(
        script=f"built/{found['file']}",
        styles=tuple(f"built/{style}" for style in styles),
        imports=tuple(f"built/{manifest[key]['file']}" for key in imports),
    )


def icon_paths(name: str) -> str:
    """The inside of the SVG of an icon, empty when the build did not find the name in use."""
    return _icons(_stamp(BUILT / "icons.json")).get(name, "")
