"""Study in figures, each with the records behind it: who took part, what each person did and still owes.

A session tied to a meeting is attended by those who came to the meeting, a substitute for themselves; a row of
the session's own goes before that, and nobody counts twice. Everything is as of a day (ideas 8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from models.errors import ClerkError
from models.records.meeting import Meeting
from models.records.organisation import Unit
from models.records.rules import Clause
from models.records.study import StudyAttendance, StudySession
from models.records.values import stored_day, stored_span
from models.rules.study import (
    COUNTED,
    SPECIAL,
    Done,
    Quota,
    Standing,
    Words,
    credit,
    quotas,
    standing,
)
from models.settings import load_settings
from models.store.reader import Reader, remembered
from models.summaries.organisation import post_on

CAME = "'出席', '代', '列席', '特邀'"
"""The 出席情况 of a meeting that make somebody a participant; for 代 it is the substitute."""
_WHO = "CASE t.status WHEN '代' THEN t.substitute ELSE t.person END"
_BEARS = """:study_category IN ('', s.category) AND :before_meeting IN ('', s.before_meeting)
    AND (:leader_speaks = '' OR s.leader_speaks)"""
_ANY: Words = frozenset()
_TOOK_PART = f"""
    SELECT a.person AS person, 'study_attendance' AS kind, a.id AS id, s.id AS session, s.category AS category,
    s.starts_at AS at, a.hours AS hours, a.days AS days, s.hours AS s_hours, s.days AS s_days
    FROM study_session s JOIN study_attendance a ON a.session = s.id AND a.deleted_at IS NULL
    WHERE s.deleted_at IS NULL AND s.starts_at >= :since AND s.starts_at <= :until AND {_BEARS}
    AND a.presence IN ('参加', '补学')
    UNION ALL
    SELECT {_WHO}, 'attendance', min(t.id), s.id, s.category, s.starts_at, NULL, NULL, s.hours, s.days
    FROM study_session s JOIN attendance t ON t.meeting = s.meeting AND t.deleted_at IS NULL
    WHERE s.deleted_at IS NULL AND s.meeting IS NOT NULL AND s.starts_at >= :since AND s.starts_at <= :until
    AND {_BEARS} AND t.status IN ({CAME}) AND {_WHO} IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM study_attendance a WHERE a.session = s.id AND a.person = {_WHO}
    AND a.deleted_at IS NULL) GROUP BY s.id, {_WHO}"""
"""Rows of the sessions' own lists that count, and who came to a session's meeting without a row of their own."""


class Credit(NamedTuple):
    """One person who took part in one session: the record behind it and what it counts, in 学时 and 天."""

    kind: str
    id: str
    session: str
    category: str
    person: str
    on: str
    hours: float
    days: float


def credits_between(
    reader: Reader, since: date, until: date, *, category: str = "", person: str = ""
) -> list[Credit]:
    """Return who took part in the sessions of *since* … *until*, each person once a session; *person* only of one."""
    amounts = _Amounts(reader)
    took_part = f"SELECT * FROM ({_TOOK_PART}) WHERE person = :person" if person else _TOOK_PART
    asked = _between(since, until, frozenset({("study_category", category)}) if category else _ANY)
    return [
        Credit(kind, row_id, session, form, who, at[:10], *amounts[tuple(figures)])
        for who, kind, row_id, session, form, at, *figures in reader.db.execute(
            took_part, {**asked, "person": person}
        )
    ]


def hours_between(reader: Reader, since: date, until: date) -> float:
    """Return the hours (学时) of all who took part in the sessions of *since* … *until* together."""
    return sum(hours * len(people) for hours, _, people in _studied(reader, since, until))


def _done_between(reader: Reader, since: date, until: date, words: Words = _ANY) -> dict[str, Done]:
    """Return hours and days by person, summed up, of the sessions that bear *words*."""
    done: dict[str, Done] = {}
    for hours, days, people in _studied(reader, since, until, words):
        for person, times in Counter(people).items():
            so_far = done.get(person, (0, 0))
            done[person] = (so_far[0] + hours * times, so_far[1] + days * times)
    return done


Studied = tuple[float, float, tuple[str, ...]]
"""Hours, days, and the people who did so much in a session, each once a session."""


@remembered
def _studied(reader: Reader, since: date, until: date, words: Words = _ANY) -> tuple[Studied, ...]:
    """Return few lines of many people."""
    amounts = _Amounts(reader)
    sql = f"SELECT group_concat(person), hours, days, s_hours, s_days FROM ({_TOOK_PART}) GROUP BY 2, 3, 4, 5"
    return tuple(
        (*amounts[tuple(figures)], tuple(people.split(",")))
        for people, *figures in reader.db.execute(sql, _between(since, until, words))
    )


def _between(since: date, until: date, words: Words = _ANY) -> dict[str, str]:
    asked = {"study_category": "", "before_meeting": "", "leader_speaks": "", **dict(words)}
    first, last = stored_span(since, until)
    return {"since": first, "until": last, **asked}


class _Amounts(dict[tuple[float | None, ...], tuple[float, float]]):
    """Hours and days by the figures of row and session; a year has few different ones."""

    def __init__(self, reader: Reader) -> None:
        self._per_day = load_settings(reader).hours_per_day

    def __missing__(self, figures: tuple[float | None, ...]) -> tuple[float, float]:
        hours, days, session_hours, session_days = figures
        self[figures] = credit((hours, days), (session_hours, session_days), self._per_day)
        return self[figures]


# What each person owes ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GapLine:
    """One person's year: where they stand."""

    id: str
    name: str
    staff_kind: str
    unit: str
    unit_name: str
    unit_position: int | None
    standing: Standing


