"""Setting the data sheets: values in, PDF out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).with_name("sheet.typ")


def set_papers(series: Iterable[dict[str, Any]]) -> dict[str, bytes]:
    """PDFs by `code` of each series: `code`, `brand`, `maker`, `name`, `group`, `issued`, `about`, `axes`, `rows`."""
    compiler = typst.Compiler(str(_TEMPLATE))
    return {values["code"]: _set(compiler, values) for values in series}


def _set(compiler: typst.Compiler, values: dict[str, Any]) -> bytes:
    pdf = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(values)})
    assert isinstance(pdf, bytes)
    return pdf
