"""Moving an event is one action with its undo; what must stay says why."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time

import pytest

from models import clock
from models.deeds.calendar import move_event
from models.errors import ClerkError
from models.records.filing import Submission
from models.records.meeting import Meeting, Resolution
from models.records.study import StudySession
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.calendar import calendar
from models.summaries.dated import Event
from tests.fixtures import SmallOffice

NOW = datetime(2026, 10, 5, 8, 0)


def event_of(ledger: Ledger, kind: str) -> Event:
    shown = calendar(ledger, date(2026, 10, 1), date(2026, 12, 31), NOW.date())
    return next(event for event in shown.events if event.kind == kind)


def meeting(ledger: Ledger) -> Meeting:
    return ledger.find(Meeting)[0]


def test_a_meeting_keeps_its_hour_and_length(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("改") as action:
        action.change(dataclasses.replace(office.meeting, ends_at=datetime(2026, 10, 13, 11, 0)))
    with clock.held_at(NOW):
        move_event(ledger, event_of(ledger, "meeting"), date(2026, 10, 20))
    moved = meeting(ledger)
    assert (moved.starts_at, moved.ends_at) == (datetime(2026, 10, 20, 9, 30), datetime(2026, 10, 20, 11, 0))
    assert moved.postponed_from is None
    assert ledger.undo() == "会议「第三季度联席会议」改到2026年10月20日 09:30"
    assert meeting(ledger).starts_at == datetime(2026, 10, 13, 9, 30)


def test_a_meeting_that_was_told_is_postponed(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("改") as action:
        action.change(dataclasses.replace(office.meeting, state="通知", notified_on=date(2026, 10, 4)))
    with clock.held_at(NOW):
        move_event(ledger, event_of(ledger, "meeting"), date(2026, 10, 20), time(15, 0))
    moved = meeting(ledger)
    assert (moved.starts_at, moved.postponed_from) == (
        datetime(2026, 10, 20, 15, 0), datetime(2026, 10, 13, 9, 30),
    )  # fmt: skip


def test_the_limit_of_a_resolution_moves(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.add(
            Resolution(
                meeting=office.meeting.id, content="公布清单", lead_units=(office.justice.id,), due_on=date(2026, 11, 2)
            )
        )  # fmt: skip
    move_event(ledger, event_of(ledger, "resolution"), date(2026, 11, 9))
    assert ledger.find(Resolution)[0].due_on == date(2026, 11, 9)
    ledger.undo()
    assert ledger.find(Resolution)[0].due_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("state", "to", "why"),
    [("召开", date(2026, 10, 20), "已经召开"), ("计划", date(2026, 10, 2), "今天以前")],
)
def test_what_must_stay_stays(ledger: Ledger, office: SmallOffice, state: str, to: date, why: str) -> None:
    with ledger.action("改") as action:
        action.change(dataclasses.replace(office.meeting, state=state))
    with clock.held_at(NOW), pytest.raises(ClerkError, match=why):
        move_event(ledger, event_of(ledger, "meeting"), to)
    assert meeting(ledger).starts_at == datetime(2026, 10, 13, 9, 30)


def test_a_resolution_of_issued_minutes_is_corrected_not_moved(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.add(
            Resolution(
                meeting=office.meeting.id, content="公布清单", lead_units=(office.justice.id,), due_on=date(2026, 11, 2)
            )
        )  # fmt: skip
        action.change(dataclasses.replace(office.meeting, state="印发", issued_on=date(2026, 10, 20)))
    with pytest.raises(ClerkError, match="更正"):
        move_event(ledger, event_of(ledger, "resolution"), date(2026, 11, 9))


def test_what_is_planned_moves_with_its_hour(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        at = datetime(2026, 10, 20, 15, 0)
        session = action.add(
            StudySession(subject="学习宪法", category="集体学法", body=office.body.id, starts_at=at)
        )
    with clock.held_at(NOW):
        move_event(ledger, event_of(ledger, "study_session"), date(2026, 10, 27))
        moved = ledger.get(StudySession, session.id)
        assert moved and moved.starts_at == datetime(2026, 10, 27, 15, 0)
        with pytest.raises(ClerkError, match="今天以前"):
            move_event(ledger, event_of(ledger, "study_session"), date(2026, 10, 1))
    assert ledger.undo() == "学法活动「学习宪法」改到2026年10月27日 15:00"


@pytest.mark.parametrize(
    ("closed", "why"), [(None, "只能通过延期更改"), (date(2026, 10, 4), "办理时限不能再改")]
)
def test_the_limit_of_a_case_moves_by_extension_only(
    ledger: Ledger, office: SmallOffice, closed: date | None, why: str
) -> None:
    with ledger.action("登记") as action:
        case = Case(
            matter="整改", source="领导批示", lead_units=(office.justice.id,), opened_on=date(2026, 9, 1),
            due_on=date(2026, 10, 20), closed_on=closed,
        )  # fmt: skip
        action.add(case)
    with pytest.raises(ClerkError, match=why):
        move_event(ledger, event_of(ledger, "case"), date(2026, 11, 9))
    assert ledger.find(Case)[0].due_on == date(2026, 10, 20)


@pytest.mark.parametrize("on", [date(2026, 10, 1), date(2026, 11, 3)])
def test_what_came_in_is_changed_in_its_record(ledger: Ledger, office: SmallOffice, on: date) -> None:
    with ledger.action("登记") as action:
        action.add(Submission(item="其他", unit=office.justice.id, year=2026, received_on=on))
    with clock.held_at(NOW), pytest.raises(ClerkError, match="收到日期不在日历里改"):
        move_event(ledger, event_of(ledger, "submission"), date(2026, 11, 9))


def test_a_day_fixed_by_law_is_refused(ledger: Ledger) -> None:
    (event,) = calendar(ledger, date(2026, 12, 1), date(2026, 12, 7), NOW.date()).events
    with pytest.raises(ClerkError, match="法定日"):
        move_event(ledger, event, date(2026, 12, 7))