@remembered
def gaps(reader: Reader, year: int, as_of: date) -> tuple[GapLine, ...]:
    """Return everybody who owes study in *year*, by unit order and name; of past years as of their last day.

    Who came or left in the year owes by months, who was not in service at all owes nothing.
    """
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    owed = quotas_on(reader, last)
    asked = {_ANY, *(item.words for quota in owed.values() for item in quota.narrow)}
    done = {words: _done_between(reader, first, last, words) if last >= first else {} for words in asked}
    special = last_special(reader, last)
    places = unit_of_people(reader, last)
    lines = []
    for person, name, staff_kind, joined, left in _people(reader, tuple(owed), first, last):
        hours, days = done[_ANY].get(person, (0, 0))
        unit, unit_name, position = places.get(person, ("", "", None))
        quota = owed[staff_kind]
        stands = standing(
            quota, year, last, hours=hours, days=days, special_last=special.get(person), joined=joined, left=left,
            narrow={item.words: done[item.words].get(person, (0, 0)) for item in quota.narrow}, over=as_of > last,
        )  # fmt: skip
        lines.append(GapLine(person, name, staff_kind, unit, unit_name, position, stands))
    lines.sort(key=lambda line: (line.unit_position is None, line.unit_position or 0, line.unit_name))
    return tuple(lines)


def quotas_on(reader: Reader, on: date) -> dict[str, Quota]:
    """Return what each kind of staff owes by the clauses in force that day."""
    return quotas(reader.in_force(Clause, on, "owed_by = '每名人员'"))


@remembered
def last_special(reader: Reader, until: date) -> Mapping[str, date]:
    """Return the day of each person's last special training (专门培训) until that day."""
    found: dict[str, str] = {}
    for one in credits_between(reader, date.min, until, category=SPECIAL):
        found[one.person] = max(one.on, found.get(one.person, ""))
    return {person: date.fromisoformat(on) for person, on in found.items()}


@remembered
def unit_of_people(reader: Reader, on: date) -> Mapping[str, tuple[str, str, int | None]]:
    """Return (unit id, name, position) of each person by their first post that day, else by the last one they held."""
    units = {
        unit: (unit, *shown) for unit, *shown in reader.db.execute("SELECT id, name, position FROM unit")
    }
    day = on.isoformat()
    rows = reader.db.execute(
        "SELECT person, unit FROM appointment NOT INDEXED WHERE deleted_at IS NULL AND coalesce(valid_from, '') <= ? "
        "ORDER BY min(coalesce(valid_until, '9999'), ?), position DESC NULLS FIRST, id DESC",
        (day, day),
    )
    return {person: units[unit] for person, unit in rows}


def left_service(reader: Reader, on: date, person_id: str = "") -> Mapping[str, date]:
    """Return the day people had left service by a day: their 离岗日期, else the end of the last post when all have
    ended. Of one person only with *person_id*.
    """
    return _left_service(reader, on, person_id) if person_id else _all_who_left(reader, on)


@remembered
def _all_who_left(reader: Reader, on: date) -> Mapping[str, date]:
    return _left_service(reader, on)


def _left_service(reader: Reader, on: date, person_id: str = "") -> dict[str, date]:
    whose, given = ("= ?", (person_id,)) if person_id else ("IS NOT NULL", ())
    ended = reader.db.execute(
        f"SELECT person, max(coalesce(valid_until, '9999')) AS last FROM appointment "
        f"WHERE deleted_at IS NULL AND person {whose} GROUP BY person HAVING last <= ?",
        (*given, on.isoformat()),
    )
    told = reader.db.execute(
        f"SELECT id, left_on FROM person WHERE deleted_at IS NULL AND left_on <= ? AND id {whose}",
        (on.isoformat(), *given),
    )
    return {person: date.fromisoformat(left) for person, left in (*ended, *told)}


