"""The one delegate of all tables: paints the cell descriptions of ``ui.tables.cells``."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from ui import icons, look
from ui.tables.cells import (
    CELL_ROLE,
    BarCell,
    Cell,
    CheckCell,
    ChipCell,
    GroupCell,
    LightCell,
    TextCell,
    TileCell,
    TwoLineCell,
)
from ui.widgets import paint
from ui.widgets.label import plain_tip

PADDING = 8
"""Air left and right of a cell, px; the first and last column get ``EDGE`` more."""
EDGE = 8
ROW, DENSE_ROW, GROUP_ROW, TWO_LINE_ROW = 32, 28, 28, 52
_ALIGN = {"left": paint.LEFT, "right": paint.RIGHT, "centre": paint.CENTRE}
_BOX, _TILE = 16, 40

_ENABLED, _SELECTED, _HAS_FOCUS = (
    flag.value
    for flag in (
        QStyle.StateFlag.State_Enabled,
        QStyle.StateFlag.State_Selected,
        QStyle.StateFlag.State_HasFocus,
    )
)
"""Plain numbers: a table paints hundreds of cells a frame, and combining enums is slow."""

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints, measures and explains cells; a click or space changes a checkable one.

    ``hovered_row`` and ``edges`` (logical first and last column shown) are kept by the view.
    """

    hovered_row = -1
    edges = (0, -1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, box, state = _cell(index), QRectF(option.rect), option.state.value
        painter.save()
        self._paint_ground(painter, option.rect, index, cell, bool(state & _SELECTED))
        content = self._content(box, index, cell)
        if state & _ENABLED:
            _paint_cell(painter, content, cell)
        else:
            paint.words(painter, content, cell.plain, ink="text3")
        if state & _HAS_FOCUS:
            paint.focus_ring(painter, box.adjusted(0, 0, 0, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = _cell(index)
        high = TWO_LINE_ROW if isinstance(cell, TwoLineCell) else ROW
        return QSize(round(_needed(cell)) + 2 * PADDING + self._extra(index) + 1, look.px(high))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Tell the whole text of a cell that is cut off."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        given = index.data(Qt.ItemDataRole.ToolTipRole)
        cut = self.sizeHint(option, index).width() > view.visualRect(index).width() + 1
        said = str(given) if given else (_cell(index).plain if cut else "")
        QToolTip.showText(event.globalPos(), plain_tip(said), view)
        return True

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        cell = _cell(index)
        if not isinstance(cell, CheckCell) or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return super().editorEvent(event, model, option, index)
        if event.type() == QEvent.Type.MouseButtonRelease:
            hit = self._content(QRectF(option.rect), index, cell).contains(
                cast(QMouseEvent, event).position()
            )
        else:
            hit = event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space  # type: ignore[attr-defined]
        state = Qt.CheckState.Unchecked if cell.checked else Qt.CheckState.Checked
        return bool(hit) and model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _extra(self, index: Index) -> int:
        return EDGE * self.edges.count(index.column())

    def _content(self, box: QRectF, index: Index, cell: Cell) -> QRectF:
        first, last = self.edges
        left = EDGE if index.column() == first else 0
        right = EDGE if index.column() == last or isinstance(cell, GroupCell) else 0
        return box.adjusted(PADDING + left, 0, -PADDING - right, -1)

    def _paint_ground(self, painter: QPainter, box: QRect, index: Index, cell: Cell, selected: bool) -> None:
        if isinstance(cell, GroupCell):
            painter.fillRect(box, look.colour("sunken"))
        elif selected:
            painter.fillRect(box, look.colour("accent_ground"))
            if index.column() == self.edges[0]:
                painter.fillRect(box.x(), box.y(), 3, box.height(), look.colour("accent"))
        elif index.row() == self.hovered_row:
            painter.fillRect(box, look.colour("sunken"))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look.colour("line"))


def _cell(index: Index) -> Cell:
    """Return the description of *index*; a model without one shows its display text."""
    given = index.data(CELL_ROLE)
    if given is not None:
        return cast(Cell, given)
    shown = index.data(Qt.ItemDataRole.DisplayRole)
    return TextCell("" if shown is None else str(shown))


def _paint_cell(painter: QPainter, box: QRectF, cell: Cell) -> None:
    match cell:
        case TextCell():
            _paint_text(painter, box, cell)
        case LightCell():
            paint.light(painter, box, cell.mark, cell.text, weight=cell.weight)
        case ChipCell():
            paint.chip(painter, box, cell.text, cell.family)
        case BarCell():
            _paint_bar(painter, box, cell)
        case CheckCell():
            _paint_check(painter, box, cell.checked)
        case TwoLineCell():
            _paint_two_lines(painter, box, cell)
        case TileCell():
            _paint_tile(painter, box, cell)
        case GroupCell():
            _paint_group(painter, box, cell)


def _needed(cell: Cell) -> float:
    """Return the width *cell* wants for its content, px."""
    match cell:
        case TextCell():
            wide = paint.width(cell.text, cell.size, cell.weight) + (look.px(22) if cell.icon else 0)
            wide += 8 + paint.chip_width(cell.chip[0]) if cell.chip else 0
            return wide + (8 + paint.width(cell.tail, 12) if cell.tail else 0)
        case LightCell():
            return paint.light_width(cell.text, weight=cell.weight)
        case ChipCell():
            return paint.chip_width(cell.text)
        case BarCell():
            return look.px(cell.width) + 8 + paint.width(cell.text, 13)
        case CheckCell():
            return look.px(_BOX)
        case TwoLineCell():
            state = paint.width(cell.state, 12)
            light = paint.light_width(cell.word, 12) if cell.mark else 0
            return max(paint.width(cell.text, 14) + light, paint.width(cell.under, 12) + state) + 12
        case TileCell():
            return look.px(_TILE)
        case GroupCell():
            return 0


def _paint_text(painter: QPainter, box: QRectF, cell: TextCell) -> None:
    if cell.icon:
        size = look.px(16)
        icons.paint(painter, cell.icon, cell.icon_ink, box.x(), round(box.center().y() - size / 2), size)
        box = box.adjusted(look.px(22), 0, 0, 0)
    room = box
    if cell.chip:
        room = box.adjusted(0, 0, -paint.chip_width(cell.chip[0]) - 8, 0)
    used = paint.words(
        painter,
        room,
        cell.text,
        size=cell.size,
        weight=cell.weight,
        ink=cell.ink,
        align=_ALIGN[cell.align],
    )
    after = box.adjusted(used + 8, 0, 0, 0)
    if cell.chip:
        after.adjust(paint.chip(painter, after, *cell.chip) + 8, 0, 0, 0)
    if cell.tail:
        paint.words(painter, after, cell.tail, size=12, ink="text3")


def _paint_bar(painter: QPainter, box: QRectF, cell: BarCell) -> None:
    wide = look.px(cell.width)
    paint.bar(painter, QRectF(box.x(), round(box.center().y()) - 3, wide, 6), cell.share, cell.ink)
    paint.words(painter, box.adjusted(wide + 8, 0, 0, 0), cell.text, size=13)


def _paint_check(painter: QPainter, box: QRectF, checked: bool) -> None:
    size = look.px(_BOX)
    square = QRectF(round(box.x()), round(box.center().y() - size / 2), size, size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if checked:
        paint.rounded(painter, square, "accent", 4)
        icons.paint(painter, "check", "on_accent", square.x() + 2, square.y() + 2, size - 4)
    else:
        painter.setPen(QPen(look.colour("line2"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def _paint_two_lines(painter: QPainter, box: QRectF, cell: TwoLineCell) -> None:
    upper = QRectF(box.x(), box.y() + look.px(6), box.width(), look.px(22))
    lower = QRectF(box.x(), upper.bottom(), box.width(), look.px(18))
    right = 0.0
    if cell.mark:
        right = paint.light_width(cell.word, 12)
        place = QRectF(upper.right() - right, upper.y(), right, upper.height())
        paint.light(painter, place, cell.mark, cell.word, size=12)
    paint.words(painter, upper.adjusted(0, 0, -right - 12 if right else 0, 0), cell.text)
    state = paint.width(cell.state, 12)
    paint.words(painter, lower, cell.state, size=12, ink="text2", align=paint.RIGHT)
    paint.words(
        painter, lower.adjusted(0, 0, -state - 12 if state else 0, 0), cell.under, size=12, ink="text3"
    )


def _paint_tile(painter: QPainter, box: QRectF, cell: TileCell) -> None:
    side = look.px(_TILE)
    tile = QRectF(round(box.x()), round(box.center().y() - side / 2), side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("line"), 1))
    painter.setBrush(look.colour("sunken"))
    painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    upper = QRectF(tile.x(), tile.y() + look.px(2), side, look.px(20))
    lower = QRectF(tile.x(), upper.bottom() - look.px(1), side, look.px(16))
    paint.words(painter, upper, cell.day, weight=500, align=paint.CENTRE)
    paint.words(painter, lower, cell.weekday, size=12, ink="text2", align=paint.CENTRE)


def _paint_group(painter: QPainter, box: QRectF, cell: GroupCell) -> None:
    ink = "text"
    if cell.mark:
        paint.mark(painter, cell.mark, box.x() + look.px(6), box.center().y())
        box = box.adjusted(look.px(18), 0, 0, 0)
        ink = cell.mark.family if cell.mark.family != "grey" else "text2"
    used = paint.words(painter, box, cell.text, size=13, weight=500, ink=ink)
    paint.words(painter, box.adjusted(used + 6, 0, 0, 0), str(cell.count), size=13, ink="text2")
    paint.words(painter, box, cell.note, size=12, ink="text3", align=paint.RIGHT)
