"""个人学法档案: everything one person studied until a day, year by year (S2-11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.errors import ClerkError
from models.records.organisation import Person
from models.records.study import AppointmentTest, StudyAttendance, StudySession
from models.rules.study import COUNTED, SPECIAL, Done, Quota, Standing, borne_by, credit, standing
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.exams import Result, results_of
from models.summaries.organisation import post_on
from models.summaries.study import CAME, left_service, quotas_on


@dataclass(frozen=True, slots=True)
class Study:
    """One session in the file: what became of it, what it counts, the record (*kind*, *id*) that says so."""

    session: StudySession
    on: date
    presence: str
    hours: float
    days: float
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """The file, everything newest first; *owes* tells whether rules of study hold for this kind of staff."""

    person: Person
    unit: str
    title: str
    as_of: date
    owes: bool
    standings: tuple[Standing, ...]
    studies: tuple[Study, ...]
    results: tuple[Result, ...]
    tests: tuple[AppointmentTest, ...]

    @property
    def now(self) -> Standing:
        """Where the person stands in the year of *as_of*."""
        return self.standings[0]


def personal_file(reader: Reader, person_id: str, as_of: date) -> PersonalFile:
    """Return the file as of a day; raises ClerkError for somebody who is gone."""
    person = reader.get(Person, person_id)
    if person is None or person.deleted_at:
        raise ClerkError("没有找到这个人员，请从名册里选择。")
    studies = _studies(reader, person_id, as_of, load_settings(reader).hours_per_day)
    years = sorted({as_of.year, *(study.on.year for study in studies)}, reverse=True)
    standings = [_standing(reader, year, as_of, person, studies) for year in years]
    post = post_on(reader, person_id, "", as_of)
    return PersonalFile(
        person, reader.name_of("unit", post.unit) if post else "", post.title if post else "", as_of,
        person.staff_kind in quotas_on(reader, as_of), tuple(standings), tuple(studies), results_of(reader, person_id, as_of),
        tuple(
            reader.find(
                AppointmentTest, "person = ? AND tested_on <= ?", (person_id, as_of.isoformat()), "tested_on DESC"
            )
        ),
    )  # fmt: skip


def _standing(reader: Reader, year: int, as_of: date, person: Person, studies: list[Study]) -> Standing:
    last = min(as_of, date(year, 12, 31))
    quota = quotas_on(reader, last).get(person.staff_kind, Quota())
    own = [study for study in studies if study.on.year == year]
    special = [
        study.on
        for study in studies
        if study.session.category == SPECIAL and study.presence in COUNTED and study.on <= last
    ]
    narrow = {
        item.words: _sum(one for one in own if item.words <= borne_by(one.session)) for item in quota.narrow
    }
    hours, days = _sum(own)
    return standing(
        quota, year, last, hours=hours, days=days,
        special_last=max(special, default=None), joined=person.joined_on,
        left=left_service(reader, last, person.id).get(person.id), narrow=narrow, over=as_of > last,
    )  # fmt: skip


def _sum(studies: Iterable[Study]) -> Done:
    studies = list(studies)
    return sum(one.hours for one in studies), sum(one.days for one in studies)


def _studies(reader: Reader, person_id: str, as_of: date, per_day: float) -> list[Study]:
    rows = {row.session: row for row in reader.find(StudyAttendance, "person = ?", (person_id,))}
    met = dict(
        reader.db.execute(
            "SELECT s.id, t.id FROM attendance t JOIN study_session s ON s.meeting = t.meeting "
            f"WHERE t.deleted_at IS NULL AND t.status IN ({CAME}) "
            "AND CASE t.status WHEN '代' THEN t.substitute ELSE t.person END = ?",
            (person_id,),
        ).fetchall()
    )
    found = []
    for session_id in {*rows, *met}:
        session = reader.get(StudySession, session_id)
        if session is None or session.deleted_at or not session.starts_at or session.starts_at.date() > as_of:
            continue
        row = rows.get(session_id)
        presence = row.presence if row else "参加"
        own = (row.hours, row.days) if row else (None, None)
        hours, days = credit(own, (session.hours, session.days), per_day) if presence in COUNTED else (0, 0)
        kind, record = ("study_attendance", row.id) if row else ("attendance", met[session_id])
        found.append(Study(session, session.starts_at.date(), presence, hours, days, kind, record))
    return sorted(found, key=lambda one: (one.on, one.session.id), reverse=True)
