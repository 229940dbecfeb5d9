"""Painting shared by painted widgets and the table delegate: words, lights, chips, bars, circles.

Everything takes the painter, a place in px and plain words. Marks are drawn as paths, never as font
glyphs, so that shape, size and baseline do not depend on a font.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ui import icons, look

LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


_MIDDLE = {align: align | Qt.AlignmentFlag.AlignVCenter for align in (LEFT, RIGHT, CENTRE)}


class Mark(Enum):
    """What a light says; the value is the colour family of its mark."""

    RED = "red", "逾期"
    AMBER = "amber", "临期"
    BLUE = "blue", "在办"
    GREEN = "green", "正常"
    DONE = "green", "办结"
    GREY = "grey", "未开始"
    GUEST = "grey", "列席"
    PAUSED = "grey", "延期"

    @property
    def family(self) -> str:
        """Colour family: tokens ``family``, ``family_mark``, ``family_ground``."""
        return self.value[0]

    @property
    def word_ink(self) -> str:
        """Colour of the word: only what needs attention is coloured."""
        return self.family if self in (Mark.RED, Mark.AMBER, Mark.BLUE) else "text2"


def width(text: str, size: float, weight: int = 400) -> float:
    """Return how wide *text* is drawn at *size* design px, px."""
    return _width(text, look.px(size), weight, size)


@lru_cache(maxsize=8192)
def _width(text: str, _pixels: int, weight: int, size: float) -> float:
    """Measure once: tables ask for the same words at every paint. *_pixels* tells text sizes apart."""
    return QFontMetricsF(look.font(size, weight)).horizontalAdvance(text)


def words(
    painter: QPainter,
    place: QRectF,
    text: str,
    *,
    size: float = 14,
    weight: int = 400,
    ink: str = "text",
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """Draw *text* on one line in the middle of *place*, elided where it does not fit; return its width."""
    face, room = look.font(size, weight), place.width()
    one_line = text.replace("\n", " ")
    wide = width(one_line, size, weight)
    if wide > room + 0.5:
        measure = QFontMetricsF(face)
        one_line = measure.elidedText(one_line, Qt.TextElideMode.ElideRight, room)
        wide = measure.horizontalAdvance(one_line)
    painter.setFont(face)
    painter.setPen(look.colour(ink))
    painter.drawText(place.adjusted(0, 0, 1, 0), _MIDDLE[align], one_line)
    return wide


def mark(painter: QPainter, which: Mark, x: float, y: float, radius: float = 5.5) -> None:
    """Draw the shape of light *which* around the point *x*, *y*."""
    colour = look.colour(f"{which.family}_mark")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if which in (Mark.GREY, Mark.GUEST, Mark.DONE):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(colour, 1.9 if which is Mark.DONE else 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
    painter.drawPath(_shape(which, x, y, radius))
    painter.restore()


def _shape(which: Mark, x: float, y: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    if which is Mark.RED:
        reach = radius * 1.12
        path.addPolygon(_polygon((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)))
        path.closeSubpath()
    elif which is Mark.AMBER:
        reach = radius * 1.1
        side, foot = reach * 1.02, y + reach * 0.82
        path.addPolygon(_polygon((x, y - reach), (x + side, foot), (x - side, foot)))
        path.closeSubpath()
    elif which is Mark.DONE:
        reach = radius
        path.moveTo(x - reach * 0.85, y + reach * 0.05)
        path.lineTo(x - reach * 0.2, y + reach * 0.7)
        path.lineTo(x + reach * 0.9, y - reach * 0.65)
    elif which is Mark.PAUSED:
        for left in (x - radius * 0.75, x + radius * 0.25):
            path.addRect(QRectF(left, y - radius * 0.8, radius * 0.5, radius * 1.6))
    elif which in (Mark.GREEN, Mark.GREY):
        reach = radius * (0.92 if which is Mark.GREEN else 0.8)
        path.addEllipse(QPointF(x, y), reach, reach)
    else:
        reach = radius * (0.82 if which is Mark.BLUE else 0.74)
        path.addRect(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))
    return path


def _polygon(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in corners])


def light(
    painter: QPainter, place: QRectF, which: Mark, word: str, *, size: float = 13, weight: int = 400
) -> float:
    """Draw mark + 6 px + word from the left of *place*; return the width used."""
    gap = look.px(18)
    mark(painter, which, place.x() + look.px(6), place.center().y(), look.scaled(5.5))
    rest = place.adjusted(gap, 0, 0, 0)
    return gap + words(painter, rest, word, size=size, weight=weight, ink=which.word_ink)


def light_width(word: str, size: float = 13, weight: int = 400) -> float:
    """Return the width :func:`light` needs, px."""
    return look.px(18) + width(word, size, weight) + 1


def chip(painter: QPainter, place: QRectF, word: str, family: str, which: Mark | None = None) -> float:
    """Draw a chip, 20 px high, at the left middle of *place*; with a light's mark inside where given."""
    high, wide = look.px(20), min(chip_width(word, which), place.width())
    box = QRectF(place.x(), round(place.center().y() - high / 2), wide, high)
    rounded(painter, box, f"{family}_ground", 4)
    if which is None:
        inner = box.adjusted(7, 0, -6, 0)
    else:
        inner = box.adjusted(look.px(23), 0, -6, 0)
        mark(painter, which, box.x() + look.px(12), box.center().y(), look.scaled(4.5))
    words(painter, inner, word, size=12, weight=500, ink=family)
    return wide


