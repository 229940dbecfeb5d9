"""One study session: its bar, the list of who took part, its facts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from models import clock
from models.errors import ClerkError
from models.records.meeting import Meeting
from models.records.study import BEFORE_MEETINGS, StudySession
from models.summaries.study import SessionSheet, session_sheet
from ui import look
from ui.bars import day_words
from ui.correction import move_to_bin
from ui.forms.following import follow
from ui.forms.record_form import RecordForm
from ui.pages.study.participants_view import ParticipantsView
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.label import Chip, Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.tabs import Tabs

PARTS = ("参加人员", "概况")
_SHOWS = {"study_session", "study_attendance", "attendance", "meeting", "person", "appointment", "unit"}
_SIDE_FROM = 1000


def follow_meeting(form: RecordForm, session: Session) -> None:
    """Let the body that organises the study be that of the meeting it goes with."""

    def body_of(meeting_id: str) -> str:
        meeting = session.ledger.get(Meeting, meeting_id)
        return meeting.body if meeting else ""

    follow(form, "meeting", "body", body_of)


class SessionView(QWidget):
    """Shows the session named by :meth:`show_session`."""

    title_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._session_id = ""
        self.people = ParticipantsView(session)
        self.facts = RecordForm(session, "study_session", headed=False)
        follow_meeting(self.facts, session)
        self._stack = QStackedWidget()
        for part in (self.people, self.facts):
            self._stack.addWidget(part)
        self._build()
        session.changed.connect(self._changed)

    def show_session(self, session_id: str) -> None:
        """Open a session at its list."""
        if session_id != self._session_id:
            self._session_id = session_id
            self.people.pane.close_form()
            self.facts.load(self._session.ledger.get(StudySession, session_id))
        self._tabs.setCurrentIndex(0)
        self.refresh()

    def refresh(self) -> None:
        """Read the session again."""
        try:
            sheet = session_sheet(self._session.ledger, self._session_id)
        except ClerkError:
            return
        self._show_bar(sheet)
        self.people.show_sheet(sheet)
        if not self.facts.dirty():
            self.facts.load(sheet.session)

    def can_leave(self) -> bool:
        """Ask about unsaved work."""
        return self.facts.may_close() and self.people.pane.may_close()

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        return self.people.grid if self._stack.currentWidget() is self.people else None

    # Internal ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title, self._meta = Label("", "title"), Label("", "secondary")
        self._category, self._before, self._led = Chip(""), Chip("", "accent"), Chip("领导讲法", "green")
        paper = Button("学法登记表", icon="file-text")
        paper.clicked.connect(self._open_paper)
        more = Button("更多", "ghost", "ellipsis")
        more.clicked.connect(lambda: self._show_menu(more))
        self._tabs = Tabs("学法活动内容", PARTS)
        turn_parts(self._tabs, self.can_leave, self._stack.setCurrentIndex)
        top = row(
            self._title,
            self._category,
            self._before,
            self._led,
            STRETCH,
            more,
            paper,
            margins=(20, 12, 16, 0),
        )
        meta = row(self._meta, STRETCH, margins=(20, 4, 16, 4))
        bar = frame("bar", column(top, meta, row(self._tabs, STRETCH, margins=(20, 0, 20, 0)), spacing=0))
        whole = column(bar, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _show_bar(self, sheet: SessionSheet) -> None:
        session = sheet.session
        self._title.setText(session.subject)
        self._category.setText(session.category)
        self._before.setText(f"{session.before_meeting}前")
        self._before.setVisible(session.before_meeting in BEFORE_MEETINGS[:-1])
        self._led.setVisible(session.leader_speaks)
        self._meta.setText(" · ".join(filter(None, _meta(sheet))))
        self._tabs.setTabText(0, f"{PARTS[0]} {len(sheet.participants)}")

    def _open_paper(self) -> None:
        self._session.open_report.emit("study_sheet", {"record_id": self._session_id})

    def _show_menu(self, button: Button) -> None:
        menu = QMenu(self)
        meeting = self.people.sheet.session.meeting if self.people.sheet else ""
        if meeting:
            menu.addAction("打开会议", lambda: self._session.open_record.emit("meeting", meeting))
        menu.addAction("变更记录", self._show_history)
        menu.addAction("删除学法活动", self._remove)
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def _show_history(self) -> None:
        from ui.dialogs.history import HistoryDialog

        HistoryDialog(self.window(), self._session, "study_session", self._session_id).exec()

    def _remove(self) -> None:
        session = self._session.ledger.get(StudySession, self._session_id)
        if session is None:
            return
        what = f"学法活动「{session.subject}」"
        if move_to_bin(self, self._session.ledger, [session], what, ["参加人员名单一起移走"]):
            self._session.open_page.emit("study")

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible() and kinds & _SHOWS:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.people.show_side(self.width() >= look.px(_SIDE_FROM))


def _meta(sheet: SessionSheet) -> tuple[str, ...]:
    session = sheet.session
    start = session.starts_at
    assert start is not None
    amount = "、".join(
        f"{value:g} {measure}" for value, measure in ((session.hours, "学时"), (session.days, "天")) if value
    )
    return (
        f"{day_words(start.date(), clock.today())} {start:%H:%M}", session.place,
        sheet.body or sheet.unit, f"主讲 {session.speaker}" if session.speaker else "", amount or "没有填学时",
    )  # fmt: skip
