"""The parts of a page as tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget


class Tabs(QTabBar):
    """Tabs that are all there and read in full: what stands beside them gives way. *name* is for screen readers."""

    picked = Signal(int)

    def __init__(self, name: str, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for word in words:
            self.addTab(word)
        self.currentChanged.connect(self.picked)

    def current(self) -> int:
        """Return the position of the tab in front."""
        return self.currentIndex()

    def pick(self, position: int) -> None:
        """Bring a tab to the front, as a click does."""
        self.setCurrentIndex(position)
