"""A light: mark, colour and word together, so that it also reads in black and white."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look
from ui.widgets import paint
from ui.widgets.label import Drawn
from ui.widgets.paint import Mark


class Light(Drawn):
    """A light in a line, or as a chip on its ground (*chip*) in the head of a record."""

    def __init__(
        self, mark: Mark, word: str, *, chip: bool = False, size: float = 13, parent: QWidget | None = None
    ) -> None:
        super().__init__(word, parent=parent)
        self.mark, self._chip, self._size = mark, chip, size
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_state(self, mark: Mark, word: str) -> None:
        """Change what the light says."""
        self.mark = mark
        self.setText(word)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = (
            paint.chip_width(self.text(), self.mark)
            if self._chip
            else paint.light_width(self.text(), self._size)
        )
        return QSize(round(wide) + 1, look.px(22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        place = QRectF(self.rect())
        if self._chip:
            paint.chip(painter, place, self.text(), self.mark.family, self.mark)
        else:
            paint.light(painter, place, self.mark, self.text(), size=self._size)
