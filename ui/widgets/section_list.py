"""The list at the left of a page that is made of parts: one line each, 34 px, an icon where given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui import icons, look

LINE = 34


class SectionList(QListWidget):
    """*name* is its accessible name; *entries* are (words, icon or "")."""

    picked = Signal(int)

    def __init__(self, name: str, entries: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("part", "sections")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_entries(entries)
        self.currentRowChanged.connect(self.picked)

    def current(self) -> int:
        """Return the position of the line chosen, -1 for none."""
        return self.currentRow()

    def pick(self, position: int) -> None:
        """Choose a line, as a click does."""
        self.setCurrentRow(position)

    def show_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """List *entries* instead."""
        self.clear()
        self._entries = tuple(entries)
        for words, _icon in self._entries:
            self.addItem(QListWidgetItem(words))
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_entries"):
            self._dress()

    def _dress(self) -> None:
        """Give the lines their height and icons in the look in use."""
        for position, (_words, icon) in enumerate(self._entries):
            item = self.item(position)
            item.setSizeHint(QSize(0, look.px(LINE)))
            if icon:
                item.setIcon(icons.icon(icon, "text2", look.px(16)))
