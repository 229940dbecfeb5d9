"""制度执行: what the clauses ask for in a year as of a day, line by line, with what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from models import clock
from models.records.rules import Clause
from models.rules.duties import Obligation, State, count_states
from models.summaries.obligations import obligations
from ui import look
from ui.dialogs.as_of import AsOfButton
from ui.dialogs.clause_set import ClauseSetDialog
from ui.dialogs.obligation import ObligationDialog
from ui.lights import OF_STATE
from ui.session import Session
from ui.tables.cell_model import LaterRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import BarCell, LightCell, TextCell, leading, number, value
from ui.tables.view import DataTable
from ui.widgets import keys
from ui.widgets.buttons import Button
from ui.widgets.inputs import ComboBox, SearchField
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.segmented import SegmentedControl
from ui.work import run

HEADERS = ("状态", "条款要求", "谁来办", "周期", "期限", "完成", "证据", "免办理由和说明")
_URGENCY = (State.OVERDUE, State.SOON, State.RUNNING, State.AHEAD, State.EARLIER, State.WAIVED, State.DONE)
PEOPLE = 1
ALL_STATES, ALL_CLAUSES = "全部状态", "全部条款"


class ComplianceView(QWidget):
    """The obligations of one year; Enter or a double click opens one with its records."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.day = AsOfButton()
        self._items: list[Obligation] = []
        self._asked: tuple[date, int, int] | None = None
        self._build()
        self._connect()
        self._offer_years()

    @property
    def shown(self) -> list[Obligation]:
        """The obligations in the list, from top to bottom."""
        return [line.subject for line in self._model.rows if isinstance(line.subject, Obligation)]

    def refresh(self) -> None:
        """Compute anew."""
        asked = self._asked = (self.day.on, int(self.year.currentText()), self.whose.current())
        on, year, whose = asked
        if whose == PEOPLE:
            run(
                self, "计算每名人员的要求", lambda _progress: self._read(on, year),
                lambda found: self._show(found) if asked == self._asked else None, quiet=True,
            )  # fmt: skip
        else:
            self._show(obligations(self._session.ledger, on, year, people=False))

    def _read(self, on: date, year: int) -> list[Obligation]:
        """Compute for thousands of people, beside the window."""
        with self._session.ledger.reading() as reader:
            return obligations(reader, on, year, people=True)

    def _show(self, found: list[Obligation]) -> None:
        self._items = sorted(
            found, key=lambda item: (_URGENCY.index(item.state), item.due, item.clause.position or 9999)
        )
        self._offer_choices()
        self._fill()

    # Building it ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.search = SearchField("找单位、人员、条款")
        self.search.setMinimumWidth(look.px(120))
        self.whose = SegmentedControl(("机构和单位", "人员"))
        self.year, self.state, self.clause = ComboBox(), ComboBox(), ComboBox()
        for box, name in ((self.year, "年度"), (self.state, "状态"), (self.clause, "条款")):
            box.setAccessibleName(name)
        self.clause.setMaximumWidth(look.px(220))
        self.presets_button = Button("套用制度条款", "plain", "plus")
        self._said = Label("", "secondary", elide=Qt.TextElideMode.ElideRight)
        self.year.setMinimumContentsLength(4)
        tools = row(
            self.whose, self.search, self.year, self.state, self.clause, STRETCH, margins=(16, 8, 16, 4)
        )  # fmt: skip
        line = row(self._said, self.day, self.presets_button, margins=(16, 0, 16, 8))
        line.setStretch(0, 1)
        self.table = CellTable("制度执行", HEADERS, (108, 200, 150, 84, 100, 172, 62, 120), stretch=1)
        self._model = self.table.content
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        left = column(frame("bar", column(tools, line, spacing=0)), self.table, spacing=0)
        left.setStretch(1, 1)
        self.setLayout(column(frame("pane", left), spacing=0))

    def _connect(self) -> None:
        self.whose.picked.connect(lambda _place: self.refresh())
        self.search.searched.connect(lambda _text: self._fill())
        self.year.currentIndexChanged.connect(lambda _place: self.refresh())
        self.state.currentIndexChanged.connect(lambda _place: self._fill())
        self.clause.currentIndexChanged.connect(lambda _place: self._fill())
        self.day.changed.connect(self.refresh)
        self.presets_button.clicked.connect(self.offer_presets)
        self.table.opened.connect(self._open)
        self.table.clear_filter_requested.connect(self._clear_filters)
        keys.bind(self, self.search.setFocus, "Ctrl+F")
        self._session.changed.connect(lambda _kinds, _said: self.refresh() if self.isVisible() else None)

    def _offer_years(self) -> None:
        """Offer the years from the oldest clause to the next; this year at first."""
        today = clock.today()
        clauses = self._session.ledger.find(Clause)
        first = min((clause.valid_from.year for clause in clauses if clause.valid_from), default=today.year)
        self.year.blockSignals(True)
        self.year.addItems([str(year) for year in range(today.year + 1, min(first, today.year) - 1, -1)])
        self.year.setCurrentText(str(today.year))
        self.year.blockSignals(False)

    def _offer_choices(self) -> None:
        """Name the states with their counts, and the clauses there are; what was chosen stays."""
        counts = count_states(self._items)
        states = [
            (ALL_STATES, None),
            *((f"{state} {counts[state]}", state) for state in _URGENCY if counts[state]),
        ]
        names = {item.clause.id: item.clause.name for item in self._items}
        _offer(self.state, states)
        _offer(self.clause, [(ALL_CLAUSES, None), *((name, clause) for clause, name in names.items())])

    # Filling it ----------------------------------------------------------------------------

    def _fill(self) -> None:
        state, clause = self.state.currentData(), self.clause.currentData()
        words = self.search.text().split()
        found = [
            item
            for item in self._items
            if state in (None, item.state)
            and clause in (None, item.clause.id)
            and all(word in f"{item.owner.label} {item.clause.name} {item.period}" for word in words)
        ]
        self._model.set_rows([LaterRow(partial(_cells, item), subject=item) for item in found])
        filtered = bool(self._items)
        note = (
            "没有符合条件的要求"
            if filtered
            else "这一年没有制度要求。可以套用制度条款，或在“制度条款”里新增。"
        )
        self.table.set_empty_note(note, filtered=filtered)
        self._said.setText(_sentence(self.year.currentText(), found))
        if found:
            self.table.setCurrentIndex(self._model.index(0, 0))

    def _clear_filters(self) -> None:
        for box in (self.state, self.clause):
            box.setCurrentIndex(0)
        self.search.clear()
        self.search.search_now()

    # What it does --------------------------------------------------------------------------

    def offer_presets(self) -> None:
        """Choose a set of clauses and take it over."""
        ClauseSetDialog(self.window(), self._session, date(clock.today().year, 1, 1)).exec()

    def _open(self, index: QModelIndex) -> None:
        found = self._model.row_of(index)
        if found is not None and isinstance(found.subject, Obligation):
            ObligationDialog(self.window(), self._session, found.subject).exec()


