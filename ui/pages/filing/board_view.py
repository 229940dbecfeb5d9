"""报送情况: owners × what they hand in; a cell opens what came in, or the form of its receipt."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from models import clock
from models.records.base import Value
from models.rules.filing import LACKING, FilingState, first_values
from models.summaries.filing import ANNUAL_REPORT, Delivery, FilingBoard, FilingCell, FilingRow, filing_board
from models.summaries.listed import listed, listed_proofs
from models.summaries.years import is_over
from ui.dialogs.as_of import YearAsOf
from ui.dialogs.records import RecordsDialog
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import Cell, LightCell, TextCell, leading
from ui.tables.view import DataTable
from ui.widgets.buttons import Button
from ui.widgets.card import EmptyPage
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.paint import Mark

MARKS = {
    FilingState.MISSING: Mark.RED, FilingState.RETURNED: Mark.AMBER, FilingState.WAITING: Mark.AMBER, FilingState.LATE: Mark.DONE,
    FilingState.AHEAD: Mark.GREY, FilingState.IN_TIME: Mark.DONE, FilingState.ADOPTED: Mark.BLUE, FilingState.WAIVED: Mark.PAUSED,
}  # fmt: skip
NAME_WIDTH, CELL_WIDTH = 240, 176


class BoardView(QWidget):
    """Enter or a double click on a cell opens its paper; where none came in, the form to receive it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.when = YearAsOf()
        self.when.changed.connect(self.refresh)
        self.board: FilingBoard | None = None
        self.model = CellModel(())
        self.table = DataTable("报送情况", sortable=False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.opened.connect(self._open)
        self.deliveries = [Button("", "ghost", small=True) for _ in range(4)]
        self._build()

    def refresh(self) -> None:
        """Read everything again."""
        before = self.table.currentIndex()
        place = (before.row(), before.column()) if before.isValid() else None
        year, on = self.when.year, self.when.on
        over = is_over(year, on, clock.today())
        self.board = filing_board(self._session.ledger, year, on, over=over)
        self._show_table(self.board)
        self.when.tell()
        self._said.setText(self.board.sentence)
        self._remind.setEnabled(any(line.overdue for line in self.board.rows))
        self._about.setText(f"{self.board.about} 年度报告")
        for button, delivery in zip(self.deliveries, self.board.deliveries, strict=True):
            button.set_words(_delivery_words(delivery))
        self._stack.setCurrentIndex(0 if self.board.rows else 1)
        self.table.setCurrentIndex(self.model.index(*(place or self._first_lacking(self.board))))

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        return self.table if self.board and self.board.rows else None

    # Internal ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._said = Label("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self._remind = Button("催报通知", icon="bell-ring")
        self._remind.clicked.connect(lambda: self._print("filing_reminder"))
        matrix = Button("报送情况一览表", icon="file-text")
        matrix.clicked.connect(lambda: self._print("filing"))
        receive = Button("收件登记", "primary", "plus")
        receive.clicked.connect(self.receive)
        tools = row(
            self.when, STRETCH, self._remind, matrix, receive,
            margins=(16, 8, 16, 4),
        )  # fmt: skip
        for place, button in enumerate(self.deliveries):
            button.clicked.connect(lambda _on=False, place=place: self._open_delivery(place))
        self._about = Label("", "secondary")
        second = row(self._said, margins=(16, 0, 16, 4))
        second.setStretch(0, 1)
        third = row(self._about, *self.deliveries, STRETCH, spacing=0, margins=(16, 0, 16, 6))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty())
        whole = column(frame("bar", column(tools, second, third, spacing=0)), self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))

    def _empty(self) -> QWidget:
        clause = Button("新增制度条款", "primary", "plus")
        clause.clicked.connect(lambda: self._session.new_record.emit("clause", {"answered_by": "报送"}))
        use = "谁该报什么、哪天前报，来自制度条款（用什么办选“报送”或“工作动态”）。没有条款也可以在“收件登记”里登记。"
        return EmptyPage("send", "这一年没有要收的材料", use, (clause,))

    def _show_table(self, board: FilingBoard) -> None:
        model = CellModel(("机构和单位", *(column.label for column in board.columns)))
        model.set_rows([_row(line, board) for line in board.rows])
        self.model = model
        self.table.setModel(model)
        self.table.set_widths((NAME_WIDTH, *(CELL_WIDTH for _ in board.columns)), stretch=0)

    def _first_lacking(self, board: FilingBoard) -> tuple[int, int]:
        """Return the place of the first cell that lacks its paper."""
        keys = [column.key for column in board.columns]
        for place, line in enumerate(board.rows):
            if line.lacking:
                cell = line.lacking[0]
                return place, 1 + keys.index(next(key for key, one in line.cells.items() if one is cell))
        return 0, 0

    def _print(self, report: str) -> None:
        self._session.open_report.emit(report, {"year": self.when.year, "as_of": self.when.on})

    def receive(self) -> None:
        """Open the form of a receipt, filled from the current cell when it still lacks its paper."""
        cell = self._cell(self.table.currentIndex())
        if cell is not None and cell.state in (*LACKING, FilingState.AHEAD):
            self._receive(cell)
        else:
            self._session.new_record.emit(
                "submission", {"received_on": clock.today(), "year": self.when.year}
            )

    def _receive(self, cell: FilingCell) -> None:
        kind = "dynamic" if cell.item.clause.answered_by == "工作动态" else "submission"
        self._session.new_record.emit(kind, {**first_values(cell.item), "received_on": clock.today()})

    def _open(self, index: QModelIndex) -> None:
        found = self.model.row_of(index)
        if found is None or index.column() == 0:
            if found is not None and found.record_id:
                self._session.open_record.emit(found.kind, found.record_id)
            return
        cell = self._cell(index)
        if cell is None:
            return
        if cell.state is FilingState.RETURNED:
            papers = listed(self._session.ledger, "submission", [paper for _kind, paper in cell.papers])
            again = ("重新收件", lambda: self._receive(cell))
            RecordsDialog(
                self.window(), self._session, f"{cell.item.clause.name}：{cell.words}", papers, again
            ).exec()
        elif len(cell.item.evidence) > 1:
            records = listed_proofs(cell.item.evidence)
            RecordsDialog(self.window(), self._session, cell.item.clause.name, records).exec()
        elif cell.papers:
            self._session.open_record.emit(*cell.papers[0])
        else:
            self._receive(cell)

    def _cell(self, index: QModelIndex) -> FilingCell | None:
        found = self.model.row_of(index)
        if (
            found is None
            or self.board is None
            or not isinstance(found.subject, FilingRow)
            or index.column() < 1
        ):
            return None
        return found.subject.cells.get(self.board.columns[index.column() - 1].key)

    def _open_delivery(self, place: int) -> None:
        assert self.board is not None
        delivery = self.board.deliveries[place]
        if delivery.ids:
            self._session.open_record.emit("submission", delivery.ids[0])
            return
        values: dict[str, Value] = {
            "item": ANNUAL_REPORT, "addressee": delivery.addressee, "year": self.board.about, "half": "全年",
            "body": self._session.settings.main_body, "received_on": clock.today(),
        }  # fmt: skip
        self._session.new_record.emit("submission", values)


def _row(line: FilingRow, board: FilingBoard) -> CellRow:
    cells: list[Cell] = [leading(line.owner.name)]
    for column_ in board.columns:
        cell = line.cells.get(column_.key)
        cells.append(LightCell(MARKS[cell.state], cell.words) if cell else TextCell("", "text3", 13))
    kind = line.owner.kind if line.owner.kind in ("body", "unit") else ""
    return CellRow(tuple(cells), kind, line.owner.id, line)


def _delivery_words(delivery: Delivery) -> str:
    if delivery.on is None:
        return f"○ {delivery.addressee} 未{delivery.deed}"
    return f"✓ {delivery.addressee} {delivery.on:%m-%d}"
