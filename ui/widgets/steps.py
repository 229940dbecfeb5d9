"""The steps of a meeting or a case: done, now, later, late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import look
from ui.widgets import paint
from ui.widgets.label import Drawn

_CONNECTOR = 14
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One step; *note* is its date or duration, *late* that its date is past."""

    word: str
    note: str = ""
    late: bool = False


class Steps(Drawn):
    """Draws all steps where there is room, else one sentence: 第 3 步，共 7 步：召开.

    *stacked* puts words and notes under the circles and spreads over the width (64 px high).
    """

    def __init__(
        self,
        steps: Sequence[Step] = (),
        current: int = 0,
        *,
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(role="secondary", parent=parent)
        self._stacked = stacked
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding if stacked else policy.Preferred, policy.Fixed)
        self.show_steps(steps, current)

    def show_steps(self, steps: Sequence[Step], current: int) -> None:
        """Show *steps* with position *current* as the one under way."""
        self._steps, self._current = tuple(steps), current
        sentence = f"第 {current + 1} 步，共 {len(steps)} 步：{steps[current].word}" if steps else ""
        self.setText(sentence)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(round(self._full_width()), look.px(64 if self._stacked else 24))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(paint.width(self.text(), 14)) + 4, look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.width() < self._full_width() - 1:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        (self._paint_stacked if self._stacked else self._paint_line)(painter)

    def _full_width(self) -> float:
        widest = [max(paint.width(step.word, 13, 500), paint.width(step.note, 12)) for step in self._steps]
        if self._stacked:
            return (max(widest, default=0) + 12) * len(self._steps)
        each = look.px(16) + 8 + 2 * _AROUND + _CONNECTOR
        return sum(paint.width(step.word, 13, 500) + each for step in self._steps) - _CONNECTOR - _AROUND

    def _state(self, position: int) -> str:
        if position < self._current:
            return "done"
        if self._steps[position].late:
            return "late"
        return "now" if position == self._current else "later"

    def _word_ink(self, position: int) -> str:
        state = self._state(position)
        return {"done": "text2", "now": "text", "later": "text3", "late": "red"}[state]

    def _paint_line(self, painter: QPainter) -> None:
        x, middle, radius = 0.0, self.height() / 2, look.scaled(8)
        for position, step in enumerate(self._steps):
            if position:
                ink = "accent" if position <= self._current else "line2"
                painter.fillRect(QRectF(round(x), round(middle) - 1, _CONNECTOR, 2), look.colour(ink))
                x += _CONNECTOR + _AROUND
            paint.circle(painter, x + radius + 1, middle, self._state(position), radius)
            x += 2 * radius + 8
            weight = 500 if position == self._current else 400
            wide = paint.width(step.word, 13, weight)
            place = QRectF(x, 0, wide + 1, self.height())
            paint.words(painter, place, step.word, size=13, weight=weight, ink=self._word_ink(position))
            x += wide + _AROUND

    def _paint_stacked(self, painter: QPainter) -> None:
        share, middle, radius = self.width() / len(self._steps), look.px(14), look.scaled(9)
        for position, step in enumerate(self._steps):
            centre = share * (position + 0.5)
            if position + 1 < len(self._steps):
                ink = "accent" if position < self._current else "line"
                link = QRectF(round(centre + radius + 4), middle - 1, round(share - 2 * radius - 8), 2)
                painter.fillRect(link, look.colour(ink))
            paint.circle(painter, centre, middle, self._state(position), radius)
            ink, left = self._word_ink(position), share * position
            weight = 500 if position == self._current else 400
            under = QRectF(left, look.px(26), share, look.px(20))
            paint.words(painter, under, step.word, size=13, weight=weight, ink=ink, align=paint.CENTRE)
            note = QRectF(left, look.px(44), share, look.px(16))
            tone = "red" if ink == "red" else "text3"
            paint.words(painter, note, step.note, size=12, ink=tone, align=paint.CENTRE)
