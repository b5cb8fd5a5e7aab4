"""The installation's secret key: made once, kept in the data directory, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key in `home/secret_key`, made on first use."""
    place = home / "secret_key"
    if place.exists():
        return place.read_text().strip()
    home.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(50)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(made)
    return made
