"""Reading a large file in a process of its own, one batch ahead of its applying: two cores work at once.

Run as a module it is that process: it takes a request from its input and writes batches to its output, both pickled.
"""

from __future__ import annotations

import copyreg
import gc
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from queue import Queue
from typing import IO, Any

from zveno.exchange.ports import ErpFormat
from zveno.exchange.rules.batching import batches
from zveno.exchange.rules.messages import AttributeValue, Message, PriceMessage, ProductMessage, StockMessage
from zveno.kit.errors import Fault

# Below this a process costs more than it gains.
LARGE_BYTES = 4 << 20
_AHEAD = 2


class ReaderDiedError(RuntimeError):
    """The reading process ended without saying why: killed, or out of memory."""


def batches_of(erp_format: ErpFormat, source: Path, *, name: str, told: Iterable[Message]) -> Iterator[list[Message]]:
    """The batches of a file, read here or, when it is large, apart. Raises as the format, and ReaderDiedError."""
    if source.stat().st_size < LARGE_BYTES:
        yield from batches(erp_format.read(source, name=name, told=told))
        return
    with _reader(pickle.dumps((erp_format, source, name, list(told)))) as answers:
        while True:
            try:
                kind, answer = pickle.load(answers)  # noqa: S301 - our own process wrote it
            except EOFError:
                raise ReaderDiedError(name) from None
            if kind == "end":
                return
            if kind == "fault":
                fault, place, params = answer
                raise fault(place=place, **params)
            yield answer


@contextmanager
def _reader(request: bytes) -> Iterator[IO[bytes]]:
    reader = subprocess.Popen([sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert reader.stdin is not None and reader.stdout is not None
    try:
        reader.stdin.write(request)
        reader.stdin.close()
        yield reader.stdout
    finally:
        reader.kill()
        reader.stdout.close()
        reader.wait()


def main() -> None:
    """Answer one request."""
    for kind in (ProductMessage, PriceMessage, StockMessage, AttributeValue):
        _pickle_flat(kind)
    # Messages form no rings: looking for them would only cost.
    gc.disable()
    erp_format, source, name, told = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own process wrote it
    waiting: Queue[bytes] = Queue(maxsize=_AHEAD)
    # Written by a thread: while the pipe is full the next batch is read.
    writer = threading.Thread(target=_write, args=(waiting,), daemon=True)
    writer.start()
    for answer in _answers(erp_format, source, name, told):
        waiting.put(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
    waiting.put(b"")
    writer.join()


def _answers(erp_format: ErpFormat, source: Path, name: str, told: list[Message]) -> Iterator[tuple[str, Any]]:
    try:
        for batch in batches(erp_format.read(source, name=name, told=told)):
            yield "batch", batch
    except Fault as fault:
        yield "fault", (type(fault), fault.place, fault.params)
    else:
        yield "end", None


def _write(waiting: Queue[bytes]) -> None:
    try:
        while piece := waiting.get():
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
    except OSError:
        # Nobody reads any more: a killed worker must not leave its reader behind, waiting at a full queue.
        os._exit(1)


def _pickle_flat(kind: type) -> None:
    """Pickle a message as its class and fields: several times faster than a dataclass does by itself."""
    told = attrgetter(*(field.name for field in fields(kind)))
    copyreg.pickle(kind, lambda message: (kind, told(message)))


if __name__ == "__main__":
    main()
