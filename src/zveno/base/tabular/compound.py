"""Compound files (OLE2), in which old workbooks and Outlook's mails are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from olefile import olefile

from zveno.base.tabular.archives import Source, open_source
from zveno.base.tabular.faults import FileBroken


@contextmanager
def open_compound(source: Source, name: str = "") -> Iterator[Any]:
    """The container to read streams from. Raises `FileBroken` where it is damaged, within the block too."""
    with open_source(source) as stream:
        try:
            with olefile.OleFileIO(stream) as container:
                yield container
        except (OSError, ValueError, IndexError, TypeError, MemoryError) as error:
            raise FileBroken(place=name, reason=str(error)) from error
