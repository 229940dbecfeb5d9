"""Study and exams as evidence: for whoever held them, and for each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from models.records.study import Exam, StudySession
from models.rules.duties import Evidence
from models.summaries.answers.sources import Bears, Sources, bears
from models.summaries.exams import exam_sheet
from models.summaries.study import credits_between


def sessions(sources: Sources) -> Iterator[Evidence]:
    """Study sessions for whoever held them; 人次 are those of the roster and those outside it (S3-14)."""
    heads: Counter[str] = Counter()
    if sources.measures("人次"):
        heads.update(one.session for one in credits_between(sources.reader, sources.since, sources.as_of))
    for session in _studied(sources):
        assert session.starts_at is not None
        yield Evidence(
            "study_session", session.id, session.subject, session.starts_at.date(), _words_of(session), session.body,
            sources.units(session.unit, session.body), hours=session.hours or 0, days=session.days or 0,
            heads=heads[session.id] + (session.headcount or 0),
        )  # fmt: skip


def studies(sources: Sources) -> Iterator[Evidence]:
    """Study for each person who took part, with the hours and days it counts (S1-17 … S1-19)."""
    sessions = {session.id: session for session in _studied(sources)}
    words = {session.id: _words_of(session) for session in sessions.values()}
    asked = sources.words("study_category")
    category = asked.pop() if len(asked) == 1 else ""
    for one in credits_between(
        sources.reader, sources.since, sources.as_of, category=category, person=sources.person
    ):
        if one.session in sessions:
            yield Evidence(
                "study_session", one.session, sessions[one.session].subject, date.fromisoformat(one.on),
                words[one.session], person=one.person, hours=one.hours, days=one.days, heads=1,
            )  # fmt: skip


def _studied(sources: Sources) -> list[StudySession]:
    return sources.reader.find(
        StudySession, "starts_at BETWEEN ? AND ?", sources.moments, order="starts_at, id"
    )  # fmt: skip


def _words_of(session: StudySession) -> Bears:
    return bears(
        study_category=session.category, before_meeting=session.before_meeting, leader_speaks=session.leader_speaks
    )  # fmt: skip


def exams(sources: Sources) -> Iterator[Evidence]:
    for exam in _held_exams(sources):
        assert exam.held_on is not None
        yield Evidence("exam", exam.id, exam.name, exam.held_on, units=sources.units(exam.unit))


def passes(sources: Sources) -> Iterator[Evidence]:
    """Exams for each person who passed or was exempt."""
    for exam in _held_exams(sources):
        assert exam.held_on is not None
        for result in exam_sheet(sources.reader, exam.id).results:
            if result.passed and sources.person in ("", result.person):
                yield Evidence("exam", exam.id, exam.name, exam.held_on, person=result.person)


def _held_exams(sources: Sources) -> list[Exam]:
    return sources.reader.find(Exam, "held_on BETWEEN ? AND ?", sources.days, order="held_on, id")
