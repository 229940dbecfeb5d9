"""What may answer a clause: for each answer the function that reads its records, one line each.

A new answer is its line in :data:`EVIDENCE` (records that count by their day or period) or :data:`OCCASIONS`
(events that ask for an answer each time), and its word in ``models.records.rules.FILTERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from models.rules.duties import Evidence, Occasion
from models.summaries.answers.meetings import meetings, minutes, reports_after, reports_before
from models.summaries.answers.papers import dynamics, submissions
from models.summaries.answers.sources import Sources
from models.summaries.answers.study import exams, passes, sessions, studies
from models.summaries.answers.supervision import cases, feedbacks, first_progress, plans, signatures

EVIDENCE: dict[str, Callable[[Sources], Iterable[Evidence]]] = {
    "会议": meetings,
    "报送": submissions,
    "工作动态": dynamics,
    "学法": sessions,
    "考试": exams,
    "督办": cases,
}
PERSONAL: dict[str, Callable[[Sources], Iterable[Evidence]]] = {"学法": studies, "考试": passes}
"""The same for what each person owes."""
OCCASIONS: dict[str, Callable[[Sources], Iterable[Occasion]]] = {
    "会前报告": reports_before,
    "会后情况": reports_after,
    "纪要印发": minutes,
    "督办签收": signatures,
    "督办进展": first_progress,
    "督办反馈": feedbacks,
    "实施方案": plans,
}
