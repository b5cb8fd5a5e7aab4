"""What every page's shell needs: sections, entity switcher, cart, freshness."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context of the shell, computed only for signed-in people."""
    return {"actor": getattr(request, "actor", None)}
