"""数据和依据: the figures of a year, each opens the records it counts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from models.summaries.year_tables import TableRow, YearTable, YearTables, year_tables
from ui import look, work
from ui.dialogs.base import Dialog
from ui.dialogs.records import RecordsDialog
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import GroupCell, TextCell, leading
from ui.tables.view import DataTable
from ui.widgets.label import Label
from ui.widgets.segmented import SegmentedControl

TITLE = "数据和依据"
PARTS = ("全年数据", "各机构", "各单位")
_SIZE = (960, 600)
_FIRST, _OTHER = 220, 92  # px, widths of columns


class YearFiguresDialog(Dialog):
    """One table at a time; a double click or Enter on a figure lists its records."""

    def __init__(self, parent: QWidget | None, session: Session, year: int, as_of: date) -> None:
        super().__init__(parent, TITLE)
        self.setModal(True)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self._session, self._year, self._on = session, year, as_of
        self._found: YearTables | None = None
        self.said = Label("正在统计…", "secondary", wrap=True)
        self.parts = SegmentedControl(PARTS)
        self.parts.picked.connect(lambda _place: self._show())
        self.table = DataTable(f"{year}年数据", sortable=False)
        self.table.opened.connect(self._open)
        self.model = CellModel(())
        self.body.addWidget(Label(f"{year}年数据", "heading"))
        self.body.addWidget(self.said)
        self.body.addWidget(self.parts)
        self.body.addWidget(self.table, 1)
        self.add_button("关闭", "primary").clicked.connect(self.reject)
        work.run(self, "统计年度数据", lambda _progress: self._read(), self._take, quiet=True)

    def _read(self) -> YearTables:
        with self._session.ledger.reading() as reader:
            return year_tables(reader, self._year, self._on)

    def _take(self, found: YearTables) -> None:
        self._found = found
        self.said.setText(found.sentence)
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        if self._found is None:
            return
        shown = self._found.tables[self.parts.current()]
        self.model = CellModel(shown.headers)
        self.model.set_rows([_row(line) for line in shown.rows])
        self.table.setModel(self.model)
        self.table.set_widths((_FIRST, *(_OTHER for _ in shown.headers[1:])), stretch=0)
        self.table.set_groups(self.model.groups())
        self.table.set_empty_note(f"{shown.title}：这一年没有数据")
        self.table.setCurrentIndex(self.model.index(*_first(shown)))

    def _open(self, index: QModelIndex) -> None:
        found = self.model.row_of(index)
        if self._found is None or found is None or not isinstance(found.subject, TableRow):
            return
        line, column = found.subject, max(index.column(), 1)
        counted = line.figures[column - 1]
        if counted:
            shown = self._found.tables[self.parts.current()]
            heading = f"{line.label}：{shown.headers[column]} {counted.words}"
            records = counted.records(self._session.ledger)
            RecordsDialog(self.window(), self._session, heading, records).exec()


def _first(shown: YearTable) -> tuple[int, int]:
    """Return the place of the first figure."""
    return next((place for place, line in enumerate(shown.rows) if line.figures), 0), 1


def _row(line: TableRow) -> CellRow:
    if line.heads:
        return CellRow((GroupCell(line.label, line.heads),))
    cells = (TextCell(one.words, "accent" if one else "text3", 13, align="right") for one in line.figures)
    return CellRow((leading(line.label), *cells), subject=line)
