"""Every paper of a year: of its meetings, its study sessions and exams, its cases, its bodies, and of the year itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from models.documents.blocks import Document
from models.errors import ClerkError
from models.records.meeting import Meeting
from models.records.organisation import Body
from models.records.study import Exam, StudySession
from models.records.supervision import Case, CaseStep
from models.records.values import stored_year
from models.store.reader import Reader
from models.summaries.exams import exam_paper
from models.summaries.year_files import FreeNames, folder_name
from reports.catalog import REPORTS, YEAR, Report, ReportOptions

_MOST_TOLD = 8  # papers that cannot be made, named at once
Subject = tuple[PurePosixPath, ReportOptions]
"""The folder of a subject and what its papers are asked for."""
Wanted = tuple[Report, PurePosixPath, ReportOptions]
"""One paper and its place."""


@dataclass(frozen=True, slots=True)
class YearPaper:
    """One composed paper and its *place* below the exported folder, without suffix."""

    place: PurePosixPath
    document: Document
    formats: tuple[str, ...]


def year_papers(reader: Reader, as_of: date, progress: Callable[[int, int], None]) -> list[YearPaper]:
    """Compose all papers of the year of *as_of*; raises ClerkError that names those that cannot be made.

    ``progress(done, of)`` follows each.
    """
    subjects: dict[str, Iterable[Subject]] = {
        "meeting": list(_meetings(reader, as_of)),
        "study_session": list(_sessions(reader, as_of)),
        "exam": list(_exams(reader, as_of)),
        "body": [
            (PurePosixPath("机构名单", folder_name(body.name)), ReportOptions(body_id=body.id, as_of=as_of))
            for body in reader.in_force(Body, as_of)
        ],
        YEAR: [(PurePosixPath("年度"), ReportOptions(year=as_of.year, as_of=as_of))],
    }
    wanted: list[Wanted] = [
        (report, folder / folder_name(report.title), options)
        for report in REPORTS.values()
        for folder, options in subjects.get(report.about, ())
    ]
    wanted += _cases(reader, as_of)
    papers, refused = [], []
    for number, (report, place, options) in enumerate(wanted, 1):
        try:
            papers.append(_compose(reader, report, place, options))
        except ClerkError as error:
            refused.append(str(error))
        progress(number, len(wanted))
    if refused:
        more = f"\n共 {len(refused)} 份文书不能生成，改好后再导出。" if refused[1:] else ""
        raise ClerkError("\n".join(refused[:_MOST_TOLD]) + more)
    return papers


def unmarked(reader: Reader, as_of: date) -> tuple[str, ...]:
    """Return the meetings of the year whose day is past but that nobody has marked as held."""
    past = reader.find(Meeting, "starts_at BETWEEN ? AND ?", stored_year(as_of), "starts_at")
    return tuple(meeting.name for meeting in past if meeting.state in ("计划", "通知"))


def without_paper(reader: Reader, as_of: date) -> tuple[str, ...]:
    """Return the exams of the year whose paper the question bank cannot give: it was set elsewhere."""
    return tuple(exam.name for exam in _held(reader, as_of) if not _has_paper(reader, exam))


def _meetings(reader: Reader, as_of: date) -> Iterator[Subject]:
    """Give the meetings held in the year until *as_of*, each with a folder named by day and name."""
    names = FreeNames()
    for meeting in reader.find(Meeting, "starts_at BETWEEN ? AND ?", stored_year(as_of), "starts_at"):
        if meeting.held and meeting.starts_at:
            folder = names.take(PurePosixPath("文书"), _dated(meeting.starts_at, meeting.name))
            yield folder, ReportOptions(meeting_id=meeting.id, as_of=meeting.starts_at.date())


def _sessions(reader: Reader, as_of: date) -> Iterator[Subject]:
    """Give the study sessions of the year until *as_of*."""
    names = FreeNames()
    for session in reader.find(StudySession, "starts_at BETWEEN ? AND ?", stored_year(as_of), "starts_at"):
        assert session.starts_at is not None
        folder = names.take(PurePosixPath("学法"), _dated(session.starts_at, session.subject))
        yield folder, ReportOptions(record_id=session.id, as_of=session.starts_at.date())


def _exams(reader: Reader, as_of: date) -> Iterator[Subject]:
    """Give the exams of the year until *as_of* whose paper comes from the question bank."""
    names = FreeNames()
    for exam in _held(reader, as_of):
        if _has_paper(reader, exam):
            folder = names.take(PurePosixPath("学法"), folder_name(f"{exam.held_on} {exam.name}"))
            yield folder, ReportOptions(record_id=exam.id, as_of=exam.held_on or as_of)


def _cases(reader: Reader, as_of: date) -> Iterator[Wanted]:
    """Give the papers that went out for cases in the year until *as_of*, each slip and each application by itself."""
    names, steps = FreeNames(), defaultdict(list)
    period = stored_year(as_of)
    for step in reader.find(CaseStep, "happened_on BETWEEN ? AND ?", period, "happened_on, id"):
        steps[step.matter].append(step)
    for case in reader.find(Case, "opened_on < ?", period[1:], "opened_on, id"):
        papers = list(_papers_of(case, steps[case.id], as_of))
        if papers:
            folder = names.take(PurePosixPath("督办"), folder_name(f"{case.opened_on} {case.matter}"))
        for report_id, name, record_id, on in papers:
            place = names.take(folder, name)
            yield REPORTS[report_id], place, ReportOptions(record_id=record_id, as_of=on)


def _papers_of(case: Case, steps: Iterable[CaseStep], as_of: date) -> Iterator[tuple[str, str, str, date]]:
    """Give report, name, record and day of the papers of one case."""
    if case.assigned_on and _in_year(case.assigned_on, as_of):
        yield "assignment", "督办单", case.id, case.assigned_on
    for step in steps:
        if step.kind == "催办":
            yield "slip", f"{step.number}催办单", step.id, as_of
        elif step.kind == "延期申请":
            yield "extension", "延期审批表", step.id, as_of
    if case.reported_on and _in_year(case.reported_on, as_of):
        yield "closing", "办结报告", case.id, as_of


def _in_year(day: date, as_of: date) -> bool:
    return day.year == as_of.year and day <= as_of


def _held(reader: Reader, as_of: date) -> list[Exam]:
    return reader.find(Exam, "held_on BETWEEN ? AND ?", stored_year(as_of), "held_on, id")


def _has_paper(reader: Reader, exam: Exam) -> bool:
    try:
        exam_paper(reader, exam.id)
    except ClerkError:
        return False
    return True


def _dated(moment: datetime, name: str) -> str:
    return folder_name(f"{moment:%Y-%m-%d} {name}")


def _compose(reader: Reader, report: Report, place: PurePosixPath, options: ReportOptions) -> YearPaper:
    try:
        document = report.build(reader, options)
    except ClerkError as error:
        raise ClerkError(f"{place.parent.name}的“{report.title}”不能生成：{error}") from error
    return YearPaper(place, document, report.formats)
