"""The desk: sheets one under the other, white in both themes, as sharp as the screen.

A sheet is drawn when it comes into sight. Keys: PageUp and PageDown by sheets, Home, End, arrows, Ctrl with
the wheel to look closer.
"""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui import look
from ui.preview.sheets import POINTS_PER_INCH, Sheets

GAP = 20
FIT_WIDTH, FIT_PAGE = "适合宽度", "整页"
LEAST, MOST = 0.25, 4.0
_SHADOW = 3
_KEPT = 6
_KEYS = Qt.Key


class Desk(QAbstractScrollArea):
    """Shows :class:`Sheets` at a zoom: a factor, or one of the two fits."""

    page_changed = Signal(int)
    zoom_wanted = Signal(int)
    """1 closer, -1 farther."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("纸样")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheets: Sheets | None = None
        self._zoom: str | float = FIT_WIDTH
        self._places: list[QRect] = []
        self._page = 0
        self._drawn: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self.verticalScrollBar().valueChanged.connect(self._note_page)

    @property
    def page(self) -> int:
        """The page in sight, from 0."""
        return self._page

    @property
    def factor(self) -> float:
        """How large paper is shown: 1 is true size at 96 dots an inch."""
        if isinstance(self._zoom, float) or self._sheets is None:
            return self._zoom if isinstance(self._zoom, float) else 1.0
        size = self._sheets.sizes[min(self._page, len(self._sheets) - 1)]
        room = self.viewport().size()
        inch = 96 / POINTS_PER_INCH
        wide = (room.width() - 2 * GAP) / (size.width() * inch)
        if self._zoom == FIT_PAGE:
            wide = min(wide, (room.height() - 2 * GAP) / (size.height() * inch))
        return min(max(wide, LEAST), MOST)

    def place_of(self, page: int) -> QRect:
        """Return where a page lies in the viewport now, px."""
        return self._places[page].translated(
            -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        )

    def set_sheets(self, sheets: Sheets | None) -> None:
        """Show another paper; the same place of it stays in sight where it is still there."""
        kept = self.verticalScrollBar().value()
        self._sheets = sheets
        self._drawn.clear()
        self._page = 0
        self._arrange()
        self.verticalScrollBar().setValue(kept)
        self._note_page()

    def set_zoom(self, zoom: str | float) -> None:
        """Look from another distance; the page in sight stays in sight."""
        page = self._page
        self._zoom = zoom
        self._drawn.clear()
        self._arrange()
        self.show_page(page)

    def show_page(self, page: int) -> None:
        """Bring a page (from 0) into sight, top first."""
        if self._places:
            page = min(max(page, 0), len(self._places) - 1)
            self.verticalScrollBar().setValue(self._places[page].top() - GAP)
            self._tell_page(page)

    # Qt ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look.colour("side"))
        for page in range(len(self._places)):
            place = self.place_of(page)
            if place.adjusted(0, 0, _SHADOW, _SHADOW).intersects(event.rect()):
                self._paint_page(painter, page, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turned = {
            _KEYS.Key_PageDown: self._page + 1, _KEYS.Key_PageUp: self._page - 1,
            _KEYS.Key_Home: 0, _KEYS.Key_End: len(self._places) - 1,
        }.get(_KEYS(event.key()))  # fmt: skip
        if turned is not None:
            self.show_page(turned)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    # Internal ------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Lay the sheets out and set how far one can scroll."""
        sizes = self._sheets.sizes if self._sheets else []
        scale = self.factor * 96 / POINTS_PER_INCH
        widest = max((round(size.width() * scale) for size in sizes), default=0)
        room = self.viewport().size()
        across = max(room.width(), widest + 2 * GAP)
        self._places, top = [], GAP
        for size in sizes:
            wide, high = round(size.width() * scale), round(size.height() * scale)
            self._places.append(QRect((across - wide) // 2, top, wide, high))
            top += high + GAP
        for bar, whole, seen in (
            (self.horizontalScrollBar(), across, room.width()),
            (self.verticalScrollBar(), top, room.height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(look.px(40))
        self.viewport().update()

    def _paint_page(self, painter: QPainter, page: int, place: QRect) -> None:
        shade = QColor(0, 0, 0, 24)
        painter.fillRect(QRectF(place.right() + 1, place.top() + _SHADOW, _SHADOW, place.height()), shade)
        painter.fillRect(
            QRectF(place.left() + _SHADOW, place.bottom() + 1, place.width() - _SHADOW, _SHADOW), shade
        )
        painter.fillRect(place, look.colour("paper"))
        density = self.devicePixelRatioF()
        corner = QPointF(round(place.x() * density) / density, round(place.y() * density) / density)
        painter.drawImage(corner, self._image(page, density))

    def _image(self, page: int, density: float) -> QImage:
        assert self._sheets is not None
        key = (page, density)
        if key not in self._drawn:
            image = self._sheets.image(page, self._places[page].width() * density / self._width(page))
            image.setDevicePixelRatio(density)
            self._drawn[key] = image
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(key)
        return self._drawn[key]

    def _width(self, page: int) -> float:
        assert self._sheets is not None
        return self._sheets.sizes[page].width()

    def _note_page(self) -> None:
        """Find the page in sight: the one that holds a line a third down the viewport."""
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        reached = [page for page, place in enumerate(self._places) if place.top() <= line]
        self._tell_page(reached[-1] if reached else 0)

    def _tell_page(self, page: int) -> None:
        self.setAccessibleDescription(f"第 {page + 1} 页，共 {len(self._places)} 页")
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
