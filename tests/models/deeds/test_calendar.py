"""Moving an event is one action with its undo; what must stay says why."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time

import pytest

from models import clock
from models.deeds.calendar import move_event
from models.errors import ClerkError
from models.records.meeting import Meeting, Resolution
from models.store.ledger import Ledger
from models.summaries.calendar import Event, EventKind, calendar
from tests.fixtures import SmallOffice

NOW = datetime(2026, 10, 5, 8, 0)


def event_of(ledger: Ledger, kind: EventKind) -> Event:
    shown = calendar(ledger, date(2026, 10, 1), date(2026, 12, 31), NOW.date())
    return next(event for event in shown.events if event.kind is kind and not event.part)


def meeting(ledger: Ledger) -> Meeting:
    return ledger.find(Meeting)[0]


def test_a_meeting_keeps_its_hour_and_length(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("改") as action:
        action.change(dataclasses.replace(office.meeting, ends_at=datetime(2026, 10, 13, 11, 0)))
    with clock.held_at(NOW):
        move_event(ledger, event_of(ledger, EventKind.MEETING), date(2026, 10, 20))
    moved = meeting(ledger)
    assert (moved.starts_at, moved.ends_at) == (datetime(2026, 10, 20, 9, 30), datetime(2026, 10, 20, 11, 0))
    assert moved.postponed_from is None
    assert ledger.undo() == "会议「第三季度联席会议」改到2026年10月20日 09:30"
    assert meeting(ledger).starts_at == datetime(2026, 10, 13, 9, 30)


def test_a_meeting_that_was_told_is_postponed(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("改") as action:
        action.change(dataclasses.replace(office.meeting, state="通知", notified_on=date(2026, 10, 4)))
    with clock.held_at(NOW):
        move_event(ledger, event_of(ledger, EventKind.MEETING), date(2026, 10, 20), time(15, 0))
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
    move_event(ledger, event_of(ledger, EventKind.RESOLUTION), date(2026, 11, 9))
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
        move_event(ledger, event_of(ledger, EventKind.MEETING), to)
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
        move_event(ledger, event_of(ledger, EventKind.RESOLUTION), date(2026, 11, 9))


def test_a_day_fixed_by_law_is_refused(ledger: Ledger) -> None:
    (event,) = calendar(ledger, date(2026, 12, 1), date(2026, 12, 7), NOW.date()).events
    with pytest.raises(ClerkError, match="法定日"):
        move_event(ledger, event, date(2026, 12, 7))
