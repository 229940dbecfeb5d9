"""The figures of a year by name, over all lines of work, each with the records behind it, last year's beside.

A figure is the number of its records unless it measures them (a rate, 人次). Everything is as of a day; of a past
year as of its last day. What is compared is the same part of the year before (ideas 8).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from models.records.base import Field, FieldType, Kind, NameOf, Record, kind_of
from models.records.filing import Dynamic, Submission, adopted_by
from models.records.supervision import CaseStep
from models.records.values import show, stored_span
from models.rules.attendance import rates
from models.rules.duties import Obligation, State
from models.store.reader import Reader
from models.summaries.study_year import StudyYear, study_year
from models.summaries.supervision import sum_total
from models.summaries.year import RESOLUTION_STATES, Seat, YearSummary, year_summary

MEETINGS, ATTENDANCE, DUTIES, RESOLUTIONS = "会议", "出席", "制度要求", "议定事项"
STUDY, CASES, PAPERS = "学法", "督办", "报送"
LINES = (MEETINGS, ATTENDANCE, DUTIES, RESOLUTIONS, STUDY, CASES, PAPERS)
"""The lines of work in the order of the paper."""
_AMONG = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its *name* for the command line, *line* of work, *label*, *unit*; the *ids* of *kind* behind it."""

    name: str
    line: str
    label: str
    unit: str
    kind: str
    ids: tuple[str, ...]
    measured: float | None = None

    @property
    def value(self) -> float | None:
        """The figure; a rate is a percentage with one decimal, None where there was nothing to measure."""
        return None if self.unit == "%" and not self.ids else self.counted

    @property
    def counted(self) -> float:
        """The figure as it is sealed and numbered: a rate of nothing is 0."""
        return len(self.ids) if self.measured is None else self.measured


@dataclass(frozen=True, slots=True)
class ProofList:
    """The records behind the figures of one kind: headings and rows as lists show them (附表)."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | date, ...], ...]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The figures of *year* and, by name, those *before* as of *before_on*; *summary* is what they come from."""

    year: int
    as_of: date
    summary: YearSummary
    figures: tuple[Figure, ...]
    before: Mapping[str, float | None]
    before_on: date
    proofs: tuple[ProofList, ...]

    def value_before(self, one: Figure) -> float | None:
        """Return what the figure was the year before, None as for :attr:`Figure.value`."""
        return self.before.get(one.name, 0)

    @property
    def serial(self) -> str:
        """The name of the figures: the same for the same figures of the same day, whenever and wherever printed."""
        return serial_of(self.year, self.as_of, self.figures)

    def of_line(self, line: str) -> list[Figure]:
        """Return the figures of one line of work that are not 0 in both years."""
        return [one for one in self.figures if one.line == line and (one.value or self.before.get(one.name))]


def year_figures(reader: Reader, year: int, as_of: date) -> YearFigures:
    """Return the year with the same part of the year before; raises ClerkError for a year that cannot be meant."""
    summary = year_summary(reader, year, as_of)
    before_on = _year_before(summary.as_of)
    figures = tuple(figures_of(reader, summary))
    before = {one.name: one.value for one in figures_of(reader, year_summary(reader, year - 1, before_on))}
    return YearFigures(
        year,
        summary.as_of,
        summary,
        figures,
        before,
        before_on,
        tuple(_proofs(reader, figures, summary.as_of)),
    )


def figures_of(reader: Reader, summary: YearSummary) -> Iterator[Figure]:
    """Yield the figures of one year in the order of :data:`LINES`."""
    first, last = date(summary.year, 1, 1), summary.as_of
    yield from _meetings(summary)
    yield from _attendance(summary)
    yield from _duties(summary.obligations)
    yield from _resolutions(summary)
    yield from _study(study_year(reader, summary.year, last))
    yield from _cases(reader, first, last)
    yield from _papers(reader, first, last)


def digest_of(figures: Iterable[Figure]) -> str:
    """Return the SHA-256 over each figure's name, value and, in whatever order, the ids behind it."""
    told = [(one.name, one.counted, sorted(one.ids)) for one in figures]
    return hashlib.sha256(json.dumps(sorted(told), ensure_ascii=False).encode()).hexdigest()


def serial_of(year: int, as_of: date, figures: Iterable[Figure]) -> str:
    """Return 「2026-1121-3F9A2C」: year, day, and what the figures and the records behind them come to (ideas 8)."""
    return f"{year}-{as_of:%m%d}-{digest_of(figures)[:6].upper()}"


