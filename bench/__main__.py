"""Run the benches: `python -m bench` for all, `python -m bench intake catalog_page` for some."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main() -> None:
    """Run the named benches, each a module with a `main()`, in order of name."""
    names = [info.name for info in pkgutil.iter_modules(bench.__path__) if not info.name.startswith("_")]
    for name in sys.argv[1:] or names:
        print(f"== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


main()
