"""Two to four exclusive views or filters side by side, with counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from ui.widgets.layout import row


class SegmentedControl(QFrame):
    """Pick one of *options*; arrow keys move, ``picked`` tells the new position. More than four: a combo box."""

    picked = Signal(int)

    def __init__(self, options: Sequence[str], current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        for position, option in enumerate(options):
            self._group.addButton(_segment(option), position)
        self.setLayout(row(*self._group.buttons(), spacing=0, margins=(2, 2, 2, 2)))
        self._group.button(current).setChecked(True)
        self._group.idToggled.connect(lambda position, on: self.picked.emit(position) if on else None)

    def current(self) -> int:
        """Return the position picked."""
        return self._group.checkedId()

    def pick(self, position: int) -> None:
        """Pick *position*, as a click does."""
        self._group.button(position).setChecked(True)

    def set_words(self, position: int, text: str) -> None:
        """Change the words of one option (a count)."""
        _name(self._group.button(position), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        target = self._group.button((self.current() + step) % len(self._group.buttons()))
        target.setChecked(True)
        target.setFocus(Qt.FocusReason.TabFocusReason)


def _segment(text: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "segment")
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    _name(button, text)
    return button


def _name(button: QAbstractButton, text: str) -> None:
    button.setText(text.replace("&", "&&"))
    button.setAccessibleName(text)
