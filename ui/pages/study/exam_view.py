"""One exam: its bar with the grades counted, every person's best result, the scores as entered, its facts."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.errors import ClerkError
from models.records.study import Exam
from models.records.values import show_day
from models.rules.study import EXEMPT, FAILED
from models.store.reader import Filter
from models.summaries.exams import MISSED, ExamSheet, Result, exam_sheet
from ui.forms.record_form import RecordForm
from ui.pages.study.personal_dialog import PersonalDialog
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import Cell, LightCell, TextCell, leading, number, value
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.paint import Mark
from ui.widgets.parts import turn_parts
from ui.widgets.tabs import Tabs

PARTS = ("结果", "成绩登记", "概况")
HEADERS = ("序", "姓名", "单位", "成绩", "次数", "等次")
_SHOWS = {"exam", "exam_score", "person", "appointment"}
_MARKS = {FAILED: Mark.RED, MISSED: Mark.GREY, EXEMPT: Mark.BLUE}


class ExamView(QWidget):
    """Shows the exam named by :meth:`show_exam`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._exam_id = ""
        self.table = CellTable("考试结果", HEADERS, (52, 110, 220, 80, 64, 120), stretch=2)
        self.model = self.table.content
        self.table.set_empty_note("还没有成绩，在“成绩登记”里新增，或从 Excel 导入")
        self.table.opened.connect(self._open_person)
        self.scores = RegisterView(session, "exam_score")
        self.facts = RecordForm(session, "exam", headed=False)
        self._stack = QStackedWidget()
        for part in (self.table, self.scores, self.facts):
            self._stack.addWidget(part)
        self._build()
        session.changed.connect(self._changed)

    def show_exam(self, exam_id: str, *, part: int = 0) -> None:
        """Open an exam at one of its :data:`PARTS`."""
        if exam_id != self._exam_id:
            self._exam_id = exam_id
            self.scores.pane.close_form()
            self.scores.set_fixed((Filter("exam", "=", exam_id),), {"exam": exam_id})
            self.facts.load(self._session.ledger.get(Exam, exam_id))
        self._tabs.setCurrentIndex(part)
        self.refresh()

    def refresh(self) -> None:
        """Read the exam again."""
        try:
            sheet = exam_sheet(self._session.ledger, self._exam_id)
        except ClerkError:
            return
        self._show_bar(sheet)
        self.model.set_rows([_row(place, result) for place, result in enumerate(sheet.results, 1)])
        self.scores.refresh()
        if not self.facts.dirty():
            self.facts.load(sheet.exam)

    def can_leave(self) -> bool:
        """Ask about unsaved work."""
        return self.facts.may_close() and self.scores.can_leave()

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        shown = self._stack.currentWidget()
        return self.scores.table.view if shown is self.scores else self.table if shown is self.table else None

    def _build(self) -> None:
        self._title, self._meta, self._counts = (
            Label("", "title"),
            Label("", "secondary"),
            Label("", "secondary"),
        )
        self._rate = Chip("", "accent")
        self._tabs = Tabs("考试内容", PARTS)
        turn_parts(self._tabs, self.can_leave, self._stack.setCurrentIndex)
        paper = Button("试卷", icon="file-text")
        paper.clicked.connect(
            lambda: self._session.open_report.emit("exam_paper", {"record_id": self._exam_id})
        )
        bar = column(
            row(self._title, self._rate, STRETCH, paper, margins=(20, 12, 16, 0)),
            row(self._meta, STRETCH, margins=(20, 4, 16, 0)), row(self._counts, STRETCH, margins=(20, 2, 16, 4)),
            row(self._tabs, STRETCH, margins=(20, 0, 20, 0)), spacing=0,
        )  # fmt: skip
        whole = column(frame("bar", bar), self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _show_bar(self, sheet: ExamSheet) -> None:
        exam = sheet.exam
        self._title.setText(exam.name)
        rate = sheet.pass_rate
        self._rate.setText("" if rate is None else f"合格率 {rate:.1%}")
        self._rate.setVisible(rate is not None)
        unit = self._session.ledger.name_of("unit", exam.unit)
        audience = f"考试对象 {exam.audience}" if exam.audience else ""
        facts = (
            show_day(exam.held_on),
            unit,
            audience,
            f"满分 {exam.full_marks or 100:g}",
        )
        self._meta.setText(" · ".join(filter(None, facts)))
        counted = [f"{word} {sheet.count(word)} 人" for word in sheet.words if sheet.count(word)]
        self._counts.setText(f"参考 {sheet.sat} 人" + "".join(f" · {part}" for part in counted))
        self._tabs.setTabText(0, f"{PARTS[0]} {len(sheet.results)}")

    def _open_person(self, index: QModelIndex) -> None:
        found = self.model.row_of(index)
        if found is not None and isinstance(found.subject, Result):
            PersonalDialog(self.window(), self._session, found.subject.person).exec()

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible() and kinds & _SHOWS:
            self.refresh()


def _row(place: int, result: Result) -> CellRow:
    score = f"{result.best:g}" if result.best is not None else ""
    attempts = str(result.attempts) if result.attempts else ""
    cells: tuple[Cell, ...] = (
        TextCell(str(place), "text3", 13, align="right"), leading(result.name), value(result.unit), number(score),
        number(attempts), LightCell(_MARKS.get(result.word, Mark.GREEN), result.word),
    )  # fmt: skip
    return CellRow(cells, "person", result.person, result)
