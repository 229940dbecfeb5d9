"""The list of any record kind: search, filter, sort, columns, saved views, copy; 100,000 rows without a pause.

What a question finds is shown first and counted when it is on the screen, so that typing never waits.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from models.records.base import FieldType, kind_of
from models.store.reader import Filter, RowQuery
from ui import look
from ui.session import Session
from ui.tables.layout import Layout, default_layout, width_of
from ui.tables.record_model import CHUNK, RecordModel
from ui.tables.view import DataTable
from ui.widgets.layout import column

COPY_LIMIT = 20_000
SPREAD = 260
"""At most so much is added to a column that names the row or another record, design px."""


class RecordTable(QWidget):
    """Shows the records of *kind_id* that answer its query. ``opened`` gives the id of a row."""

    opened = Signal(str)
    current_changed = Signal(str)
    counted = Signal(int)
    filter_cleared = Signal()

    def __init__(self, session: Session, kind_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind_of(kind_id)
        self._references = {field.name for field in self.kind.references}
        self._texts = {field.name for field in self.kind.columns if field.type is FieldType.TEXT}
        self._session = session
        self.layout_now = default_layout(self.kind)
        self._query = RowQuery(kind_id, self.layout_now.columns)
        self._fixed: tuple[Filter, ...] = ()
        self._lent: dict[int, int] = {}
        self._begin = ""
        self.model = RecordModel(self.kind, self.layout_now.columns)
        self.view = DataTable(f"{self.kind.label}列表")
        self.view.setModel(self.model)
        self._connect()
        self.setLayout(column(self.view, spacing=0))
        self.setFocusProxy(self.view)
        self._counting = session.later(self, self._count)
        self.set_layout(self.layout_now)

    # The query -----------------------------------------------------------------------------

    @property
    def query(self) -> RowQuery:
        """What is shown, with the owner's fixed filters (export uses the same)."""
        return dataclasses.replace(self._query, filters=(*self._fixed, *self._query.filters))

    @property
    def filtered(self) -> bool:
        """Whether the clerk narrowed the list."""
        return bool(self._query.search or self._query.filters)

    def search(self, typed: str) -> None:
        """Show what contains *typed* (characters, pinyin, initials)."""
        self._ask(search=typed)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Show what meets *filters*, chosen by the clerk."""
        self._ask(filters=tuple(filters))

    def set_begin(self, words: str) -> None:
        """Say under an empty list how to begin."""
        self._begin = words
        self._tell_emptiness()

    def set_fixed(self, filters: Sequence[Filter]) -> None:
        """Show only what belongs to the owner's subject (the tree's branch); no filter of the clerk's."""
        if tuple(filters) == self._fixed:
            self.reload()
        else:
            self._fixed = tuple(filters)
            self._show_first()

    def set_as_of(self, on: date | None) -> None:
        """Show what is in force that day (kinds with from/until); None shows all."""
        self._ask(as_of=on)

    def clear_filter(self) -> None:
        """Show everything again."""
        self._ask(search="", filters=())
        self.filter_cleared.emit()

    # Rows ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again; the list stays where it is and the current record current, wherever it now stands."""
        current, bar = self.current_id(), self.view.verticalScrollBar()
        height = bar.value()
        self._show_first()
        if self._counting.isActive():
            self._count()
        if current and self.model.position_of(current) < 0 and self.model.rowCount() > CHUNK:
            place = self._session.ledger.place_of(self.query, current)
            if place >= 0:
                self._load_chunk(place // CHUNK)
        self.view.doItemsLayout()
        bar.setValue(height)
        self.select(current)

    def current_id(self) -> str:
        """Return the id of the current row, "" for none."""
        index = self.view.currentIndex()
        return self.model.record_id(index.row()) if index.isValid() else ""

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected rows in order of the list; asks for rows not loaded yet."""
        positions = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        for chunk in {position // CHUNK for position in positions}:
            if not self.model.record_id(chunk * CHUNK):
                self._load_chunk(chunk)
        return [self.model.record_id(position) for position in positions]

    def select(self, record_id: str) -> bool:
        """Make a record current if it is among the loaded rows."""
        position = self.model.position_of(record_id)
        if position < 0:
            return False
        index = self.model.index(position, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.view.selectionModel().setCurrentIndex(index, flags)
        self.view.scrollTo(index)
        return True

    def copy(self) -> None:
        """Put the selected rows on the clipboard as text: tabs between columns, headings first."""
        positions = sorted({index.row() for index in self.view.selectionModel().selectedRows()})[:COPY_LIMIT]
        self.selected_ids()
        order = self._visual_columns()
        lines = ["\t".join(str(self._heading(column)) for column in order)]
        lines += ["\t".join(self._words(row, column) for column in order) for row in positions]
        if positions:
            QGuiApplication.clipboard().setText("\n".join(lines))

    # Layout --------------------------------------------------------------------------------

    def set_layout(self, layout: Layout) -> None:
        """Show other columns or widths."""
        self.layout_now = layout
        self.model.set_columns(layout.columns)
        header = self.view.horizontalHeader()
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        self.view.set_widths(layout.widths)
        self._lent.clear()
        header.setStretchLastSection(True)
        self._spread()
        self._query = dataclasses.replace(
            self._query, columns=layout.columns, sort=(layout.sort,) if layout.sort else ()
        )
        self._show_sort(layout.sort)
        self.reload()

    def layout_as_shown(self) -> Layout:
        """Return the layout with the widths and the order the clerk dragged the columns to."""
        order = self._visual_columns()
        widths = tuple(self._own_width(column, last=column == order[-1]) for column in order)
        names = tuple(self.model.columns[column] for column in order)
        return Layout(names, widths, self.layout_now.sort)

    def show_columns(self, names: Sequence[str]) -> None:
        """Show exactly these columns; those that were there keep their widths."""
        now = self.layout_as_shown()
        kept = dict(zip(now.columns, now.widths, strict=True))
        widths = tuple(kept.get(name, width_of(self.kind, name)) for name in names)
        self.set_layout(Layout(tuple(names), widths, now.sort if now.sort.lstrip("-") in names else ""))

    def reset_layout(self) -> None:
        """Go back to the columns of the description (恢复默认列)."""
        self.set_layout(default_layout(self.kind))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    # Internal ------------------------------------------------------------------------------

    def _spread(self) -> None:
        """Lend the room that is left over to the columns with names, so that they are read in full.

        The record's own name comes first, the names of others share the rest. A column whose width the clerk
        chose keeps it.
        """
        if not self.isVisible():
            return
        header, own = self.view.horizontalHeader(), [look.px(width) for width in self.layout_now.widths]
        spare = self.view.width() - self.view.verticalScrollBar().sizeHint().width() - sum(own)
        for places in self._named():
            for left, place in zip(range(len(places), 0, -1), places, strict=True):
                share = max(0, min(spare // left, look.px(SPREAD)))
                spare -= share
                if header.sectionSize(place) in (own[place], self._lent.get(place)):  # else dragged
                    self._lent[place] = own[place] + share
                    header.resizeSection(place, self._lent[place])

    def _named(self) -> tuple[list[int], list[int]]:
        """Return the columns that take room: the record's own name, those of other records."""
        ours, others = list[int](), list[int]()
        for place, name in enumerate(self.model.columns):
            if self.layout_now.widths[place] != width_of(self.kind, name):
                continue
            if name in self._references:
                others.append(place)
            elif place == self.model.lead:
                (ours if name in self._texts else others).append(place)
        return ours, others

    def _own_width(self, column: int, *, last: bool) -> int:
        """Return a column's width in design px, without the room it was lent."""
        size = self.view.horizontalHeader().sectionSize(column)
        if last or size == self._lent.get(column):
            return self.layout_now.widths[column]
        return round(size / look.scaled(1))

    def _connect(self) -> None:
        self.model.wanted.connect(self._load_chunk)
        self._session.closed.connect(self._let_go)
        self.model.sort_wanted.connect(self._sort)
        self.view.opened.connect(lambda index: self.opened.emit(self.model.record_id(index.row())))
        self.view.selectionModel().currentRowChanged.connect(self._current)
        self.view.clear_filter_requested.connect(self.clear_filter)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def _ask(self, **changes: object) -> None:
        self._query = dataclasses.replace(self._query, **changes)  # type: ignore[arg-type]
        current = self.current_id()
        self._show_first()
        self.select(current)

    def _show_first(self) -> None:
        rows = self._session.ledger.rows(self.query, CHUNK)
        self.model.set_rows(len(rows), rows)
        self._tell_emptiness()
        if len(rows) < CHUNK:
            self._counting.stop()
            self.counted.emit(len(rows))
        else:
            self._counting.start()

    def _count(self) -> None:
        self._counting.stop()
        count = self._session.ledger.count(self.query)
        if count > self.model.rowCount():
            self.model.set_count(count)
        self.counted.emit(count)

    def _let_go(self) -> None:
        """Ask for no further rows: the ledger is closed."""
        self.model.wanted.disconnect(self._load_chunk)

    def _load_chunk(self, chunk: int) -> None:
        self.model.put_chunk(chunk, self._session.ledger.rows(self.query, CHUNK, chunk * CHUNK))

    def _sort(self, name: str) -> None:
        if name != self.layout_now.sort:
            self.layout_now = dataclasses.replace(self.layout_now, sort=name)
            self._ask(sort=(name,) if name else ())

    def _show_sort(self, name: str) -> None:
        header = self.view.horizontalHeader()
        header.blockSignals(True)
        position = (
            self.model.columns.index(name.lstrip("-")) if name.lstrip("-") in self.model.columns else -1
        )
        down = Qt.SortOrder.DescendingOrder if name.startswith("-") else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(position, down)
        header.blockSignals(False)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.model.record_id(index.row()) if index.isValid() else "")

    def _tell_emptiness(self) -> None:
        label = self.kind.label
        note = (
            f"没有符合条件的{label}"
            if self.filtered
            else "\n".join(filter(None, (f"还没有{label}", self._begin)))
        )
        self.view.set_empty_note(note, filtered=self.filtered)

    def _visual_columns(self) -> list[int]:
        header = self.view.horizontalHeader()
        return [header.logicalIndex(place) for place in range(header.count())]

    def _heading(self, column: int) -> object:
        return self.model.headerData(column, Qt.Orientation.Horizontal)

    def _words(self, row: int, column: int) -> str:
        return self.model.words(row, column).replace("\t", " ").replace("\n", " ")
