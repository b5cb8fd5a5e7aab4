"""One look for portal and desk: the page shell, components, formats by locale, words for faults.

Owns the browser side too: `frontend/` is built into `static/built/` by `python -m zveno.ui.build`. Knows no business
word; pages hand it values (`navigation`, `pages`, `charts`, `parts`) and it shows them. Reference for page authors:
`docs/ui.md`.
"""
