"""队伍: law degrees by unit, 法制员 of towns, legal sections, certificates, as of any day."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.records.values import show_day
from models.rules.duties import State
from models.summaries.study_team import Certificate, UnitTeam, certificates, moves, teams
from ui.dialogs.as_of import AsOfButton
from ui.dialogs.records import show_listed
from ui.lights import OF_STATE
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import Cell, LightCell, TextCell, leading, value
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.segmented import SegmentedControl

UNITS = ("单位", "类别", "领导法律专业", "法制人员本科", "规格", "编制/实有", "法制员", "情况")
PAPERS = ("姓名", "单位", "执法证号", "有效期至", "情况")

_URGENCY = (State.OVERDUE, State.SOON, State.DONE)
"""What the rules miss comes first."""


class TeamView(QWidget):
    """Two lists; Enter opens the unit or the person."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day = AsOfButton()
        self.day.changed.connect(self.refresh)
        self.units = CellTable("各单位法制队伍", UNITS, (164, 52, 104, 108, 64, 80, 108, 206), stretch=7)
        self.units.set_empty_note("还没有单位，先在“名册”里登记")
        self.papers = CellTable("执法证", PAPERS, (110, 230, 170, 140, 200), stretch=4)
        self.papers.set_empty_note("名册里还没有执法人员和执法证")
        self._stack = QStackedWidget()
        for table in (self.units, self.papers):
            table.opened.connect(partial(self._open, table))
            self._stack.addWidget(table)
        self._segments = SegmentedControl(("各单位", "执法证"))
        self._segments.picked.connect(self._stack.setCurrentIndex)
        self._said = Label("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self._segments.picked.connect(lambda _part: self._show_counts())
        self.moved = Button("", "ghost", "users-round")
        self.moved.clicked.connect(self._show_moves)
        tools = row(self._segments, self._said, STRETCH, self.moved, self.day, margins=(16, 8, 16, 8))
        whole = column(frame("bar", tools), self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))

    def refresh(self) -> None:
        """Read both lists again."""
        self._teams = sorted(
            teams(self._session.ledger, self.day.on), key=lambda team: _URGENCY.index(team.state)
        )
        self._moves = moves(self._session.ledger, self.day.on)
        self._certificates = certificates(self._session.ledger, self.day.on)
        self.units.content.set_rows([_unit_row(team) for team in self._teams])
        self.papers.content.set_rows([_paper_row(one) for one in self._certificates])
        for table in (self.units, self.papers):
            if table.model().rowCount():
                table.setCurrentIndex(table.model().index(0, 0))
        self._show_counts()

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        return self._stack.currentWidget()

    def _show_moves(self) -> None:
        heading = f"{self.day.on.year} 年法制人员到任、离任"
        show_listed(self.window(), self._session, heading, [move.record for move in self._moves])

    def _show_counts(self) -> None:
        moved = len({move.person for move in self._moves})
        self.moved.set_words(f"{self.day.on.year} 年交流 {moved} 人")
        self.moved.setEnabled(bool(moved))
        self.moved.setVisible(self._stack.currentWidget() is self.units)
        if self._stack.currentWidget() is self.units:
            told = [team.state for team in self._teams]
            legal = sum(len(team.legal) for team in self._teams)
            degrees = sum(len(team.law_legal) for team in self._teams)
            share = f"；法制人员 {legal} 人，法律专业本科以上占 {degrees / legal:.1%}" if legal else ""
            wrong = sum(state is not State.DONE for state in told)
            self._said.setText(f"{len(told)} 家单位，{wrong} 家要处理{share}")
        else:
            told = [one.state for one in self._certificates]
            late, soon = told.count(State.OVERDUE), told.count(State.SOON)
            self._said.setText(f"{len(told)} 人，{late} 人过期或没有，{soon} 人临期")

    def _open(self, table: CellTable, index: QModelIndex) -> None:
        found = table.content.row_of(index)
        if found is not None:
            self._session.open_record.emit(found.kind, found.record_id)


def _share(part: tuple[str, ...], whole: tuple[str, ...]) -> Cell:
    if not whole:
        return value("")
    return TextCell(f"{len(part)} / {len(whole)}", "text2", 13, tail=f"{len(part) / len(whole):.0%}")


def _unit_row(team: UnitTeam) -> CellRow:
    word = team.words or "正常"
    cells: tuple[Cell, ...] = (
        leading(team.name), value(team.category), _share(team.law_leaders, team.leaders),
        _share(team.law_legal, team.legal), value(team.rank),
        value("" if team.posts is None else f"{team.posts} / {len(team.legal)}"), value("、".join(team.officer_names)), LightCell(OF_STATE[team.state], word),
    )  # fmt: skip
    return CellRow(cells, "unit", team.id, team)


def _paper_row(one: Certificate) -> CellRow:
    until = show_day(one.until)
    cells: tuple[Cell, ...] = (
        leading(one.name), value(one.unit), value(one.number), value(until), LightCell(OF_STATE[one.state], one.words),
    )  # fmt: skip
    return CellRow(cells, "person", one.person, one)
