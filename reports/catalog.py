"""The papers the program makes: the menu and the command line both come from :data:`REPORTS`.

A paper is added with one function that returns a :class:`Document` and one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from models import clock
from models.documents.blocks import Document
from models.errors import ClerkError
from models.records.base import kind_of
from models.records.supervision import CaseStep
from models.settings import load_settings
from models.store.files import Written, write_file
from models.store.reader import Reader
from models.summaries.calendar import calendar, without
from models.summaries.dossier import person_dossier, unit_dossier
from models.summaries.exams import exam_paper
from models.summaries.filing import FilingBoard, filing_board, media_uses, news_lines
from models.summaries.meeting import meeting_sheet
from models.summaries.roster import roster_of
from models.summaries.study import session_sheet
from models.summaries.study_file import personal_file
from models.summaries.study_year import host_of, planned, study_year
from models.summaries.supervision import CaseSheet, case_sheet, next_slip, unit_totals
from models.summaries.week import week_plan
from models.summaries.year_figures import year_figures
from models.summaries.year_lists import sheet_lists
from models.summaries.year_text import part_texts
from models.summaries.years import is_over, year_in_hand
from reports.annual import build_annual
from reports.annual_report import build_annual_report
from reports.dossier import build_dossier
from reports.exam_paper import build_paper
from reports.filing import build_filing, build_filing_reminder, build_medium_book
from reports.minutes import build_minutes
from reports.notice import build_notice
from reports.plans import build_wall, build_week
from reports.roster import build_roster
from reports.sign_in import build_sign_in
from reports.study import build_personal_file, build_plan, build_session_sheet
from reports.study_bulletin import build_bulletin
from reports.supervision import build_assignment, build_closing, build_extension, build_slip
from reports.supervision_notice import build_supervision_notice
from reports.words import refuse_leftovers

YEAR, WEEK = "year", "week"
"""What a paper is about that is no record: a year, the week of a day."""


@dataclass(frozen=True, kw_only=True)
class ReportOptions:
    """What a paper is about and how: a meeting, a body, a *record_id* of another kind, or a year. *as_of* is the day
    it speaks of, *since* where its period begins (None: with the year), *order* the order of names
    (:data:`models.rules.name_order.ORDERS`), *show_absent* prints 缺席 in the minutes, *hidden* are kinds of events
    that a calendar leaves out."""

    meeting_id: str = ""
    body_id: str = ""
    record_id: str = ""
    year: int = 0
    since: date | None = None
    as_of: date = field(default_factory=clock.today)
    order: str = ""
    show_absent: bool = False
    hidden: tuple[str, ...] = ()

    def subject(self, about: str) -> str | int:
        """Return what a paper *about* that kind is about, "" or 0 when it is not told."""
        given: dict[str, str | int] = {
            "meeting": self.meeting_id, "body": self.body_id, YEAR: self.year, WEEK: self.as_of.isoformat(),
        }  # fmt: skip
        return given.get(about, self.record_id)


@dataclass(frozen=True, slots=True)
class Report:
    """One paper: *identifier* on the command line, *title* in the menu, *about* the id of a record kind or
    :data:`YEAR`, *formats* as file suffixes.

    *asks* names the options beside its subject that change it, so that a preview offers these.
    """

    identifier: str
    title: str
    about: str
    formats: tuple[str, ...]
    compose: Callable[[Reader, ReportOptions], Document]
    asks: tuple[str, ...] = ()

    def build(self, reader: Reader, options: ReportOptions) -> Document:
        """Return the paper; raises ClerkError when its subject is missing or a template gap is left."""
        if not options.subject(self.about):
            raise ClerkError(f"“{self.title}”要指明{subject_label(self.about)}。")
        document = self.compose(reader, options)
        refuse_leftovers(document)
        return document


def _minutes(reader: Reader, options: ReportOptions) -> Document:
    return build_minutes(
        meeting_sheet(reader, options.meeting_id), load_settings(reader), show_absent=options.show_absent
    )


def _notice(reader: Reader, options: ReportOptions) -> Document:
    return build_notice(meeting_sheet(reader, options.meeting_id), load_settings(reader), options.as_of)


def _sign_in(reader: Reader, options: ReportOptions) -> Document:
    return build_sign_in(meeting_sheet(reader, options.meeting_id), load_settings(reader))


def _roster(reader: Reader, options: ReportOptions) -> Document:
    roster = roster_of(reader, options.body_id, options.as_of, options.order)
    return build_roster(roster, load_settings(reader))


def _study_sheet(reader: Reader, options: ReportOptions) -> Document:
    return build_session_sheet(session_sheet(reader, options.record_id), load_settings(reader))


def _study_file(reader: Reader, options: ReportOptions) -> Document:
    return build_personal_file(personal_file(reader, options.record_id, options.as_of), load_settings(reader))


def _exam_paper(reader: Reader, options: ReportOptions) -> Document:
    return build_paper(exam_paper(reader, options.record_id), load_settings(reader))


def _study_plan(reader: Reader, options: ReportOptions) -> Document:
    sessions = [(one, host_of(reader, one)) for one in planned(reader, options.year)]
    return build_plan(options.year, sessions, load_settings(reader))


def _study_bulletin(reader: Reader, options: ReportOptions) -> Document:
    return build_bulletin(study_year(reader, options.year, options.as_of), load_settings(reader))


def _annual(reader: Reader, options: ReportOptions) -> Document:
    figures = year_figures(reader, options.year, options.as_of)
    lists = sheet_lists(reader, figures)
    return build_annual(figures, load_settings(reader), part_texts(reader, options.year), lists)


def _annual_report(reader: Reader, options: ReportOptions) -> Document:
    figures, parts = year_figures(reader, options.year, options.as_of), part_texts(reader, options.year)
    return build_annual_report(figures, parts, load_settings(reader), options.as_of)


def _case(reader: Reader, options: ReportOptions) -> tuple[CaseSheet, CaseStep | None]:
    """Return the case as of the day of the paper, or the one a step belongs to as it stood then; and that step."""
    step = reader.get(CaseStep, options.record_id)
    if step is None or step.happened_on is None:
        return case_sheet(reader, options.record_id, options.as_of), None
    return case_sheet(reader, step.matter, step.happened_on, step.id), step


def _assignment(reader: Reader, options: ReportOptions) -> Document:
    return build_assignment(_case(reader, options)[0], load_settings(reader), options.as_of)


def _slip(reader: Reader, options: ReportOptions) -> Document:
    sheet, step = _case(reader, options)
    return build_slip(sheet, step or next_slip(sheet), load_settings(reader))


def _extension(reader: Reader, options: ReportOptions) -> Document:
    return build_extension(*_case(reader, options), load_settings(reader))


def _closing(reader: Reader, options: ReportOptions) -> Document:
    return build_closing(_case(reader, options)[0], load_settings(reader))


def _supervision_notice(reader: Reader, options: ReportOptions) -> Document:
    since = options.since or date(options.year, 1, 1)
    until = min(options.as_of, date(options.year, 12, 31))
    if until < since:
        raise ClerkError("截至日期早于起始日期，请改正。")
    return build_supervision_notice(unit_totals(reader, since, until), load_settings(reader))


def _filing(reader: Reader, options: ReportOptions) -> Document:
    news = news_lines(reader, options.year, options.as_of)
    return build_filing(_board(reader, options), news, load_settings(reader))


def _filing_reminder(reader: Reader, options: ReportOptions) -> Document:
    return build_filing_reminder(_board(reader, options), load_settings(reader), options.record_id)


def _board(reader: Reader, options: ReportOptions) -> FilingBoard:
    over = is_over(options.year, options.as_of, clock.today())
    return filing_board(reader, options.year, options.as_of, over=over)


def _medium_use(reader: Reader, options: ReportOptions) -> Document:
    as_of = min(options.as_of, date(options.year, 12, 31))
    return build_medium_book(
        media_uses(reader, options.year, as_of), options.year, as_of, load_settings(reader)
    )


def _week(reader: Reader, options: ReportOptions) -> Document:
    return build_week(week_plan(reader, options.as_of, clock.today()), load_settings(reader))


def _year_wall(reader: Reader, options: ReportOptions) -> Document:
    year, as_of = options.year, options.as_of
    shown = calendar(reader, date(year, 1, 1), date(year, 12, 31), as_of)
    kept = shown.only(lambda event: event.kind not in options.hidden)
    return build_wall(kept, year, as_of, load_settings(reader), without(shown.events, options.hidden))


def _unit_dossier(reader: Reader, options: ReportOptions) -> Document:
    dossier = unit_dossier(reader, options.record_id, options.as_of, _year_of(options))
    return build_dossier(dossier, load_settings(reader))


def _person_dossier(reader: Reader, options: ReportOptions) -> Document:
    dossier = person_dossier(reader, options.record_id, options.as_of, _year_of(options))
    return build_dossier(dossier, load_settings(reader))


def _year_of(options: ReportOptions) -> int:
    """Return the year of a dossier: the one asked for, else the one in hand on the day; none after the day."""
    return min(options.year, options.as_of.year) or year_in_hand(options.as_of)


REPORTS: dict[str, Report] = {
    report.identifier: report
    for report in (
        Report("notice", "会议通知", "meeting", (".pdf", ".docx"), _notice, ("as_of",)),
        Report("sign_in", "签到表", "meeting", (".pdf", ".docx", ".xlsx"), _sign_in),
        Report("minutes", "会议纪要", "meeting", (".pdf", ".docx"), _minutes, ("show_absent",)),
        Report("roster", "组成人员名单", "body", (".pdf", ".docx", ".xlsx"), _roster, ("order", "as_of")),
        Report("assignment", "督办单", "case", (".pdf", ".docx"), _assignment),
        Report("slip", "催办单", "case", (".pdf", ".docx"), _slip),
        Report("extension", "延期审批表", "case", (".pdf", ".docx"), _extension),
        Report("closing", "办结报告", "case", (".pdf", ".docx"), _closing),
        Report(
            "supervision",
            "督查通报",
            "year",
            (".pdf", ".docx", ".xlsx"),
            _supervision_notice,
            ("since", "as_of"),
        ),
        Report("study_sheet", "学法登记表", "study_session", (".pdf", ".docx", ".xlsx"), _study_sheet),
        Report("study_file", "个人学法档案", "person", (".pdf", ".docx", ".xlsx"), _study_file, ("as_of",)),
        Report("exam_paper", "试卷", "exam", (".pdf", ".docx"), _exam_paper),
        Report("study_plan", "年度学法计划", YEAR, (".pdf", ".docx", ".xlsx"), _study_plan),
        Report(
            "study_bulletin", "学法情况通报", YEAR, (".pdf", ".docx", ".xlsx"), _study_bulletin, ("as_of",)
        ),
        Report("filing", "报送情况一览表", "year", (".pdf", ".docx", ".xlsx"), _filing, ("as_of",)),
        Report(
            "filing_reminder", "催报通知", "year", (".pdf", ".docx", ".xlsx"), _filing_reminder, ("as_of",)
        ),
        Report("medium_use", "介质使用登记簿", "year", (".pdf", ".docx", ".xlsx"), _medium_use),
        Report("annual", "年度总结", "year", (".pdf", ".docx", ".xlsx"), _annual, ("as_of",)),
        Report(
            "annual_report",
            "法治政府建设情况报告",
            "year",
            (".pdf", ".docx", ".xlsx"),
            _annual_report,
            ("as_of",),
        ),
        Report("year_wall", "工作年历", YEAR, (".pdf", ".docx"), _year_wall),
        Report("week", "周安排表", WEEK, (".pdf", ".docx", ".xlsx"), _week, ("as_of",)),
        Report(
            "unit_dossier", "单位依法行政档案", "unit", (".pdf", ".docx", ".xlsx"), _unit_dossier, ("as_of",)
        ),
        Report(
            "person_dossier",
            "个人法治档案",
            "person",
            (".pdf", ".docx", ".xlsx"),
            _person_dossier,
            ("as_of",),
        ),
    )
}


_NO_RECORDS = {YEAR: "年度", WEEK: "周"}


def is_record(about: str) -> bool:
    """Tell whether a paper *about* that is about a record, not a stretch of time."""
    return about not in _NO_RECORDS


def subject_label(about: str) -> str:
    """Return what a paper *about* that is about, as the clerk calls it."""
    return _NO_RECORDS.get(about) or kind_of(about).label


SUBJECTS: dict[str, str] = {report.about: subject_label(report.about) for report in REPORTS.values()}
"""What papers can be about, with its label."""
SUBJECT_OPTIONS = {"meeting": "meeting_id", "body": "body_id", YEAR: "year", WEEK: "as_of"}
"""The option that names the subject; ``record_id`` for every other kind."""


def report_of(identifier: str) -> Report:
    """Return the paper, its words joined by ``_`` or ``-``; raises ClerkError that lists the known ones."""
    identifier = identifier.replace("-", "_")
    if identifier not in REPORTS:
        known = "、".join(f"{report.identifier}（{report.title}）" for report in REPORTS.values())
        raise ClerkError(f"没有“{identifier}”这种报表，可选：{known}。")
    return REPORTS[identifier]


def write_report(reader: Reader, report: Report, options: ReportOptions, target: Path) -> Written:
    """Write the paper to *target* in the format its suffix names, through the one writer of files."""
    suffix = target.suffix.lower()
    if suffix not in report.formats:
        raise ClerkError(
            f"“{report.title}”可以存为 {'、'.join(report.formats)}，不能存为“{suffix or '无扩展名'}”。"
        )
    document = report.build(reader, options)
    return write_file(target, lambda stream: render(document, suffix, stream))


def render(document: Document, suffix: str, stream: BinaryIO) -> None:
    """Write *document* to *stream* as ``.pdf``, ``.docx`` or ``.xlsx``; loads that library only."""
    if suffix == ".pdf":
        from reports.paper.pdf import render_pdf

        render_pdf(document, stream)
    elif suffix == ".docx":
        from reports.paper.word import render_docx

        render_docx(document, stream)
    else:
        from reports.sheets.workbook import render_xlsx

        render_xlsx(document, stream)
