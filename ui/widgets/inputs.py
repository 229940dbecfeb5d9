"""Fields. The wheel scrolls the form, never a value; nothing typed is ever cleared by the field itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QSpinBox, QWidget

from ui import icons

SEARCH_DELAY_MS = 120


class ComboBox(QComboBox):
    """A choice out of a few, wheel-proof."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SpinBox(QSpinBox):
    """A whole number, wheel-proof."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(9, 0, 0, 0)  # padding is ignored once the buttons are styled

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class TextArea(QPlainTextEdit):
    """Several lines of plain text; Tab moves on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)


class CheckBox(QCheckBox):
    """A box to tick; its words are its accessible name."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)


class RadioButton(QRadioButton):
    """One of a few exclusive choices with words."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setAccessibleName(text)


class SearchField(QLineEdit):
    """Find in a list: ``searched`` gives the text 120 ms after the last change.

    Half-composed text of an input method does not count: Qt reports committed text only. Esc clears.
    """

    searched = Signal(str)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setProperty("lead", True)
        self.setClearButtonEnabled(True)
        lead(self, "search")
        self._wait = QTimer(self, singleShot=True, interval=SEARCH_DELAY_MS)
        self._wait.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._wait.start())
        self.returnPressed.connect(self.search_now)

    def search_now(self) -> None:
        """Search without waiting (Enter)."""
        self._wait.stop()
        self.searched.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.search_now()
        else:
            super().keyPressEvent(event)


def lead(field: QLineEdit, icon: str) -> None:
    """Put *icon* at the front of *field*."""
    action = QAction(field)
    icons.put(action, icon, "text3", 16)
    field.addAction(action, QLineEdit.ActionPosition.LeadingPosition)


def trail(field: QLineEdit, icon: str, text: str) -> QAction:
    """Put a clickable *icon* at the end of *field*; *text* is its tool tip. Returns the action."""
    action = QAction(text, field)
    icons.put(action, icon, "text2", 16)
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    return action
