"""The course of applying one file: whose it is, what is known, what came of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from zveno.exchange.applying.refs import LONGEST_ID, Refs
from zveno.exchange.models import InboxFile, Refusal
from zveno.exchange.rules.messages import ExportFinished, ExportPart, ExportStarted, Message
from zveno.exchange.rules.translating import PropertyKnown

MOST_REFUSALS_KEPT = 10_000
_OUTCOMES = ("created", "changed", "unchanged", "deleted", "refused")


@dataclass(slots=True)
class Course:
    """One file being applied. Dictionaries are held whole, products never: memory stays flat."""

    file_id: int
    exchange_id: int
    seller_id: int
    refs: Refs
    options: Mapping[str, Any]
    at: datetime
    name: str
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    properties: dict[str, PropertyKnown] = field(default_factory=dict)
    property_ids: dict[str, int] = field(default_factory=dict)
    price_kinds: dict[str, int] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)
    warehouses: dict[str, int] = field(default_factory=dict)
    is_full: bool = False
    refused: int = 0
    _refusals: list[Refusal] = field(default_factory=list)
    _told_once: set[tuple[str, str]] = field(default_factory=set)

    def pass_by(self, message: Message) -> None:
        """Take in what an earlier attempt applied, as far as what follows depends on it."""
        if isinstance(message, ExportStarted):
            self.hear(message)

    def hear(self, message: Message) -> None:
        """Take in where a block begins and ends, and whether it tells everything or only changes."""
        if isinstance(message, ExportStarted):
            self.is_full = not message.only_changes and message.part is not ExportPart.CLASSIFIER
        elif isinstance(message, ExportFinished) and not message.only_changes and message.products:
            self.count(f"full_{message.part.value}", "unchanged", message.products)

    def count(self, kind: str, outcome: str, number: int = 1) -> None:
        """Add to the counts of a kind of message."""
        of_kind = self.counts.setdefault(kind, {"seen": 0, **dict.fromkeys(_OUTCOMES, 0)})
        of_kind["seen"] += number
        of_kind[outcome] += number

    def refuse(self, kind: str, code: str, external_id: str, **params: str) -> None:
        """Say that one object was not applied, and why."""
        self.count(kind, "refused")
        self._note(code, place="", external_id=external_id, is_doubt=False, params=params)

    def doubt_once(self, code: str, about: str, **params: str) -> None:
        """Say once for this file that something was not taken as it stands."""
        if (code, about) not in self._told_once:
            self._told_once.add((code, about))
            self.doubt(code, **params)

    def doubt(self, code: str, *, place: str = "", **params: str) -> None:
        """Say that something was not taken as it stands."""
        self._note(code, place=place, external_id="", is_doubt=True, params=params)

    def _note(self, code: str, *, place: str, external_id: str, is_doubt: bool, params: Mapping[str, str]) -> None:
        """Keep a refusal or a doubt; beyond the first ten thousand of a file they are only counted."""
        self.refused += 1
        if self.refused <= MOST_REFUSALS_KEPT:
            self._refusals.append(
                Refusal(
                    inbox_file_id=self.file_id,
                    seller_id=self.seller_id,
                    code=code,
                    params={name: value[:200] for name, value in params.items()},
                    place=place[-200:],
                    external_id=external_id[:LONGEST_ID],
                    is_doubt=is_doubt,
                )
            )

    def write_refusals(self) -> None:
        """Put what was noted into the table."""
        Refusal.objects.bulk_create(self._refusals, batch_size=2000)
        self._refusals.clear()

    @property
    def noted(self) -> tuple[Refusal, ...]:
        """What was noted and is not in the table."""
        return tuple(self._refusals)

    @property
    def default_vat(self) -> Decimal | None:
        """The VAT of a card that names none, by the connection's options."""
        told = str(self.options.get("default_vat", "")).strip().replace(",", ".")
        try:
            return Decimal(told) if told else None
        except InvalidOperation:
            return None


def course_of(file: InboxFile, *, options: Mapping[str, Any], at: datetime, name: str) -> Course:
    """The beginning of a course, or its going on after an interruption: counts stand as they were kept."""
    return Course(
        file_id=file.pk,
        exchange_id=file.exchange_id,
        seller_id=file.seller_id,
        refs=Refs(file.connection_id, file.seller_id),
        options=options,
        at=at,
        name=name,
        counts={kind: dict(counts) for kind, counts in file.counts.items()},
        refused=file.refusals.count() if file.done else 0,
    )
