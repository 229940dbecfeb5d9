"""The results of an exam as a list that marks are typed into: a figure, Enter, the next person."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from models.rules.study import EXEMPT, FAILED
from models.summaries.exams import MISSED, Result
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import Cell, LightCell, TextCell, leading, number, value
from ui.tables.view import DataTable
from ui.widgets.paint import Mark

HEADERS = ("序", "姓名", "单位", "成绩", "次数", "等次")
WIDTHS = (52, 110, 220, 96, 64, 120)
_MARKS = {FAILED: Mark.RED, MISSED: Mark.GREY, EXEMPT: Mark.BLUE}
_SCORE = HEADERS.index("成绩")
Index = QModelIndex | QPersistentModelIndex


class ScoreModel(CellModel):
    """Lets the marks of who sat the exam once, or not yet, be typed over; ``typed`` gives the person and the words."""

    typed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(HEADERS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        result = self.result_at(index)
        once = result is not None and len(result.ids) <= 1
        return flags | Qt.ItemFlag.ItemIsEditable if once and index.column() == _SCORE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole and (result := self.result_at(index)):
            return "" if result.best is None else f"{result.best:g}"
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        result = self.result_at(index)
        if role != Qt.ItemDataRole.EditRole or result is None or value == self.data(index, role):
            return False
        self.typed.emit(result.person, str(value))
        return True

    def result_at(self, index: Index) -> Result | None:
        """Return whose row it is."""
        row = self.row_of(index)
        return row.subject if row is not None and isinstance(row.subject, Result) else None


class ScoreTable(DataTable):
    """A digit begins the marks of the current person, wherever in the row the keyboard is."""

    def __init__(self) -> None:
        super().__init__("考试结果", sortable=False)
        self.content = ScoreModel()
        self._waiting: tuple[Result, ...] | None = None
        self.setModel(self.content)
        self.set_widths(WIDTHS, stretch=2)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.selectionModel().currentRowChanged.connect(self._to_marks)

    def show_results(self, results: tuple[Result, ...]) -> None:
        """Show other results; the keyboard stays in its row, and marks half typed are not lost."""
        if self.state() == self.State.EditingState:
            self._waiting = results
            return
        self._waiting = None
        place = max(self.currentIndex().row(), 0)
        self.content.set_rows([_row(number, result) for number, result in enumerate(results, 1)])
        if results:
            self.setCurrentIndex(self.content.index(min(place, len(results) - 1), _SCORE))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._waiting is not None:
            self.show_results(self._waiting)

    def go_to(self, person: str) -> None:
        """Bring the keyboard to somebody's marks."""
        for place, row in enumerate(self.content.rows):
            if row.record_id == person:
                self.setCurrentIndex(self.content.index(place, _SCORE))

    def person_below(self) -> str:
        """Return who comes after the current person, "" at the end."""
        row = self.content.row_of(self.currentIndex().siblingAtRow(self.currentIndex().row() + 1))
        return row.record_id if row else ""

    def _to_marks(self, current: QModelIndex) -> None:
        if current.isValid() and current.column() != _SCORE:
            self.selectionModel().setCurrentIndex(
                current.siblingAtColumn(_SCORE), self.selectionModel().SelectionFlag.NoUpdate
            )


def _row(place: int, result: Result) -> CellRow:
    score = f"{result.best:g}" if result.best is not None else ""
    attempts = str(result.attempts) if result.attempts else ""
    cells: tuple[Cell, ...] = (
        TextCell(str(place), "text3", 13, align="right"), leading(result.name), value(result.unit), number(score),
        number(attempts), LightCell(_MARKS.get(result.word, Mark.GREEN), result.word),
    )  # fmt: skip
    return CellRow(cells, "person", result.person, result)
