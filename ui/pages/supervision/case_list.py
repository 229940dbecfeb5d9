"""The cases that are open, grouped by light, the worst first; with those closed this year on demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from models import clock
from models.records.base import kind_of
from models.store.reader import RowQuery
from models.summaries.supervision import CaseLine, cases_of_units, closed_lines, open_lines
from ui.lights import OF_LIGHT
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import GroupCell, TwoLineCell
from ui.tables.delegate import TWO_LINE_ROW
from ui.tables.filter_bar import FilterBar
from ui.tables.view import DataTable
from ui.widgets.buttons import Button
from ui.widgets.inputs import SearchField
from ui.widgets.layout import STRETCH, column, row

WIDTH = 354  # px


class CaseList(QFrame):
    """``chosen`` gives the id of the row the clerk moves to, ``opened`` that of a double click or Enter; *switch*
    stands above."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, session: Session, switch: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "pane-left")
        self._session, self._typed, self._quiet = session, "", False
        self.with_closed = False
        self.lines: tuple[CaseLine, ...] = ()
        self.scope = Button("", "ghost", "list-filter")
        self.scope.clicked.connect(self._show_menu)
        self.search = SearchField("文号、事项、单位")
        self.search.searched.connect(self._find)
        self.filters = FilterBar(kind_of("case"), session.ledger)
        self.filters.changed.connect(self._again)
        self.table = CellTable(
            "督办事项列表", ("督办事项",), (WIDTH - 40,), stretch=0, row_height=TWO_LINE_ROW
        )
        self._model = self.table.content
        self.table.horizontalHeader().hide()
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.table.selectionModel().currentChanged.connect(self._tell)
        self.table.opened.connect(lambda index: self.opened.emit(self._id(index)))
        self.table.clear_filter_requested.connect(self.clear)
        head = row(switch, STRETCH, self.scope, margins=(12, 10, 8, 8))
        tools = column(self.search, self.filters, spacing=6, margins=(12, 0, 12, 8))
        whole = column(head, tools, self.table, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def refresh(self, wanted: str = "", *, hold: bool = True) -> None:
        """Read the list again with *wanted* as its current case, else the one it was, else the first.

        With *hold* a case that was closed stays while it is the current one: its last steps are still to be taken.
        """
        today, kept = clock.today(), wanted or self.current()
        among = self._among()
        lines = open_lines(self._session.ledger, today, among)
        if self.with_closed:
            lines += closed_lines(self._session.ledger, date(today.year, 1, 1), today, among)
        self.scope.set_words(f"{'今年' if self.with_closed else '在办'} {len(lines)}")
        if hold and kept not in {line.case.id for line in lines}:
            lines += closed_lines(self._session.ledger, date.min, today, {kept})
        self.lines = lines
        self._quiet = True
        self._model.set_rows(_rows(lines))
        self._quiet = False
        self.table.set_groups(self._model.groups())
        self.table.set_empty_note(
            "没有符合条件的督办事项" if among is not None else "没有在办的督办事项",
            filtered=among is not None,
        )
        if not self.select(kept) and lines and not wanted:
            self.select(lines[0].case.id)

    def current(self) -> str:
        """Return the id of the current case, "" for none."""
        return self._id(self.table.currentIndex())

    def select(self, case_id: str) -> bool:
        """Make a case the current row without telling; False, and no row, when the list does not show it."""
        place = next(
            (i for i, line in enumerate(self._model.rows) if case_id and line.record_id == case_id), -1
        )
        self._quiet = True
        self.table.setCurrentIndex(self._model.index(place, 0))
        self._quiet = False
        return place >= 0

    def clear(self) -> None:
        """Take search and conditions away."""
        self._typed = ""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.filters.clear()
        self._again()

    def _among(self) -> set[str] | None:
        """Return which cases search and conditions leave, None for all."""
        filters = self.filters.filters()
        if not self._typed and not filters:
            return None
        query = RowQuery("case", (), search=self._typed, filters=filters)
        return {str(found[0]) for found in self._session.ledger.rows(query)} | self._of_units()

    def _of_units(self) -> frozenset[str]:
        """Return the cases of the units whose name is typed, where no other condition holds."""
        if not self._typed or self.filters.filters():
            return frozenset()
        ledger = self._session.ledger
        return cases_of_units(
            ledger, [str(row[0]) for row in ledger.rows(RowQuery("unit", (), search=self._typed))]
        )

    def _find(self, typed: str) -> None:
        self._typed = typed
        self._again()

    def _again(self) -> None:
        """Read the list again and tell what has become the current case."""
        self.refresh(hold=False)
        self.chosen.emit(self.current())

    def _id(self, index: QModelIndex) -> str:
        found = self._model.row_of(index)
        return found.record_id if found else ""

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and (case_id := self._id(now)):
            self.chosen.emit(case_id)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        closed = menu.addAction("也看今年办结的", self._turn_closed)
        closed.setCheckable(True)
        closed.setChecked(self.with_closed)
        menu.addAction("加一个条件", self.filters.ask)
        menu.exec(self.scope.mapToGlobal(self.scope.rect().bottomLeft()))
        menu.deleteLater()

    def _turn_closed(self) -> None:
        self.with_closed = not self.with_closed
        self._again()


def two_lines(line: CaseLine) -> TwoLineCell:
    """Return a case as a row of the list."""
    number = line.case.number.removeprefix("督办")
    under = " · ".join(filter(None, (line.lead, number)))
    return TwoLineCell(line.case.matter, under, OF_LIGHT[line.light.name], line.light.words, line.state)


def _rows(lines: Sequence[CaseLine]) -> list[CellRow]:
    rows: list[CellRow] = []
    for (_order, word, name), group in groupby(
        lines, key=lambda line: (line.light.order, line.light.word, line.light.name)
    ):
        found = list(group)
        rows.append(CellRow((GroupCell(word, len(found), OF_LIGHT[name]),)))
        rows += [CellRow((two_lines(line),), "case", line.case.id) for line in found]
    return rows
