"""Secrets that people and programs show: long random words of which only the digest is kept."""

from __future__ import annotations

import hashlib

KEY_MARK = "zv_"
PREFIX_LENGTH = 10


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hex. The secret has 256 bits of chance, so no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def prefix(secret: str) -> str:
    """The beginning by which people tell keys apart in a list."""
    return secret[:PREFIX_LENGTH]
