"""Icons: the shipped lucide SVGs, drawn in a token's colour and kept until the theme changes.

Buttons and actions get theirs by :func:`put`, which remembers what was asked for on the object itself,
so that a theme change can draw it anew.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

import resources
from ui import look

STROKE = 1.75
DENSITIES = (1, 2, 4)
_ASKED = "asked_icon"


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resources.text(f"icons/{name}.svg")


def svg(name: str, colour: str, stroke: float = STROKE) -> str:
    """Return icon *name* ("user-plus") as SVG text in *colour* "#RRGGBB"; FileNotFoundError if not shipped."""
    return (
        _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    )


@lru_cache(maxsize=512)
def pixmap(
    name: str, ink: str = "text2", size: int = 18, density: float = 1, stroke: float = STROKE
) -> QPixmap:
    """Draw an icon of *size* px for a screen of *density* dots a pixel, in the colour of token *ink*."""
    return _draw(name, ink, size, density, stroke, gap=0)


def _draw(name: str, ink: str, size: int, density: float, stroke: float, gap: int) -> QPixmap:
    drawn = QPixmap(round((size + gap) * density), round(size * density))
    drawn.fill(Qt.GlobalColor.transparent)
    text = svg(name, getattr(look.tokens(), ink), stroke)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size * density, size * density))
    painter.end()
    drawn.setDevicePixelRatio(density)
    return drawn


@lru_cache(maxsize=256)
def icon(name: str, ink: str = "text2", size: int = 18, gap: int = 0) -> QIcon:
    """Return an icon for 100, 200 and 400 % screens; *gap* px of air follow it (buttons have no spacing)."""
    made = QIcon()
    for density in DENSITIES:
        made.addPixmap(_draw(name, ink, size, density, STROKE, gap))
        made.addPixmap(_draw(name, "disabled", size, density, STROKE, gap), QIcon.Mode.Disabled)
    return made


def paint(painter: QPainter, name: str, ink: str, x: float, y: float, size: int = 16) -> None:
    """Paint icon *name* with its top left corner at *x*, *y*."""
    density = painter.device().devicePixelRatioF()
    painter.drawPixmap(QRectF(x, y, size, size), pixmap(name, ink, size, density), QRectF())


def put(
    owner: QAbstractButton | QAction, name: str, ink: str = "text2", size: int = 18, gap: int = 0
) -> None:
    """Give *owner* an icon that follows the theme and the text size."""
    owner.setProperty(_ASKED, [name, ink, size, gap])
    _renew(owner)


def renew_all() -> None:
    """Draw every icon given by :func:`put` again, after a change of theme."""
    for widget in QApplication.allWidgets():
        _renew(widget)
        for action in widget.actions():
            _renew(action)


def forget() -> None:
    """Drop every drawn icon: the colours have changed."""
    pixmap.cache_clear()
    icon.cache_clear()


def _renew(owner: QWidget | QAction) -> None:
    asked = owner.property(_ASKED)
    if asked is None or not isinstance(owner, QAbstractButton | QAction):
        return
    name, ink, size, gap = asked
    owner.setIcon(icon(name, ink, look.px(size), gap))
    if isinstance(owner, QAbstractButton):
        owner.setIconSize(QSize(look.px(size) + gap, look.px(size)))
