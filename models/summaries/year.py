"""One year in figures, each with the records behind it: meetings, attendance, duties, resolutions.

Everything is as of a day, of a past year as of its last: what was held, came in or was done by then. The rates of a body, unit or
person count the meetings at which somebody was expected, which is inside their term (ideas 3 and 4).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.errors import ClerkError
from models.records.base import R
from models.records.meeting import Meeting, Resolution
from models.records.organisation import Body, Unit
from models.records.values import YEAR_FAULT, YEARS, stored_span
from models.rules.attendance import Rates, rates
from models.rules.duties import Obligation
from models.rules.meetings import called_off
from models.store.reader import Reader
from models.summaries.obligations import MissingReport, missing_meeting_reports, obligations
from models.summaries.structure import successors


class Seat(NamedTuple):
    """What is counted of a row of attendance: a year has ten thousand of them."""

    id: str
    meeting: str
    unit: str
    person: str
    expected: bool
    status: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting that was held."""

    meeting: Meeting
    body: str
    on: date
    rates: Rates
    resolutions: int


@dataclass(frozen=True, slots=True)
class Count:
    """A figure and the ids of the records it counts."""

    label: str
    ids: tuple[str, ...]

    @property
    def number(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class RateLine:
    """Attendance of one body, unit or person; *ids* are the attendance rows it is counted from."""

    id: str
    name: str
    unit: str
    rates: Rates
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyYear:
    """What one body did in the year."""

    id: str
    name: str
    regular: Count
    irregular: Count
    attendance: RateLine


@dataclass(frozen=True, slots=True)
class ResolutionLine:
    """A resolution and how it stands: 按期办结, 逾期办结, 在办, 逾期未办结; *days* overdue.

    *lead* and *lead_id* are the unit that answers for it on the day: the first lead unit, or what it went into.
    """

    record: Resolution
    meeting: str
    on: date
    leads: tuple[str, ...]
    lead: str
    lead_id: str
    state: str
    days: int

    @property
    def done(self) -> bool:
        return self.state in RESOLUTION_STATES[:2]


_AMONG = "IN (SELECT value FROM json_each(?))"
RESOLUTION_STATES = ("按期办结", "逾期办结", "在办", "逾期未办结")


@dataclass(frozen=True, slots=True)
class YearSummary:
    """The year as of a day."""

    year: int
    as_of: date
    meetings: tuple[MeetingLine, ...]
    categories: tuple[Count, ...]
    cancelled: Count
    bodies: tuple[BodyYear, ...]
    units: tuple[RateLine, ...]
    people: tuple[RateLine, ...]
    attendance: Rates
    expected: tuple[Seat, ...]
    obligations: tuple[Obligation, ...]
    missing_reports: tuple[MissingReport, ...]
    resolutions: tuple[ResolutionLine, ...]

    def resolved(self, state: str) -> Count:
        """Return the resolutions that stand so."""
        return Count(state, tuple(item.record.id for item in self.resolutions if item.state == state))


def year_summary(reader: Reader, year: int, as_of: date) -> YearSummary:
    """Return the year; as of its last day it is over, and what was due on that day is missed.

    Raises ClerkError for a year that cannot be meant.
    """
    if year not in YEARS:
        raise ClerkError(f"没有 {year} 年度：{YEAR_FAULT}。")
    as_of = min(as_of, date(year, 12, 31))
    found = reader.find(
        Meeting,
        "starts_at BETWEEN ? AND ?",
        stored_span(date(year, 1, 1), as_of),
        order="starts_at, id",
    )
    held = [meeting for meeting in found if meeting.held]
    rows = _rows(reader, held)
    resolutions = _resolutions(reader, held, as_of)
    resolved = Counter(item.record.meeting for item in resolutions)
    bodies = _known(reader, Body, (meeting.body for meeting in held))
    return YearSummary(
        year=year, as_of=as_of,
        meetings=tuple(
            MeetingLine(
                meeting, bodies[meeting.body].name if meeting.body in bodies else "", _day(meeting),
                rates(rows[meeting.id]), resolved[meeting.id],
            )
            for meeting in held
        ),
        categories=_categories(held),
        cancelled=Count("取消", tuple(meeting.id for meeting in found if _cancelled(meeting, as_of))),
        bodies=_bodies(bodies, held, rows),
        units=_units(reader, rows, as_of), people=_people(reader, rows),
        attendance=rates(row for part in rows.values() for row in part), expected=tuple(_expected(rows)),
        obligations=tuple(obligations(reader, as_of, year, over=as_of == date(year, 12, 31))),
        missing_reports=tuple(missing_meeting_reports(reader, as_of, year)), resolutions=resolutions,
    )  # fmt: skip


def _day(meeting: Meeting) -> date:
    assert meeting.starts_at is not None
    return meeting.starts_at.date()


def _cancelled(meeting: Meeting, as_of: date) -> bool:
    return meeting.state == "取消" and called_off(meeting, as_of)


def _rows(reader: Reader, held: Iterable[Meeting]) -> dict[str, list[Seat]]:
    """Return the rows of attendance of each meeting, the meetings in their order."""
    by_meeting: dict[str, list[Seat]] = {meeting.id: [] for meeting in held}
    found = reader.db.execute(
        "SELECT id, meeting, coalesce(unit, ''), coalesce(person, ''), expected, status FROM attendance "
        f"WHERE deleted_at IS NULL AND meeting {_AMONG} ORDER BY position, id",
        (json.dumps(list(by_meeting)),),
    )
    for seat in map(Seat._make, found):
        by_meeting[seat.meeting].append(seat)
    return by_meeting


def _categories(held: Iterable[Meeting]) -> tuple[Count, ...]:
    found: dict[str, list[str]] = defaultdict(list)
    for meeting in held:
        found[meeting.category].append(meeting.id)
    counts = [Count(label, tuple(ids)) for label, ids in found.items()]
    return tuple(sorted(counts, key=lambda count: -count.number))


def _known(reader: Reader, kind: type[R], named: Iterable[str]) -> dict[str, R]:
    """Return all records of *kind* by id in their order, then the deleted ones that are *named*: what was done stays."""
    known = {record.id: record for record in reader.find(kind)}
    for record_id in dict.fromkeys(named):
        if record_id not in known and (record := reader.get(kind, record_id)):
            known[record_id] = record
    return known


def _bodies(
    bodies: Mapping[str, Body], held: list[Meeting], rows: dict[str, list[Seat]]
) -> tuple[BodyYear, ...]:
    met: dict[str, list[Meeting]] = {body_id: [] for body_id in bodies}
    for meeting in held:
        met[meeting.body].append(meeting)
    lines = []
    for body_id, own in met.items():
        if not own:
            continue
        body = bodies[body_id]
        part = [row for meeting in own for row in rows[meeting.id]]
        lines.append(
            BodyYear(
                body.id, body.short_name or body.name,
                Count("定期", tuple(meeting.id for meeting in own if meeting.nature != "临时")),
                Count("临时", tuple(meeting.id for meeting in own if meeting.nature == "临时")),
                RateLine(body.id, body.name, "", rates(part), tuple(row.id for row in part)),
            )
        )  # fmt: skip
    return tuple(lines)


def _units(reader: Reader, rows: dict[str, list[Seat]], as_of: date) -> tuple[RateLine, ...]:
    """Return the units of the day that were expected, renamed and merged ones rolled up (ideas 6)."""
    units = _known(reader, Unit, (row.unit for row in _expected(rows)))
    then = successors(units.values(), as_of)
    groups: dict[str, list[Seat]] = defaultdict(list)
    for row in _expected(rows):
        if row.unit in units:
            groups[then[row.unit]].append(row)
    order = [unit_id for unit_id in units if unit_id in groups]
    return tuple(_rate_line(unit_id, units[unit_id].name, "", groups[unit_id]) for unit_id in order)


def _people(reader: Reader, rows: dict[str, list[Seat]]) -> tuple[RateLine, ...]:
    groups: dict[str, list[Seat]] = defaultdict(list)
    for row in _expected(rows):
        groups[row.person].append(row)
    units = reader.names("unit")
    people = reader.names("person", groups)
    lines = [
        _rate_line(person, people.get(person, ""), units.get(part[-1].unit, ""), part)
        for person, part in groups.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-(line.rates.expected), line.name)))