@remembered
def _people(
    reader: Reader, kinds: tuple[str, ...], first: date, last: date
) -> tuple[tuple[str, str, str, date | None, date | None], ...]:
    left = left_service(reader, last)
    marks = ", ".join("?" * len(kinds))
    rows = reader.db.execute(
        "SELECT id, name, staff_kind, joined_on FROM person NOT INDEXED WHERE deleted_at IS NULL "
        f"AND staff_kind IN ({marks}) AND coalesce(joined_on, '') <= ? ORDER BY headline",
        (*kinds, last.isoformat()),
    )
    return tuple(
        (person, name, staff_kind, stored_day(joined), left.get(person))
        for person, name, staff_kind, joined in rows
        if left.get(person, date.max) >= first
    )


# One session -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of a session's grid. *row* is stored, or computed from the meeting (its id is "" then)."""

    row: StudyAttendance
    name: str
    unit: str
    duty: str
    hours: float
    days: float
    from_meeting: str = ""

    @property
    def counts(self) -> bool:
        return self.row.presence in COUNTED


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """Everything about one session; *meeting* is the one it was tied to."""

    session: StudySession
    body: str
    unit: str
    meeting: Meeting | None
    participants: tuple[Participant, ...]

    def count(self, presence: str) -> int:
        return sum(one.row.presence == presence for one in self.participants)

    @property
    def persons(self) -> int:
        """Persons of the roster who took part."""
        return sum(one.counts for one in self.participants)

    @property
    def heads(self) -> int:
        """人次: those of the roster and those outside it (S3-14)."""
        return self.persons + (self.session.headcount or 0)

    @property
    def hours(self) -> float:
        return sum(one.hours for one in self.participants if one.counts)


def session_sheet(reader: Reader, session_id: str) -> SessionSheet:
    """Return a session with its participants in unit order; raises ClerkError when it is gone."""
    session = reader.get(StudySession, session_id)
    if session is None or session.deleted_at or session.starts_at is None:
        raise ClerkError("没有找到这次学法活动，请从列表里选择。")
    rows = [(row, "") for row in reader.find(StudyAttendance, "session = ?", (session.id,))]
    known = {row.person for row, _ in rows}
    for person, unit, row_id in _came_to_meeting(reader, session):
        if person not in known:
            known.add(person)
            rows.append((StudyAttendance(session=session.id, person=person, unit=unit), row_id))
    per_day = load_settings(reader).hours_per_day
    units = {unit.id: unit for unit in reader.find(Unit)}
    people = [_participant(reader, session, row, source, per_day, units) for row, source in rows]
    people.sort(key=lambda one: (_position(units.get(one.row.unit)), one.unit))
    return SessionSheet(
        session, reader.name_of("body", session.body), reader.name_of("unit", session.unit),
        reader.get(Meeting, session.meeting), tuple(people),
    )  # fmt: skip


def _position(unit: Unit | None) -> int:
    return unit.position if unit and unit.position is not None else 1_000_000


def _came_to_meeting(reader: Reader, session: StudySession) -> list[tuple[str, str, str]]:
    """Return person, unit and attendance row of who came to the meeting the session is tied to."""
    if not session.meeting:
        return []
    return list(
        reader.db.execute(
            "SELECT CASE status WHEN '代' THEN substitute ELSE person END, coalesce(unit, ''), id FROM attendance "
            f"WHERE deleted_at IS NULL AND meeting = ? AND status IN ({CAME}) "
            "AND CASE status WHEN '代' THEN substitute ELSE person END IS NOT NULL ORDER BY position, id",
            (session.meeting,),
        )
    )


def _participant(
    reader: Reader, session: StudySession, row: StudyAttendance, source: str, per_day: float, units: dict[str, Unit]
) -> Participant:  # fmt: skip
    assert session.starts_at is not None
    post = post_on(reader, row.person, row.unit, session.starts_at.date())
    unit = units.get(row.unit or (post.unit if post else ""))
    hours, days = credit((row.hours, row.days), (session.hours, session.days), per_day)
    if row.presence not in COUNTED:
        hours = days = 0
    return Participant(
        row, reader.name_of("person", row.person), unit.name if unit else "", post.title if post else "", hours,
        days, source,
    )  # fmt: skip
