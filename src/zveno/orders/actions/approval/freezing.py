"""Writing down what lines come to, so that it can be held against what they come to later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zveno.orders.errors import (
    LineProblem,
    LinesNotOrderable,
    NothingToOrder,
    SellerNotFound,
    SeveralCurrencies,
    TooManyLines,
    fault_of,
)
from zveno.orders.models import Requisition, RequisitionLine
from zveno.orders.queries.approval.offer import Offer, OfferedLine, WantedLine
from zveno.orders.rules.approval.drift import Drift, LineNow, LineThen, drift
from zveno.orders.rules.lines import MOST_LINES

FROZEN = (
    "code", "name", "unit", "quantity", "price", "discount_percent", "total", "price_trace", "promise", "promised_on",
    "uncovered",
)  # fmt: skip


def check_offer(offer: Offer | None) -> Offer:
    """The offer, if an order could be placed by it. Raises what placing raises: SellerNotFound, NothingToOrder,
    TooManyLines, LinesNotOrderable, SeveralCurrencies, the wished date's faults.
    """
    if offer is None:
        raise SellerNotFound()
    for problem in offer.problems:
        raise fault_of(problem.code, place="wished_on", **problem.params)
    if not offer.lines:
        raise NothingToOrder()
    if len(offer.lines) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    stopped = [
        LineProblem(index, line.product_id, line.code, line.name or str(line.product_id), line.problem)
        for index, line in enumerate(offer.lines)
        if line.problem is not None
    ]
    if stopped:
        raise LinesNotOrderable(stopped)
    if len(offer.currencies) > 1:
        raise SeveralCurrencies(currencies=", ".join(offer.currencies))
    return offer


def wanted_lines(lines: Sequence[RequisitionLine]) -> list[WantedLine]:
    """The lines that are not removed, to be asked what they come to now."""
    return [
        WantedLine(line.position, line.product_id, line.quantity, line.wished_on) for line in lines if line.quantity > 0
    ]


def freeze_line(line: RequisitionLine, offered: OfferedLine) -> None:
    """Write down on a line what it comes to by the offer."""
    line.code, line.name, line.unit = offered.code, offered.name, offered.unit
    line.quantity, line.price, line.total = offered.quantity, offered.price, offered.total
    line.discount_percent, line.price_trace = offered.discount_percent, list(offered.price_trace)
    line.promise = offered.promise.trace if offered.promise else []
    line.promised_on, line.uncovered = offered.promised_on, offered.uncovered


def sum_up(requisition: Requisition, lines: Sequence[RequisitionLine]) -> None:
    """Let the head of the requisition say what its lines come to."""
    standing = [line for line in lines if line.quantity > 0]
    requisition.total = sum((line.total for line in standing), Decimal(0))
    requisition.line_count = len(standing)
    days = [line.promised_on for line in standing]
    requisition.promised_on = None if not days or None in days else max(day for day in days if day)


def drift_of(requisition: Requisition, lines: Sequence[RequisitionLine], offer: Offer) -> Drift:
    """What has changed since the lines were written down."""
    return drift(
        [
            LineThen(line.position, line.price, line.total, line.promised_on, line.uncovered)
            for line in lines
            if line.quantity > 0
        ],
        [LineNow(o.position, o.price, o.total, o.promised_on, o.uncovered, o.problem) for o in offer.lines],
        tolerance_percent=requisition.tolerance_percent,
        problems=offer.problems,
    )


def freeze_anew(lines: Sequence[RequisitionLine], offer: Offer) -> list[RequisitionLine]:
    """Write down anew what can be ordered; what cannot stays as it was known. The lines that were written."""
    offered: Mapping[int, OfferedLine] = {line.position: line for line in offer.lines if line.problem is None}
    written = [line for line in lines if line.position in offered]
    for line in written:
        freeze_line(line, offered[line.position])
    return written
