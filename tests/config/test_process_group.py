"""`zveno up` as an operator meets it: it starts everything, answers, and stops cleanly with its database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tmp_path.chmod(0o755)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "ZVENO", "DJANGO"))}
    environment |= {"ZVENO_HOME": str(tmp_path), "ZVENO_PORT": str(port)}
    command = [str(Path(sys.executable).with_name("zveno")), "up"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    yield process, f"http://127.0.0.1:{port}", tmp_path
    if process.poll() is None:
        process.kill()
        process.wait()


def answer(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_until_ready(base: str) -> None:
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline:
        try:
            if answer(f"{base}/health/ready")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError("not ready in time")


def databases_under(home: Path) -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["name", "cmdline"]) if str(home) in " ".join(p.info["cmdline"] or [])]


def test_the_house_starts_answers_and_stops_with_its_database(
    house: tuple[subprocess.Popen[bytes], str, Path],
) -> None:
    process, base, home = house
    wait_until_ready(base)
    assert json.loads(answer(f"{base}/health/live")[1]) == {"status": "live"}
    assert "python_info" in answer(f"{base}/metrics")[1]
    assert answer(f"{base}/accounts/login/")[0] == 200
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    assert databases_under(home) == []


def test_when_a_part_dies_the_whole_stops_and_says_so(house: tuple[subprocess.Popen[bytes], str, Path]) -> None:
    process, base, home = house
    wait_until_ready(base)
    worker = next(p for p in psutil.Process(process.pid).children() if "zveno.config.worker" in " ".join(p.cmdline()))
    worker.kill()
    assert process.wait(40) == 1
    assert databases_under(home) == []
