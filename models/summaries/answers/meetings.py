"""Meetings as evidence, and the reports and minutes they ask for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from models.records.meeting import AgendaItem, Attendance, Meeting
from models.rules.attendance import rates
from models.rules.duties import Evidence, Occasion
from models.rules.meetings import BRANCH_CATEGORIES, called_off
from models.summaries.answers.sources import Sources, bears


def meetings(sources: Sources) -> Iterator[Evidence]:
    """Meetings that were held, by category and by the content classes of their agenda."""
    held = [meeting for meeting in _met(sources) if meeting.held]
    topics: dict[str, set[str]] = defaultdict(set)
    if any(clause.content_class for clause in sources.clauses):
        for item in sources.reader.find(AgendaItem, "content_class <> ''"):
            topics[item.meeting].add(item.content_class)
    shares = _attendance(sources, held) if sources.measures("人次", "比率") else {}
    for meeting in held:
        assert meeting.starts_at is not None
        expected, came = shares.get(meeting.id, (0, 0))
        words = bears(meeting_category=meeting.category, regular_only=meeting.nature != "临时")
        yield Evidence(
            "meeting", meeting.id, meeting.name, meeting.starts_at.date(),
            words | {("content_class", word) for word in topics[meeting.id]}, meeting.body,
            sources.units("", meeting.body), heads=came, share=(came, expected),
        )  # fmt: skip


def _met(sources: Sources) -> list[Meeting]:
    return sources.reader.find(
        Meeting, "starts_at BETWEEN ? AND ?", sources.moments, order="starts_at, id"
    )  # fmt: skip


def _attendance(sources: Sources, held: Iterable[Meeting]) -> dict[str, tuple[int, int]]:
    """Return by meeting how many were expected and how many came, substitutes for them counted."""
    rows: dict[str, list[Attendance]] = defaultdict(list)
    ids = json.dumps([meeting.id for meeting in held])
    for row in sources.reader.find(
        Attendance, "meeting IN (SELECT value FROM json_each(?))", (ids,), order="id"
    ):
        rows[row.meeting].append(row)
    counted = {meeting: rates(part) for meeting, part in rows.items()}
    return {meeting: (rate.expected, rate.present + rate.substituted) for meeting, rate in counted.items()}


def reports_before(sources: Sources) -> Iterator[Occasion]:
    yield from _meeting_reports(sources, "report_before", "会前报告")


def reports_after(sources: Sources) -> Iterator[Occasion]:
    yield from _meeting_reports(sources, "report_after", "会后情况")


def _meeting_reports(sources: Sources, name: str, what: str) -> Iterator[Occasion]:
    """Branch meetings, also those to come, and the day on which their report came in (S0-26)."""
    since = (sources.since.isoformat(),)
    for meeting in sources.reader.find(Meeting, "starts_at >= ?", since, order="starts_at, id"):
        if meeting.category in BRANCH_CATEGORIES and not called_off(meeting, sources.as_of):
            yield _meeting_occasion(sources, meeting, getattr(meeting, name), what)


def minutes(sources: Sources) -> Iterator[Occasion]:
    """Meetings that were held, and the day on which their minutes were issued."""
    for meeting in _met(sources):
        if meeting.held:
            yield _meeting_occasion(sources, meeting, meeting.issued_on, "纪要")


def _meeting_occasion(sources: Sources, meeting: Meeting, on: date | None, what: str) -> Occasion:
    assert meeting.starts_at is not None
    return Occasion(
        meeting.id, meeting.name, meeting.starts_at.date(),
        Evidence("meeting", meeting.id, f"{meeting.name}{what}", on) if on else None,
        bears(meeting_category=meeting.category), meeting.body, sources.units("", meeting.body),
    )  # fmt: skip
