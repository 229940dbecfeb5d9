"""A small chart: a stacked rate bar with its counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look
from ui.widgets import paint
from ui.widgets.label import Drawn
from ui.widgets.paint import Mark


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its light, word and count."""

    mark: Mark
    word: str
    count: int


class StackedBar(Drawn):
    """Parts of a whole as one bar of 10 px, their marks and counts under it unless *words* is False."""

    def __init__(
        self,
        parts: Sequence[Part] = (),
        total: int | None = None,
        *,
        words: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_parts(parts, total)

    def show_parts(self, parts: Sequence[Part], total: int | None = None) -> None:
        """Show *parts*; a *total* larger than their sum leaves the rest of the bar grey."""
        self._parts = tuple(parts)
        self._total = sum(part.count for part in parts) if total is None else total
        self.setText("，".join(f"{part.word} {part.count}" for part in parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(200), 10 + look.px(26 if self._words else 0))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bars = [(part.count, f"{part.mark.family}_mark") for part in self._parts]
        paint.stacked(painter, QRectF(0, 0, self.width(), 10), bars, self._total)
        share = self.width() / max(len(self._parts), 1)
        for position, part in enumerate(self._parts if self._words else ()):
            place = QRectF(share * position, 10 + look.px(4), share, look.px(22))
            paint.mark(painter, part.mark, place.x() + look.px(6), place.center().y())
            rest = place.adjusted(look.px(17), 0, 0, 0)
            used = paint.words(painter, rest, part.word, size=13, ink="text2")
            count = rest.adjusted(used + 5, 0, 0, 0)
            paint.words(painter, count, str(part.count), size=13, weight=500)
