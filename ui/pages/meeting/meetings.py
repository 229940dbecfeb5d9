"""会议: the list, and one meeting over the whole page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.records.base import Value
from models.records.meeting import Attendance, Meeting
from ui.page import Page
from ui.pages.meeting.meeting_view import MeetingView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.layout import column


class MeetingsPage(Page):
    """Opens a meeting by double click or Enter; a new one opens after its first save."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("会议", parent)
        self._session = session
        self.list = RegisterView(session, "meeting", opens_form=False)
        self.list.name_new("新建会议")
        self.list.opened.connect(lambda record_id: session.open_record.emit("meeting", record_id))
        self.list.pane.saved.connect(self._created)
        self.meeting = MeetingView(session)
        self.meeting.title_changed.connect(self.title_changed)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.meeting)
        self.setLayout(column(self._stack, spacing=0))

    def new_meeting(self, starts_at: datetime | None = None) -> None:
        """Open the form of a new meeting, prefilled with its time (calendar)."""
        self.show_home()
        self.list.new_record()
        if starts_at is not None and self.list.pane.form is not None:
            self.list.pane.form.propose("starts_at", starts_at)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        starts_at = values.get("starts_at")
        self.new_meeting(starts_at if isinstance(starts_at, datetime) else None)

    def show_home(self) -> None:
        self._stack.setCurrentWidget(self.list)

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open a meeting, or the meeting that an agenda item, row or resolution belongs to."""
        ledger = self._session.ledger
        if kind_id != "meeting":
            from models.records.base import kind_of

            part = ledger.get(kind_of(kind_id).record, record_id)
            record_id = str(getattr(part, "meeting", ""))
        self.meeting.show_meeting(record_id, part=kind_id)
        self._stack.setCurrentWidget(self.meeting)

    def refresh(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, RegisterView | MeetingView):
            current.refresh()

    def can_leave(self) -> bool:
        current = self._stack.currentWidget()
        return not isinstance(current, RegisterView | MeetingView) or current.can_leave()

    def first_focus(self) -> QWidget | None:
        if self._stack.currentWidget() is self.meeting:
            return self.meeting.first_focus()
        return self.list.table.view

    def actions_shown(self) -> Sequence[QWidget]:
        return ()

    def _created(self, record_id: str) -> None:
        meeting = self._session.ledger.get(Meeting, record_id)
        filled = self._session.ledger.find(Attendance, "meeting = ?", (record_id,))
        if meeting is not None and not filled:
            self.list.pane.close_form()
            self._session.open_record.emit("meeting", record_id)
