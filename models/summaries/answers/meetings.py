"""Meetings as evidence, and the reports and minutes they ask for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from models.records.meeting import STATES, Attendance
from models.rules.attendance import rates
from models.rules.duties import Evidence, Occasion
from models.rules.meetings import BRANCH_CATEGORIES
from models.summaries.answers.sources import Sources, bears

_HELD = f"""SELECT id, name, category, nature, body, starts_at, issued_on FROM meeting WHERE deleted_at IS NULL
    AND starts_at BETWEEN ? AND ? AND state IN {STATES[2:]} {{where}} ORDER BY starts_at, id"""
_TOPICS = """SELECT meeting, content_class FROM agenda_item WHERE deleted_at IS NULL AND content_class <> ''
    AND meeting IN (SELECT value FROM json_each(?))"""
_BRANCHES = f"""SELECT id, name, category, body, starts_at, {{column}} FROM meeting WHERE deleted_at IS NULL
    AND starts_at >= ? AND category IN {BRANCH_CATEGORIES} AND CASE state
    WHEN '取消' THEN coalesce(cancelled_on, '') WHEN '延期' THEN coalesce(postponed_on, '') ELSE '9999' END > ? {{where}} ORDER BY starts_at, id"""


def meetings(sources: Sources) -> Iterator[Evidence]:
    """Meetings that were held, by category and by the content classes of their agenda."""
    held = sources.rows(_HELD.format(where=""), *sources.moments)
    topics: dict[str, set[str]] = defaultdict(set)
    if sources.words("content_class") != {""}:
        for meeting, word in sources.rows(_TOPICS, json.dumps([row[0] for row in held])):
            topics[meeting].add(word)
    shares = _attendance(sources, [row[0] for row in held]) if sources.measures("人次", "比率") else {}
    for meeting, name, category, nature, body, starts_at, _ in held:
        expected, came = shares.get(meeting, (0, 0))
        words = bears(meeting_category=category, regular_only=nature != "临时")
        yield Evidence(
            "meeting", meeting, name, date.fromisoformat(starts_at[:10]),
            words | {("content_class", word) for word in topics.get(meeting, ())}, body or "",
            sources.units("", body), heads=came, share=(came, expected),
        )  # fmt: skip


def _attendance(sources: Sources, held: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return by meeting how many were expected and how many came, substitutes for them counted."""
    rows: dict[str, list[Attendance]] = defaultdict(list)
    ids = json.dumps(list(held))
    for row in sources.reader.find(
        Attendance, "meeting IN (SELECT value FROM json_each(?))", (ids,), order="id"
    ):
        rows[row.meeting].append(row)
    counted = {meeting: rates(part) for meeting, part in rows.items()}
    return {meeting: (rate.expected, rate.present + rate.substituted) for meeting, rate in counted.items()}


def reports_before(sources: Sources) -> Iterator[Occasion]:
    """Branch meetings, also those to come, and the day their report came in (S0-26)."""
    yield from _reports(sources, "report_before", "会前报告")


def reports_after(sources: Sources) -> Iterator[Occasion]:
    """Branch meetings, also those to come, and the day on which was told how they went (S0-26)."""
    yield from _reports(sources, "report_after", "会后情况")


def _reports(sources: Sources, column: str, what: str) -> Iterator[Occasion]:
    found = sources.rows(_BRANCHES.format(column=column, where=sources.waiting(column)), *sources.days)
    for meeting, name, category, body, starts_at, answered in found:
        yield _occasion(sources, meeting, name, category, body, starts_at, answered, what)


def minutes(sources: Sources) -> Iterator[Occasion]:
    """Meetings that were held, and the day on which their minutes were issued."""
    held = sources.rows(_HELD.format(where=sources.waiting("issued_on")), *sources.moments)
    for meeting, name, category, _, body, starts_at, issued_on in held:
        yield _occasion(sources, meeting, name, category, body, starts_at, issued_on, "纪要")


def _occasion(
    sources: Sources, meeting: str, name: str, category: str, body: str, starts_at: str, answered: str | None, what: str
) -> Occasion:  # fmt: skip
    proof = Evidence("meeting", meeting, f"{name}{what}", date.fromisoformat(answered)) if answered else None
    on = date.fromisoformat(starts_at[:10])
    return Occasion(
        meeting, name, on, proof, bears(meeting_category=category), body or "", sources.places.in_charge(on, "", body)
    )  # fmt: skip
