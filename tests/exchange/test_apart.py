"""A large file is read in a process of its own: the same messages, the same faults, and no process left behind."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from zveno.exchange import apart
from zveno.exchange.ports import format_of
from zveno.exchange.rules.batching import batches
from zveno.plugins.erp.commerceml.errors import XmlBroken
from zveno.plugins.erp.commerceml.generate import write_export

CUT = 3 << 20


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_export(tmp_path_factory.mktemp("export"), products=2500).paths[0]


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LARGE_BYTES", 1)


def readers() -> Iterator[psutil.Process]:
    return (child for child in psutil.Process().children() if "zveno.exchange.apart" in " ".join(child.cmdline()))


def test_the_batches_are_those_of_reading_here(export: Path) -> None:
    erp_format = format_of("commerceml")
    here = list(batches(erp_format.read(export, name="import.xml", told=[])))
    assert list(apart.batches_of(erp_format, export, name="import.xml", told=[])) == here
    assert len(here) > 1
    assert not list(readers())


def test_a_file_that_breaks_is_told_up_to_there_and_then_refused_with_the_place(export: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(export.read_bytes()[:CUT])
    told = apart.batches_of(format_of("commerceml"), broken, name="broken.xml", told=[])
    assert next(told)
    with pytest.raises(XmlBroken) as refused:
        list(told)
    assert refused.value.place.startswith("broken.xml:")


def test_whoever_stops_listening_leaves_no_reader_behind(export: Path) -> None:
    told = apart.batches_of(format_of("commerceml"), export, name="import.xml", told=[])
    next(told)
    assert len(list(readers())) == 1
    told.close()
    assert not list(readers())


def test_a_killed_reader_is_said_to_have_died(export: Path) -> None:
    told = apart.batches_of(format_of("commerceml"), export, name="import.xml", told=[])
    next(told)
    for reader in readers():
        reader.kill()
    with pytest.raises(apart.ReaderDiedError):
        list(told)


def test_the_reader_of_a_killed_worker_ends_by_itself(export: Path) -> None:
    request = pickle.dumps((format_of("commerceml"), export, "import.xml", []))
    reader = subprocess.Popen(
        [sys.executable, "-m", "zveno.exchange.apart"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert reader.stdin and reader.stdout
    reader.stdin.write(request)
    reader.stdin.close()
    os.read(reader.stdout.fileno(), 100)
    # The kernel does this when the worker dies, whatever the signal.
    reader.stdout.close()
    assert reader.wait(timeout=30) not in (0, -signal.SIGTERM)
