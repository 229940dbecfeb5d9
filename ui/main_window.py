"""The frame of the program: side bar, top bar, pages, status bar; where one is and how one gets back.

Keys: Ctrl+1…9 pages, Ctrl+K search, F5 read again, F1 help, Esc and Alt+← back. Alt with a letter is left
to the desktop and the input methods. Esc comes last: fields, lists and open editors take theirs first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from models import clock
from models.records.base import Value
from ui import look, messages, work
from ui.bars import StatusBar, TopBar, day_words
from ui.navigation import Navigation
from ui.page import Page, PageSpec
from ui.search_box import Hit, Search
from ui.widgets.card import NoticeBar
from ui.widgets.layout import column, row
from ui.widgets.paint import Mark

NARROW_BELOW = 1200
MINIMUM = (960, 500)
_PAGE_KEYS = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a page, and the record open on it."""

    page_id: str
    kind_id: str = ""
    record_id: str = ""


class MainWindow(QMainWindow):
    """Shows the registered *pages*; a page is made when it is first visited.

    *search* finds records for the box at the top; *office* stands under the program's name.
    """

    help_requested = Signal(str)
    """The id of the page shown."""
    due_requested = Signal()
    closing = Signal()
    """The window will close: nothing is unsaved."""

    def __init__(self, pages: Sequence[PageSpec], search: Search, office: str) -> None:
        super().__init__()
        self.setWindowTitle(office)  # Qt puts the program's name after it
        self._specs = {page.id: page for page in pages}
        self._notices = column(spacing=0)
        self._pages: dict[str, Page] = {}
        self._trail: list[Place] = []
        self._place: Place | None = None
        self.navigation = Navigation(pages, office)
        self.top = TopBar(search)
        self.status = StatusBar()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._bind_keys()
        self.resize(1366, 768)

    # -- where one is

    @property
    def place(self) -> Place | None:
        """Where the window is."""
        return self._place

    def page(self, page_id: str) -> Page:
        """Return page *page_id*, made now if this is the first visit; KeyError if it is not registered."""
        if page_id not in self._pages:
            page = self._specs[page_id].factory(self)
            page.title_changed.connect(self._show_title)
            self._pages[page_id] = page
            self._stack.addWidget(page)
        return self._pages[page_id]

    def open_page(self, page_id: str) -> bool:
        """Go to a page as the navigation does. False if the clerk stays where unsaved work is."""
        return self._go(Place(page_id), remember=False)

    def open_record(self, kind_id: str, record_id: str) -> bool:
        """Open a record on the page of its kind; 返回 leads back here. KeyError if no page opens the kind."""
        return self._go(Place(self._page_of(kind_id), kind_id, record_id), remember=True)

    def new_record(self, kind_id: str, values: dict[str, Value]) -> bool:
        """Open an empty form on the page of a kind, with *values* filled in. KeyError if no page opens it.

        A page under another one only shows records: the form opens on the one above.
        """
        page_id = self._page_of(kind_id)
        page_id = self._specs[page_id].under or page_id
        if not self.open_page(page_id):
            return False
        self.page(page_id).new_record(kind_id, values)
        return True

    def opens(self, kind_id: str) -> bool:
        """Return whether a page is there for records of *kind_id*."""
        return any(kind_id in spec.kinds for spec in self._specs.values())

    def go_back(self) -> bool:
        """Go back to where the open record was opened from, else to the page's own list."""
        here = self._place
        if here is None or not self._is_inside(here):
            return False
        home = Place((not here.record_id and self._specs[here.page_id].under) or here.page_id)
        target = self._trail[-1] if self._trail else home
        if not self._go(target, remember=False):
            return False
        self._trail = self._trail[:-1]
        return True

    def refresh(self) -> None:
        """Read again what the page shows, and the date."""
        self._show_date()
        if self._place is not None:
            self.page(self._place.page_id).refresh()

    # -- what the bars say

    def show_notice(self, notice: NoticeBar) -> None:
        """Put *notice* above the pages, where it stays until it is dealt with."""
        self._notices.addWidget(notice)

    def set_badge(self, page_id: str, mark: Mark, count: int) -> None:
        """Show *count* beside a page in the navigation, if the page is there; 0 takes it away."""
        if page_id in self._specs:
            self.navigation.set_badge(page_id, mark, count)

    def set_due(self, count: int) -> None:
        """Say how many things are due."""
        self.top.set_due(count)

    # -- inside

    def _item_of(self, place: Place) -> str:
        return self._specs[place.page_id].under or place.page_id

    def _is_inside(self, place: Place) -> bool:
        return bool(place.record_id or self._specs[place.page_id].under)

    def _page_of(self, kind_id: str) -> str:
        for spec in self._specs.values():
            if kind_id in spec.kinds:
                return spec.id
        raise KeyError(kind_id)

    def _go(self, target: Place, *, remember: bool) -> bool:
        here = self._place
        if here == target:
            self.refresh()
            return True
        if here is not None and not self.page(here.page_id).can_leave():
            self.navigation.set_current(self._item_of(here))
            return False
        if not target.record_id:
            self._trail.clear()
        elif remember and here is not None:
            self._trail.append(here)
        self._place = target
        page = self.page(target.page_id)
        if target.record_id:
            page.show_record(target.kind_id, target.record_id)
        else:
            page.show_home()
        page.refresh()
        self._show(page)
        return True

    def _show(self, page: Page) -> None:
        place = self._place
        assert place is not None
        self._stack.setCurrentWidget(page)
        whole = self._specs[place.page_id].section == "whole"
        self.navigation.setVisible(not whole)
        self.navigation.set_current(self._item_of(place))
        self.top.set_whole(whole)
        self.top.show_actions(page.actions_shown())
        self.top.back.setVisible(self._is_inside(place))
        self._show_title()
        target = page.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_title(self) -> None:
        if self._place is not None:
            self.top.title.setText(self.page(self._place.page_id).title)

    def _show_date(self) -> None:
        today = clock.today()
        self.top.date.setText(day_words(today, today))

    def _open_hit(self, hit: Hit) -> None:
        self.open_record(hit.kind, hit.id)

    def _build(self) -> None:
        self._stack.setProperty("part", "page")
        body = column(self.top, self._notices, self._stack, self.status, spacing=0)
        body.setStretch(2, 1)
        whole = row(self.navigation, body, spacing=0)
        whole.setStretch(1, 1)
        centre = QWidget()
        centre.setProperty("part", "page")
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        self.setMinimumSize(*MINIMUM)
        self.top.back.hide()
        self._show_date()

    def _connect(self) -> None:
        self.navigation.picked.connect(self.open_page)
        self.top.back.clicked.connect(self.go_back)
        self.top.due.clicked.connect(self.due_requested)
        self.top.help.clicked.connect(self._ask_for_help)
        self.top.search.opened.connect(self._open_hit)

    def _bind_keys(self) -> None:
        listed = [page.id for page in self._specs.values() if page.section != "whole" and not page.under]
        for number, page_id in enumerate(listed[:_PAGE_KEYS], start=1):
            self._bind(f"Ctrl+{number}", lambda page_id=page_id: self.open_page(page_id))
        self._bind("Ctrl+K", lambda: self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._bind("F5", self.refresh)
        self._bind("Alt+Left", self.go_back)
        self._bind("F1", self._ask_for_help)

    def _ask_for_help(self) -> None:
        self.help_requested.emit(self._place.page_id if self._place else "")

    def _bind(self, keys: str, deed: object) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(deed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.go_back():
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        elif event.type() == QEvent.Type.ActivationChange:
            self._show_date()

    def _fit(self) -> None:
        if not hasattr(self, "status"):
            return
        narrow = self.width() < look.px(NARROW_BELOW)
        for part in (self.navigation, self.top, self.status):
            part.set_narrow(narrow)

    def _may_stop_work(self) -> bool:
        """Ask about work under way, which ends with the window and leaves nothing half done."""
        jobs = work.running()
        text = "关闭后这件事停下，不留半成品，下次要重新做。"
        return not jobs or messages.confirm(self, "还有事情没有做完，现在关闭？", "停下并关闭", text, jobs)

    def closeEvent(self, event: QCloseEvent) -> None:
        stays = self._place is not None and not self.page(self._place.page_id).can_leave()
        if stays or not self._may_stop_work():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
