"""The rows of any record kind. The model receives rows in chunks and never queries.

It knows how many rows there are and asks, through ``wanted``, for a chunk that is about to be painted;
so the scroll bar is right and 100,000 rows open as fast as 200.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from models import clock
from models.records.base import Field, FieldType, Kind
from models.records.values import from_column, show
from models.store.reader import Row
from ui import lights
from ui.tables.cells import Cell, LightCell, cell_data, leading, number, value

CHUNK = 200
RECORD_ROLE = Qt.ItemDataRole.UserRole + 1
"""The id of the row's record."""

STAMPS = {"entered_at": "登记时间", "entered_by": "登记人", "changed_at": "修改时间", "changed_by": "修改人",
          "deleted_at": "删除时间"}  # fmt: skip
_FIGURES = (FieldType.INTEGER, FieldType.NUMBER, FieldType.DATE, FieldType.MOMENT)
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RecordModel(QAbstractTableModel):
    """Rows ``(id, column, …)`` of *kind*; ``wanted(chunk)`` asks the owner for :meth:`put_chunk`."""

    wanted = Signal(int)
    sort_wanted = Signal(str)
    """A field name, "-name" downward, "" for the kind's own order."""

    def __init__(self, kind: Kind, columns: Sequence[str]) -> None:
        super().__init__()
        self.kind = kind
        self.columns: tuple[str, ...] = tuple(columns)
        self._fields: list[Field | None] = []
        self._chunks: dict[int, list[Row]] = {}
        self._asked: set[int] = set()
        self._count = 0
        self.lead = 0
        """The column that names the row: the first that is no figure."""
        self._describe()

    # What the owner calls ------------------------------------------------------------------

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show other columns; the owner sends the rows again."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._describe()
        self._chunks, self._asked, self._count = {}, set(), 0
        self.endResetModel()

    def set_rows(self, count: int, first: Sequence[Row]) -> None:
        """Start over with *count* rows in all, of which *first* are the first chunk."""
        self.beginResetModel()
        self._count = count
        self._chunks = {0: list(first)} if count else {}
        self._asked = {0}
        self.endResetModel()

    def set_count(self, count: int) -> None:
        """Tell how many rows there are in all, when more than the first chunk."""
        self.beginInsertRows(_NOWHERE, self._count, count - 1)
        self._count = count
        self.endInsertRows()

    def put_chunk(self, chunk: int, rows: Sequence[Row]) -> None:
        """Take the rows of *chunk* that were asked for."""
        self._chunks[chunk] = list(rows)
        top = chunk * CHUNK
        last = min(top + CHUNK, self._count) - 1
        self.dataChanged.emit(self.index(top, 0), self.index(last, len(self.columns) - 1))

    def record_id(self, position: int) -> str:
        """Return the id of a row, "" while it is not loaded."""
        row = self._row(position)
        return str(row[0]) if row else ""

    def position_of(self, record_id: str) -> int:
        """Return where a record stands among the loaded rows, -1 if it is not there."""
        for chunk, rows in self._chunks.items():
            for offset, row in enumerate(rows):
                if row[0] == record_id:
                    return chunk * CHUNK + offset
        return -1

    def words(self, position: int, column: int) -> str:
        """Return a cell in full, as it is copied: a date always with its year."""
        row = self._row(position)
        return shown(self._fields[column], row[column + 1]) if row else ""

    # Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return label_of(self.kind, self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_figure(section):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._row(index.row())
        if row is None:
            return None
        if role == RECORD_ROLE:
            return row[0]
        return cell_data(self._cell(index.column(), row), role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            down = "-" if order == Qt.SortOrder.DescendingOrder else ""
            self.sort_wanted.emit(down + self.columns[column])
        elif column == -1:
            self.sort_wanted.emit("")

    # Internal ------------------------------------------------------------------------------

    def _describe(self) -> None:
        fields = {field.name: field for field in self.kind.columns}
        self._fields = [fields.get(name) for name in self.columns]
        figures = [self._is_figure(column) for column in range(len(self.columns))]
        self.lead = figures.index(False) if False in figures else 0

    def _is_figure(self, section: int) -> bool:
        field = self._fields[section]
        return field is not None and field.type in _FIGURES

    def _row(self, position: int) -> Row | None:
        chunk, offset = divmod(position, CHUNK)
        rows = self._chunks.get(chunk)
        if rows is not None:
            return rows[offset] if offset < len(rows) else None
        if chunk not in self._asked:
            self._asked.add(chunk)
            QTimer.singleShot(0, self, lambda: self.wanted.emit(chunk))
        return None

    def _cell(self, column: int, row: Row) -> Cell:
        words = shown(self._fields[column], row[column + 1])
        mark = lights.OF_WORD.get((self.kind.id, self.columns[column]), {}).get(words)
        if mark is not None:
            return LightCell(mark, words)
        if self._is_figure(column):
            field = self._fields[column]
            moment = field is not None and field.type is FieldType.MOMENT
            return number(words.removeprefix(f"{clock.today().year}年") if moment else words)
        return leading(words) if column == self.lead else value(words)


def label_of(kind: Kind, name: str) -> str:
    """Return the heading of a column."""
    return STAMPS.get(name) or ("名称" if name == "headline" else kind.field(name).label)


def shown(field: Field | None, stored: object) -> str:
    """Return a stored column as it is read in a list: one line, a reference already by its name."""
    if stored is None or stored == "":
        return ""
    if field is None:
        text = str(stored)
        return show(_MOMENT, datetime.fromisoformat(text)) if len(text) == 19 and text[4] == "-" else text
    if field.target:
        return str(stored)
    return show(field, from_column(field, stored)).replace("\n", " ")  # type: ignore[arg-type]


_MOMENT = Field("", FieldType.MOMENT, "")
