"""The process group: web and worker as children, watched; one stops, all stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

_GRACE_SECONDS = 20


def run(*, web: bool, worker: bool, host: str, port: int) -> int:
    """Start the children and wait. Returns 0 after SIGTERM or SIGINT, 1 when a child died by itself."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    stopping = False

    def stop(signum: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if web:
        children["web"] = _start("web", _web_command(host, port))
    if worker:
        children["worker"] = _start("worker", [sys.executable, "-m", "zveno.config.worker"])
    while not stopping and all(child.poll() is None for child in children.values()):
        time.sleep(0.2)
    _stop_all(children)
    return 0 if stopping else 1


def _web_command(host: str, port: int) -> list[str]:
    workers = os.environ.get("ZVENO_WEB_WORKERS", "1")
    threads = os.environ.get("ZVENO_WEB_THREADS", "8")
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", workers, "--blocking-threads", threads, "--no-ws", "--log-level", "warning"),
        "zveno.config.wsgi:application",
    ]


def _start(process: str, command: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "ZVENO_PROCESS": process, "DJANGO_SETTINGS_MODULE": "zveno.config.settings"}
    # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
    return subprocess.Popen(command, env=environment, start_new_session=True)


def _stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _GRACE_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
