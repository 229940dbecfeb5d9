"""The life of a meeting: its steps, who may host it, what a branch meeting owes (S0-15 … S0-17, S0-26)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.errors import ClerkError, Problem
from models.records.base import Look
from models.records.meeting import STATES, Meeting
from models.records.organisation import Body, Seat
from models.rules.seats import holders

STEP_DATES = {
    "通知": "notified_on", "纪要拟稿": "drafted_on", "签发": "signed_on", "印发": "issued_on", "归档": "archived_on",
}  # fmt: skip
"""The field that keeps each step's date; 召开 is the day of the meeting itself."""
HOST_ROLES = (
    "组长", "第一组长", "常务副组长", "副组长", "主任", "常务副主任", "专职副主任", "副主任", "召集人", "副召集人",
    "办公室主任", "办公室副主任",
)  # fmt: skip
BRANCH_CATEGORIES = ("成员单位会议", "工作组协调会")
"""Meetings of branch offices, which owe a report before and one after (S0-26)."""
STEP_LIMITS = {"通知": -3, "会前报告": -1, "召开": 0, "纪要拟稿": 3, "会后情况": 5, "印发": 10}
"""Days from the day of the meeting until each step is late: what offices are used to, no rule says it."""


def step_date(meeting: Meeting, step: str) -> date | None:
    """Return the date of *step*, None when it is still to come."""
    if step == "召开":
        return meeting.starts_at.date() if meeting.held and meeting.starts_at else None
    return getattr(meeting, STEP_DATES[step]) if step in STEP_DATES else None


def advance(meeting: Meeting, step: str, on: date) -> Meeting:
    """Return *meeting* brought to *step* on that day; steps jumped over keep no date.

    Raises ClerkError for a step backward or out of order (nothing is issued before it was held).
    """
    if step not in STATES:
        raise ClerkError(f"没有“{step}”这一步。")
    if meeting.state in STATES and STATES.index(step) <= STATES.index(meeting.state):
        raise ClerkError(f"会议已到“{meeting.state}”，不能退回“{step}”；点错了请用撤销。")
    if step == "召开" and meeting.starts_at and on < meeting.starts_at.date():
        raise ClerkError("还没有到开会日期，不能标为召开。")
    if STATES.index(step) > STATES.index("召开") and not meeting.held:
        raise ClerkError(f"会议还没有召开，不能{step}。")
    dated = {STEP_DATES[step]: on} if step in STEP_DATES else {}
    return dataclasses.replace(meeting, state=step, cancelled_on=None, **dated)  # type: ignore[arg-type]


def postpone(meeting: Meeting, to: datetime | None, on: date) -> Meeting:
    """Return *meeting* put off on a day to another time, as long as before, or to no time yet (state 延期);
    held ones are refused."""
    if meeting.held:
        raise ClerkError("会议已经召开，不能延期。")
    original = meeting.postponed_from or meeting.starts_at
    if to is None:
        return dataclasses.replace(meeting, state="延期", postponed_from=original, postponed_on=on)
    lasting = meeting.ends_at - meeting.starts_at if meeting.ends_at and meeting.starts_at else None
    return dataclasses.replace(
        meeting,
        state="计划",
        starts_at=to,
        ends_at=to + lasting if lasting else None,
        postponed_from=original,
        postponed_on=on,
    )


def cancel(meeting: Meeting, on: date) -> Meeting:
    """Return *meeting* called off that day; held ones are refused."""
    if meeting.held:
        raise ClerkError("会议已经召开，不能取消。")
    return dataclasses.replace(meeting, state="取消", cancelled_on=on)


def meeting_problems(meeting: Meeting, look: Look) -> Iterator[Problem]:
    """Yield what is wrong with the times, the host and the reports of one meeting."""
    start, end = meeting.starts_at, meeting.ends_at
    if start and end and end <= start:
        yield Problem("ends_at", "结束时间应晚于开始时间")
    if start and meeting.reply_by and meeting.reply_by > start.date():
        yield Problem("reply_by", "报名截止晚于开会日期", "warning")
    if start and meeting.report_before and meeting.report_before > start.date():
        yield Problem("report_before", "会前报告日期应在开会之前")
    if start and meeting.report_after and meeting.report_after < start.date():
        yield Problem("report_after", "会后报送日期应在开会当天或之后")
    if meeting.delegated and not meeting.host:
        yield Problem("host", "受委托主持要填主持人")
    if meeting.host and start and not may_host(meeting, look):
        yield Problem(
            "host", "主持人在所属机构没有可主持会议的职务（主任、副主任、组长、副组长等）", "warning"
        )


def may_host(meeting: Meeting, look: Look) -> bool:
    """Tell whether the host holds a seat that may host, in the body or the one above it (S0-17)."""
    assert meeting.starts_at is not None
    on = meeting.starts_at.date()
    body = look.get(Body, meeting.body)
    ids = [meeting.body, body.parent if body else ""]
    for body_id in filter(None, ids):
        for seat in look.find(Seat, "body = ?", (body_id,)):
            if seat.role in HOST_ROLES and meeting.host in holders(look, seat, on):
                return True
    return False


def missing_reports(meeting: Meeting, on: date) -> tuple[str, ...]:
    """Return which of 会前报告 and 会后情况 a branch meeting still owes on that day (S0-26)."""
    if meeting.category not in BRANCH_CATEGORIES or called_off(meeting, on) or not meeting.starts_at:
        return ()
    missing = []
    if not meeting.report_before or meeting.report_before > on:
        missing.append("会前报告")
    if meeting.starts_at.date() <= on and (not meeting.report_after or meeting.report_after > on):
        missing.append("会后情况")
    return tuple(missing)


def called_off(meeting: Meeting, on: date) -> bool:
    """Tell whether the meeting had been cancelled, or put off without a new date, by that day."""
    since = {"取消": meeting.cancelled_on, "延期": meeting.postponed_on}.get(meeting.state, date.max)
    return (since or date.min) <= on


def open_steps(meeting: Meeting, on: date) -> Iterator[tuple[str, date]]:
    """Yield what is to be done next about a meeting as of a day, each with its customary limit.

    The next step of its life (通知, 召开, 纪要拟稿, 印发), and the reports a branch meeting owes (S0-26).
    """
    if meeting.starts_at is None or called_off(meeting, on):
        return
    day = meeting.starts_at.date()
    step = _next_step(meeting, day, on)
    for what in (*((step,) if step else ()), *missing_reports(meeting, on)):
        yield what, day + timedelta(days=STEP_LIMITS[what])


def _next_step(meeting: Meeting, day: date, on: date) -> str:
    def passed(*days: date | None) -> bool:
        return any(one is not None and one <= on for one in days)

    if not (meeting.held and day <= on):
        if day <= on:
            return "召开"
        return "" if passed(meeting.notified_on) else "通知"
    if passed(meeting.issued_on, meeting.archived_on):
        return ""
    return "印发" if passed(meeting.drafted_on, meeting.signed_on) else "纪要拟稿"
