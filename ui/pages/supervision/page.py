"""督办: list and case side by side, the board, the register of all cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import clock
from models.records.base import Value
from models.records.supervision import CaseStep
from models.summaries.supervision import next_number
from models.summaries.years import year_in_hand
from ui import look
from ui.page import Page
from ui.pages.supervision.board import Board
from ui.pages.supervision.case_list import WIDTH, CaseList
from ui.pages.supervision.case_view import CaseView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets import keys
from ui.widgets.buttons import Button
from ui.widgets.layout import column, row
from ui.widgets.segmented import SegmentedControl

VIEWS = ("列表", "看板", "台账")
LIST, BOARD, REGISTER = range(3)
BESIDE_FROM = 1000
"""Narrower than this, px, list and case take turns."""
ALONE = 640
"""The least width, px: what the head of a case needs."""
_SHOWS = {"case", "case_step", "unit", "resolution", "meeting"}


class SupervisionPage(Page):
    """Opens a case beside the list; in a narrow window over it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("督办", parent)
        self._session, self._opened, self._place = session, "", LIST
        self._switches = [self._switch(place) for place in range(len(VIEWS))]
        self.list = CaseList(session, self._switches[LIST])
        self.case = CaseView(session)
        side_by_side = row(self.list, self.case, spacing=0)
        side_by_side.setStretch(1, 1)
        beside = QWidget()
        beside.setLayout(side_by_side)
        beside.setMinimumWidth(look.px(ALONE))
        self._stack = QStackedWidget()
        self._bind_new(beside)
        self._stack.addWidget(beside)
        self.setLayout(column(self._stack, spacing=0))
        self._new = Button("立项", icon="plus")
        self._new.clicked.connect(lambda: self.new_record("case", {}))
        self._notice = Button("出通报", icon="file-text")
        self._notice.clicked.connect(
            lambda: session.open_report.emit("supervision", {"year": year_in_hand(clock.today())})
        )
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._open)
        self.case.edit_wanted.connect(self._edit)
        self.case.removed.connect(self._leave_case)
        session.changed.connect(self._changed)

    @cached_property
    def board(self) -> Board:
        """The board, made when it is first looked at."""
        made = Board(self._session, self._switches[BOARD])
        made.opened.connect(self._open)
        self._bind_new(made)
        self._stack.addWidget(made)
        return made

    @cached_property
    def register(self) -> RegisterView:
        """The register of all cases, made when it is first looked at."""
        made = RegisterView(self._session, "case", leading=False)
        made.name_new("立项", "会议的议定事项可以直接转督办；")
        made.add_tool(self._switches[REGISTER])
        made.pane.saved.connect(self._saved)
        self._stack.addWidget(made)
        return made

    # What the window calls -----------------------------------------------------------------

    def actions_shown(self) -> Sequence[QWidget]:
        return (self._new, self._notice)

    def show_home(self) -> None:
        self._opened = ""
        self._arrange()

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open a case, or the one a step belongs to."""
        if kind_id == "case_step":
            step = self._session.ledger.get(CaseStep, record_id)
            record_id = step.matter if step else ""
        self._opened = record_id
        self.show_view(LIST)
        self._arrange()

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open the form of a new case with the next number and today's date."""
        self.show_view(REGISTER)
        self.register.new_record(values)
        form, today = self.register.pane.form, clock.today()
        if form is not None:
            form.propose("number", next_number(self._session.ledger, today.year))
            form.propose("opened_on", today)

    def refresh(self) -> None:
        if self._place == BOARD:
            self.board.refresh()
        elif self._place == REGISTER:
            self.register.refresh()
        else:
            self.list.refresh(self._opened)
            self.case.show_case(self._opened or self.list.current())

    def can_leave(self) -> bool:
        return self._place != REGISTER or self.register.can_leave()

    def first_focus(self) -> QWidget | None:
        if self._place == BOARD:
            return self.board.first_focus()
        if self._place == REGISTER:
            return self.register.table.view
        return self.case.next_button if self.list.isHidden() else self.list.table

    # Internal ------------------------------------------------------------------------------

    def show_view(self, place: int) -> None:
        """Show the list, the board or the register."""
        if place != self._place and not self.can_leave():
            return
        self._place = place
        if place == LIST:
            self._stack.setCurrentIndex(LIST)
        else:
            self._stack.setCurrentWidget(self.board if place == BOARD else self.register)
        self._new.setVisible(place != REGISTER)
        self.refresh()
        if self.isVisible() and (target := self.first_focus()):
            target.setFocus()

    def _bind_new(self, view: QWidget) -> None:
        """Let Ctrl+N begin a case where no register does."""
        keys.bind(view, lambda: self.new_record("case", {}), "Ctrl+N")

    def _switch(self, own: int) -> SegmentedControl:
        """Return the choice of views as it stands in one of them: it leads away and stays as it is."""
        made = SegmentedControl(VIEWS, own)

        def picked(place: int) -> None:
            if place != own:
                made.pick(own)
                self.show_view(place)

        made.picked.connect(picked)
        return made

    def _choose(self, case_id: str) -> None:
        """Show the case the clerk moved to in the list."""
        self._opened = case_id if self._opened else ""
        self.case.show_case(case_id)

    def _open(self, case_id: str) -> None:
        self._session.open_record.emit("case", case_id)

    def _edit(self, case_id: str) -> None:
        self.show_view(REGISTER)
        self.register.open_record(case_id)

    def _saved(self, case_id: str) -> None:
        self.register.pane.close_form()
        self._open(case_id)

    def _leave_case(self) -> None:
        self._opened = ""
        self.refresh()
        self._arrange()

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible() and (kinds & _SHOWS or not kinds):
            self.refresh()

    def _arrange(self) -> None:
        """Put list and case side by side, or one of them where there is no room for both."""
        wide = self.width() >= look.px(BESIDE_FROM)
        if wide:
            self.list.setFixedWidth(look.px(WIDTH))
        else:
            self.list.setMinimumWidth(0)
            self.list.setMaximumWidth(16_777_215)
        self.list.setVisible(wide or not self._opened)
        self.case.setVisible(wide or bool(self._opened))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
