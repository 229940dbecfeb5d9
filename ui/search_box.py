"""The search over everything, at the top of the window (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.drop_list import Choice, DropList
from ui.widgets.inputs import SEARCH_DELAY_MS, lead
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, row

_NAME = "搜索"
_HINT = "搜索人员、单位、会议"


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: *kind* is its kind id, *kind_title* the heading of its group."""

    kind: str
    kind_title: str
    id: str
    title: str
    subtitle: str = ""
    icon: str = ""


Search = Callable[[str], Sequence[Hit]]
"""Finds records for committed text, best first."""


class SearchBox(QLineEdit):
    """Type, walk the hits with the arrow keys, Enter opens. Half-composed text is not searched."""

    opened = Signal(object)
    """A :class:`Hit`."""

    def __init__(self, search: Search, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self.setProperty("part", "search")
        self.setProperty("lead", True)
        self.setAccessibleName(_NAME)
        self.setAccessibleDescription("Ctrl+K")
        lead(self, "search")
        self._keys = Label("Ctrl+K", "help")
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(STRETCH, self._keys, margins=(0, 0, 9, 0)))
        self._list = DropList(self)
        self._list.chosen.connect(self._open)
        self._list.dismissed.connect(self.clear)
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._wait.timeout.connect(self._find)
        self.textChanged.connect(self._changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.text() and (enter or event.key() == Qt.Key.Key_Down):
            self._find()
        elif self.text() and event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._wait.stop()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() > self.fontMetrics().horizontalAdvance(_HINT + "Ctrl+K") + 60
        self.setPlaceholderText(_HINT if roomy else _NAME)

    def _changed(self, text: str) -> None:
        self._keys.setVisible(not text)
        if text.strip():
            self._wait.start()
        else:
            self._wait.stop()
            self._list.hide()

    def _find(self) -> None:
        self._wait.stop()
        text = self.text().strip()
        if not text:
            return
        hits = list(self._search(text))
        groups = list(dict.fromkeys(hit.kind_title for hit in hits))
        hits.sort(key=lambda hit: groups.index(hit.kind_title))
        choices = [Choice(hit, hit.title, hit.subtitle, hit.icon, hit.kind_title) for hit in hits]
        self._list.show_choices(choices, f"没有找到“{text}”")

    def _open(self, choice: Choice) -> None:
        self.clear()
        self.opened.emit(choice.key)
