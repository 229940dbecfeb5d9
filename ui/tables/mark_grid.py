"""A list filled by keys: a digit marks the current row, a chooser of the same words stands on it for the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QToolButton, QWidget

from ui.tables.delegate import CellDelegate
from ui.tables.view import DataTable
from ui.widgets.layout import restyle, row

DENSE = 28


class MarkGrid(DataTable):
    """*choices* are the words of the keys 1, 2 …; *column* is where the chooser stands.

    ``marked`` gives the word of a key or click, "" for Del; ``signed`` is the space bar, ``details`` F2.
    """

    marked = Signal(str)
    signed = Signal()
    details = Signal()

    def __init__(self, name: str, choices: Sequence[str], column: int) -> None:
        super().__init__(name, row_height=DENSE, sortable=False)
        self._choices, self._column = tuple(choices), column
        self._may_mark: Callable[[QModelIndex], bool] = QModelIndex.isValid
        self._chooser_at = QModelIndex()
        self.rows = RowFilter()
        self.cells = _ChooserDelegate(self, self._choices)
        self.cells.picked.connect(self.marked)
        self.setItemDelegate(self.cells)

    def show_model(self, model: QAbstractItemModel, may_mark: Callable[[QModelIndex], bool]) -> None:
        """Show *model* through :attr:`rows`; the chooser stands only on rows (of the model) that *may_mark*."""
        self.rows.setSourceModel(model)
        self._may_mark = may_mark
        self.setModel(self.rows)
        self.selectionModel().currentRowChanged.connect(lambda now, _was: self._move_chooser(now))
        self.rows.modelReset.connect(self.first_row)

    def current_row(self) -> int:
        """Return the row of the model the keyboard is on, -1 for none."""
        return self.rows.mapToSource(self.currentIndex()).row()

    def first_row(self) -> None:
        """Bring the keyboard to the first row that may be marked."""
        self._chooser_at = QModelIndex()
        count = self.rows.rowCount()
        first = next((row for row in range(count) if self._marks(self.rows.index(row, 0))), 0)
        if count:
            self.setCurrentIndex(self.rows.index(first, self._column))

    def go_on(self) -> None:
        """Bring the keyboard to the next row that may be marked, so that 40 rows take a minute."""
        here = self.currentIndex()
        rows = range(here.row() + 1, self.rows.rowCount())
        below = next((row for row in rows if self._marks(self.rows.index(row, 0))), None)
        if below is not None:
            self.setCurrentIndex(here.siblingAtRow(below))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key.isdecimal() and 1 <= int(key) <= len(self._choices) and not control:
            self.marked.emit(self._choices[int(key) - 1])
        elif event.key() == Qt.Key.Key_Space:
            self.signed.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self.marked.emit("")
        elif event.key() == Qt.Key.Key_F2:
            self.details.emit()
        else:
            super().keyPressEvent(event)

    def _marks(self, index: QModelIndex) -> bool:
        return self._may_mark(self.rows.mapToSource(index))

    def _move_chooser(self, index: QModelIndex) -> None:
        if self._chooser_at.isValid():
            self.closePersistentEditor(self._chooser_at)
        self._chooser_at = QModelIndex()
        if index.isValid() and self._marks(index):
            self._chooser_at = index.siblingAtColumn(self._column)
            self.openPersistentEditor(self._chooser_at)


class RowFilter(QSortFilterProxyModel):
    """Keeps the rows a test accepts."""

    def __init__(self) -> None:
        super().__init__()
        self._accepts: Callable[[int], bool] = lambda _row: True

    def keep(self, accepts: Callable[[int], bool]) -> None:
        """Keep the rows of the model whose place *accepts* tells."""
        self.beginResetModel()
        self._accepts = accepts
        self.endResetModel()

    def filterAcceptsRow(self, row: int, _parent: QModelIndex) -> bool:  # type: ignore[override]
        return self._accepts(row)


class MarkChooser(QFrame):
    """The words side by side, the one that holds outlined with its mark. ``picked`` gives the one pressed."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, choices: Sequence[str]) -> None:
        super().__init__(parent)
        self.setProperty("part", "chooser")
        self.setAutoFillBackground(True)
        self._buttons = {word: self._button(word) for word in choices}
        self.setLayout(row(*self._buttons.values(), spacing=0, margins=(2, 1, 2, 1)))

    def show_mark(self, mark: str) -> None:
        """Outline the word that holds."""
        for word, button in self._buttons.items():
            button.setChecked(word == mark)
            restyle(button, chosen=mark if word == mark else "")

    def _button(self, word: str) -> QToolButton:
        button = QToolButton()
        button.setText(word)
        button.setAccessibleName(word)
        button.setProperty("kind", "choice")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the grid keeps the keyboard
        button.clicked.connect(lambda _on: self.picked.emit(word))
        return button


class _ChooserDelegate(CellDelegate):
    """Paints cells; its editor for the marked column is the chooser."""

    picked = Signal(str)

    def __init__(self, table: DataTable, choices: Sequence[str]) -> None:
        super().__init__(table)
        self._choices = choices

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        chooser = MarkChooser(parent, self._choices)
        chooser.picked.connect(self.picked)
        return chooser

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        if isinstance(editor, MarkChooser):
            editor.show_mark(str(index.data() or "").split("（")[0])

    def setModelData(
        self, _editor: QWidget, _model: QAbstractItemModel, _index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Nothing: the view writes what was picked."""
