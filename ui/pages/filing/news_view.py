"""工作动态: the register with its pictures, and the counts of the year by sender, quarter and class."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from models import clock
from models.records.filing import DYNAMIC_CLASSES
from models.summaries.filing import QUARTERS, Campaign, NewsLine, campaigns, news_lines
from models.summaries.listed import listed
from models.summaries.years import year_in_hand
from ui.dialogs.records import RecordsDialog
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import Cell, LightCell, leading, number, value
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import IconButton
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.paint import Mark
from ui.widgets.parts import turn_parts
from ui.widgets.segmented import SegmentedControl

COUNTS = ("报送机构和单位", *QUARTERS, "合计", *DYNAMIC_CLASSES, "采用")
CAMPAIGNS = ("专项活动", "方案", "进展", "总结", "最近一次", "情况", "报送机构和单位")
SILENT_DAYS = 30
"""A campaign without a word for so long is marked: progress is to be told at any time (S2-6)."""


class NewsView(QWidget):
    """Three lists: the register, the counts of a year, the campaigns."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._year = year_in_hand(clock.today())
        self.register = RegisterView(session, "dynamic")
        self.counts = CellTable(
            "工作动态统计", COUNTS, (220, 74, 74, 74, 74, 64, 84, 84, 136, 110, 64), stretch=0
        )
        self.counts.set_empty_note("这一年还没有收到工作动态")
        self.counts.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.counts.opened.connect(self._open_count)
        self.campaigns = CellTable("专项活动进展", CAMPAIGNS, (240, 64, 64, 64, 110, 150, 260), stretch=0)
        self.campaigns.set_empty_note("还没有登记专项活动的方案和进展：登记工作动态时填“专项活动”")
        self.campaigns.opened.connect(self._open_campaign)
        self._segments = SegmentedControl(("登记", "统计", "专项活动"))
        turn_parts(self._segments, self.register.can_leave, self._show)
        self._earlier, self._later = (
            IconButton("chevron-left", "上一年"),
            IconButton("chevron-right", "下一年"),
        )
        self._earlier.clicked.connect(lambda: self._show_year(self._year - 1))
        self._later.clicked.connect(lambda: self._show_year(self._year + 1))
        self._year_label, self._said = Label("", "section"), Label("", "secondary")
        self._stack = QStackedWidget()
        for part in (self.register, self.counts, self.campaigns):
            self._stack.addWidget(part)
        tools = row(
            self._segments, self._earlier, self._year_label, self._later, self._said, STRETCH,
            margins=(16, 8, 16, 8),
        )  # fmt: skip
        whole = column(frame("bar", tools), self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))
        self._show(0)

    def refresh(self) -> None:
        """Read what is shown again."""
        ledger, today = self._session.ledger, clock.today()
        shown = self._stack.currentWidget()
        if shown is self.register:
            self.register.refresh()
        elif shown is self.counts:
            lines = news_lines(ledger, self._year, today)
            self.counts.content.set_rows([_counts_row(line) for line in lines])
            adopted = len(lines[-1].adopted) if lines else 0
            self._said.setText(f"{lines[-1].total if lines else 0} 条，采用 {adopted} 条")
        else:
            found = campaigns(ledger, today)
            self.campaigns.content.set_rows([_campaign_row(one) for one in found])
            self._said.setText(f"{len(found)} 项活动，{sum(not one.summaries for one in found)} 项还没有总结")

    def show_register(self) -> RegisterView:
        """Show the register and return it."""
        self._segments.pick(0)
        return self.register

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        shown = self._stack.currentWidget()
        return self.register.table.view if shown is self.register else shown

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        for part in (self._earlier, self._later, self._year_label):
            part.setVisible(place == 1)
        self._said.setVisible(place > 0)
        self._show_year(self._year)

    def _show_year(self, year: int) -> None:
        self._year = year
        self._year_label.setText(f"{year} 年")
        self._later.setEnabled(year < clock.today().year)
        self.refresh()

    def _open_count(self, index: QModelIndex) -> None:
        """List the news behind a figure."""
        found = self.counts.content.row_of(index)
        if found is None or not isinstance(found.subject, NewsLine):
            return
        ids = _behind(found.subject)[index.column()]
        records = listed(self._session.ledger, "dynamic", ids)
        if records:
            heading = f"{found.subject.name}：{COUNTS[index.column()]}"
            RecordsDialog(self.window(), self._session, heading, records).exec()

    def _open_campaign(self, index: QModelIndex) -> None:
        found = self.campaigns.content.row_of(index)
        if found is not None:
            self._session.open_record.emit(found.kind, found.record_id)


def _behind(line: NewsLine) -> tuple[tuple[str, ...], ...]:
    """Return the ids behind each column of :data:`COUNTS`."""
    every = tuple(one for quarter in line.by_quarter for one in quarter)
    return (every, *line.by_quarter, every, *line.by_class, line.adopted)


def _counts_row(line: NewsLine) -> CellRow:
    figures = [len(ids) for ids in _behind(line)[1:]]
    cells = (leading(line.name), *(number(str(figure) if figure else "") for figure in figures))
    return CellRow(cells, subject=line)


def _campaign_row(one: Campaign) -> CellRow:
    if one.summaries:
        light = LightCell(Mark.DONE, "已总结")
    elif one.silent > SILENT_DAYS:
        light = LightCell(Mark.AMBER, f"{one.silent} 天没有进展")
    else:
        light = LightCell(Mark.GREEN, "进行中")
    figures = (one.plans, one.progress, one.summaries)
    cells: tuple[Cell, ...] = (
        leading(one.name), *(number(str(len(ids)) if ids else "") for ids in figures), value(f"{one.last:%Y-%m-%d}"),
        light, value("、".join(one.senders)),
    )  # fmt: skip
    return CellRow(cells, "dynamic", one.latest, one)