def _year_before(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


# One line of work each -------------------------------------------------------------------------


def _meetings(summary: YearSummary) -> Iterator[Figure]:
    held = [line.meeting for line in summary.meetings]
    yield Figure("meetings", MEETINGS, "召开会议", "次", "meeting", _ids(held))
    for nature, name in (("定期", "regular"), ("临时", "irregular")):
        ids = _ids(meeting for meeting in held if (meeting.nature == "临时") == (nature == "临时"))
        yield Figure(f"meetings.{name}", MEETINGS, f"{nature}会议", "次", "meeting", ids)
    for count in summary.categories:
        yield Figure(f"meetings.{count.label}", MEETINGS, count.label, "次", "meeting", count.ids)
    yield Figure("meetings.cancelled", MEETINGS, "取消会议", "次", "meeting", summary.cancelled.ids)


def _attendance(summary: YearSummary) -> Iterator[Figure]:
    rows = sorted(summary.expected, key=lambda row: row.meeting)
    expected = _ids(rows)
    yield Figure("attendance.expected", ATTENDANCE, "应到", "人次", "attendance", expected)
    for status, name in (("出席", "present"), ("代", "substituted"), ("请假", "excused"), ("缺席", "absent")):
        label = {"出席": "本人出席", "代": "代会"}.get(status, status)
        ids = _ids(row for row in rows if row.status == status)
        yield Figure(f"attendance.{name}", ATTENDANCE, label, "人次", "attendance", ids)
    counts = rates(rows)
    for label, name, share in (
        ("本人出席率", "own_rate", counts.own),
        ("单位出席率", "unit_rate", counts.unit),
    ):
        percent = round(100 * (share or 0), 1)
        yield Figure(f"attendance.{name}", ATTENDANCE, label, "%", "attendance", expected, percent)


def _duties(items: Iterable[Obligation]) -> Iterator[Figure]:
    items = list(items)

    def figure(name: str, label: str, own: Iterable[Obligation]) -> Figure:
        ids = tuple(item.id for item in own)
        return Figure(f"obligations.{name}", DUTIES, label, "项", "obligation", ids)

    done = [item for item in items if item.state is State.DONE]
    settled = (State.DONE, State.OVERDUE, State.WAIVED, State.EARLIER)
    uncounted = (State.WAIVED, State.EARLIER)
    yield figure("owed", "应办", (item for item in items if item.state not in uncounted))
    yield figure("done", "已完成", done)
    yield figure("done_late", "其中逾期完成", (item for item in done if item.late_days))
    yield figure("overdue", "逾期未完成", (item for item in items if item.state is State.OVERDUE))
    yield figure("running", "未到期", (item for item in items if item.state not in settled))
    yield figure("waived", "免办", (item for item in items if item.state is State.WAIVED))
    yield figure("earlier", "条款登记前已到期", (item for item in items if item.state is State.EARLIER))


def _resolutions(summary: YearSummary) -> Iterator[Figure]:
    yield Figure(
        "resolutions",
        RESOLUTIONS,
        "议定事项",
        "项",
        "resolution",
        _ids(line.record for line in summary.resolutions),
    )
    for standing, name in zip(RESOLUTION_STATES, ("done", "done_late", "running", "overdue"), strict=True):
        ids = summary.resolved(standing).ids
        yield Figure(f"resolutions.{name}", RESOLUTIONS, standing, "项", "resolution", ids)


def _study(year: StudyYear) -> Iterator[Figure]:
    sessions = _ids(line.session for line in year.sessions)
    persons = tuple(sorted({person for line in year.sessions for person in line.persons}))
    owing = [line for line in year.people if line.standing.owed_hours or line.standing.owed_days]
    yield Figure("study.sessions", STUDY, "学法活动", "次", "study_session", sessions)
    for form in year.forms:
        yield Figure(f"study.{form.label}", STUDY, form.label, "次", "study_session", form.ids)
    yield Figure("study.led", STUDY, "领导讲法", "次", "study_session", year.led)
    yield Figure("study.persons", STUDY, "参加人数", "人", "person", persons)
    yield Figure("study.heads", STUDY, "参加人次", "人次", "study_session", sessions, year.heads)
    yield Figure("study.owing", STUDY, "有学时学日要求", "人", "person", tuple(line.id for line in owing))
    met = tuple(line.id for line in owing if not line.standing.is_short)
    yield Figure("study.met", STUDY, "学时、学日都达标", "人", "person", met)
    yield Figure("study.exams", STUDY, "法律考试", "次", "exam", _ids(sheet.exam for sheet in year.exams))
    yield Figure("study.tests", STUDY, "任前考法", "人次", "appointment_test", _ids(year.tests))
    passed = _ids(test for test in year.tests if test.passed)
    yield Figure("study.tests_passed", STUDY, "任前考法合格", "人次", "appointment_test", passed)


def _cases(reader: Reader, first: date, last: date) -> Iterator[Figure]:
    total = sum_total(reader, first, last)

    def figure(name: str, label: str) -> Figure:
        return Figure(f"cases.{name}", CASES, label, "件", "case", tuple(getattr(total, name)))

    owed = figure("owed", "应办")
    yield owed
    yield figure("closed", "办结")
    yield figure("closed_late", "其中逾期办结")
    yield figure("running", "在办")
    yield figure("overdue", "逾期未办结")
    yield Figure("cases.rate", CASES, "办结率", "%", "case", owed.ids, round(100 * total.rate, 1))
    for kind, name in (("催办", "slips"), ("延期批准", "extensions")):
        steps = reader.find(
            CaseStep, "kind = ? AND happened_on BETWEEN ? AND ?", (kind, *stored_span(first, last))
        )
        ids = _ids(steps)
        yield Figure(f"cases.{name}", CASES, kind, "次", "case_step", ids)


def _papers(reader: Reader, first: date, last: date) -> Iterator[Figure]:
    within = ("received_on BETWEEN ? AND ?", stored_span(first, last))
    papers = reader.find(Submission, *within)
    yield Figure("submissions", PAPERS, "收到报送材料", "件", "submission", _ids(papers))
    returned = _ids(one for one in papers if one.returned_on and one.returned_on <= last)
    yield Figure("submissions.returned", PAPERS, "退改", "件", "submission", returned)
    adopted = _ids(one for one in papers if adopted_by(one, last))
    yield Figure("submissions.adopted", PAPERS, "采用", "件", "submission", adopted)
    news = reader.find(Dynamic, *within)
    yield Figure("dynamics", PAPERS, "工作动态", "条", "dynamic", _ids(news))
    yield Figure(
        "dynamics.adopted",
        PAPERS,
        "采用动态",
        "条",
        "dynamic",
        _ids(one for one in news if adopted_by(one, last)),
    )


def _ids(records: Iterable[Record | Seat]) -> tuple[str, ...]:
    return tuple(record.id for record in records)


# The lists that prove them ---------------------------------------------------------------------

_LISTED: dict[str, tuple[str, ...]] = {
    "study_session": ("starts_at", "subject", "category", "unit", "body", "speaker", "hours"),
    "exam": ("held_on", "name", "unit", "audience", "full_marks", "pass_marks"),
    "appointment_test": ("tested_on", "person", "post", "unit", "score", "passed"),
    "case": ("number", "matter", "lead_units", "opened_on", "due_on", "closed_on"),
    "submission": ("item", "unit", "body", "year", "received_on", "returned_on", "adopted"),
    "dynamic": ("received_on", "title", "dynamic_class", "unit", "body", "adopted"),
}
"""Kinds listed record by record with what tells where each stands; meetings, attendance, obligations and resolutions
have lists of their own."""
_LATER = ("closed_on", "returned_on")
"""What may have come after the day the list is of."""


def _proofs(reader: Reader, figures: Iterable[Figure], as_of: date) -> Iterator[ProofList]:
    behind: dict[str, dict[str, None]] = {kind: {} for kind in _LISTED}
    for figure in figures:
        behind.get(figure.kind, {}).update(dict.fromkeys(figure.ids))
    for kind_id, ids in behind.items():
        if ids:
            yield _listed(reader, kind_of(kind_id), ids, as_of)


def _listed(reader: Reader, kind: Kind, ids: Iterable[str], as_of: date) -> ProofList:
    """Return the records as of a day; a column that nothing stands in is left out."""
    fields = [kind.field(name) for name in _LISTED[kind.id]]
    name_of = cache(reader.name_of)  # few units and bodies stand in many rows
    rows = [
        [_shown(record, field, as_of, name_of) for field in fields]
        for record in reader.find(kind.record, f"id {_AMONG}", (json.dumps(list(ids)),))
    ]
    filled = [place for place in range(len(fields)) if any(row[place] for row in rows)]
    return ProofList(
        f"{kind.label}一览表",
        tuple(fields[place].label for place in filled),
        tuple(tuple(row[place] for place in filled) for row in rows),
    )


def _shown(record: Record, field: Field, as_of: date, name_of: NameOf) -> str | date:
    value = getattr(record, field.name)
    if field.name == "adopted" and isinstance(record, Submission | Dynamic):
        return "是" if adopted_by(record, as_of) else ""
    if field.type is FieldType.DATE and value:
        return "" if field.name in _LATER and value > as_of else value
    return show(field, value, name_of)
