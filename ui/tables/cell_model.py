"""A computed list: rows of cells, made beforehand or when they are first seen, each with what it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.tables.cells import Cell, GroupCell, TextCell, cell_data
from ui.tables.record_model import RECORD_ROLE

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class CellRow:
    """One row; *kind* and *record_id* name the record it opens, *subject* is whatever the owner needs back."""

    cells: tuple[Cell, ...]
    kind: str = ""
    record_id: str = ""
    subject: object = None

    @property
    def is_group(self) -> bool:
        """Whether the row is a heading over all columns."""
        return bool(self.cells) and isinstance(self.cells[0], GroupCell)


@dataclass(frozen=True)
class LaterRow:
    """A row whose cells are made when it is first seen: of a list of thousands some twenty are."""

    make: Callable[[], tuple[Cell, ...]]
    kind: str = ""
    record_id: str = ""
    subject: object = None
    is_group: ClassVar[bool] = False

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return self.make()


Row = CellRow | LaterRow


class CellModel(QAbstractTableModel):
    """Shows rows under *headers*; a group row has one cell."""

    def __init__(self, headers: Sequence[str]) -> None:
        super().__init__()
        self._headers = tuple(headers)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows* instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def replace_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows* instead; as many as before keep the current row and the scroll position."""
        if len(rows) != len(self.rows) or not rows:
            self.set_rows(rows)
            return
        self.rows = tuple(rows)
        self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._headers) - 1))

    def groups(self) -> list[int]:
        """Return which rows are headings, for ``DataTable.set_groups``."""
        return [position for position, row in enumerate(self.rows) if row.is_group]

    def row_of(self, index: Index) -> Row | None:
        """Return the row under *index*."""
        return self.rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_right(section):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_of(index)
        if row is None or index.column() >= len(row.cells):
            return None
        if role == RECORD_ROLE:
            return row.record_id
        return cell_data(row.cells[index.column()], role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_of(index)
        if row is not None and row.is_group:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def _is_right(self, section: int) -> bool:
        first = next((row for row in self.rows if not row.is_group and len(row.cells) > section), None)
        return (
            first is not None and isinstance(cell := first.cells[section], TextCell) and cell.align == "right"
        )
