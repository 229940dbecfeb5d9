"""Moving what stands in the calendar to another day or hour: one action that can be undone."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time
from typing import Any

from models import clock
from models.errors import ClerkError
from models.records.base import DayRole, Record, kind_of
from models.records.meeting import Meeting
from models.records.values import show_day
from models.rules.meetings import postpone
from models.store.ledger import Ledger
from models.summaries.dated import Event


def move_event(ledger: Ledger, event: Event, to: date, at: time | None = None) -> None:
    """Move what is planned, or a limit that is not fixed, to day *to* (what has an hour also to hour *at*).

    Raises ClerkError with the reason for anything that stays where it is, and what the checks of the
    records raise.
    """
    if event.locked:
        raise ClerkError(event.locked)
    if event.role is DayRole.PLANNED and to < clock.today():
        raise ClerkError("还没有办的事不能改到今天以前。")
    kind = kind_of(event.record_kind)
    record = ledger.get(kind.record, event.record_id)
    if record is None or record.deleted_at:
        raise ClerkError(f"这{kind.measure}{kind.label}已不在台账里。")
    moved, told = _moved(record, event, to, at)
    with ledger.action(f"{kind.label}「{event.title}」改到{told}") as action:
        action.change(moved)


def _moved(record: Record, event: Event, to: date, at: time | None) -> tuple[Record, str]:
    """Return the record on its new day, and that day in words."""
    if event.starts_at is None:
        changed: dict[str, Any] = {event.part: to}
        return dataclasses.replace(record, **changed), show_day(to)
    moment = datetime.combine(to, at or event.starts_at.time())
    told = f"{show_day(to)} {moment:%H:%M}"
    if isinstance(record, Meeting):
        return _moved_meeting(record, moment), told
    changed = {event.part: moment}
    return dataclasses.replace(record, **changed), told


def _moved_meeting(meeting: Meeting, moment: datetime) -> Meeting:
    moved = postpone(meeting, moment, clock.today())
    if meeting.notified_on is None:  # nobody was told: the plan changes, nothing is postponed
        moved = dataclasses.replace(
            moved, postponed_from=meeting.postponed_from, postponed_on=meeting.postponed_on
        )
    return moved
