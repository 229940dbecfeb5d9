"""The plan of a week: what takes place with who comes, then what is due; what is settled or off stays out."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from models.records.filing import Submission
from models.records.meeting import Preparation
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.week import WeekPlan, week_plan
from tests.fixtures import SmallOffice

TUESDAY, TODAY = date(2026, 10, 13), date(2026, 10, 12)


def told(plan: WeekPlan) -> dict[int, tuple[list[str], list[str]]]:
    return {
        one.day.on.day: (
            [item.event.label for item in one.items],
            [f"{item.event.title}·{'、'.join(item.units)}" for item in one.limits],
        )
        for one in plan.days
    }


def test_a_week_runs_from_monday_and_leaves_out_an_empty_weekend(ledger: Ledger, office: SmallOffice) -> None:
    plan = week_plan(ledger, TUESDAY, TODAY)
    assert (plan.first, plan.last) == (date(2026, 10, 12), date(2026, 10, 18))
    assert told(plan) == {
        12: ([], []), 13: (["09:30 第三季度联席会议"], []), 14: ([], []), 15: ([], []), 16: ([], [])
    }  # fmt: skip


def test_those_expected_take_part(ledger: Ledger, office: SmallOffice) -> None:
    (item,) = next(one.items for one in week_plan(ledger, TUESDAY, TODAY).days if one.items)
    assert office.justice.name in item.units or office.justice.short_name in item.units


def test_limits_follow_until_they_are_done(ledger: Ledger, office: SmallOffice) -> None:
    unit = (office.justice.id,)
    with ledger.action("登记") as action:
        action.change(dataclasses.replace(office.meeting, reply_by=date(2026, 10, 12)))
        action.add(Preparation(meeting=office.meeting.id, item="座签", due_on=date(2026, 10, 13)))
        action.add(
            Preparation(
                meeting=office.meeting.id, item="会场", due_on=date(2026, 10, 13), done_on=date(2026, 10, 9)
            )
        )
        action.add(
            Case(
                matter="整改", source="领导批示", lead_units=unit, opened_on=date(2026, 9, 1),
                due_on=date(2026, 10, 17),
            )
        )  # fmt: skip
        action.add(Submission(item="其他", unit=unit[0], year=2026, received_on=date(2026, 10, 14)))
    days = told(week_plan(ledger, TUESDAY, TODAY))
    assert days[12][1] == [f"第三季度联席会议报名截止·{office.body.short_name or office.body.name}"]
    assert (days[13][1], days[14], days[17][1]) == (["座签·"], ([], []), ["整改·县司法局"])


def test_a_meeting_called_off_or_put_off_is_not_planned(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("取消") as action:
        action.change(dataclasses.replace(office.meeting, state="取消", cancelled_on=TODAY))
    assert told(week_plan(ledger, TUESDAY, TODAY))[13] == ([], [])
    with ledger.action("改期") as action:
        action.change(
            dataclasses.replace(
                office.meeting, starts_at=datetime(2026, 10, 20, 9), postponed_from=office.meeting.starts_at
            )
        )
    assert told(week_plan(ledger, TUESDAY, TODAY))[13] == ([], [])
    assert told(week_plan(ledger, date(2026, 10, 20), TODAY))[20][0] == ["09:00 第三季度联席会议"]
