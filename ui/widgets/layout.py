"""Rows and columns in one line each: ``row(label, STRETCH, button, spacing=8)``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

STRETCH = None
Box = TypeVar("Box", bound=QBoxLayout)
Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
"""Left, top, right, bottom in px."""


def row(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Lay *items* side by side: widgets, layouts, px of air, or STRETCH."""
    return _filled(QHBoxLayout(), items, spacing, margins)


def column(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Lay *items* one under the other."""
    return _filled(QVBoxLayout(), items, spacing, margins)


def _filled(box: Box, items: Iterable[Item], spacing: int, margins: Margins) -> Box:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)
    return box


def frame(part: str, content: QLayout | None = None) -> QFrame:
    """Return a frame styled as *part*: pane, pane-left, pane-right, bar, foot, sunken, card, rule."""
    made = QFrame()
    made.setProperty("part", part)
    if content is not None:
        made.setLayout(content)
    return made


def holder(content: QLayout) -> QWidget:
    """Return a bare widget around *content*."""
    made = QWidget()
    made.setLayout(content)
    return made


def rule(upright: bool = False) -> QFrame:
    """Return a hairline."""
    return frame("rule-upright" if upright else "rule")


def scrolled(content: QWidget, *, white: bool = True) -> QScrollArea:
    """Return *content* in an area that scrolls down only and follows the keyboard."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if white:
        content.setProperty("part", "pane")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    area.setWidget(content)
    return area


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties ("error", "kind") and have the style sheet read again for *widget*."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
