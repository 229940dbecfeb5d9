"""The study of a year in figures: sessions by form, persons and 人次 apart, who met what was asked (S2-11, S3-14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.records.study import BEFORE_MEETINGS, AppointmentTest, Exam, StudySession
from models.records.values import stored_year
from models.store.reader import Reader
from models.summaries.exams import ExamSheet, exam_sheet
from models.summaries.study import Credit, GapLine, credits_between, gaps


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session that took place: the *persons* of the roster who took part, *heads* with those outside it (人次)."""

    session: StudySession
    host: str
    on: date
    persons: tuple[str, ...]
    heads: int


@dataclass(frozen=True, slots=True)
class FormLine:
    """The sessions of one form (学法形式): how many, 人次, different persons; *ids* are the sessions."""

    label: str
    ids: tuple[str, ...]
    heads: int
    persons: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's people who owe study: how many met it, how many are short, hours each on average; the gap lines."""

    id: str
    name: str
    met: int
    hours: float
    people: tuple[GapLine, ...]

    @property
    def owed(self) -> int:
        return len(self.people)

    @property
    def short(self) -> int:
        return self.owed - self.met

    @property
    def rate(self) -> float:
        """Share of the unit's people who met it, 0 … 1."""
        return self.met / self.owed if self.owed else 0.0


@dataclass(frozen=True, slots=True)
class StudyYear:
    """The year, or its part until *as_of*. *before* counts 会前学法 by the four meetings, *led* sessions a leader spoke at."""

    year: int
    as_of: date
    sessions: tuple[SessionLine, ...]
    forms: tuple[FormLine, ...]
    before: tuple[FormLine, ...]
    led: tuple[str, ...]
    persons: int
    heads: int
    people: tuple[GapLine, ...]
    units: tuple[UnitLine, ...]
    exams: tuple[ExamSheet, ...]
    tests: tuple[AppointmentTest, ...]

    @property
    def short(self) -> tuple[GapLine, ...]:
        """Those who have not met what is asked."""
        return tuple(line for line in self.people if not _met(line))

    @property
    def period(self) -> str:
        """The words of the period: a report until the end of June speaks of the first half."""
        if self.as_of >= date(self.year, 12, 31):
            return f"{self.year}年度"
        return f"{self.year}年上半年" if self.as_of <= date(self.year, 6, 30) else f"{self.year}年"


def study_year(reader: Reader, year: int, as_of: date) -> StudyYear:
    """Return the figures of *year* as of a day; of a past year, of all of it."""
    first, last = date(year, 1, 1), min(as_of, date(year, 12, 31))
    sessions = _sessions(reader, first, last)
    people = tuple(gaps(reader, year, as_of))
    forms = _forms(sessions, [line.session.category for line in sessions])
    before = _forms(sessions, [line.session.before_meeting for line in sessions])
    held = (first.isoformat(), last.isoformat())
    return StudyYear(
        year, last, tuple(sessions), forms,
        tuple(sorted(before, key=lambda line: BEFORE_MEETINGS.index(line.label))),
        tuple(line.session.id for line in sessions if line.session.leader_speaks),
        len({person for line in sessions for person in line.persons}), sum(line.heads for line in sessions),
        people, _units(people),
        tuple(
            exam_sheet(reader, exam.id)
            for exam in reader.find(Exam, "held_on >= ? AND held_on <= ?", held, "held_on")
        ),
        tuple(reader.find(AppointmentTest, "tested_on >= ? AND tested_on <= ?", held, "tested_on")),
    )  # fmt: skip


def planned(reader: Reader, year: int) -> list[StudySession]:
    """Return the sessions of a year in order, held or planned (年度学法计划)."""
    return reader.find(
        StudySession, "starts_at BETWEEN ? AND ?", stored_year(date(year, 12, 31)), "starts_at"
    )


def host_of(reader: Reader, session: StudySession) -> str:
    """Return the name of the body or unit that holds a session."""
    return reader.name_of("body", session.body) or reader.name_of("unit", session.unit)


def _sessions(reader: Reader, first: date, last: date) -> list[SessionLine]:
    took_part: dict[str, list[Credit]] = defaultdict(list)
    for one in credits_between(reader, first, last) if last >= first else ():
        took_part[one.session].append(one)
    lines = []
    for session in planned(reader, first.year):
        if session.starts_at is None or session.starts_at.date() > last:
            continue
        persons = tuple(one.person for one in took_part[session.id])
        heads = len(persons) + (session.headcount or 0)
        lines.append(SessionLine(session, host_of(reader, session), session.starts_at.date(), persons, heads))
    return lines


def _forms(sessions: list[SessionLine], labels: list[str]) -> tuple[FormLine, ...]:
    """Group *sessions* by *labels*; those with an empty label belong to none."""
    by_label: dict[str, list[SessionLine]] = defaultdict(list)
    for line, label in zip(sessions, labels, strict=True):
        if label:
            by_label[label].append(line)
    return tuple(
        FormLine(
            label, tuple(line.session.id for line in lines), sum(line.heads for line in lines),
            len({person for line in lines for person in line.persons}),
        )
        for label, lines in sorted(by_label.items(), key=lambda pair: -len(pair[1]))
    )  # fmt: skip


def _units(people: Iterable[GapLine]) -> tuple[UnitLine, ...]:
    """Group *people*, who come in unit order, by their unit."""
    by_unit: dict[str, list[GapLine]] = defaultdict(list)
    for line in people:
        by_unit[line.unit].append(line)
    return tuple(
        UnitLine(
            unit, lines[0].unit_name or "（未登记任职单位）", sum(map(_met, lines)),
            round(sum(line.standing.hours for line in lines) / len(lines), 1), tuple(lines),
        )
        for unit, lines in by_unit.items()
    )  # fmt: skip


def _met(line: GapLine) -> bool:
    """Tell whether hours and days are met and no special training is past its day."""
    return not line.standing.is_short and not line.standing.special_is_late
