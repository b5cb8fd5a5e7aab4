"""What matching is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from zveno.kit.codes import fold_code
from zveno.sellout.rules.lines import RawLine


@dataclass(frozen=True, slots=True)
class Product:
    """What matching needs of a product. `id` is the catalogue's key; `details`: other texts that tell it from others
    (attributes); `price` per base unit."""

    id: int
    code: str
    name: str
    barcodes: tuple[str, ...] = ()
    brand: str = ""
    former_codes: tuple[str, ...] = ()
    details: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line says about its product; lines that say the same are matched once. `details` and `price` are
    those of a line that says it: evidence, no part of the question."""

    product_code: str = ""
    article: str = ""
    barcode: str = ""
    name: str = ""
    brand: str = ""
    details: str = field(default="", compare=False)
    price: Decimal | None = field(default=None, compare=False)


class Verdict(StrEnum):
    """`certain`: used without asking; `likely`: the user confirms; `unknown`: the user chooses."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be meant. `score`: the calibrated probability that it is, 0..1; `reason`: a code such as
    `own_map`, `article`, `barcode`, `former_code`, `folded_article`, `code_in_name`, `same_name`, `name`; `params`:
    what it rests on (`agree`, `conflicts`: codes of what speaks for and against, between commas)."""

    product_id: int
    score: float
    reason: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one `Asked`: the product when certain or likely, and the candidates, best first."""

    verdict: Verdict
    product_id: int | None
    score: float
    reason: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Levels:
    """From which probability a match is used without asking, and from which it is offered. Whoever runs the
    installation sets them."""

    accept: float = 0.98
    ask: float = 0.3


def asked_of(line: RawLine) -> Asked:
    """What a line says about its product."""
    return Asked(
        line.product_code,
        line.article,
        line.barcode,
        line.product_name,
        line.brand,
        price=line.price,
    )


def barcode_key(told: str) -> str:
    """A barcode as compared: digits without leading zeros, so that UPC and EAN-13 of one thing are one."""
    return "".join(char for char in told if char.isdigit()).lstrip("0")


def own_keys(asked: Asked) -> list[str]:
    """Keys under which a sender's confirmed choice is kept and sought, the surest first: its own code, the article, the
    barcode; the name alone where there is no code."""
    keys = []
    if asked.product_code:
        keys.append(f"code:{fold_code(asked.product_code)}")
    if asked.article:
        keys.append(f"article:{fold_code(asked.article)}")
    if asked.barcode:
        keys.append(f"barcode:{barcode_key(asked.barcode)}")
    if asked.name and not keys:
        keys.append(f"name:{' '.join(asked.name.lower().replace('ё', 'е').split())}")
    return keys


def own_key(asked: Asked) -> str:
    """The key to keep a confirmed choice under; empty when nothing was said."""
    return next(iter(own_keys(asked)), "")
