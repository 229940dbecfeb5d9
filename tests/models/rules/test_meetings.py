"""The life of a meeting: what is next on a day, which steps are allowed, who may host it."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

import pytest

from models.errors import ClerkError
from models.records.meeting import Meeting
from models.rules.meetings import (
    advance,
    cancel,
    may_host,
    meeting_problems,
    open_steps,
    postpone,
    step_date,
)
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice

NOTICE, BEFORE, OPEN, DRAFT, AFTER, ISSUE = (
    ("通知", date(2026, 10, 10)), ("会前报告", date(2026, 10, 12)), ("召开", date(2026, 10, 13)),
    ("纪要拟稿", date(2026, 10, 16)), ("会后情况", date(2026, 10, 18)), ("印发", date(2026, 10, 23)),
)  # fmt: skip


def day(number: int) -> date:
    return date(2026, 10, number)


def meeting(**values: Any) -> Meeting:
    return Meeting(name="会", category="联席会议", starts_at=datetime(2026, 10, 13, 9, 30), **values)


HELD = {"state": "印发", "notified_on": day(6), "drafted_on": day(15), "issued_on": day(20)}


@pytest.mark.parametrize(
    ("values", "on", "steps"),
    [
        ({}, day(1), [NOTICE]),
        ({"notified_on": day(6)}, day(5), [NOTICE]),
        ({"notified_on": day(6)}, day(6), []),
        ({"notified_on": day(6)}, day(13), [OPEN]),
        ({}, day(14), [OPEN]),
        ({"state": "召开"}, day(13), [DRAFT]),
        (HELD, day(5), [NOTICE]),
        (HELD, day(14), [DRAFT]),
        (HELD, day(15), [ISSUE]),
        (HELD, day(20), []),
        ({"state": "签发", "signed_on": day(15)}, day(16), [ISSUE]),
        ({"state": "延期"}, day(14), []),
        ({"state": "取消", "cancelled_on": day(9)}, day(9), []),
        ({"state": "取消", "cancelled_on": day(9)}, day(8), [NOTICE]),
    ],
)
def test_the_next_step_as_of_a_day(values: dict[str, Any], on: date, steps: list[tuple[str, date]]) -> None:
    assert list(open_steps(meeting(**values), on)) == steps


@pytest.mark.parametrize(
    ("values", "on", "steps"),
    [
        ({"notified_on": day(6)}, day(6), [BEFORE]),
        ({"notified_on": day(6), "report_before": day(8)}, day(7), [BEFORE]),
        ({"notified_on": day(6), "report_before": day(8)}, day(8), []),
        ({**HELD, "report_before": day(8)}, day(20), [AFTER]),
        ({**HELD, "report_before": day(8), "report_after": day(17)}, day(20), []),
    ],
)
def test_a_branch_owes_two_reports(values: dict[str, Any], on: date, steps: list[tuple[str, date]]) -> None:
    branch = Meeting(name="会", category="成员单位会议", starts_at=datetime(2026, 10, 13, 9, 30), **values)
    assert list(open_steps(branch, on)) == steps


# The steps themselves ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "step", "on", "told"),
    [
        ("计划", "通知", date(2026, 10, 9), ""),
        ("计划", "召开", date(2026, 10, 12), "还没有到开会日期"),
        ("通知", "召开", date(2026, 10, 13), ""),
        ("通知", "印发", date(2026, 10, 20), "会议还没有召开，不能印发"),
        ("召开", "印发", date(2026, 10, 20), ""),  # steps may be jumped over
        ("印发", "签发", date(2026, 10, 21), "不能退回“签发”"),
        ("印发", "归档", date(2026, 12, 1), ""),
        ("取消", "召开", date(2026, 10, 13), ""),  # held after all
        ("计划", "散会", date(2026, 10, 13), "没有“散会”这一步"),
    ],
)
def test_steps_go_one_way(state: str, step: str, on: date, told: str) -> None:
    before = Meeting(name="会议", starts_at=datetime(2026, 10, 13, 9, 30), state=state)
    if told:
        with pytest.raises(ClerkError, match=told):
            advance(before, step, on)
        return
    after = advance(before, step, on)
    assert (after.state, after.cancelled_on) == (step, None)
    assert step_date(after, step) == (date(2026, 10, 13) if step == "召开" else on)


def test_a_meeting_put_off_twice_remembers_its_first_time() -> None:
    planned = Meeting(
        starts_at=datetime(2026, 10, 13, 9, 30), ends_at=datetime(2026, 10, 13, 11), state="通知"
    )
    waiting = postpone(planned, None, date(2026, 10, 9))
    assert (waiting.state, waiting.postponed_from) == ("延期", planned.starts_at)
    later = postpone(waiting, datetime(2026, 10, 20, 15), date(2026, 10, 12))
    assert (later.state, later.ends_at, later.postponed_from) == (
        "计划", datetime(2026, 10, 20, 16, 30), planned.starts_at,
    )  # fmt: skip
    for deed in (
        lambda held: postpone(held, None, date(2026, 10, 14)),
        lambda held: cancel(held, date(2026, 10, 14)),
    ):
        with pytest.raises(ClerkError, match="已经召开"):
            deed(advance(later, "召开", date(2026, 10, 20)))


def test_only_who_holds_a_leading_seat_may_host(ledger: Ledger, office: SmallOffice) -> None:
    assert may_host(office.meeting, ledger)
    assert not may_host(dataclasses.replace(office.meeting, host=office.teacher.id), ledger)
    before = dataclasses.replace(office.meeting, starts_at=datetime(2024, 2, 1, 9))
    assert not may_host(before, ledger), "the post was taken up on 2024-03-01"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": datetime(2026, 10, 13, 9)}, "ends_at"),
        ({"reply_by": date(2026, 10, 14)}, "reply_by"),
        ({"report_before": date(2026, 10, 14)}, "report_before"),
        ({"report_after": date(2026, 10, 12)}, "report_after"),
        ({"delegated": True, "host": ""}, "host"),
    ],
)
def test_times_and_host_must_fit(
    ledger: Ledger, office: SmallOffice, values: dict[str, Any], field: str
) -> None:
    changed = dataclasses.replace(office.meeting, **values)
    assert [problem.field for problem in meeting_problems(changed, ledger)] == [field]
