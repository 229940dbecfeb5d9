"""What has a date stands in the calendar, with its light, and says whether it may be moved."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.records.base import FieldType, Record, all_kinds
from models.records.filing import Dynamic, MediumUse, Submission
from models.records.meeting import Meeting, Preparation, Resolution
from models.records.organisation import Person
from models.records.rules import Clause, DocumentNumber, Holiday
from models.records.study import AppointmentTest, Exam, StudySession
from models.records.supervision import Case
from models.rules.duties import State
from models.store.ledger import Ledger
from models.summaries.calendar import (
    OBLIGATION,
    Calendar,
    calendar,
    event_kinds,
    kind_label,
)
from models.summaries.dated import Event
from tests.fixtures import SmallOffice

TODAY = date(2026, 10, 15)


def october(ledger: Ledger) -> Calendar:
    return calendar(ledger, date(2026, 10, 1), date(2026, 10, 31), TODAY)


def only(ledger: Ledger, kind: str) -> Event:
    (event,) = (event for event in october(ledger).events if event.kind == kind)
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
    event = only(ledger, "meeting")
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
    assert found == [
        (13, 13, "postponed_from", "延期至10月20日"),
        (16, 16, "reply_by", ""),
        (20, 22, "starts_at", ""),
    ]


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
    event = only(ledger, "resolution")
    assert (event.on.day, event.light, event.words, event.about) == (due, light, words, "办理时限 · 县司法局")


def test_duties_of_one_clause_stand_together(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        clause = Clause(
            name="报送进展", body=office.body.id, owed_by="每个成员单位", answered_by="报送", submission_item="其他",
            deadline="10-20",
        )  # fmt: skip
        action.add(clause)
        action.add(Submission(item="其他", unit=office.justice.id, year=2026, received_on=date(2026, 10, 9)))
    duty, came = only(ledger, OBLIGATION), only(ledger, "submission")
    assert (duty.title, duty.about, duty.words) == ("报送进展（1 / 2）", "县教育局", "剩 5 天")
    assert (came.on.day, came.title) == (9, "县司法局2026年其他")
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


LEFT_OUT = {
    "meeting": "steps of a meeting that is there itself", "resolution": "its limit is there, with a tick once done",
    "preparation": "its limit is there, with a tick once done", "case": "its steps are in its timeline",
    "person": "a person comes and goes in the roster", "body": "when it was set up is history",
    "attendance": "goes with its meeting", "case_step": "goes with its case", "holiday": "is the mark of its day",
    "closed_year": "is the turn of the year", "waiver": "a decision, no day of its own",
    "usb_medium": "what was done with it is there", "unit": "the roster as of a day", "membership": "the roster as of a day",
    "appointment": "the roster as of a day", "seat": "the roster as of a day",
}  # fmt: skip


def test_every_date_is_in_the_calendar_or_left_out_for_a_reason() -> None:
    dates = (FieldType.DATE, FieldType.MOMENT)
    out = {
        kind.id
        for kind in all_kinds()
        for field in kind.fields
        if field.type in dates
        and field.name not in kind.dated
        and field.name not in {dated.until for dated in kind.dated.values()}
    }
    assert out == set(LEFT_OUT)


def dated(office: SmallOffice, **of_person: object) -> list[Record]:
    """Return one record of each kind that has a day, all on 20 October."""
    day, at, unit = date(2026, 10, 20), datetime(2026, 10, 20, 9), office.justice.id
    return [
        StudySession(subject="学习宪法", category="集体学法", unit=unit, starts_at=at, place="三楼"),
        Exam(name="年度考法", held_on=day, unit=unit),
        AppointmentTest(person=office.head.id, post="局长", unit=unit, tested_on=day),
        AppointmentTest(person=office.head.id, post="主任", tested_on=date(2026, 1, 5), qualified_until=day),
        Case(matter="整改", source="领导批示", lead_units=(unit,), opened_on=date(2026, 9, 1), due_on=day),
        Case(matter="清理", source="领导批示", lead_units=(unit,), opened_on=day),
        Preparation(meeting=office.meeting.id, item="座签", due_on=day),
        Submission(item="其他", unit=unit, year=2026, received_on=date(2026, 9, 1), returned_on=day),
        Dynamic(title="宪法宣传周", dynamic_class="专项工作", campaign="宣传周", unit=unit, received_on=day),
        DocumentNumber(code="澜法办发", year=2026, serial=3, subject="通知", issued_on=day),
        MediumUse(used_at=at, content="年度导出", clerk="苏映川"),
        Person(name="孟知行", certificate_until=day, **of_person),  # type: ignore[arg-type]
    ]


def test_each_kind_shows_its_days(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        for record in dated(office):
            action.add(record)
    found = {(event.title, event.about) for event in october(ledger).on(date(2026, 10, 20))}
    head = office.head.name
    assert found == {
        ("学习宪法", "三楼 · 县司法局"), ("年度考法", "县司法局"), (f"{head}拟任局长", "县司法局"),
        (f"{head}拟任主任任职资格到期", ""), ("整改", "办理时限 · 县司法局"), ("清理", "立项 · 县司法局"),
        ("座签", "完成期限 · 第三季度联席会议"), ("县司法局2026年其他退改", "县司法局"), ("宪法宣传周", "收到 · 县司法局"),
        ("澜法办发〔2026〕3号", ""), ("2026-10-20 09:00 年度导出", ""), ("孟知行执法证到期", ""),
    }  # fmt: skip


def test_the_certificate_of_somebody_who_left_is_not_asked_for(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.add(Person(name="孟知行", certificate_until=date(2026, 10, 20), left_on=date(2026, 3, 1)))
    assert [event for event in october(ledger).events if event.kind == "person"] == []


def test_the_deleted_is_not_there(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("删除") as action:
        action.remove(office.meeting)
    assert october(ledger).events == ()


def test_kinds_have_labels_of_their_own() -> None:
    labels = [kind_label(kind) for kind in event_kinds()]
    assert len(set(labels)) == len(labels) > 12


def test_a_day_tells_how_full_it_is(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        for record in dated(office):
            action.add(record)
    shown = october(ledger)
    full, quiet, free = (shown.load(date(2026, 10, day)) for day in (20, 13, 21))
    assert (full.events, full.level, full.limit, full.overdue) == (12, 3, True, False)
    assert (quiet.level, quiet.meeting, free.level) == (1, True, 0)
    only = shown.only(lambda event: event.kind == "case")
    assert [event.title for event in only.on(date(2026, 10, 20))] == ["整改", "清理"]


def test_what_takes_place_stands_before_limits_and_these_before_what_came_in(
    ledger: Ledger, office: SmallOffice
) -> None:
    on = office.meeting.starts_at
    assert on is not None
    with ledger.action("登记") as action:
        action.add(Submission(item="其他", unit=office.justice.id, year=2026, received_on=on.date()))
        action.add(Preparation(meeting=office.meeting.id, item="座签", due_on=on.date()))
    assert [event.kind for event in october(ledger).on(on.date())] == ["meeting", "preparation", "submission"]
