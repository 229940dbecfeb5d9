"""One exam: its bar with the grades counted, every person's best result, the scores as entered, its facts."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import clock
from models.deeds.study import people_of, save_score
from models.errors import ClerkError
from models.records.meeting import Resolution
from models.records.study import Exam
from models.records.values import show_day
from models.store.reader import Filter
from models.summaries.exams import ExamSheet, exam_sheet
from models.summaries.organisation import post_on
from ui.correction import with_reason
from ui.dialogs.pick import pick
from ui.forms.following import follow
from ui.forms.record_form import RecordForm
from ui.pages.study.personal_dialog import PersonalDialog
from ui.pages.study.score_table import ScoreTable
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.tabs import Tabs

PARTS = ("结果", "成绩登记", "概况")
_SHOWS = {"exam", "exam_score", "person", "appointment"}


class ExamView(QWidget):
    """Shows the exam named by :meth:`show_exam`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._exam_id = ""
        self._also: tuple[str, ...] = ()
        self.table = ScoreTable()
        self.model = self.table.content
        self.table.set_empty_note("还没有成绩：按单位添加人员，逐个输入；或在“成绩登记”里从 Excel 导入")
        self.table.opened.connect(self._open_person)
        self.model.typed.connect(self._score, Qt.ConnectionType.QueuedConnection)  # once the editor is closed
        self.scores = RegisterView(session, "exam_score")
        self.scores.pane.opened.connect(self._propose_unit)
        self.facts = RecordForm(session, "exam", headed=False)
        self._stack = QStackedWidget()
        for part in (self._results(), self.scores, self.facts):
            self._stack.addWidget(part)
        self._build()
        session.changed.connect(self._changed)

    def show_exam(self, exam_id: str, *, part: int = 0) -> None:
        """Open an exam at one of its :data:`PARTS`."""
        if exam_id != self._exam_id:
            self._exam_id, self._also = exam_id, ()
            self.scores.pane.close_form()
            self.scores.set_fixed((Filter("exam", "=", exam_id),), {"exam": exam_id})
            self.facts.load(self._session.ledger.get(Exam, exam_id))
        self._tabs.setCurrentIndex(part)
        self.refresh()

    def refresh(self) -> None:
        """Read the exam again."""
        try:
            sheet = exam_sheet(self._session.ledger, self._exam_id, self._also)
        except ClerkError:
            return
        self._show_bar(sheet)
        self.table.show_results(sheet.results)
        self.scores.refresh()
        if not self.facts.dirty():
            self.facts.load(sheet.exam)

    def can_leave(self) -> bool:
        """Ask about unsaved work."""
        return self.facts.may_close() and self.scores.can_leave()

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        part = self._stack.currentIndex()
        return (self.table, self.scores.table.view, None)[part]

    # Deeds ---------------------------------------------------------------------------------

    def add_units(self) -> None:
        """Ask for units and list their people, so that marks can be typed for each."""
        ledger = self._session.ledger
        exam = ledger.get(Exam, self._exam_id)
        field = dataclasses.replace(Resolution.KIND.field("lead_units"), label="单位")
        hint = "列出这些单位考试当天在任的全部人员，没有输入成绩的不登记"
        chosen = pick(self.window(), "按单位添加人员", field, ledger, value=(), hint=hint)
        if exam and isinstance(chosen, tuple):
            found = people_of(ledger, map(str, chosen), exam.held_on or clock.today())
            self._also = tuple(dict.fromkeys((*self._also, *(person for person, _ in found))))
            self.refresh()
            self.table.setFocus()

    def _score(self, person: str, typed: str) -> None:
        ledger, below = self._session.ledger, self.table.person_below()
        exam = ledger.get(Exam, self._exam_id)
        if exam and with_reason(self, ledger, lambda: save_score(ledger, exam, person, typed)):
            self._also = (*self._also, person)
            self.refresh()
            self.table.go_to(below or person)

    # Internal ------------------------------------------------------------------------------

    def _propose_unit(self) -> None:
        """Fill in the unit of whoever is chosen in the form, by the post on the day of the exam."""
        form, exam = self.scores.pane.form, self._session.ledger.get(Exam, self._exam_id)
        if form is None or exam is None:
            return
        ledger, on = self._session.ledger, exam.held_on or clock.today()

        def unit_of(person: str) -> str:
            post = post_on(ledger, person, "", on)
            return post.unit if post else ""

        follow(form, "person", "unit", unit_of)

    def _results(self) -> QWidget:
        units = Button("按单位添加人员", icon="users")
        units.clicked.connect(self.add_units)
        hint = Label(
            "选中一人直接输入成绩（免试的输入“免试”），回车到下一人；补考在“成绩登记”里填。", "small",
            elide=Qt.TextElideMode.ElideRight,
        )  # fmt: skip
        page = QWidget()
        tools = frame("bar", row(hint, STRETCH, units, margins=(16, 8, 12, 8)))
        whole = column(tools, self.table, spacing=0)
        whole.setStretch(1, 1)
        page.setLayout(whole)
        return page

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
            f"满分 {sheet.full_marks:g}",
            f"合格线 {sheet.pass_marks:g}",
            "、".join(f"{word} {marks:g}" for word, marks in sheet.grades),
        )
        self._meta.setText(" · ".join(filter(None, facts)))
        counted = [f"{word} {sheet.count(word)} 人" for word in sheet.words if sheet.count(word)]
        self._counts.setText(f"参考 {sheet.sat} 人" + "".join(f" · {part}" for part in counted))
        self._tabs.setTabText(0, f"{PARTS[0]} {len(sheet.results)}")

    def _open_person(self, index: QModelIndex) -> None:
        if result := self.model.result_at(index):
            PersonalDialog(self.window(), self._session, result.person).exec()

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible() and kinds & _SHOWS:
            self.refresh()
