"""How many questions of a report could be answered at once."""

from __future__ import annotations

from collections.abc import Sequence

from zveno.base.scope import current
from zveno.sellout.models import Question


def likely_counts(report_id: int, thresholds: Sequence[float]) -> list[int]:
    """For each threshold, how many open questions have a best candidate that scores it or more. One statement."""
    rows = Question.objects.visible_to(current()).filter(report_id=report_id, answered_at=None)
    scores = [float(score) for score in rows.values_list("candidates__0__score", flat=True) if score is not None]
    return [sum(score >= threshold for score in scores) for threshold in thresholds]
