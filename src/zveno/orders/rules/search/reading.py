"""What typed text asks for: recognised pieces (sums, periods, states …), and words to be looked for everywhere.

What stands in quotes is always words. Each recognised piece is told with the text that remains without it, so that a
reader sees how they were understood and takes back what was not meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from zveno.kit.codes import fold_text, is_inn
from zveno.kit.period import Period
from zveno.orders.rules.search.periods import period_at
from zveno.orders.rules.search.sums import SumRange, sum_at
from zveno.orders.rules.states import OrderState

LONGEST = 200
WORDS_MOST = 6
_QUOTED = re.compile(r"[\"«“„]([^\"»”“]*)[\"»”“]")
_WORD = re.compile(r"\S+")

_STATES: Mapping[str, OrderState] = {
    "проверяется": OrderState.PLACED, "на проверке": OrderState.PLACED, "being checked": OrderState.PLACED,
    "у менеджера": OrderState.ATTENTION, "with the manager": OrderState.ATTENTION,
    "подтвержден": OrderState.CONFIRMED, "подтвержденные": OrderState.CONFIRMED, "confirmed": OrderState.CONFIRMED,
    "собирается": OrderState.IN_WORK, "в сборке": OrderState.IN_WORK, "в работе": OrderState.IN_WORK,
    "being picked": OrderState.IN_WORK,
    "отгружен частично": OrderState.PARTLY_SHIPPED, "частично отгружен": OrderState.PARTLY_SHIPPED,
    "shipped in part": OrderState.PARTLY_SHIPPED, "partly shipped": OrderState.PARTLY_SHIPPED,
    "отгружен": OrderState.SHIPPED, "отгруженные": OrderState.SHIPPED, "shipped": OrderState.SHIPPED,
    "завершен": OrderState.COMPLETED, "завершенные": OrderState.COMPLETED, "completed": OrderState.COMPLETED,
    "отклонен": OrderState.REJECTED, "отклоненные": OrderState.REJECTED, "rejected": OrderState.REJECTED,
    "отменен": OrderState.CANCELLED, "отмененные": OrderState.CANCELLED, "cancelled": OrderState.CANCELLED,
    "canceled": OrderState.CANCELLED,
}  # fmt: skip
_SOURCES = {
    "портал": "portal", "с портала": "portal", "portal": "portal", "api": "api", "из программы": "api",
    "из 1с": "erp", "1с": "erp", "учетная система": "erp", "из учетной системы": "erp", "erp": "erp",
}  # fmt: skip
_FLAGS = {
    "опаздывает": "late", "опаздывают": "late", "с опозданием": "late", "просрочен": "late", "просрочены": "late",
    "просроченные": "late", "late": "late", "overdue": "late",
    "потребность": "needs", "потребности": "needs", "с потребностью": "needs", "needs": "needs", "with needs": "needs",
    "с заметкой": "noted", "мои заметки": "noted", "with a note": "noted", "noted": "noted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text that was recognised: what as, how it was typed, and the text without it."""

    kind: str
    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What the text asks for; all of it at once. `words` are folded, each to be found somewhere in an order."""

    words: tuple[str, ...] = ()
    inns: tuple[str, ...] = ()
    sums: SumRange | None = None
    period: Period | None = None
    states: tuple[OrderState, ...] = ()
    sources: tuple[str, ...] = ()
    is_late: bool = False
    has_needs: bool = False
    is_noted: bool = False
    pieces: tuple[Piece, ...] = field(default=())

    def __bool__(self) -> bool:
        return self != Understood()


def read_search(text: str, *, today: date) -> Understood:
    """What `text` asks for; at most its first 200 signs and six words are heeded."""
    text = text[:LONGEST]
    found, words, at = Understood(), [], 0
    while at < len(text):
        if text[at].isspace() or text[at] in ",;":
            at += 1
            continue
        if quoted := _QUOTED.match(text, at):
            words += fold_text(quoted[1]).split()
            at = quoted.end()
            continue
        taken = _recognised(found, text, at, today)
        if taken is not None:
            found, end = taken
        else:
            word = _WORD.match(text, at)
            assert word is not None
            end = word.end()
            words += fold_text(word[0].strip(",;")).split()
        at = end
    return replace(found, words=tuple(dict.fromkeys(words))[:WORDS_MOST])


def _recognised(found: Understood, text: str, at: int, today: date) -> tuple[Understood, int] | None:
    for read in (_inn, _period, _sum, _phrase):
        if (taken := read(found, text, at, today)) is not None:
            kind, meant, end = taken
            without = " ".join(f"{text[:at]} {text[end:]}".split())
            return replace(meant, pieces=(*meant.pieces, Piece(kind, text[at:end], without))), end
    return None


Taken = tuple[str, Understood, int] | None


def _inn(found: Understood, text: str, at: int, today: date) -> Taken:
    digits = re.compile(r"(?:(?:инн|inn)\s*:?\s*)?(\d{10}|\d{12})(?!\S)", re.IGNORECASE).match(text, at)
    if digits is None or not is_inn(digits[1]):
        return None
    return "inn", replace(found, inns=(*found.inns, digits[1])), digits.end()


def _period(found: Understood, text: str, at: int, today: date) -> Taken:
    taken = period_at(text, at, today=today) if found.period is None else None
    return ("period", replace(found, period=taken[0]), taken[1]) if taken else None


def _sum(found: Understood, text: str, at: int, today: date) -> Taken:
    taken = sum_at(text, at)
    if taken is None:
        return None
    joined = _joined(found.sums, taken[0])
    return ("sum", replace(found, sums=joined), taken[1]) if joined else None


def _joined(known: SumRange | None, told: SumRange) -> SumRange | None:
    """Both bounds when each was told apart (`>1000 <5000`); `None` when the second has no place left."""
    if known is None:
        return told
    if known.most is None and told.least is None:
        return SumRange(known.least, told.most)
    if known.least is None and told.most is None:
        return SumRange(told.least, known.most)
    return None


def _phrase(found: Understood, text: str, at: int, today: date) -> Taken:
    for phrases, kind, taken in _PHRASES:
        for phrase, value in phrases:
            end = at + len(phrase)
            # Folding keeps the length of what these phrases are made of.
            if fold_text(text[at:end]) == phrase and (end == len(text) or text[end].isspace() or text[end] in ",;"):
                return kind or str(value), taken(found, value), end
    return None


def _longest_first(phrases: Mapping[str, object]) -> list[tuple[str, object]]:
    return sorted(phrases.items(), key=lambda pair: -len(pair[0]))


def _with_state(found: Understood, value: object) -> Understood:
    return replace(found, states=(*found.states, OrderState(str(value))))


def _with_source(found: Understood, value: object) -> Understood:
    return replace(found, sources=(*found.sources, str(value)))


def _with_flag(found: Understood, value: object) -> Understood:
    names = {"late": "is_late", "needs": "has_needs", "noted": "is_noted"}
    changes: dict[str, bool] = {names[str(value)]: True}
    return replace(found, **changes)  # type: ignore[arg-type]


_PHRASES: tuple[tuple[list[tuple[str, object]], str, Callable[[Understood, object], Understood]], ...] = (
    (_longest_first(_STATES), "state", _with_state),
    (_longest_first(_SOURCES), "source", _with_source),
    (_longest_first(_FLAGS), "", _with_flag),
)
