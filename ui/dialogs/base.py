"""The frame of every dialog: a body, a foot with buttons at the right, and a dimmed window behind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from ui import input_method, look
from ui.widgets import keys
from ui.widgets.layout import STRETCH, column, frame, row

WIDTH = 500  # px


class Dialog(QDialog):
    """Put content into ``body``; buttons come from :meth:`add_button`, from least to most.

    A dialog with fields calls :meth:`end_in` and has the keys of a form. Else Enter presses the button
    that has the focus. Esc is ``reject``.
    """

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(look.px(WIDTH))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self._scrim: Scrim | None = None
        self.body = column(margins=(24, 24, 24, 20))
        self.foot = row(STRETCH, margins=(24, 10, 16, 10))
        self._last: QPushButton | None = None
        self._below = frame("foot", self.foot)
        whole = column(frame("pane", self.body), self._below, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def add_button(self, text: str, kind: str = "") -> QPushButton:
        """Add a button at the right; *kind* is one of the style sheet's (primary, danger-fill, ghost …)."""
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setProperty("kind", kind)
        self.foot.addWidget(button)
        return button

    def end_in(self, words: str, deed: Callable[[], object], *, way_out: str = "取消") -> QPushButton:
        """Add *way_out* and the filled button *words* that does *deed*, which checks and accepts.

        Ctrl+S does it too; Enter goes to the next field, from the last one it does the deed.
        """
        self.add_button(way_out).clicked.connect(self.reject)
        self._last = self.add_button(words, "primary")
        self._last.clicked.connect(lambda: deed())
        keys.bind(self, self._last.click, *keys.SAVE)
        return self._last

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or input_method.composing():
            super().keyPressEvent(event)
        elif isinstance(pressed := self.focusWidget(), QPushButton):
            pressed.click()
        elif self._last is not None:
            self._go_on(self._last)

    def _go_on(self, last: QPushButton) -> None:
        """Go to the next field; press *last* where there is none before the foot."""
        field = self.focusWidget()
        while self.focusNextChild() and isinstance(self.focusWidget(), QPushButton):
            if self._below.isAncestorOf(self.focusWidget()):
                field.setFocus()
                last.click()
                return

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None and self._scrim is None and self.isModal():
            self._scrim = Scrim(parent.window())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None


class Scrim(QWidget):
    """Dims *window* while a modal dialog is open over it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look.colour("scrim"))
