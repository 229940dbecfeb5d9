"""学法: sessions, what each person owes, exams, the question bank, tests before an appointment, the people who do legal work."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QStackedWidget, QWidget

from models import clock
from models.records.base import Value
from models.records.study import ExamScore, StudyAttendance
from ui.page import Page
from ui.pages.study.exam_view import PARTS, ExamView
from ui.pages.study.figures_dialog import TITLE, FiguresDialog
from ui.pages.study.gaps_view import GapsView
from ui.pages.study.mock_exam import choose_audience
from ui.pages.study.session_view import SessionView, follow_meeting
from ui.pages.study.team_view import TeamView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.segmented import SegmentedControl

LISTS = SESSIONS, HOURS, EXAMS, BANK, TESTS, TEAM = (
    "学法活动",
    "人员学时",
    "考试",
    "题库",
    "任前考法",
    "队伍",
)
_FORMS = {"appointment_test": TESTS, "question": BANK}
"""Kinds that open in the form beside their list."""
List = RegisterView | GapsView | TeamView


class StudyPage(Page):
    """Six lists; a session or an exam opens over the whole page, a new one after its first save.

    Each list and record view is made when it is first shown.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("学法", parent)
        self._session = session
        self._lists: dict[str, List] = {}
        self.chooser = SegmentedControl(LISTS)
        self._shown = QStackedWidget()
        home = QWidget()
        bar = frame("bar", row(self.chooser, STRETCH, margins=(16, 8, 16, 8)))
        whole = column(bar, self._shown, spacing=0)
        whole.setStretch(1, 1)
        home.setLayout(whole)
        self._stack = QStackedWidget()
        self._stack.addWidget(home)
        self.setLayout(column(self._stack, spacing=0))
        turn_parts(self.chooser, self.can_leave, lambda place: self._show_list(LISTS[place]))
        self._show_list(LISTS[0])
        session.changed.connect(self._changed)

    @cached_property
    def session_view(self) -> SessionView:
        """One session over the whole page."""
        made = SessionView(self._session)
        self._stack.addWidget(made)
        return made

    @cached_property
    def exam_view(self) -> ExamView:
        """One exam over the whole page."""
        made = ExamView(self._session)
        self._stack.addWidget(made)
        return made

    def list_of(self, name: str) -> List:
        """Return one of :data:`LISTS`."""
        if name not in self._lists:
            made = self._lists[name] = self._make(name)
            self._shown.addWidget(made)
        return self._lists[name]

    def show_home(self) -> None:
        self._stack.setCurrentIndex(0)
        self.refresh()

    def show_list(self, name: str) -> None:
        """Show one of :data:`LISTS`."""
        self._stack.setCurrentIndex(0)
        self.chooser.pick(LISTS.index(name))

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open a session or exam, or the one that a line of its list or a score belongs to."""
        ledger = self._session.ledger
        if kind_id in _FORMS:
            self.show_list(_FORMS[kind_id])
            view = self.list_of(_FORMS[kind_id])
            assert isinstance(view, RegisterView)
            view.open_record(record_id)
        elif kind_id in ("exam", "exam_score"):
            score = ledger.get(ExamScore, record_id) if kind_id == "exam_score" else None
            part = PARTS.index("成绩登记") if score else 0
            self.exam_view.show_exam(score.exam if score else record_id, part=part)
            self._stack.setCurrentWidget(self.exam_view)
        else:
            line = ledger.get(StudyAttendance, record_id) if kind_id == "study_attendance" else None
            self.session_view.show_session(line.session if line else record_id)
            self._stack.setCurrentWidget(self.session_view)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open an empty form of a session, exam, question or test."""
        name = {"exam": EXAMS, **_FORMS}.get(kind_id, SESSIONS)
        self.show_list(name)
        view = self.list_of(name)
        assert isinstance(view, RegisterView)
        view.new_record(values)

    def refresh(self) -> None:
        self._current().refresh()

    def can_leave(self) -> bool:
        shown = self._stack.currentWidget()
        if isinstance(shown, SessionView | ExamView):
            return shown.can_leave()
        return all(view.can_leave() for view in self._lists.values() if isinstance(view, RegisterView))

    def first_focus(self) -> QWidget | None:
        view = self._current()
        return view.table.view if isinstance(view, RegisterView) else view.first_focus()

    # Internal ------------------------------------------------------------------------------

    def _current(self) -> List | SessionView | ExamView:
        shown = self._stack.currentWidget()
        return (
            shown
            if isinstance(shown, SessionView | ExamView)
            else self.list_of(LISTS[self.chooser.current()])
        )

    def _make(self, name: str) -> List:
        if name == HOURS:
            return GapsView(self._session)
        if name == TEAM:
            return TeamView(self._session)
        if name == TESTS:
            return RegisterView(self._session, "appointment_test")
        if name == BANK:
            return self._bank()
        kind_id = "study_session" if name == SESSIONS else "exam"
        view = RegisterView(self._session, kind_id, opens_form=False)
        view.opened.connect(lambda record_id: self._session.open_record.emit(kind_id, record_id))
        view.pane.saved.connect(lambda record_id: self._created(view, record_id))
        if name == SESSIONS:
            view.pane.opened.connect(lambda: view.pane.form and follow_meeting(view.pane.form, self._session))
            plan = Button("年度学法计划", icon="file-text")
            plan.clicked.connect(self._open_plan)
            view.add_tool(plan)
        return view

    def _bank(self) -> RegisterView:
        view = RegisterView(self._session, "question")
        figures = IconButton("settings", TITLE)
        figures.clicked.connect(lambda: FiguresDialog(self.window(), self._session).exec())
        view.add_tool(figures)
        mock = Button("模拟考试", icon="graduation-cap")
        mock.clicked.connect(lambda: choose_audience(mock, self._session))
        view.add_tool(mock)
        return view

    def _open_plan(self) -> None:
        self._session.open_report.emit("study_plan", {"year": clock.today().year})

    def _created(self, view: RegisterView, record_id: str) -> None:
        view.pane.close_form()
        self._session.open_record.emit(view.kind.id, record_id)

    def _show_list(self, name: str) -> None:
        view = self.list_of(name)
        self._shown.setCurrentWidget(view)
        view.refresh()

    def _changed(self, _kinds: set[str], _sentence: str) -> None:
        """Read the computed lists again; registers and records look after themselves."""
        view = self._current()
        if isinstance(view, GapsView | TeamView) and view.isVisible():
            view.refresh()
