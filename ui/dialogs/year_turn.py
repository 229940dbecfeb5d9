"""年度结转: which year is closed, what is sealed and what goes on, and whether the seals of before still hold."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models import clock
from models.deeds.year_turn import changed_since, close_year, plan_turn
from models.errors import ClerkError
from models.records.values import show_day
from models.records.year import ClosedYear
from ui import look, messages, work
from ui.dialogs.base import Dialog
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import LightCell, leading, number, value
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label
from ui.widgets.paint import Mark

YEARS_BACK = 5
_SIZE = (720, 520)


class YearTurnDialog(Dialog):
    """Closes the chosen year when accepted; below, the years closed before with their seals."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, "年度结转")
        self.setModal(True)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self._session = session
        self._asked = 0
        last = clock.today().year - 1
        self.years = ComboBox()
        self.years.addItems([f"{year} 年" for year in range(last, last - YEARS_BACK, -1)])
        self.told = Label("", "secondary", wrap=True)
        self.table = CellTable(
            "已结转的年度", ("年度", "结转日期", "编号", "封存情况"), (90, 140, 170, 240), stretch=3
        )
        self.model = self.table.content
        self.table.set_empty_note("还没有结转过年度")
        self.body.addWidget(Label("年度结转", "heading"))
        self.body.addWidget(FieldRow("年度", self.years))
        self.body.addWidget(self.told)
        self.body.addWidget(Label("已结转的年度", "heading"))
        self.body.addWidget(self.table, 1)
        self.add_button("关闭").clicked.connect(self.reject)
        self.turn = self.add_button("结转", "primary")
        self.turn.clicked.connect(self.close_chosen)
        self.years.currentTextChanged.connect(lambda _words: self._tell())
        self._list()
        self._tell()

    @property
    def year(self) -> int:
        """The year chosen."""
        return int(self.years.currentText().split()[0])

    def close_chosen(self) -> None:
        """Close the chosen year after asking."""
        points = ["数据封存，附校验值", "这一年的记录以后只能更正，并写明理由", "写明理由可以撤销"]
        if not messages.confirm(self, f"结转 {self.year} 年度？", "结转", points=points):
            return
        try:
            close_year(self._session.ledger, self.year)
        except ClerkError as error:
            messages.tell(self, "没有结转", str(error))
        self._list()
        self._tell()

    # Internal ------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Say what closing the chosen year means; beside the window, a year of a large county takes seconds."""
        self._asked = year = self.year
        self.turn.setEnabled(False)
        self.told.setText("正在核对这一年的数据…")
        work.run(
            self,
            "核对年度数据",
            lambda _progress: self._planned(year),
            lambda found: self._told(year, *found),
            quiet=True,
        )

    def _planned(self, year: int) -> tuple[str, bool]:
        """Return what is told of closing *year*, and whether it can be closed."""
        with self._session.ledger.reading() as reader:
            try:
                return "\n".join(plan_turn(reader, year).sentences()), True
            except ClerkError as error:
                return str(error), False

    def _told(self, year: int, words: str, can_close: bool) -> None:
        if year == self._asked:
            self.told.setText(words)
            self.turn.setEnabled(can_close)

    def _list(self) -> None:
        closed = self._session.ledger.find(ClosedYear)
        self.model.set_rows([_row(one, None) for one in closed])
        work.run(self, "核对封存的年度", lambda _progress: self._compared(), self._show_compared, quiet=True)

    def _compared(self) -> list[tuple[ClosedYear, list[str]]]:
        with self._session.ledger.reading() as reader:
            return [(one, changed_since(reader, one)) for one in reader.find(ClosedYear)]

    def _show_compared(self, found: list[tuple[ClosedYear, list[str]]]) -> None:
        self.model.replace_rows([_row(*pair) for pair in found])


def _row(closed: ClosedYear, changed: list[str] | None) -> CellRow:
    """Return the line of a closed year; *changed* is None while it is being compared."""
    state = LightCell(Mark.DONE, "与封存时一致")
    if changed is None:
        state = LightCell(Mark.GREY, "正在核对")
    elif changed:
        state = LightCell(Mark.AMBER, "；".join(changed))
    on = show_day(closed.closed_on)
    return CellRow((leading(f"{closed.year} 年"), value(on), number(closed.serial), state), subject=closed)
