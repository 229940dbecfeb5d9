"""The agenda (清单): the events of a month, a heading a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from models.summaries.calendar import Calendar, kind_label
from models.summaries.dated import Event
from ui.calendars.chips import look_of, mark_of
from ui.calendars.day_grid import KEY
from ui.calendars.grid_model import WEEKDAYS, Index
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import Cell, GroupCell, LightCell, TextCell, leading, value
from ui.tables.delegate import DENSE_ROW
from ui.tables.view import DataTable

HEADERS = ("时间", "事项", "类别", "状态", "单位或地点")
_MOVES = {KEY.Key_Left: -1, KEY.Key_Right: 1, KEY.Key_Up: -1, KEY.Key_Down: 1}


class Agenda(CellTable):
    """Enter or a double click opens an event, Alt+arrows move it by a day."""

    event_opened = Signal(object)
    move_asked = Signal(object, int)
    """Event and days."""
    day_shown = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "日程清单", HEADERS, (72, 200, 104, 104, 150), stretch=1, row_height=DENSE_ROW, parent=parent
        )
        self.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.set_empty_note("这个月没有要显示的事项")
        self.opened.connect(self._open)

    def show_days(self, shown: Calendar, day: date) -> None:
        """Show the events of *shown* and go to *day* or what follows it."""
        self.content.set_rows(list(_rows(shown)))
        self.set_groups(self.content.groups())
        events = [
            (at, row.subject) for at, row in enumerate(self.content.rows) if isinstance(row.subject, Event)
        ]
        near = next((at for at, event in events if event.on >= day), events[-1][0] if events else -1)
        if near >= 0:
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self.content.index(near, 0))
            self.selectionModel().blockSignals(False)
            self.scrollTo(self.content.index(near, 0), DataTable.ScrollHint.PositionAtCenter)

    def pick_event(self, event_id: str) -> None:
        """Go to an event."""
        for at, line in enumerate(self.content.rows):
            if isinstance(line.subject, Event) and line.subject.id == event_id:
                self.setCurrentIndex(self.content.index(at, 0))
                return

    def current_event(self) -> Event | None:
        """Return the event the keyboard is on."""
        found = self.content.row_of(self.currentIndex())
        return found.subject if found and isinstance(found.subject, Event) else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _alt(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current_event()
        if current is not None and _alt(event):
            self.move_asked.emit(current, _MOVES[KEY(event.key())])
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        found = self.current_event()
        if found is not None:
            self.day_shown.emit(found.on)

    def _open(self, index: QModelIndex) -> None:
        found = self.content.row_of(index)
        if found is not None and isinstance(found.subject, Event):
            self.event_opened.emit(found.subject)


def _alt(event: QKeyEvent) -> bool:
    return event.key() in _MOVES and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)


def _rows(shown: Calendar) -> Iterator[CellRow]:
    for day in shown.days:
        events = [event for event in shown.events if max(event.on, shown.days[0].on) == day.on]
        if not events:
            continue
        off = f" · {day.mark.mark}" if day.mark else ""
        words = f"{day.on.month}月{day.on.day}日 {WEEKDAYS[day.on.weekday()]}"
        yield CellRow((GroupCell(words, len(events), note=f"{day.lunar}{off}"),))
        for event in events:
            yield CellRow(_cells(event), event.record_kind, event.record_id, event)


def _cells(event: Event) -> tuple[Cell, ...]:
    token, icon = look_of(event.kind)
    mark = mark_of(event)
    return (
        TextCell(f"{event.starts_at:%H:%M}" if event.starts_at else "", "text2", 13),
        leading(event.title),
        TextCell(kind_label(event.kind), token, 13, icon=icon, icon_ink=token),
        LightCell(mark, event.words) if mark and event.words else TextCell(""),
        value(event.about),
    )
