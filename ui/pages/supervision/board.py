"""The board: one column for each state, the worst light on top; a case opens by double click or Enter."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from models import clock
from models.records.supervision import CASE_STATES
from models.summaries.supervision import CaseLine, closed_lines, open_lines
from ui import look
from ui.lights import OF_LIGHT
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import TwoLineCell
from ui.tables.delegate import TWO_LINE_ROW
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row

COLUMN = 214  # px, least


class Board(QWidget):
    """Open cases by state, and those closed this year; ``opened`` gives the id of one."""

    opened = Signal(str)

    def __init__(self, session: Session, switch: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._said = Label("", "secondary")
        self.columns = {state: _Column(state) for state in CASE_STATES}
        for one in self.columns.values():
            one.opened.connect(self.opened)
        side_by_side = row(*self.columns.values(), spacing=8, margins=(12, 10, 12, 10))
        inner = frame("pane", side_by_side)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        head = frame("bar", row(switch, 8, self._said, STRETCH, margins=(12, 10, 12, 8)))
        whole = column(head, area, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def refresh(self) -> None:
        """Read all columns again."""
        today = clock.today()
        open_now = open_lines(self._session.ledger, today)
        closed = closed_lines(self._session.ledger, date(today.year, 1, 1), today)
        for state, one in self.columns.items():
            one.show_lines([line for line in (*open_now, *closed) if line.state == state])
        self._said.setText(f"在办 {len(open_now)} 件，今年办结 {len(closed)} 件")

    def first_focus(self) -> QWidget:
        """Return the first column with something in it."""
        filled = [one.table for one in self.columns.values() if one.table.model().rowCount()]
        return (filled or [next(iter(self.columns.values())).table])[0]


class _Column(QFrame):
    opened = Signal(str)

    def __init__(self, state: str) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._state = state
        self.setMinimumWidth(look.px(COLUMN))
        self._title = Label(state, "section")
        self.table = CellTable(f"{state}的事项", (state,), (COLUMN - 30,), stretch=0, row_height=TWO_LINE_ROW)
        self._model = self.table.content
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self._open)
        head = row(self._title, STRETCH, margins=(12, 8, 12, 6))
        whole = column(head, self.table, spacing=0, margins=(1, 1, 1, 1))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_lines(self, lines: list[CaseLine]) -> None:
        """Show the cases in this state."""
        self._title.setText(f"{self._state} {len(lines)}")
        self._model.set_rows([CellRow((_cell(line),), "case", line.case.id) for line in lines])

    def _open(self, index: QModelIndex) -> None:
        if found := self._model.row_of(index):
            self.opened.emit(found.record_id)


def _cell(line: CaseLine) -> TwoLineCell:
    """Return a case in a narrow column: the light's mark beside the matter, its words beside the unit."""
    return TwoLineCell(line.case.matter, line.lead, OF_LIGHT[line.light.name], "", line.light.words)