def _expected(rows: dict[str, list[Seat]]) -> Iterable[Seat]:
    return (row for part in rows.values() for row in part if row.expected and row.person)


def _rate_line(record_id: str, name: str, unit: str, part: list[Seat]) -> RateLine:
    return RateLine(record_id, name, unit, rates(part), tuple(row.id for row in part))


def _resolutions(reader: Reader, held: list[Meeting], as_of: date) -> tuple[ResolutionLine, ...]:
    by_meeting = defaultdict(list)
    among = json.dumps([meeting.id for meeting in held])
    for item in reader.find(Resolution, f"meeting {_AMONG}", (among,), order="position, id"):
        by_meeting[item.meeting].append(item)
    units = _known(
        reader, Unit, (unit for items in by_meeting.values() for item in items for unit in item.lead_units)
    )
    then = successors(units.values(), as_of)
    lines = []
    for meeting in held:
        for item in by_meeting[meeting.id]:
            state, days = _state(item, as_of)
            leads = tuple(units[unit].name for unit in item.lead_units if unit in units)
            first = item.lead_units[0] if item.lead_units else ""
            lead = units[then[first]].name if first in then else ""
            lines.append(
                ResolutionLine(
                    item, meeting.name, _day(meeting), leads, lead, then.get(first, ""), state, days
                )
            )
    return tuple(lines)


def _state(item: Resolution, as_of: date) -> tuple[str, int]:
    if item.done_on and item.done_on <= as_of:
        late = (item.done_on - item.due_on).days if item.due_on else 0
        return ("逾期办结", late) if late > 0 else ("按期办结", 0)
    overdue = (as_of - item.due_on).days if item.due_on else 0
    return ("逾期未办结", overdue) if overdue > 0 else ("在办", 0)
