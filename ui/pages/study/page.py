"""学法: sessions, what each person owes, exams, tests before an appointment, the people who do legal work."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.records.base import Value
from models.records.study import ExamScore, StudyAttendance
from ui.page import Page
from ui.pages.study.exam_view import PARTS, ExamView
from ui.pages.study.gaps_view import GapsView
from ui.pages.study.session_view import SessionView
from ui.pages.study.team_view import TeamView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.segmented import SegmentedControl

LISTS = ("学法活动", "人员学时", "考试", "任前考法", "队伍")
_PLACE = {"study_session": 0, "exam": 2, "appointment_test": 3}


class StudyPage(Page):
    """Five lists; a session or an exam opens over the whole page, a new one after its first save."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("学法", parent)
        self._session = session
        self.sessions = self._register("study_session")
        self.gaps = GapsView(session)
        self.exams = self._register("exam")
        self.tests = RegisterView(session, "appointment_test")
        self.team = TeamView(session)
        plan = Button("年度学法计划", icon="file-text")
        plan.clicked.connect(lambda: session.open_report.emit("study_plan", {"year": self.gaps.on.year}))
        self.sessions.add_tool(plan)
        self._lists: tuple[RegisterView | GapsView | TeamView, ...] = (
            self.sessions,
            self.gaps,
            self.exams,
            self.tests,
            self.team,
        )
        self.chooser = SegmentedControl(LISTS)
        self.chooser.picked.connect(self._show_list)
        self._shown = QStackedWidget()
        for view in self._lists:
            self._shown.addWidget(view)
        home = QWidget()
        bar = frame("bar", row(self.chooser, STRETCH, margins=(16, 8, 16, 8)))
        whole = column(bar, self._shown, spacing=0)
        whole.setStretch(1, 1)
        home.setLayout(whole)
        self.session_view, self.exam_view = SessionView(session), ExamView(session)
        self._stack = QStackedWidget()
        for part in (home, self.session_view, self.exam_view):
            self._stack.addWidget(part)
        self.setLayout(column(self._stack, spacing=0))
        session.changed.connect(self._changed)

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
        if kind_id == "appointment_test":
            self.show_list("任前考法")
            self.tests.open_record(record_id)
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
        """Open an empty form of a session, exam or test."""
        place = _PLACE.get(kind_id, 0)
        self.show_list(LISTS[place])
        view = self._lists[place]
        assert isinstance(view, RegisterView)
        view.new_record(values)

    def refresh(self) -> None:
        shown = self._stack.currentWidget()
        view = shown if isinstance(shown, SessionView | ExamView) else self._lists[self.chooser.current()]
        view.refresh()

    def can_leave(self) -> bool:
        shown = self._stack.currentWidget()
        if isinstance(shown, SessionView | ExamView):
            return shown.can_leave()
        return all(view.can_leave() for view in self._lists if isinstance(view, RegisterView))

    def first_focus(self) -> QWidget | None:
        shown = self._stack.currentWidget()
        view = shown if isinstance(shown, SessionView | ExamView) else self._lists[self.chooser.current()]
        return view.table.view if isinstance(view, RegisterView) else view.first_focus()

    # Internal ------------------------------------------------------------------------------

    def _register(self, kind_id: str) -> RegisterView:
        view = RegisterView(self._session, kind_id, opens_form=False)
        view.opened.connect(lambda record_id: self._session.open_record.emit(kind_id, record_id))
        view.pane.saved.connect(lambda record_id: self._created(view, record_id))
        return view

    def _created(self, view: RegisterView, record_id: str) -> None:
        view.pane.close_form()
        self._session.open_record.emit(view.kind.id, record_id)

    def _show_list(self, place: int) -> None:
        self._shown.setCurrentIndex(place)
        self._lists[place].refresh()

    def _changed(self, _kinds: set[str], _sentence: str) -> None:
        """Read the computed lists again; registers and records look after themselves."""
        view = self._lists[self.chooser.current()]
        if isinstance(view, GapsView | TeamView) and view.isVisible():
            view.refresh()
