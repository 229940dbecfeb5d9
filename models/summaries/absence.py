"""What happened while a clerk was away: limits that passed, what was held, what others entered.

A clerk is away on the working days after the last one on which they used the program; weekends and holidays alone
are no absence. The days are kept in the settings by clerk (models/deeds/presence.py) and, before that, read from the
history.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.records.base import kind_of
from models.records.meeting import Meeting, Resolution
from models.records.rules import Holiday
from models.records.study import Exam, StudySession
from models.records.supervision import Case
from models.rules.duties import State
from models.rules.meetings import called_off
from models.rules.workdays import day_table, is_workday
from models.store import history
from models.store.reader import Reader
from models.summaries.desk import Desk
from models.summaries.listed import Listed, listed_duty
from models.summaries.todos import Group, Todo

MOST_ENTRIES = 500
"""How many deeds of others are told at most."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The last *day* a clerk used the program, the one *before* it, whether the word of that absence is put away."""

    day: date | None = None
    before: date | None = None
    put_away: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """The working days *first* … *last* that the clerk missed (*days* of them) and what happened until today.

    *due* are the limits that passed, *overdue* those of them still open, *held* meetings, study and exams, *entered*
    what other clerks did.
    """

    first: date
    last: date
    days: int
    due: tuple[Listed, ...]
    overdue: tuple[Listed, ...]
    held: tuple[Listed, ...]
    entered: tuple[Listed, ...]


def presence_of(reader: Reader, clerk: str) -> Presence:
    """Return when a clerk was there; nothing is known of one who never was."""
    stored = reader.setting(presence_setting(clerk))
    if not stored:
        return Presence()
    kept = json.loads(stored)
    day, before = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("day", "before"))
    return Presence(day, before, kept["put_away"])


def presence_setting(clerk: str) -> str:
    """Return the name of the setting that keeps the days of a clerk."""
    return f"presence:{clerk}"


def missed_days(reader: Reader, since: date, today: date) -> list[date]:
    """Return the working days after *since* and before *today*."""
    table = day_table(reader.find(Holiday))
    days = (since + timedelta(days=step) for step in range(1, (today - since).days))
    return [day for day in days if is_workday(day, table)]


def absence(desk: Desk, shown: list[Todo], clerk: str) -> Absence | None:
    """Return what *clerk* missed until the day of *desk*; None for one who was there the working day before.

    *shown* are the things to do on that day.
    """
    presence = presence_of(desk.reader, clerk)
    if presence.before is None or presence.day != desk.as_of:
        return None
    since = presence.before
    missed = missed_days(desk.reader, since, desk.as_of)
    if not missed:
        return None
    overdue = [
        record
        for todo in shown
        if todo.group is Group.OVERDUE
        for record in todo.records
        if record.on and since <= record.on
    ]
    due = [*overdue, *_settled(desk, since)]
    return Absence(
        missed[0], missed[-1], len(missed), _by_day(due), _by_day(overdue), _by_day(_held(desk, since)),
        tuple(_entered(desk, since, clerk)),
    )  # fmt: skip


def _by_day(records: list[Listed]) -> tuple[Listed, ...]:
    return tuple(sorted(records, key=lambda record: (record.on or date.min, record.headline), reverse=True))


def _settled(desk: Desk, since: date) -> Iterator[Listed]:
    """Yield what had its limit in these days and is done."""
    for item in desk.duties:
        if item.state is State.DONE and since <= item.due < desk.as_of:
            yield listed_duty(item, desk.names.of(item.owner.id))
    within = (since.isoformat(), (desk.as_of - timedelta(days=1)).isoformat(), desk.as_of.isoformat())
    for case in desk.reader.find(Case, "due_on BETWEEN ? AND ? AND closed_on <= ?", within):
        yield Listed("case", case.id, case.matter, case.due_on, "办结")
    for told in desk.reader.find(Resolution, "due_on BETWEEN ? AND ? AND done_on <= ?", within):
        yield Listed("resolution", told.id, told.headline(desk.reader.name_of), told.due_on, "办结")


def _held(desk: Desk, since: date) -> list[Listed]:
    """Return the meetings, study sessions and exams of these days."""
    days = ((since + timedelta(days=1)).isoformat(), desk.as_of.isoformat())
    within = "{0} >= ? AND {0} < ?"
    meetings = desk.reader.find(Meeting, within.format("starts_at"), days)
    found = [
        Listed("meeting", one.id, one.name, one.starts_at.date(), one.state if one.held else "未登记召开")
        for one in meetings
        if one.starts_at and not called_off(one, desk.as_of)
    ]
    found += [
        Listed("study_session", one.id, one.subject, one.starts_at.date(), one.category)
        for one in desk.reader.find(StudySession, within.format("starts_at"), days)
        if one.starts_at
    ]
    found += [
        Listed("exam", one.id, one.name, one.held_on, one.audience)
        for one in desk.reader.find(Exam, within.format("held_on"), days)
    ]
    return found


def _entered(desk: Desk, since: date, clerk: str) -> Iterator[Listed]:
    """Yield what other clerks did after that day, the latest first; what was taken back is left out."""
    for deed in history.deeds_of_others(desk.reader.db, clerk, since + timedelta(days=1), MOST_ENTRIES):
        kind_id, record_id = _whole(desk.reader, deed.kind, deed.record_id)
        yield Listed(kind_id, record_id, deed.sentence, deed.at.date(), deed.clerk)


def _whole(reader: Reader, kind_id: str, record_id: str) -> tuple[str, str]:
    """Return the record that a part belongs to, any other as it is."""
    kind = kind_of(kind_id)
    if kind.part_of and (record := reader.get(kind.record, record_id)) is not None:
        return kind.field(kind.part_of).target, getattr(record, kind.part_of)
    return kind_id, record_id
