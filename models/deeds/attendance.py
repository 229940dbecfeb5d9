"""Filling the attendance grid (S0-18 … S0-21): every key press is one saved action."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from models.errors import InvalidRecord, Problem
from models.records.meeting import Attendance, Meeting
from models.records.organisation import LEADER_POSTS, Appointment, Person, Unit
from models.rules.posts import post_told_by
from models.store.action import Action
from models.store.ledger import Ledger
from models.summaries.meeting import expected_attendance


def build_expected(ledger: Ledger, meeting: Meeting) -> int:
    """Write the rows of who is expected on the day of the meeting, those missing only; return how many.

    Rows entered before stay, also of people who are no longer expected.
    """
    with ledger.action(f"生成应到名单「{meeting.name}」") as action:
        return len(_write_expected(ledger, action, meeting))


def save_row(ledger: Ledger, meeting: Meeting, row: Attendance) -> Attendance:
    """Write one row; a first mark writes the whole computed list with it. Raises InvalidRecord, LockedRecord."""
    name = row.headline(ledger.name_of)
    deed = row.status or "清除"
    with ledger.action(f"登记出席：{name} {deed}") as action:
        if not row.id:
            row = dataclasses.replace(row, id=_id_of(_write_expected(ledger, action, meeting), row))
        return action.change(row) if row.id else action.add(row)


def mark_rest_present(ledger: Ledger, meeting: Meeting) -> int:
    """Mark everybody expected who has no mark yet as 出席 and signed, vacancies left out; return how many."""
    with ledger.action(f"其余全部出席「{meeting.name}」") as action:
        _write_expected(ledger, action, meeting)
        rest = [
            row
            for row in ledger.find(Attendance, "meeting = ?", (meeting.id,))
            if row.expected and row.person and not row.status
        ]
        for row in rest:
            action.change(dataclasses.replace(row, status="出席", signed=True))
    return len(rest)


def add_guest(
    ledger: Ledger, meeting: Meeting, *, name: str, person: str, unit: str, duty: str, status: str
) -> Attendance:
    """Add somebody outside the roster (列席 or 特邀); without *person* the name is entered as a new person."""
    with ledger.action(f"加{status}人员「{name}」") as action:
        _write_expected(ledger, action, meeting)
        guest = person or action.add(Person(name=name, note=f"{status}：{meeting.name}")).id
        last = max(
            (row.position or 0 for row in ledger.find(Attendance, "meeting = ?", (meeting.id,))), default=0
        )
        return action.add(
            Attendance(
                meeting=meeting.id, position=last + 1, unit=unit, person=guest, duty=duty, status=status, signed=True
            )
        )  # fmt: skip


def add_leader(ledger: Ledger, person: str, unit: str, title: str) -> Appointment:
    """Enter the post of somebody who stands in and has none in *unit* yet.

    Raises InvalidRecord when *title* is not one of its leaders (S0-20).
    """
    place = ledger.get(Unit, unit)
    post = post_told_by(title, f"{place.name} {place.short_name}") if place else ""
    if post not in LEADER_POSTS:
        raise InvalidRecord(
            [Problem("substitute_duty", f"“{title}”不是本单位领导的职务，替代人应为本单位其他领导")]
        )
    with ledger.action(f"登记任职：{ledger.name_of('person', person)} {title}") as action:
        return action.add(Appointment(person=person, unit=unit, title=title, post=post))


def _write_expected(ledger: Ledger, action: Action, meeting: Meeting) -> list[Attendance]:
    there = ledger.find(Attendance, "meeting = ?", (meeting.id,))
    known = {(row.unit, row.person) for row in there}
    missing = [row for row in expected_attendance(ledger, meeting) if (row.unit, row.person) not in known]
    return [action.add(row) for row in missing]


def _id_of(rows: Sequence[Attendance], wanted: Attendance) -> str:
    """Return the id under which a computed row was just written, "" when it is not among them."""
    return next(
        (r.id for r in rows if (r.unit, r.person, r.role) == (wanted.unit, wanted.person, wanted.role)), ""
    )
