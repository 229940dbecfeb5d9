"""At the right of a case: its evidence, what it hangs together with, its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models import clock
from models.records.values import short_day, show_day
from models.summaries.supervision import CaseSheet
from ui import look
from ui.session import Session
from ui.widgets.attachments import AttachmentStrip
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, holder, row, rule, scrolled

WIDTH = 228  # px


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open something; *note* says when, *about* stands above it."""

    words: str
    deed: Callable[[], None]
    note: str = ""
    about: str = ""


class CaseSide(QFrame):
    """Shows evidence, relations and papers of one case."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-right")
        self._session = session
        self.setFixedWidth(look.px(WIDTH))
        self.evidence = AttachmentStrip(session)
        self._related, self._papers = column(spacing=4), column(spacing=2)
        inner = column(
            self.evidence, 4, rule(), Label("前后关联", "section"), self._related, 4, rule(), Label("纸件", "section"),
            self._papers, STRETCH, spacing=8, margins=(14, 8, 14, 14),
        )  # fmt: skip
        self.setLayout(column(scrolled(holder(inner)), spacing=0))

    def show_case(self, sheet: CaseSheet) -> None:
        """Show what belongs to *sheet*."""
        self.evidence.show_record(sheet.case)
        _fill(self._related, self.relations(sheet), "由手工立项，没有关联的议定事项")
        _fill(self._papers, self.papers(sheet), "")

    def links(self, sheet: CaseSheet) -> list[Link]:
        """Return all that can be opened from here, for the menu of a narrow window."""
        return [*self.papers(sheet), *self.relations(sheet)]

    def relations(self, sheet: CaseSheet) -> list[Link]:
        """Return what the case came from."""
        resolution, meeting = sheet.resolution, sheet.meeting
        if resolution is None or meeting is None or meeting.starts_at is None:
            return []
        words = f"议定事项第 {resolution.position} 项" if resolution.position else "议定事项"
        deed = partial(self._session.open_record.emit, "resolution", resolution.id)
        return [Link(words, deed, about=f"{meeting.name}，{show_day(meeting.starts_at.date())}")]

    def papers(self, sheet: CaseSheet) -> list[Link]:
        """Return the papers, a slip and an application each by itself."""
        case = sheet.case
        found = [Link("督办单", self._paper("assignment", case.id), _short(case.assigned_on, "未交办"))]
        for step in sheet.steps:
            if step.kind == "催办":
                words = f"{step.number}催办单"
                found.append(Link(words, self._paper("slip", step.id), _short(step.happened_on)))
            elif step.kind == "延期申请":
                found.append(Link("延期审批表", self._paper("extension", step.id), _short(step.happened_on)))
        found.append(Link("办结报告", self._paper("closing", case.id), _short(case.reported_on, "报结后出")))
        return found

    def _paper(self, report: str, record_id: str) -> Callable[[], None]:
        return partial(self._session.open_report.emit, report, {"record_id": record_id})


def _short(day: date | None, missing: str = "") -> str:
    return short_day(day, clock.today()) or missing


def _fill(box: QVBoxLayout, links: list[Link], nothing: str) -> None:
    while item := box.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
    if not links and nothing:
        box.addWidget(Label(nothing, "help", wrap=True))
    for link in links:
        button = Button(link.words, "link", "" if link.about else "file-text")
        button.clicked.connect(link.deed)
        if link.about:
            box.addWidget(Label(link.about, "help", wrap=True))
        box.addWidget(holder(row(button, STRETCH, Label(link.note, "help"))))
