"""The life of a supervised case: 立项→交办→签收→办理中→(延期)→报结→审核→办结/退回→销号 (S0-32 … S0-36).

Every step is one :class:`Entry` that :func:`take` turns into the changed case and the record of what happened.
Pure; what is in force or was said on a day is read from the steps up to that day.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.errors import ClerkError
from models.records.supervision import CASE_STATES, CLOSED_STATES, Case, CaseStep

UNDER_WAY = ("交办", "签收", "办理中")
FROM = {
    "交办": ("立项",), "签收": ("交办",), "进展": ("签收", "办理中"), "催办": UNDER_WAY, "延期申请": UNDER_WAY,
    "延期批准": UNDER_WAY, "延期不批": UNDER_WAY, "报结": ("办理中",), "审核": ("报结",), "退回": ("报结", "审核"),
    "办结": ("审核",), "反馈": CLOSED_STATES, "销号": ("办结",),
    "批示": tuple(state for state in CASE_STATES if state not in CLOSED_STATES),
}  # fmt: skip
"""The states in which each step may be taken."""
TO = {
    "交办": "交办", "签收": "签收", "进展": "办理中", "报结": "报结", "审核": "审核", "退回": "办理中", "办结": "办结",
    "销号": "销号",
}  # fmt: skip
"""The state each step leads to; the others leave it as it is."""
DATES = {
    "交办": "assigned_on", "签收": "signed_on", "报结": "reported_on", "办结": "closed_on", "反馈": "feedback_on",
    "销号": "written_off_on",
}  # fmt: skip
WORDS_OF_UNIT = ("签收", "进展", "延期申请", "报结")
"""Steps in which the unit itself says how it stands (S0-34)."""
EXTENSIONS = ("延期申请", "延期批准", "延期不批")
SAID = {
    "交办": "督办单已送达", "签收": "已签收", "报结": "报请办结", "审核": "审核通过，同意办结", "办结": "已办结",
    "反馈": "办理结果已反馈", "销号": "已销号", "延期批准": "同意延期", "延期不批": "不同意延期，按原时限办理",
}  # fmt: skip
"""What is written down when the clerk adds no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A step as the clerk enters it. *new_due_on* belongs to extensions; *handler* and *phone* fill the case's."""

    kind: str
    on: date
    said: str = ""
    by: str = ""
    new_due_on: date | None = None
    handler: str = ""
    phone: str = ""


def take(case: Case, entry: Entry, before: Sequence[CaseStep]) -> tuple[Case, CaseStep]:
    """Return *case* after the step, and the record of it; *before* are the earlier steps in order.

    Raises ClerkError for a step out of order, an undecided or missing application, a missing handler.
    """
    _refuse(case, entry, before)
    changes: dict[str, Any] = {"state": TO.get(entry.kind, case.state)}
    if entry.kind in DATES:
        changes[DATES[entry.kind]] = entry.on
    changes |= {
        name: text for name, text in (("handler", entry.handler), ("handler_phone", entry.phone)) if text
    }
    new_due = entry.new_due_on
    match entry.kind:
        case "退回":
            changes["reported_on"] = None
        case "延期批准":
            asked = pending_extension(before)
            new_due = new_due or (asked.new_due_on if asked else None)
            changes |= {"first_due_on": case.first_due_on or case.due_on, "due_on": new_due}
        case "报结" | "办结" if entry.said:
            changes["result"] = entry.said
    moved = dataclasses.replace(case, **changes)
    if moved.state == "办理中" and not (moved.handler and moved.handler_phone):
        raise ClerkError("办理中的事项要有经办人和电话，请先填写。")
    return moved, CaseStep(
        matter=case.id, happened_on=entry.on, kind=entry.kind, said=entry.said or _said(entry, before), by=entry.by,
        new_due_on=new_due if entry.kind in EXTENSIONS else None,
        number=f"第{slips(before) + 1}次" if entry.kind == "催办" else "",
    )  # fmt: skip


def possible(case: Case, steps: Sequence[CaseStep]) -> tuple[str, ...]:
    """Return the steps that may be taken now."""
    asked = pending_extension(steps) is not None
    return tuple(
        kind
        for kind, states in FROM.items()
        if case.state in states
        and not (kind in ("延期批准", "延期不批") and not asked)
        and not (kind == "延期申请" and (asked or case.due_on is None))
        and not (kind == "反馈" and case.feedback_on)
    )


def next_step(case: Case) -> str:
    """Return the step that most likely comes next, "" after the last: while a case is under way, its progress."""
    following = {
        "立项": "交办", "交办": "签收", "签收": "进展", "办理中": "进展", "报结": "审核", "审核": "办结",
        "办结": "销号" if case.feedback_on else "反馈",
    }  # fmt: skip
    return following.get(case.state, "")


