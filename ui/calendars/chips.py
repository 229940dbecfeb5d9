"""How an event looks: the colour and icon of its kind, its light, its words."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from models.records.base import DayRole, kind_of
from models.rules.duties import State
from models.summaries.calendar import OBLIGATION, STATUTORY, kind_label
from models.summaries.dated import Event
from ui import icons, lights, look
from ui.widgets import paint
from ui.widgets.paint import Mark

_INKS = {"meeting": "meeting", "study": "study", "supervision": "case", "filing": "submission"}
"""Colour token of each line of work (look.md 2); what belongs to none is grey."""
_GROUPS = {OBLIGATION: ("task", "list-checks"), STATUTORY: ("statutory", "flag")}
_URGENT = (State.OVERDUE, State.SOON)


def look_of(kind: str) -> tuple[str, str]:
    """Return colour token and icon of a kind of event."""
    if kind in _GROUPS:
        return _GROUPS[kind]
    described = kind_of(kind)
    return _INKS.get(described.family, "statutory"), described.icon


def mark_of(event: Event) -> Mark | None:
    """Return the light of an event; one that only has words was put off or called off."""
    if event.light is not None:
        return lights.OF_STATE[event.light]
    return Mark.PAUSED if event.words else None


def spoken(event: Event) -> str:
    """Return an event in words: 会议 09:30 联席会议，未登记召开。"""
    return "，".join(filter(None, (f"{kind_label(event.kind)} {event.label}", event.words, event.about)))


def short_label(event: Event) -> str:
    """Return the label without the year that the title begins with, if it is the year of the event."""
    title = event.title.removeprefix(f"{event.on.year}年") or event.title
    return f"{event.starts_at:%H:%M} {title}" if event.starts_at else title


def paint_chip(
    painter: QPainter, box: QRectF, event: Event, *, chosen: bool = False, text: bool = True
) -> None:
    """Draw an event as a chip: icon, words, its mark at the right end when it is late, due or put off.

    What came in or was done has no ground: nothing is left to do about it.
    """
    token, icon = look_of(event.kind)
    if event.role is not DayRole.FACT:
        paint.rounded(painter, box, f"{token}_ground", 4)
    if chosen:
        painter.setPen(QPen(look.colour(token), 1.5))
        painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
    if not text:
        return
    size, line = look.px(12), look.px(20)
    middle = box.y() + line / 2
    icons.paint(painter, icon, token, box.x() + 5, round(middle - size / 2), size)
    mark = mark_of(event)
    marked = mark is not None and (event.light is None or event.light in _URGENT)
    right = look.px(18) if marked else 4
    words = QRectF(box.x() + size + 9, box.y(), box.width() - size - 9 - right, line)
    paint.words(painter, words, short_label(event), size=12, ink=token)
    if marked and mark is not None:
        paint.mark(painter, mark, box.right() - look.px(10), middle, look.scaled(4.5))
