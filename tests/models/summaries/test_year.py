"""The year in figures, each with its records, as of any day."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.deeds.year_turn import plan_turn
from models.errors import ClerkError
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Body, Unit
from models.store.ledger import Ledger
from models.summaries.meeting import expected_attendance
from models.summaries.year import year_summary
from models.summaries.year_figures import figures_of, year_figures
from tests.fixtures import SmallOffice

DECEMBER = date(2026, 12, 31)


@pytest.fixture
def busy_year(ledger: Ledger, office: SmallOffice) -> list[Meeting]:
    """Three meetings: all came; one on leave and one absent; two on leave. A fourth was cancelled."""
    statuses = (("出席", "出席", "出席"), ("出席", "请假", "缺席"), ("请假", "出席", "请假"))
    held = []
    with ledger.action("登记会议") as action:
        for month, marks in zip((3, 6, 11), statuses, strict=True):
            meeting = action.add(
                Meeting(
                    name=f"{month}月会议", category="联席会议" if month < 11 else "专题会", state="召开",
                    nature="定期" if month < 11 else "临时", body=office.body.id, starts_at=datetime(2026, month, 5, 9),
                )
            )  # fmt: skip
            for row, mark in zip(expected_attendance(ledger, meeting), marks, strict=True):
                leave = datetime(2026, month, 1) if mark == "请假" else None
                action.add(dataclasses.replace(row, status=mark, leave_asked_at=leave))
            held.append(meeting)
        action.change(dataclasses.replace(office.meeting, state="取消", cancelled_on=date(2026, 10, 1)))
    return held


def test_counts_carry_the_ids_behind_them(
    ledger: Ledger, busy_year: list[Meeting], office: SmallOffice
) -> None:
    summary = year_summary(ledger, 2026, DECEMBER)
    assert {count.label: count.ids for count in summary.categories} == {
        "联席会议": (busy_year[0].id, busy_year[1].id), "专题会": (busy_year[2].id,),
    }  # fmt: skip
    assert summary.cancelled.ids == (office.meeting.id,)
    (body,) = summary.bodies
    assert (body.regular.number, body.irregular.number) == (2, 1)
    assert set(body.attendance.ids) == {row.id for row in ledger.find(Attendance)}


def test_rates_of_all_units_and_persons(ledger: Ledger, busy_year: list[Meeting]) -> None:
    summary = year_summary(ledger, 2026, DECEMBER)
    counts = summary.attendance
    assert (counts.expected, counts.present, counts.excused, counts.absent) == (9, 5, 3, 1)
    assert {line.name: (line.rates.expected, line.rates.present) for line in summary.units} == {
        "县司法局": (6, 4), "县教育局": (3, 1),
    }  # fmt: skip
    assert {line.name: line.rates.own for line in summary.people} == {
        "陆怀谦": pytest.approx(2 / 3), "高书瑶": pytest.approx(2 / 3), "罗屿": pytest.approx(1 / 3),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "meetings"), [(date(2026, 3, 4), 0), (date(2026, 6, 5), 2), (date(2027, 5, 1), 3)]
)
def test_as_of_a_day(ledger: Ledger, busy_year: list[Meeting], as_of: date, meetings: int) -> None:
    assert len(year_summary(ledger, 2026, as_of).meetings) == meetings
    assert not year_summary(ledger, 2025, as_of).meetings


def test_somebody_who_left_counts_only_inside_the_term(
    ledger: Ledger, busy_year: list[Meeting], office: SmallOffice
) -> None:
    """Rows come from the organisation of the day, so the denominator ends with the term (ideas 4)."""
    from models.records.organisation import Appointment

    post = ledger.find(Appointment, "person = ?", (office.teacher.id,))[0]
    with ledger.action("离任") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 11, 30)))
        late = action.add(
            Meeting(
                name="12月会议",
                category="联席会议",
                body=office.body.id,
                starts_at=datetime(2026, 12, 8, 9),
                state="召开",
            )
        )
        for row in expected_attendance(ledger, late):
            action.add(dataclasses.replace(row, status="出席" if row.person else ""))
    lines = {line.name: line.rates.expected for line in year_summary(ledger, 2026, DECEMBER).people}
    assert lines == {"陆怀谦": 4, "高书瑶": 4, "罗屿": 3}
    assert year_summary(ledger, 2026, DECEMBER).attendance.expected == 11


def test_a_merged_unit_counts_for_its_successor(
    ledger: Ledger, busy_year: list[Meeting], office: SmallOffice
) -> None:
    with ledger.action("合并") as action:
        new = action.add(Unit(name="县教育体育局", category="政府", valid_from=date(2026, 12, 1)))
        action.change(dataclasses.replace(office.education, valid_until=date(2026, 11, 30), successor=new.id))
    names = [line.name for line in year_summary(ledger, 2026, DECEMBER).units]
    assert names == ["县司法局", "县教育体育局"]


@pytest.mark.parametrize(
    ("due", "done", "standing", "days"),
    [
        (date(2026, 4, 1), date(2026, 4, 1), "按期办结", 0),
        (date(2026, 4, 1), date(2026, 4, 3), "逾期办结", 2),
        (date(2026, 4, 1), None, "逾期未办结", 60),
        (date(2026, 5, 31), None, "在办", 0),
        (None, None, "在办", 0),
        (date(2026, 4, 1), date(2026, 6, 1), "逾期未办结", 60),  # done after the day asked about
    ],
)
def test_standing_of_a_resolution(
    ledger: Ledger, busy_year: list[Meeting], due: date | None, done: date | None, standing: str, days: int
) -> None:
    with ledger.action("议定") as action:
        action.add(Resolution(meeting=busy_year[0].id, content="办事", due_on=due, done_on=done))
    summary = year_summary(ledger, 2026, date(2026, 5, 31))
    assert [(item.state, item.days) for item in summary.resolutions] == [(standing, days)]
    assert summary.resolved(standing).number == 1
    assert summary.meetings[0].resolutions == 1


def test_the_serial_names_the_figures(ledger: Ledger, office: SmallOffice, busy_year: list[Meeting]) -> None:
    first = year_figures(ledger, 2026, DECEMBER).serial
    with ledger.action("登记下一年的单位和会议") as action:
        action.add(Unit(name="县水利局", category="政府"))
        action.add(dataclasses.replace(busy_year[0], id="", starts_at=datetime(2027, 1, 5, 9)))
    assert year_figures(ledger, 2026, DECEMBER).serial == first
    with clock.held_at(datetime(2027, 1, 6, 9)):
        assert plan_turn(ledger, 2026).serial == year_figures(ledger, 2026, date(2027, 1, 6)).serial
    with ledger.action("更正") as action:
        action.change(dataclasses.replace(busy_year[0], category="推进会"))
    assert year_figures(ledger, 2026, DECEMBER).serial != first


def test_a_year_that_cannot_be_meant(ledger: Ledger) -> None:
    with pytest.raises(ClerkError, match="1949 到 2200"):
        year_summary(ledger, 26, DECEMBER)


def test_what_deleted_bodies_and_units_did_is_in_every_sum(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        body = action.add(Body(name="专班", category="专班"))
        meeting = action.add(
            Meeting(
                name="专班会", category="专题会", nature="临时", body=body.id, starts_at=datetime(2026, 3, 1, 9),
                state="召开",
            )
        )  # fmt: skip
        action.add(
            Attendance(
                meeting=meeting.id, unit=office.education.id, person=office.teacher.id, expected=True, status="出席"
            )
        )  # fmt: skip
    with ledger.action("删除") as action:
        action.remove(body)
        action.remove(office.education)
    summary = year_summary(ledger, 2026, date(2026, 6, 30))
    figures = {one.name: one.value for one in figures_of(ledger, summary)}
    (line,) = summary.bodies
    assert (line.name, line.regular.number, line.irregular.number) == ("专班", 0, 1)
    assert figures["meetings.irregular"] == 1
    expected = (summary.attendance.expected, line.attendance.rates.expected, figures["attendance.expected"])
    assert expected == (1, 1, 1)
    assert [unit.name for unit in summary.units] == ["县教育局"]


@pytest.mark.parametrize(("as_of", "lead"), [(date(2026, 6, 30), "甲局"), (date(2026, 7, 1), "县司法局")])
def test_resolutions_roll_up_to_the_unit_that_answers(
    ledger: Ledger, office: SmallOffice, as_of: date, lead: str
) -> None:
    with ledger.action("登记") as action:
        old = action.add(Unit(name="甲局", valid_until=date(2026, 6, 30), successor=office.justice.id))
        meeting = action.add(
            Meeting(name="会", category="专题会", body=office.body.id, starts_at=datetime(2026, 3, 1, 9), state="召开")
        )  # fmt: skip
        action.add(Resolution(meeting=meeting.id, content="事项", lead_units=(old.id, office.education.id)))
    (line,) = year_summary(ledger, 2026, as_of).resolutions
    assert (line.lead, line.leads) == (lead, ("甲局", "县教育局"))


def test_a_rate_of_nothing_is_none(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("会议") as action:
        meeting = action.add(
            Meeting(name="会", category="专题会", body=office.body.id, starts_at=datetime(2026, 3, 1, 9), state="召开")
        )  # fmt: skip
        for person, status in ((office.head, "出席"), (office.teacher, "缺席")):
            action.add(Attendance(meeting=meeting.id, person=person.id, expected=True, status=status))
    year = year_figures(ledger, 2026, date(2026, 6, 30))
    compared = {one.name: (one.value, year.value_before(one)) for one in year.figures}
    assert compared["attendance.own_rate"] == (50, None)
    assert compared["attendance.expected"] == (2, 0)
    assert compared["cases.rate"] == (None, None)
    assert (
        next(one.counted for one in year.figures if one.name == "cases.rate") == 0
    )  # as it was always sealed
