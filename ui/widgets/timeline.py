"""What happened to a record, newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons, look
from ui.widgets import paint
from ui.widgets.label import plain_tip

_EVENT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: *icon* on the ground of *family* (red amber green blue grey), *kind* 催办, *when* 10月14日 周三."""

    kind: str
    when: str
    text: str
    who: str = ""
    icon: str = "check"
    family: str = "grey"


class Timeline(QListView):
    """A list of events, 57 px each; rows can be reached by key and read by a screen reader."""

    def __init__(self, events: Sequence[Event] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("经过")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_EventDelegate(self))
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.show_events(events)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show *events*, newest first."""
        self._items.clear()
        for event in events:
            item = QStandardItem("，".join(filter(None, (event.kind, event.when, event.text, event.who))))
            item.setToolTip(plain_tip(event.text))
            item.setData(event, _EVENT)
            self._items.appendRow(item)


class _EventDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look.px(200), look.px(57))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        event, box = index.data(_EVENT), QRectF(option.rect)
        x, y, side = box.x() + look.px(14), box.y() + look.px(14), look.px(14)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() + 1 < index.model().rowCount():
            painter.fillRect(QRectF(x - 1, y + side + 3, 2, box.height() - 2 * side - 6), look.colour("line"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(f"{event.family}_ground"))
        painter.drawEllipse(QPointF(x, y), side, side)
        icons.paint(painter, event.icon, event.family, x - side / 2, y - side / 2, side)
        first = QRectF(box.x() + look.px(40), box.y() + 2, box.width() - look.px(42), look.px(22))
        who = paint.width(event.who, 12)
        used = paint.words(painter, first, event.kind, size=13, weight=500) + 10
        when = first.adjusted(used, 0, -who - 8, 0)
        paint.words(painter, when, event.when, size=12, ink="text3")
        paint.words(painter, first, event.who, size=12, ink="text2", align=paint.RIGHT)
        paint.words(painter, first.translated(0, look.px(22)), event.text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, box.adjusted(0, 0, 0, -2), 4)
        painter.restore()
