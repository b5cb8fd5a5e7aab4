"""What must join packages without their knowing each other: listeners of events, adapters of ports."""

from __future__ import annotations


def join() -> None:
    """Register every listener and adapter. Called once, when Django is ready."""
