"""报送: the board of the year, receipts, news, sticks and what was written to them."""

from __future__ import annotations

import dataclasses

from PySide6.QtWidgets import QStackedWidget, QWidget

from models import clock
from models.records.base import Value
from ui.page import Page
from ui.pages.filing.board_view import BoardView
from ui.pages.filing.news_view import NewsView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.parts import turn_parts
from ui.widgets.segmented import SegmentedControl

LISTS = ("报送情况", "收件登记", "工作动态", "U盘登记", "介质使用登记")
_PLACE: dict[str, int] = {"submission": 1, "dynamic": 2, "usb_medium": 3, "medium_use": 4}
KINDS = frozenset(_PLACE)
"""What the page opens."""


class FilingPage(Page):
    """Five lists side by side; a receipt, a piece of news or a stick opens in the form of its list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("报送", parent)
        self._session = session
        self._left: int | None = None
        self.board, self.news = BoardView(session), NewsView(session)
        self.receipts, self.media, self.uses = (
            RegisterView(session, kind) for kind in ("submission", "usb_medium", "medium_use")
        )
        book = Button("打印登记簿", icon="printer")
        book.clicked.connect(lambda: session.open_report.emit("medium_use", {"year": clock.today().year}))
        self.uses.add_tool(book)
        self._lists = (self.board, self.receipts, self.news, self.media, self.uses)
        self.chooser = SegmentedControl(LISTS)
        turn_parts(self.chooser, self.can_leave, self._show_list)
        self._shown = QStackedWidget()
        for view in self._lists:
            self._shown.addWidget(view)
        bar = frame("bar", row(self.chooser, STRETCH, margins=(16, 8, 16, 8)))
        whole = column(bar, self._shown, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        for register in self._registers:
            register.pane.saved.connect(lambda _id: self._close_forms())
            register.pane.closed.connect(self._return)
        session.changed.connect(self._changed)

    @property
    def _registers(self) -> tuple[RegisterView, ...]:
        return self.receipts, self.news.register, self.media, self.uses

    def show_list(self, name: str) -> None:
        """Show one of :data:`LISTS`."""
        self.chooser.pick(LISTS.index(name))

    def show_home(self) -> None:
        self._close_forms()

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Open a record in its list."""
        self._register(kind_id).open_record(record_id)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open an empty form with *values* filled in, which the clerk may change."""
        register = self._register(kind_id)
        register.new_record()
        form = register.pane.form
        if form is not None and not form.record.id:
            form.load(dataclasses.replace(form.record, **values))  # type: ignore[arg-type]

    def refresh(self) -> None:
        self._lists[self.chooser.current()].refresh()

    def can_leave(self) -> bool:
        return all(view.can_leave() for view in self._registers)

    def first_focus(self) -> QWidget | None:
        view = self._lists[self.chooser.current()]
        return view.table.view if isinstance(view, RegisterView) else view.first_focus()

    def _register(self, kind_id: str) -> RegisterView:
        place, here = _PLACE[kind_id], self.chooser.current()
        self.chooser.pick(place)
        self._left = here if here != place and self.isVisible() else None
        view = self._lists[place]
        if isinstance(view, NewsView):
            return view.show_register()
        assert isinstance(view, RegisterView)
        return view

    def _close_forms(self) -> None:
        """Put away the form that was opened from another list."""
        if self._left is not None:
            for register in self._registers:
                register.pane.close_form()

    def _return(self) -> None:
        """Show the list again from which the form that closes was opened, on the row it was opened from."""
        if self._left is not None:
            self.chooser.pick(self._left)
            if target := self.first_focus():
                target.setFocus()

    def _show_list(self, place: int) -> None:
        self._left = None
        self._shown.setCurrentIndex(place)
        self._lists[place].refresh()

    def _changed(self, _kinds: set[str], _sentence: str) -> None:
        """Read the computed lists again; registers look after themselves."""
        for view in (self.board, self.news):
            if view.isVisible():
                view.refresh()
