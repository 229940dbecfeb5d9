"""The events of one day as a list beside the grid: kind and light, title, who or where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.summaries.calendar import kind_label
from models.summaries.dated import Event
from ui import icons, look
from ui.calendars.chips import look_of, mark_of, spoken
from ui.calendars.day_grid import ARROWS, KEY
from ui.widgets import paint
from ui.widgets.label import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_EVENT = Qt.ItemDataRole.UserRole + 1
HEIGHT = 74


class EventList(QListView):
    """Enter or a double click opens, Alt+arrows move by a day or a week."""

    opened = Signal(object)
    move_asked = Signal(object, int)
    """Event and days."""
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("当天事项")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._events = _Events()
        self.setModel(self._events)
        self.setItemDelegate(_EventItem(self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(_EVENT)))

    def show_events(self, events: Sequence[Event], current: Event | None) -> None:
        """Show the events of a day; *current* is the one the keys act on."""
        self.selectionModel().blockSignals(True)
        self._events.show(events)
        if current is not None and current in events:
            self.setCurrentIndex(self._events.index(list(events).index(current)))
        self.selectionModel().blockSignals(False)

    def current_event(self) -> Event | None:
        """Return the event the keyboard is on."""
        found = self.currentIndex().data(_EVENT)
        return found if isinstance(found, Event) else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _days(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_event()
        if current is not None and (days := _days(event)):
            self.move_asked.emit(current, days)
        elif current is not None and event.key() in (KEY.Key_Return, KEY.Key_Enter):
            self.opened.emit(current)
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.picked.emit(current.data(_EVENT))


def _days(event: QKeyEvent) -> int:
    """Return how many days Alt with an arrow key moves, 0 for other keys."""
    alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
    return ARROWS.get(KEY(event.key()), 0) if alt else 0


class _Events(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._shown: Sequence[Event] = ()

    def show(self, events: Sequence[Event]) -> None:
        self.beginResetModel()
        self._shown = events
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        event = self._shown[index.row()]
        if role == _EVENT:
            return event
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(spoken(event))
        return (
            spoken(event)
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            else None
        )


class _EventItem(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(160), look.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        event, box = index.data(_EVENT), QRectF(option.rect)
        token, icon = look_of(event.kind)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("accent_ground"))
        painter.fillRect(QRectF(box.x() + 16, box.bottom() - 1, box.width() - 32, 1), look.colour("line"))
        bar = QRectF(box.x() + 16, box.y() + 9, 3, box.height() - 18)
        painter.fillRect(bar, look.colour(token))
        head = QRectF(bar.right() + 9, box.y() + look.px(7), box.right() - bar.right() - 25, look.px(20))
        icons.paint(painter, icon, token, head.x(), round(head.center().y() - look.px(7)), look.px(14))
        paint.words(painter, head.adjusted(look.px(20), 0, 0, 0), kind_label(event.kind), size=13, ink=token)
        mark = mark_of(event)
        if mark is not None and event.words:
            wide = min(paint.light_width(event.words), head.width() / 2)
            paint.light(
                painter, QRectF(head.right() - wide, head.y(), wide, head.height()), mark, event.words
            )
        title = QRectF(head.x(), head.bottom(), head.width(), look.px(22))
        paint.words(painter, title, event.title)
        about = f"{event.starts_at:%H:%M}" if event.starts_at else ""
        under = QRectF(head.x(), title.bottom(), head.width(), look.px(18))
        paint.words(painter, under, " · ".join(filter(None, (about, event.about))), size=12, ink="text3")
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, box.adjusted(0, 0, 0, -1))
        painter.restore()
