"""What a page of the window is, and how one is named before it exists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from models.records.base import Value

if TYPE_CHECKING:
    from ui.main_window import MainWindow

Section = Literal["today", "records", "papers", "settings", "whole"]
"""Where the navigation lists a page; "whole" is not listed: it takes the whole window until 返回."""


class Page(QWidget):
    """One page. It is made at its first visit and kept; :meth:`refresh` runs at each visit and on F5."""

    title_changed = Signal()
    shown = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.setAccessibleName(title)

    @property
    def title(self) -> str:
        """The words at the left of the top bar."""
        return self._title

    def set_title(self, title: str) -> None:
        """Change the words in the top bar."""
        self._title = title
        self.title_changed.emit()

    def actions_shown(self) -> Sequence[QWidget]:
        """Return the widgets the top bar shows for this page; made once, kept by the page."""
        return ()

    def refresh(self) -> None:
        """Read again what is shown. Must be quick: slow work goes through ``ui.work``."""

    def show_home(self) -> None:
        """Leave the open record, show the page as its navigation item opens it."""

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Show one record of a kind named in the page's :class:`PageSpec`."""

    def new_record(self, kind_id: str, values: dict[str, Value]) -> None:
        """Open an empty form of a kind named in the page's :class:`PageSpec`, with *values* filled in."""

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard when the page opens: its list or first field, never a button above.

        Unless a page says otherwise: the first thing on it that takes the keyboard.
        """
        candidate = self.nextInFocusChain()
        while candidate is not None and self.isAncestorOf(candidate):
            takes_tab = candidate.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes_tab and candidate.isVisibleTo(self) and candidate.isEnabled():
                return candidate
            candidate = candidate.nextInFocusChain()
        return None

    def can_leave(self) -> bool:
        """Return whether the window may go elsewhere; ask the clerk if something would be lost."""
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page as the navigation knows it; *factory* makes it at the first visit.

    *kinds* are the record kinds it can open (``Page.show_record``). A page with *under* has no item of its
    own in the navigation: it belongs to that page, and 返回 leads there.
    """

    id: str
    title: str
    icon: str
    factory: Callable[[MainWindow], Page]
    section: Section = "records"
    kinds: frozenset[str] = frozenset()
    under: str = ""
