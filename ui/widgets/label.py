"""Words on the screen. Text from people is data: never read as markup."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def plain_tip(text: str) -> str:
    """Return *text* for a tool tip, which would otherwise guess whether it is HTML."""
    return f"<span>{html.escape(text)}</span>" if text else ""


class Label(QLabel):
    """Plain words; *role* is one of the type roles in 1-frame.qss (title, heading, section, secondary,
    small, help, figure, error, warning), "" for body text.

    With *elide* the label gives way when there is no room and shows the whole text as a tool tip.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        wrap: bool = False,
        elide: Qt.TextElideMode | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self._elide = elide
        if role:
            self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        whole = super().minimumSizeHint()
        return (
            whole if self._elide is None else QSize(self.fontMetrics().averageCharWidth() * 3, whole.height())
        )

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        if self._elide is not None:
            self.setToolTip(plain_tip(self.text()) if self._shown() != self.text() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._elide is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.drawText(self.contentsRect(), int(self.alignment()), self._shown())

    def _shown(self) -> str:
        room = self.contentsRect().width() + 1
        return self.fontMetrics().elidedText(self.text(), self._elide or Qt.TextElideMode.ElideRight, room)


class Chip(Label):
    """A short word on a coloured ground: 定期, 内部, 未提前. *family*: red amber green blue grey accent."""

    def __init__(self, text: str, family: str = "grey", parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setProperty("chip", family)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Drawn(Label):
    """Base of painted widgets: the label's text is what a screen reader says, painting is the subclass's."""
