"""Moving a meeting through its steps, each one action that can be undone."""

from __future__ import annotations

from datetime import date, datetime

from models import clock
from models.records.meeting import Meeting
from models.rules.meetings import advance, cancel, postpone
from models.store.ledger import Ledger


def take_step(ledger: Ledger, meeting: Meeting, step: str, on: date) -> Meeting:
    """Bring *meeting* to *step* on that day; raises ClerkError for a step out of order."""
    moved = advance(meeting, step, on)
    with ledger.action(f"会议「{meeting.name}」{step}") as action:
        return action.change(moved)


def put_off(ledger: Ledger, meeting: Meeting, to: datetime | None) -> Meeting:
    """Postpone *meeting* today, to another time or without one yet."""
    with ledger.action(f"会议「{meeting.name}」延期") as action:
        return action.change(postpone(meeting, to, clock.today()))


def call_off(ledger: Ledger, meeting: Meeting, on: date) -> Meeting:
    """Cancel *meeting*."""
    with ledger.action(f"取消会议「{meeting.name}」") as action:
        return action.change(cancel(meeting, on))
