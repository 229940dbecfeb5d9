"""Two small charts: a stacked rate bar with its counts, and pairs of bars by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rates 0 to 1 of one month or quarter."""

    label: str
    first: float
    second: float


class MiniBars(Drawn):
    """Pairs of bars from zero with a base and a 100 % line; legend with the latest figures in the title line."""

    def __init__(
        self,
        title: str,
        names: tuple[str, str],
        pairs: Sequence[Pair] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._title, self._names = title, names
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_pairs(pairs)

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show *pairs*, oldest first."""
        self._pairs = tuple(pairs)
        first, second = self._names
        said = (f"{pair.label}{first} {pair.first:.0%}、{second} {pair.second:.0%}" for pair in pairs)
        self.setText(f"{self._title}：" + "；".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(240), look.px(90))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(160), look.px(90))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide, base, high = self.width(), look.px(70), look.px(40)
        paint.words(painter, QRectF(0, 0, wide / 2, look.px(20)), self._title, size=13, ink="text2")
        self._paint_legend(painter)
        painter.fillRect(QRectF(0, base - high, wide, 1), look.colour("line"))
        painter.fillRect(QRectF(0, base, wide, 1), look.colour("line2"))
        share = wide / max(len(self._pairs), 1)
        for position, pair in enumerate(self._pairs):
            middle = round(share * (position + 0.5))
            for left, rate, first in ((middle - 13, pair.first, True), (middle + 1, pair.second, False)):
                tall = round(high * min(max(rate, 0), 1))
                _series(painter, QRectF(left, base - tall, 12, tall), first)
            place = QRectF(middle - share / 2, base + 2, share, look.px(16))
            paint.words(painter, place, pair.label, size=12, ink="text3", align=paint.CENTRE)

    def _paint_legend(self, painter: QPainter) -> None:
        if not self._pairs:
            return
        right, last = float(self.width()), self._pairs[-1]
        for name, rate, first in ((self._names[1], last.second, False), (self._names[0], last.first, True)):
            said = f"{name} {rate:.0%}"
            left = right - paint.width(said, 12) - 1
            paint.words(painter, QRectF(left, 0, right - left, look.px(20)), said, size=12, ink="text2")
            _series(painter, QRectF(round(left) - 14, round(look.px(20) / 2) - 5, 9, 9), first)
            right = left - 24


def _series(painter: QPainter, box: QRectF, first: bool) -> None:
    painter.fillRect(box, look.colour("accent" if first else "tint2"))
    if not first and box.height() > 1:
        painter.setPen(QPen(look.colour("accent"), 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
