"""Takes over ready-made standing rules: a set is chosen, its clauses ticked, each read back in a sentence."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from models.clause_presets import ClauseSet, apply_clauses, clause_sets, known_rule
from models.errors import ClerkError
from models.records.rules import Clause
from models.records.values import BadValue, parse_day, show_day
from ui import look
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import CheckCell, ChipCell, TextCell, leading, value
from ui.widgets.date_field import DateField
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label

WIDTH, HEIGHT = 860, 300
TICK = 0


class ClauseSetDialog(Dialog):
    """Writes the ticked clauses as one action. Space or a click on the box ticks; what is there already is not."""

    def __init__(self, parent: QWidget | None, session: Session, since: date) -> None:
        super().__init__(parent, "套用制度条款")
        self.setModal(True)
        self.setMinimumWidth(look.px(WIDTH))
        self._session = session
        self._sets: tuple[ClauseSet, ...] = clause_sets(since)
        self._ticked: set[str] = set()
        self._known: set[str] = set()
        self.choice = ComboBox()
        self.choice.addItems([found.title for found in self._sets])
        self.since = DateField(parse_day, show_day)
        self.since.set_date(since)
        self._choice_row = FieldRow("制度", self.choice)
        self._since_row = FieldRow("生效日期", self.since, required=True)
        self.table = CellTable("条款", ("套用", "条款要求", "读作", "状态"), (52, 240, 330, 84), stretch=2)
        self._model = self.table.content
        self.table.setMinimumHeight(HEIGHT)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(self._toggle)
        self._hint = Label("", "help", wrap=True)
        self.body.addWidget(Label("套用制度条款", "heading"))
        for line in (self._choice_row, self._since_row, self.table, self._hint):
            self.body.addWidget(line)
        self.apply_button = self.end_in("套用", self.finish)
        self.choice.currentIndexChanged.connect(lambda _place: self._choose())
        self._choose()

    @property
    def chosen(self) -> ClauseSet:
        """The set that is shown."""
        return self._sets[self.choice.currentIndex()]

    def tick(self, name: str, on: bool) -> None:
        """Tick or untick one clause by name; one that is there already stays unticked."""
        if name not in self._known:
            (self._ticked.add if on else self._ticked.discard)(name)
        self._fill()

    def finish(self) -> None:
        """Write what is ticked."""
        try:
            since = self.since.read()
        except BadValue as error:
            self._since_row.show_problem(str(error))
            return
        if since is None:
            self._since_row.show_problem("生效日期没有填")
            return
        try:
            apply_clauses(self._session.ledger, self.chosen.id, since, self._ticked)
        except ClerkError as error:
            self._choice_row.show_problem(str(error))
            return
        self.accept()

    def _choose(self) -> None:
        ledger = self._session.ledger
        self._known = {clause.name for clause in self.chosen.clauses if known_rule(ledger, clause)}
        self._ticked = {clause.name for clause in self.chosen.clauses} - self._known
        self._choice_row.set_hint(self.chosen.note)
        self._choice_row.show_problem("")
        self._fill()

    def _fill(self) -> None:
        self._model.set_rows([CellRow(self._cells(clause), subject=clause) for clause in self.chosen.clauses])
        suspended = sum(clause.suspended for clause in self.chosen.clauses)
        told = (
            f"有 {suspended} 条各地规定不一，套用后先停用，核对本地文件后在条款里启用。" if suspended else ""
        )
        self._hint.setText(f"已勾选 {len(self._ticked)} 条，套用后可以逐条修改，也可以整批撤销。{told}")
        self.apply_button.setEnabled(bool(self._ticked))

    def _cells(self, clause: Clause) -> tuple[CheckCell | TextCell | ChipCell, ...]:
        said = clause.preview(self._session.ledger.name_of).split("（自 ")[0]
        if clause.name in self._known:
            state: TextCell | ChipCell = ChipCell("已有", "grey")
        else:
            state = ChipCell("先停用", "amber") if clause.suspended else TextCell("启用", "text2", 13)
        return CheckCell(clause.name in self._ticked), leading(clause.name), value(said), state

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TICK:
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        found = self._model.row_of(index)
        if found is None or not isinstance(found.subject, Clause):
            return
        name, place = found.subject.name, index.row()
        self.tick(name, name not in self._ticked)
        self.table.setCurrentIndex(self._model.index(place, TICK, QModelIndex()))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
