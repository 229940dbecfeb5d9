"""What is next about a meeting on a day: its step with the customary limit, the reports of a branch."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from models.records.meeting import Meeting
from models.rules.meetings import open_steps

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
