"""A tiny house in a folder, for lints to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

FLOORS = """
[[tool.importlinter.contracts]]
id = "floors"
layers = [
    "config", "demo", "portal | plugins", "orders | sellout", "stock", "partners", "accounts", "ui", "base", "kit",
]
"""

House = Callable[[dict[str, str]], Path]


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Writes files below src/zveno, by their paths there, and gives the root."""

    def build(files: dict[str, str]) -> Path:
        (tmp_path / "pyproject.toml").write_text(FLOORS, encoding="utf-8")
        for name, text in files.items():
            path = tmp_path / "src/zveno" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return tmp_path

    return build
