"""Which of the manufacturer's products a line means, with a score, an explanation, and the right to abstain."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Product:
    """What matching needs of a product. `id` is the catalogue's key."""

    id: int
    code: str
    name: str
    barcodes: tuple[str, ...] = ()
    brand: str = ""
    former_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line says about its product; lines that say the same are matched once."""

    product_code: str = ""
    article: str = ""
    barcode: str = ""
    name: str = ""
    brand: str = ""


class Verdict(StrEnum):
    """`certain`: used without asking; `likely`: the user confirms; `unknown`: the user chooses."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that may be meant: score 0..1, `reason` (a code such as `own_map`, `article`, `barcode`, `former_code`,
    `folded_code`, `code_in_name`, `name`), and what it rests on."""

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
