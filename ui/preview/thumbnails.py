"""The pages small, at the left of the desk: a list, so that keys and screen readers come free."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import look
from ui.preview.sheets import Sheets
from ui.widgets import paint

WIDTH = 140
_PAGE_WIDTH = 96
_AIR = 6
_NUMBER = 20
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Thumbnails(QListView):
    """Shows the pages of :class:`Sheets`; ``picked`` tells the page chosen here, from 0."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("页")
        self.setFixedWidth(look.px(WIDTH))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._pages = _Pages()
        self.setModel(self._pages)
        self.setItemDelegate(_PageDelegate(self._pages, self))
        self.selectionModel().currentChanged.connect(self._tell)

    def set_sheets(self, sheets: Sheets | None) -> None:
        """Show other pages."""
        self._pages.set_sheets(sheets)
        self.show_page(0)

    def show_page(self, page: int) -> None:
        """Mark the page in sight; nothing is told."""
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._pages.index(page, 0))
        self.selectionModel().blockSignals(False)
        self.scrollTo(self.currentIndex())
        self.viewport().update()

    def _tell(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.row())


class _Pages(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: Sheets | None = None
        self._drawn: dict[tuple[int, float], QImage] = {}

    def set_sheets(self, sheets: Sheets | None) -> None:
        self.beginResetModel()
        self.sheets = sheets
        self._drawn.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.sheets is None else len(self.sheets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"第 {index.row() + 1} 页"
        return None

    def size(self, page: int) -> QSize:
        """Return the size of a small page, px."""
        assert self.sheets is not None
        size, wide = self.sheets.sizes[page], look.px(_PAGE_WIDTH)
        return QSize(wide, round(wide * size.height() / size.width()))

    def image(self, page: int, density: float) -> QImage:
        """Return a page drawn small for a screen of *density* dots a px."""
        assert self.sheets is not None
        if (page, density) not in self._drawn:
            scale = self.size(page).width() * density / self.sheets.sizes[page].width()
            image = self.sheets.image(page, scale)
            image.setDevicePixelRatio(density)
            self._drawn[page, density] = image
        return self._drawn[page, density]


class _PageDelegate(QStyledItemDelegate):
    def __init__(self, pages: _Pages, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages = pages

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        size = self._pages.size(index.row())
        return QSize(size.width() + 2 * _AIR, size.height() + 2 * _AIR + look.px(_NUMBER) + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        page, size = index.row(), self._pages.size(index.row())
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        left = option.rect.x() + (option.rect.width() - size.width()) // 2
        place = QRectF(left, option.rect.y() + 8 + _AIR, size.width(), size.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(place.topLeft(), self._pages.image(page, painter.device().devicePixelRatioF()))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        if on:
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(place.adjusted(-5, -5, 5, 5), 4, 4)
        below = QRectF(option.rect.x(), place.bottom() + _AIR, option.rect.width(), look.px(_NUMBER))
        ink, weight = ("accent", 500) if on else ("text2", 400)
        paint.words(painter, below, str(page + 1), size=12, weight=weight, ink=ink, align=paint.CENTRE)
        painter.restore()
