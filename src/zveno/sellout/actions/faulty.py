"""A fault kept on a report, so that its page can tell it later."""

from __future__ import annotations

from typing import Any

from zveno.kit.errors import Fault


def fault_as_json(fault: Fault) -> dict[str, Any]:
    """Code, parameters and place as plain JSON."""
    return {"code": fault.code, "params": {k: str(v) for k, v in fault.params.items()}, "place": fault.place}
