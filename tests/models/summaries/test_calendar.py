"""What has a date stands in the calendar, with its light, and says whether it may be moved."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.records.meeting import Meeting, Resolution
from models.records.rules import Clause, Holiday, Submission
from models.rules.duties import State
from models.store.ledger import Ledger
from models.summaries.calendar import Calendar, Event, EventKind, calendar
from tests.fixtures import SmallOffice

TODAY = date(2026, 10, 15)


def october(ledger: Ledger) -> Calendar:
    return calendar(ledger, date(2026, 10, 1), date(2026, 10, 31), TODAY)


def only(ledger: Ledger, kind: EventKind) -> Event:
    (event,) = (event for event in october(ledger).events if event.kind is kind)
    return event


def test_days_carry_holidays_and_lunar_days(ledger: Ledger) -> None:
    days = {day.on.day: day for day in october(ledger).days}
    assert (days[1].word, days[1].mark and days[1].mark.mark, days[1].workday) == ("国庆节", "休", False)
    assert (days[10].word, days[10].mark and days[10].mark.mark, days[10].workday) == ("九月", "班", True)
    assert days[15].lunar == "九月初六"


def test_the_office_table_goes_before_the_published_days(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        action.add(Holiday(observed_on=date(2026, 10, 15), name="县庆", mark="休"))
    assert not october(ledger).days[14].workday


def test_a_year_without_holidays_is_told(ledger: Ledger) -> None:
    shown = calendar(ledger, date(2026, 12, 28), date(2098, 1, 3), TODAY)
    assert october(ledger).warnings == ()
    assert any("2098年" in warning for warning in shown.warnings)


@pytest.mark.parametrize(
    ("state", "light", "words", "movable"),
    [
        ("计划", State.OVERDUE, "未登记召开", True),
        ("召开", None, "", False),
        ("延期", None, "延期", True),
    ],
)
def test_a_meeting_says_how_it_stands(
    ledger: Ledger, office: SmallOffice, state: str, light: State | None, words: str, movable: bool
) -> None:
    with ledger.action("改") as action:
        action.change(dataclasses.replace(office.meeting, state=state))
    event = only(ledger, EventKind.MEETING)
    assert (event.on, event.label) == (date(2026, 10, 13), "09:30 第三季度联席会议")
    assert (event.light, event.words, not event.locked) == (light, words, movable)


def test_a_postponed_meeting_stands_on_both_days_and_a_long_one_over_its_days(
    ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("改") as action:
        action.change(
            dataclasses.replace(
                office.meeting, starts_at=datetime(2026, 10, 20, 9), ends_at=datetime(2026, 10, 22, 17),
                postponed_from=datetime(2026, 10, 13, 9, 30), reply_by=date(2026, 10, 16),
            )
        )  # fmt: skip
    found = [(event.on.day, event.until.day, event.part, event.words) for event in october(ledger).events]
    assert found == [(13, 13, "postponed", "延期至10月20日"), (16, 16, "reply", ""), (20, 22, "", "")]


@pytest.mark.parametrize(
    ("due", "done", "light", "words"),
    [
        (14, None, State.OVERDUE, "逾期 1 天"),
        (15, None, State.SOON, "今天"),
        (18, None, State.SOON, "剩 3 天"),
        (30, None, None, ""),
        (14, 14, State.DONE, "已办结"),
    ],
)
def test_the_limit_of_a_resolution(
    ledger: Ledger, office: SmallOffice, due: int, done: int | None, light: State | None, words: str
) -> None:
    with ledger.action("登记") as action:
        action.add(
            Resolution(
                meeting=office.meeting.id, content="公布清单", lead_units=(office.justice.id,),
                due_on=date(2026, 10, due), done_on=date(2026, 10, done) if done else None,
            )
        )  # fmt: skip
    event = only(ledger, EventKind.RESOLUTION)
    assert (event.on.day, event.light, event.words, event.about) == (due, light, words, "县司法局")


def test_duties_of_one_clause_stand_together(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        clause = Clause(
            name="报送进展", body=office.body.id, owed_by="每个成员单位", answered_by="报送", submission_item="其他",
            deadline="10-20",
        )  # fmt: skip
        action.add(clause)
        action.add(Submission(item="其他", unit=office.justice.id, year=2026, received_on=date(2026, 10, 9)))
    duty, came = only(ledger, EventKind.DUTY), only(ledger, EventKind.SUBMISSION)
    assert (duty.title, duty.about, duty.words) == ("报送进展（1 / 2）", "县教育局", "剩 5 天")
    assert (came.on.day, came.title) == (9, "县司法局其他")
    assert duty.locked and came.locked


def test_the_fourth_of_december_is_there_each_year(ledger: Ledger) -> None:
    shown = calendar(ledger, date(2027, 11, 29), date(2027, 12, 5), TODAY)
    assert [(event.on, event.title) for event in shown.events] == [(date(2027, 12, 4), "国家宪法日")]


def test_names_of_events_are_their_own(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.change(dataclasses.replace(office.meeting, reply_by=date(2026, 10, 12)))
        action.add(
            Meeting(name="会", category="其他", body=office.body.id, starts_at=datetime(2026, 10, 13, 15))
        )
    ids = [event.id for event in october(ledger).events]
    assert len(ids) == len(set(ids)) == 3
