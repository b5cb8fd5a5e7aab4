"""What stands over a header: the period, the organisation, the outlet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zveno.kit.period import Period
from zveno.kit.tables import Row, is_empty
from zveno.sellout.rules.periods import find_range, period_of
from zveno.sellout.rules.values import text

_LABELLED = re.compile(
    r"^(?:по\s+)?(организация|склад|магазин|филиал|подразделение|warehouse|branch|дистрибьютор)\s*:\s*(.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """What stands over the header: the period told, the organisation and outlet named, all texts."""

    period: Period | None = None
    organisation: str = ""
    outlet: str = ""
    texts: tuple[str, ...] = ()


def read_preamble(above: Sequence[Row], sheet_name: str, file_name: str) -> Preamble:
    """What the rows over the header say; the period also from the sheet's or the file's name."""
    period: Period | None = None
    named = {"organisation": "", "outlet": ""}
    texts: list[str] = []
    for row in above:
        told = [text(cell) for cell in row.values if not is_empty(cell)]
        texts += told
        for position, words in enumerate(told):
            span = period_of(words) if len(words) <= 60 else None
            period = period or find_range(words) or (span.period if span else None)
            label = _LABELLED.match(words)
            if label:
                value = label[2].strip() or (told[position + 1] if position + 1 < len(told) else "")
                kind = "organisation" if label[1].lower() in ("организация", "дистрибьютор") else "outlet"
                named[kind] = named[kind] or value
    for name in (sheet_name, re.sub(r"\.\w{2,5}$", "", file_name).replace("_", " ")):
        span = period_of(name) if not period else None
        period = period or (span.period if span else None)
    return Preamble(period, named["organisation"], named["outlet"], tuple(texts))
