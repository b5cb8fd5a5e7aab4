"""House lints: the rules of CONTRIBUTING that no other tool checks. `python -m lints` runs them all.

Each module holds one rule with its reasons and one function, `check(root) -> list[Finding]`, where `root` is the
folder with `pyproject.toml` and `src/zveno`. tests/lints shows each rule passing and failing on small trees.
"""
