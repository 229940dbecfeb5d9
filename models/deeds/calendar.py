"""Moving what stands in the calendar to another day or hour: one action that can be undone."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time

from models import clock
from models.errors import ClerkError
from models.records.meeting import Meeting, Resolution
from models.records.values import show_day
from models.rules.meetings import postpone
from models.store.ledger import Ledger
from models.summaries.calendar import Event, EventKind


def move_event(ledger: Ledger, event: Event, to: date, at: time | None = None) -> None:
    """Move a meeting not yet held, or the limit of a resolution, to day *to* (a meeting also to hour *at*).

    Raises ClerkError with the reason for anything that stays where it is, and what the checks of the
    records raise.
    """
    if event.locked:
        raise ClerkError(event.locked)
    if event.kind is EventKind.RESOLUTION:
        _move_limit(ledger, event, to)
    else:
        _move_meeting(ledger, event, to, at)


def _move_limit(ledger: Ledger, event: Event, to: date) -> None:
    item = ledger.get(Resolution, event.record_id)
    if item is None or item.deleted_at:
        raise ClerkError("这条议定事项已不在台账里。")
    with ledger.action(f"议定事项「{event.title}」时限改到{show_day(to)}") as action:
        action.change(dataclasses.replace(item, due_on=to))


def _move_meeting(ledger: Ledger, event: Event, to: date, at: time | None) -> None:
    meeting = ledger.get(Meeting, event.record_id)
    if meeting is None or meeting.deleted_at or meeting.starts_at is None:
        raise ClerkError("这次会议已不在台账里。")
    if to < clock.today():
        raise ClerkError("还没有召开的会议不能改到今天以前。")
    moment = datetime.combine(to, at or meeting.starts_at.time())
    moved = postpone(meeting, moment)
    if meeting.notified_on is None:  # nobody was told: the plan changes, nothing is postponed
        moved = dataclasses.replace(moved, postponed_from=meeting.postponed_from)
    with ledger.action(f"会议「{meeting.name}」改到{show_day(to)} {moment:%H:%M}") as action:
        action.change(moved)