def _refuse(case: Case, entry: Entry, before: Sequence[CaseStep]) -> None:
    if entry.kind not in FROM:
        raise ClerkError(f"没有“{entry.kind}”这一步。")
    if case.state not in FROM[entry.kind]:
        raise ClerkError(f"事项现在是“{case.state}”，不能登记“{entry.kind}”；点错了请用撤销。")
    if case.opened_on and entry.on < case.opened_on:
        raise ClerkError("日期早于立项日期，请改正。")
    last = max((step.happened_on for step in before if step.kind in TO and step.happened_on), default=None)
    if entry.kind in TO and last and entry.on < last:
        raise ClerkError(f"日期早于上一步（{last.month}月{last.day}日），请改正。")
    asked = pending_extension(before)
    if entry.kind == "延期申请" and asked:
        raise ClerkError("还有一份延期申请没有批，请先批准或不批。")
    if entry.kind in ("延期批准", "延期不批") and not asked:
        raise ClerkError("没有待批的延期申请。")
    if entry.kind in ("延期申请", "延期批准"):
        wanted = entry.new_due_on or (asked.new_due_on if asked else None)
        if case.due_on is None or wanted is None or wanted <= case.due_on:
            raise ClerkError("延期后的时限应晚于现在的时限。")
    if entry.kind == "反馈" and case.feedback_on:
        raise ClerkError("办理结果已经反馈过。")
    if entry.kind == "进展" and not entry.said and case.state == "办理中":
        raise ClerkError("请写明进展情况。")


def _said(entry: Entry, before: Sequence[CaseStep]) -> str:
    if entry.kind == "催办":
        return f"第 {slips(before) + 1} 次催办"
    if entry.kind == "进展":
        return "开始办理"
    if entry.kind == "延期申请" and entry.new_due_on:
        return f"申请延期至{entry.new_due_on.month}月{entry.new_due_on.day}日"
    return SAID.get(entry.kind, "")


_AFTER_ALL = "~"
"""Sorts after every id."""


# As of a day ----------------------------------------------------------------------------------


def until(steps: Iterable[CaseStep], on: date, last: str = "") -> list[CaseStep]:
    """Return the steps up to the end of *on*, with *last* up to the step of that id: a day's steps follow as entered."""
    end = (on, last or _AFTER_ALL)
    return [step for step in steps if step.happened_on and (step.happened_on, step.id) <= end]


def slips(steps: Iterable[CaseStep]) -> int:
    """Return how often the case was urged."""
    return sum(step.kind == "催办" for step in steps)


def granted(steps: Iterable[CaseStep]) -> list[CaseStep]:
    """Return the extensions that were approved."""
    return [step for step in steps if step.kind == "延期批准"]


def pending_extension(steps: Sequence[CaseStep]) -> CaseStep | None:
    """Return the application that is not decided yet."""
    last = next((step for step in reversed(steps) if step.kind in EXTENSIONS), None)
    return last if last and last.kind == "延期申请" else None


def due_as_of(case: Case, steps: Sequence[CaseStep], on: date, last: str = "") -> date | None:
    """Return the limit that was in force on that day: extensions approved later (than *last*) do not count yet."""
    approved = granted(steps)
    known = until(approved, on, last)
    if len(known) == len(approved):
        return case.due_on
    return known[-1].new_due_on if known else case.first_due_on


def limit_resolved(case: Case, steps: Iterable[CaseStep], resolved: date | None) -> date | None:
    """Return the limit *resolved* when an open case never had it: it was corrected after the case was made."""
    had = {case.due_on, case.first_due_on, *(step.new_due_on for step in granted(steps))}
    return None if case.state in CLOSED_STATES or resolved in had else resolved


def state_as_of(case: Case, steps: Iterable[CaseStep], on: date, last: str = "") -> str:
    """Return the state on that day, read from the steps up to it; the present one when nothing came later."""
    moves = [step for step in steps if step.kind in TO]
    known = until(moves, on, last)
    if len(known) == len(moves):
        return case.state
    return TO[known[-1].kind] if known else CASE_STATES[0]


def last_word(case: Case, steps: Iterable[CaseStep], on: date) -> date:
    """Return the day the unit was last heard of, else the day it was told, else the day the case was opened."""
    heard = [step.happened_on for step in until(steps, on) if step.kind in WORDS_OF_UNIT and step.happened_on]
    assert case.opened_on is not None
    told = case.assigned_on if case.assigned_on and case.assigned_on <= on else case.opened_on
    return max(heard, default=told)


def feedback_days(case: Case, on: date) -> int | None:
    """Return the days from 办结 to 反馈, up to *on* while there was none; None before 办结 (S0-35)."""
    if case.closed_on is None or case.closed_on > on:
        return None
    done = case.feedback_on if case.feedback_on and case.feedback_on <= on else on
    return (done - case.closed_on).days