def chip_width(word: str, which: Mark | None = None) -> float:
    """Return the width of a chip, px."""
    return width(word, 12, 500) + (14 if which is None else look.px(32))


def rounded(painter: QPainter, box: QRectF, ink: str, radius: float) -> None:
    """Fill a rounded box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(ink))
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def bar(painter: QPainter, box: QRectF, share: float, ink: str = "accent") -> None:
    """Draw a bar from zero, filled to *share* 0 to 1 of *box*."""
    radius = box.height() / 2
    rounded(painter, box, "grey_ground", radius)
    if share > 0:
        filled = max(box.height(), box.width() * min(share, 1.0))
        rounded(painter, QRectF(box.x(), box.y(), filled, box.height()), ink, radius)


def stacked(painter: QPainter, box: QRectF, parts: Sequence[tuple[float, str]], total: float) -> None:
    """Draw *parts* (amount, ink) along *box* with 2 px between them; what is left of *total* stays grey."""
    outline = QPainterPath()
    outline.addRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(outline)
    painter.fillRect(box, look.colour("grey_ground"))
    ends = accumulate(amount for amount, _ in parts)
    start = 0.0
    for end, (amount, ink) in zip(ends, parts, strict=True):
        left, right = (round(box.x() + box.width() * at / max(total, 1e-9)) for at in (start, end))
        gap = 2 if end < total else 0
        if amount:
            painter.fillRect(
                QRectF(left, box.y(), max(right - left - gap, 1), box.height()), look.colour(ink)
            )
        start = end
    painter.restore()


def circle(painter: QPainter, x: float, y: float, state: str, radius: float = 9) -> None:
    """Draw a step: "done" filled with a tick, "now" ring with a dot, "later" hollow, "late" a red diamond."""
    centre = QPointF(x, y)
    if state == "late":
        mark(painter, Mark.RED, x, y, radius - 1)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == "done":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(centre, radius, radius)
        icons.paint(painter, "check", "on_accent", x - 6, y - 6, 12)
    else:
        now = state == "now"
        painter.setPen(QPen(look.colour("accent" if now else "line2"), 2 if now else 1.4))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        if now:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawEllipse(centre, radius * 0.42, radius * 0.42)
    painter.restore()


def focus_ring(painter: QPainter, box: QRectF, radius: float = 0) -> None:
    """Draw the 2 px focus border inside *box*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()
