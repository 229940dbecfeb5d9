"""One sentence with some of its words in colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look
from ui.widgets import paint
from ui.widgets.label import Drawn

SIZE = 16


class Sentence(Drawn):
    """Shows parts (words, colour token); coloured parts are also heavier, so that they read in black and white."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._parts: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show *parts* one after the other; the token of plain words is "text2"."""
        self._parts = tuple(parts)
        self.setText("".join(words for words, _ in parts))
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(_width(*part) for part in self._parts)) + 2, look.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(120), look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF(self.rect())
        for words, ink in self._parts:
            used = paint.words(painter, place, words, size=SIZE, weight=_weight(ink), ink=ink)
            place.adjust(used, 0, 0, 0)


def _weight(ink: str) -> int:
    return 400 if ink == "text2" else 500


def _width(words: str, ink: str) -> float:
    return paint.width(words, SIZE, _weight(ink))