def _offer(box: ComboBox, choices: list[tuple[str, State | None]] | list[tuple[str, str | None]]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for words, data in choices:
        box.addItem(words, data)
    box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
    box.blockSignals(False)


def _cells(item: Obligation) -> tuple[LightCell | TextCell | BarCell, ...]:
    count = len(item.evidence)
    said = item.reason or item.remark
    ink = "green_mark" if item.state is State.DONE else "accent"
    return (
        LightCell(OF_STATE[item.state], item.words),
        leading(item.clause.name),
        value(item.owner.label),
        value(item.period.removeprefix(f"{item.due.year}年") or item.period),
        number(item.due.isoformat()),
        BarCell(min(item.done / item.needed, 1.0) if item.needed else 0.0, item.figures, ink),
        TextCell(
            f"{count} 件", "accent" if count else "text3", 13, icon="paperclip",
            icon_ink="accent" if count else "text3",
        ),
        value(said),
    )  # fmt: skip


def _sentence(year: str, items: Iterable[Obligation]) -> str:
    """Return 「2026 年共 36 项：逾期 3，正常 20，已完成 13」."""
    counts = count_states(items)
    parts = "，".join(f"{state} {counts[state]}" for state in _URGENCY if counts[state])
    return f"{year} 年共 {sum(counts.values())} 项：{parts}" if parts else ""
