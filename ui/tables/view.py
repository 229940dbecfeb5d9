"""A table as designed: hairlines, one delegate, rows of 32, 28 or 52 px, keyboard, a word when nothing fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui import look
from ui.tables.delegate import GROUP_ROW, ROW, CellDelegate
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row

HEAD = 30


class DataTable(QTableView):
    """*name* is its accessible name; *row_height* 32, 28 (dense) or 52 (two lines) design px.

    ``opened`` tells a double click or Enter on a row. Columns sort by a click on the header when the
    model can (``sortable``).
    """

    opened = Signal(QModelIndex)
    clear_filter_requested = Signal()

    def __init__(
        self, name: str, *, row_height: int = ROW, sortable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._row_height, self._sortable = row_height, sortable
        self._widths: Sequence[int] = ()
        self._stretch: int | None = None
        self._heads: tuple[int, ...] = ()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self._set_up_headers()
        self._empty = _EmptyNote(self)
        self._empty.button.clicked.connect(self.clear_filter_requested)
        self.doubleClicked.connect(self.opened)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is None:
            return
        if self._sortable:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(self._note_emptiness)
        model.modelReset.connect(self._find_edges)
        self._find_edges()
        self._note_emptiness()

    def set_widths(self, widths: Sequence[int], stretch: int | None = None) -> None:
        """Set column widths, design px; column *stretch* takes what is left and never less than its own."""
        self._widths, self._stretch = [look.px(width) for width in widths], stretch
        for position, width in enumerate(self._widths):
            self.horizontalHeader().setSectionResizeMode(position, QHeaderView.ResizeMode.Interactive)
            self.horizontalHeader().resizeSection(position, width)
        self._fit_stretch()

    def set_groups(self, rows: Iterable[int]) -> None:
        """Make *rows* group headings over all columns; call again after the rows change."""
        self.clearSpans()
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_height))
        for position in self._heads:
            self.setRowHeight(position, look.px(self._row_height))
        self._heads = tuple(rows)
        columns = self.model().columnCount()
        for position in self._heads:
            if columns > 1:  # Qt warns of a span of one cell
                self.setSpan(position, 0, 1, columns)
            self.setRowHeight(position, look.px(GROUP_ROW))

    def set_empty_note(self, text: str, *, filtered: bool = False) -> None:
        """Say *text* when there are no rows; *filtered* offers 清除筛选."""
        self._empty.text.setText(text)
        self._empty.button.setVisible(filtered)
        self._note_emptiness()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_empty"):
            self._set_heights()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.currentIndex().isValid() and self.state() != self.State.EditingState:
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().geometry())
        self._fit_stretch()

    def _fit_stretch(self) -> None:
        """Stretch while there is room, else keep the width and let the table scroll sideways."""
        if self._stretch is None or self._stretch >= self.horizontalHeader().count():
            return
        header, least = self.horizontalHeader(), self._widths[self._stretch]
        others = header.length() - header.sectionSize(self._stretch)
        if others + least <= self.viewport().width():
            header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)
        else:
            header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(self._stretch, least)

    def _hover(self, position: int) -> None:
        if position == self.cells.hovered_row:
            return
        before, self.cells.hovered_row = self.cells.hovered_row, position
        for changed in (before, position):
            if changed >= 0:
                top, high = self.rowViewportPosition(changed), self.rowHeight(changed)
                self.viewport().update(0, top, self.viewport().width(), high)

    def _set_up_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        for moved in (header.sectionMoved, header.sectionCountChanged, header.sectionResized):
            moved.connect(self._find_edges)
        self._set_heights()

    def _set_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look.px(self._row_height))
        self.horizontalHeader().setFixedHeight(look.px(HEAD))

    def _find_edges(self) -> None:
        """Tell the delegate which columns stand at the two ends, as shown."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        shown = [logical for logical in order if not header.isSectionHidden(logical)]
        edges = (shown[0], shown[-1]) if shown else (0, -1)
        if edges != self.cells.edges:
            self.cells.edges = edges
            self.viewport().update()

    def _note_emptiness(self) -> None:
        model = self.model()
        self._empty.setVisible(bool(self._empty.text.text()) and model is not None and model.rowCount() == 0)


class _EmptyNote(QWidget):
    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.text = Label("", "secondary", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button("清除筛选", "link")
        self.button.hide()
        self.setLayout(column(STRETCH, self.text, row(STRETCH, self.button, STRETCH), STRETCH, STRETCH))
        self.hide()
