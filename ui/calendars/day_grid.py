"""What the month and the week have in common: one event is current, it opens, it is dragged to another day.

Keys: arrows go from day to day, Space to the next event of the day, Enter opens it, Alt+arrows move it,
PageUp and PageDown turn. The mouse does the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from models.summaries.calendar import Calendar
from models.summaries.dated import Event
from ui import look
from ui.calendars.chips import spoken
from ui.calendars.grid_model import GridModel, Index
from ui.widgets.label import plain_tip

KEY = Qt.Key
ARROWS = {KEY.Key_Left: -1, KEY.Key_Right: 1, KEY.Key_Up: -7, KEY.Key_Down: 7}
"""Days that an arrow key goes."""


@dataclass(frozen=True, slots=True)
class Box:
    """One event as drawn: its place in the viewport."""

    event: Event
    place: QRectF
    starts: bool = True
    ends: bool = True


@dataclass(slots=True)
class _Drag:
    event: Event
    pressed: QPoint
    day: date
    target: tuple[date, time | None] | None = None
    started: bool = False


class DayGrid(QTableView):
    """Base of the two grids. Subclasses say where events stand (:meth:`place_events`) and paint the ground."""

    opened = Signal(object)
    """An event was opened (double click, Enter)."""
    move_asked = Signal(object, object, object)
    """Event, the day it shall begin on, the hour or None."""
    refused = Signal(str)
    new_asked = Signal(object, object)
    """A day, and an hour or None: something new is wanted there."""
    day_shown = Signal(object)
    """The current day changed."""
    day_asked = Signal(object)
    """A day that is not shown is wanted."""
    turned = Signal(int)
    """One page back (-1) or on (1)."""

    def __init__(self, name: str, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.grid = model
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setProperty("part", "days")
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setProperty("part", "weeks")
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.boxes: list[Box] = []
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._place_again)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.sectionResized.connect(lambda *_sizes: self._settle.start())
        self._event_id = ""
        self._drag: _Drag | None = None

    # What the page says --------------------------------------------------------------------

    def show_days(self, shown: Calendar, day: date) -> None:
        """Show *shown* with *day* as the current one."""
        near = self.currentIndex()
        self.selectionModel().blockSignals(True)
        self.grid.show_days(shown)
        self.setCurrentIndex(self.grid.index_of(day, near))
        self.selectionModel().blockSignals(False)
        self.place_events()
        self.viewport().update()

    def current_day(self) -> date | None:
        """Return the day the keyboard is on."""
        index = self.currentIndex()
        return self.grid.day_of(index).on if index.isValid() else None

    def current_event(self) -> Event | None:
        """Return the event that Enter opens: the one picked, else the first of the day."""
        events = self._events_here()
        return next((event for event in events if event.id == self._event_id), events[0] if events else None)

    def pick_event(self, event_id: str) -> None:
        """Make an event of the current day the current one."""
        self._event_id = event_id
        self.viewport().update()

    # What subclasses say -------------------------------------------------------------------

    def place_events(self) -> None:
        """Fill :attr:`boxes`."""
        raise NotImplementedError

    def spot(self, at: QPoint) -> tuple[date, time | None] | None:
        """Return the day, and the hour where there are hours, under a point of the viewport."""
        index = self.indexAt(at)
        return (self.grid.day_of(index).on, self.grid.hour_of(index)) if index.isValid() else None

    def _events_here(self) -> tuple[Event, ...]:
        return self.grid.events_of(self.currentIndex())

    # Keys ----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep Alt+arrows from the window's shortcuts: they move an event here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _alt_arrow(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = KEY(event.key())
        day = self.current_day()
        if day is None:
            super().keyPressEvent(event)
        elif _alt_arrow(event):
            self.move_by_key(key)
        elif key in ARROWS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.go_by_key(key, day)
        elif key in (KEY.Key_PageUp, KEY.Key_PageDown):
            self.turned.emit(1 if key == KEY.Key_PageDown else -1)
        elif key == KEY.Key_Space:
            self._next_event()
        elif key in (KEY.Key_Return, KEY.Key_Enter):
            self._open_or_add()
        else:
            super().keyPressEvent(event)

    def go_by_key(self, key: Qt.Key, day: date) -> None:
        """Go where an arrow key says."""
        self._go(day + timedelta(days=ARROWS[key]))

    def move_by_key(self, key: Qt.Key) -> None:
        """Move the current event where Alt with an arrow key says."""
        event = self.current_event()
        if event is not None:
            self.ask_move(event, event.on + timedelta(days=ARROWS[key]), None)

    def ask_move(self, event: Event, to: date, at: time | None) -> None:
        """Ask for a move; one that cannot be is refused with its reason."""
        if event.locked:
            self.refused.emit(event.locked)
        else:
            self.move_asked.emit(event, to, at)

    def _go(self, day: date) -> None:
        index = self.grid.index_of(day, self.currentIndex())
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.day_asked.emit(day)

    def _next_event(self) -> None:
        events, current = self._events_here(), self.current_event()
        if current is not None:
            self.pick_event(events[(events.index(current) + 1) % len(events)].id)

    def _open_or_add(self) -> None:
        event = self.current_event()
        if event is not None:
            self.opened.emit(event)
        elif (day := self.current_day()) is not None:
            self.new_asked.emit(day, self.grid.hour_of(self.currentIndex()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.day_shown.emit(self.grid.day_of(current).on)
        self.viewport().update()

    # Mouse ---------------------------------------------------------------------------------

    def event_at(self, at: QPoint) -> Event | None:
        """Return the event drawn under a point of the viewport."""
        return next((box.event for box in self.boxes if box.place.contains(QPointF(at))), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        hit, spot = self.event_at(at), self.spot(at)
        self._drag = None
        if hit is not None and spot is not None:
            self.pick_event(hit.id)
            if event.button() == Qt.MouseButton.LeftButton:
                self._drag = _Drag(hit, at, spot[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag, at = self._drag, event.position().toPoint()
        if drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if not drag.started and (at - drag.pressed).manhattanLength() < QApplication.startDragDistance():
            return
        if not drag.started:
            drag.started = True
            locked = bool(drag.event.locked)
            self.viewport().setCursor(
                Qt.CursorShape.ForbiddenCursor if locked else Qt.CursorShape.ClosedHandCursor
            )
        drag.target = None if drag.event.locked else self.spot(at)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        drag, self._drag = self._drag, None
        self.viewport().unsetCursor()
        self.viewport().update()
        if drag is None or not drag.started:
            return
        spot = self.spot(event.position().toPoint())
        if spot is not None:
            self._drop(drag, *spot)

    def _drop(self, drag: _Drag, day: date, at: time | None) -> None:
        to = drag.event.on + (day - drag.day)
        if (to, at or (drag.event.starts_at and drag.event.starts_at.time())) != (
            drag.event.on, drag.event.starts_at and drag.event.starts_at.time(),
        ):  # fmt: skip
            self.ask_move(drag.event, to, at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        hit, spot = self.event_at(at), self.spot(at)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if hit is not None:
            self.opened.emit(hit)
        elif spot is not None:
            self.new_asked.emit(*spot)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.event_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(spoken(hit)) if hit else "", self)
            return True
        return super().viewportEvent(event)

    # Painting ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_events()

    def _place_again(self) -> None:
        """Follow days that were stretched after the view itself had its size (the first time it is shown)."""
        self.place_events()
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.place_events()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_events(painter)
        if self._drag is not None and self._drag.target is not None:
            self._paint_target(painter, self._drag.target[0])

    def paint_events(self, painter: QPainter) -> None:
        """Draw the boxes."""
        raise NotImplementedError

    def is_chosen(self, event: Event) -> bool:
        """Tell whether an event is the one the keys act on, while the grid has the keyboard."""
        current = self.current_event()
        return self.hasFocus() and current is not None and current.id == event.id

    def _paint_target(self, painter: QPainter, day: date) -> None:
        index = self.grid.index_of(day)
        if index.isValid():
            painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self.visualRect(index).adjusted(2, 2, -3, -3))


def _alt_arrow(event: QKeyEvent) -> bool:
    return event.key() in ARROWS and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
