"""One sentence with some of its words in colour; those that lead somewhere are pressed like a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.widgets.buttons import Button
from ui.widgets.label import Label, plain_tip
from ui.widgets.layout import row


@dataclass(frozen=True, slots=True)
class Words:
    """A part of the sentence; *ink* is a colour token, *target* what pressing the words asks for."""

    text: str
    ink: str = "text2"
    target: object = None


class Sentence(QFrame):
    """Shows parts one after the other; ``picked`` tells the target of the words that were pressed."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "sentence")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line = row(spacing=0)
        self.setLayout(self._line)
        self._parts: tuple[Words, ...] = ()

    @property
    def text(self) -> str:
        """The sentence in plain words."""
        return "".join(part.text for part in self._parts)

    def show_parts(self, parts: Sequence[Words]) -> None:
        """Show *parts* instead; the same ones stay, and with them the keyboard."""
        if tuple(parts) == self._parts:
            return
        self._parts = tuple(parts)
        while (item := self._line.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for part in self._parts:
            self._line.addWidget(self._shown(part))
        self._line.addStretch(1)
        self.setToolTip(plain_tip(self.text))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave off at the end what there is no room for; the tool tip says all."""
        room = self.width()
        for place in range(len(self._parts)):
            widget = self._line.itemAt(place).widget()
            widget.ensurePolished()
            room -= widget.sizeHint().width()
            widget.setVisible(room >= 0)

    def _shown(self, part: Words) -> QWidget:
        if part.target is None:
            return Label(part.text, "secondary")
        made = Button(part.text, "link")
        made.setProperty("ink", part.ink)
        made.clicked.connect(lambda: self.picked.emit(part.target))
        return made
