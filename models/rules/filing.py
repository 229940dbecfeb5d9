"""How something that is to be handed in stands, and what the form of its receipt starts with (S0-28 … S0-31). Pure."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from models.records.base import Value
from models.records.filing import Submission
from models.rules.duties import Obligation, State
from models.rules.periods import SPANS, Period, before, span_of

FILED = ("报送", "工作动态")
"""The answers of clauses that are handed in."""


class FilingState(StrEnum):
    """What a cell of the board says, the worst first."""

    MISSING = "未报"
    RETURNED = "退改"
    WAITING = "待报"
    LATE = "迟报"
    AHEAD = "未到期"
    IN_TIME = "按时"
    ADOPTED = "采用"
    WAIVED = "免办"


LACKING = (FilingState.MISSING, FilingState.RETURNED, FilingState.WAITING)
"""Not there, or sent back."""
RECEIVED = (FilingState.LATE, FilingState.IN_TIME, FilingState.ADOPTED)


def filing_state(item: Obligation, adopted: Collection[str], returned: bool) -> FilingState:
    """Return how *item* stands; *adopted* are the ids of adopted records, *returned* tells of a paper sent back."""
    if item.state is State.DONE:
        if any(proof.id in adopted for proof in item.evidence):
            return FilingState.ADOPTED
        return FilingState.LATE if item.late_days else FilingState.IN_TIME
    if item.state is State.WAIVED:
        return FilingState.WAIVED
    if returned:
        return FilingState.RETURNED
    if item.state is State.OVERDUE:
        return FilingState.MISSING
    return FilingState.WAITING if item.state is State.SOON else FilingState.AHEAD


def filing_words(item: Obligation, state: FilingState) -> str:
    """Return what is said of *item*: 按时, 迟 3 天, 未报（逾期 5 天）, 待报（剩 2 天）, 采用 …"""
    match state:
        case FilingState.LATE:
            return f"迟 {item.late_days} 天"
        case FilingState.MISSING:
            return f"未报（{item.words}）"
        case FilingState.WAITING:
            return f"待报（{item.words}）"
        case FilingState.AHEAD if item.state is State.EARLIER:
            return item.words
        case FilingState.RETURNED if item.state is State.OVERDUE:
            return f"退改（{item.words}）"
    return state.value


def is_about(paper: Submission, item: Obligation) -> bool:
    """Tell whether *paper* was meant for *item*: its matter, its sender, its addressee, its period."""
    clause, owner = item.clause, item.owner
    if clause.submission_item not in ("", paper.item) or clause.addressee not in ("", paper.addressee):
        return False
    if owner.kind != "office" and owner.id not in (paper.body, paper.unit):
        return False
    start, end = span_of(paper.year or 0, paper.half)
    about = _about(item)
    return start <= about.end and about.start <= end


def first_values(item: Obligation) -> dict[str, Value]:
    """Return the fields that are known of the record that would answer *item*."""
    clause, owner = item.clause, item.owner
    who: dict[str, Value] = (
        {owner.kind: owner.id} if owner.kind in ("body", "unit") else {"body": clause.body}
    )
    if clause.answered_by == "工作动态":
        return who | {"dynamic_class": clause.dynamic_class}
    about = _about(item)
    return who | {
        "item": clause.submission_item, "addressee": clause.addressee, "year": about.start.year,
        "half": _half(item, about),
    }  # fmt: skip


def _about(item: Obligation) -> Period:
    """Return the period that the paper is about: the one it is due in, or the one before it (报上一周期)."""
    own = Period(item.period, item.start, max(item.due, item.start))
    if item.clause.about_before:
        return before(own, item.clause)
    return own


def _half(item: Obligation, about: Period) -> str:
    months = {"半年": 6, "季度": 3}.get(item.clause.per)
    if months is None and "半年" in item.clause.submission_item:
        return "上半年" if item.due.month <= 7 else "下半年"
    spans = (
        word
        for word, (first, last) in SPANS.items()
        if first == about.start.month and last - first + 1 == months
    )
    return next(spans, "全年")
