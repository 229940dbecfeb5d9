"""报表: every paper by its subject, what it can be about, and the year in one folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from models import clock
from models.records.values import show_day
from models.store.ledger import Ledger
from models.store.reader import RowQuery
from models.summaries.years import year_in_hand, years_on_record
from reports.catalog import REPORTS, SUBJECT_OPTIONS, SUBJECTS, WEEK, YEAR, Report
from ui import icons, look
from ui.dialogs.year_figures import TITLE, YearFiguresDialog
from ui.page import Page
from ui.pages.year_export import YearExport
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import leading, number, value
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import Button
from ui.widgets.inputs import SearchField
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row

LIST_WIDTH = 200
_WEEKS_BACK, _WEEKS_AHEAD = 8, 4
_ICONS = {
    "notice": "megaphone", "sign_in": "clipboard-check", "minutes": "file-text", "roster": "users-round",
    "annual": "file-chart-column", "annual_report": "file-chart-column",
    "week": "calendar-days", "year_wall": "calendar-days",
}  # fmt: skip
_COLUMNS = {
    "meeting": ("name", "category", "starts_at", "state"),
    "body": ("name", "category", "host_unit", "valid_until"),
}
_NOTHING = {"meeting": "还没有会议，先在“会议”里登记", "body": "还没有机构，先在“名册”里登记或导入文件"}


class ReportsPage(Page):
    """Left the papers, right what each can be about; opening one shows its preview."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("报表", parent)
        self._session = session
        self.papers = QListWidget()
        self.papers.setAccessibleName("文书")
        self.papers.setProperty("part", "papers")
        self._stack = QStackedWidget()
        self.subjects: dict[str, _Subjects] = {about: _subjects(session, about) for about in SUBJECTS}
        self.year = YearExport(session)
        for part in (*self.subjects.values(), self.year):
            self._stack.addWidget(part)
        for subjects in self.subjects.values():
            subjects.opened.connect(self._open)
        self._fill()
        left = frame("pane-left", column(self.papers, spacing=0, margins=(8, 10, 8, 8)))
        left.setFixedWidth(look.px(LIST_WIDTH))
        whole = row(left, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.papers.currentItemChanged.connect(lambda _now, _before: self._show())
        self.papers.itemSelectionChanged.connect(self._follow_selection)  # a screen reader selects only
        self.papers.setCurrentRow(1)
        self._write = Button("撰写年度报告", icon="pencil")
        self._write.clicked.connect(lambda: session.open_page.emit("writing"))
        session.changed.connect(lambda _kinds, _said: self.refresh() if self.isVisible() else None)

    @property
    def report(self) -> Report | None:
        """The paper chosen at the left; None while 年度导出 is shown."""
        item = self.papers.currentItem()
        return REPORTS.get(item.data(Qt.ItemDataRole.UserRole)) if item else None

    def choose(self, report_id: str) -> None:
        """Choose a paper at the left."""
        for position in range(self.papers.count()):
            if self.papers.item(position).data(Qt.ItemDataRole.UserRole) == report_id:
                self.papers.setCurrentRow(position)

    def actions_shown(self) -> Sequence[QWidget]:
        return (self._write,)

    def refresh(self) -> None:
        report = self.report
        if report is None:
            self.year.refresh()
        else:
            self.subjects[report.about].refresh()

    def first_focus(self) -> QWidget | None:
        return self.subjects[self.report.about].table if self.report else super().first_focus()

    def _follow_selection(self) -> None:
        for item in self.papers.selectedItems():
            self.papers.setCurrentItem(item)

    def _fill(self) -> None:
        for about, label in SUBJECTS.items():
            heading = QListWidgetItem(label)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setSizeHint(QSize(0, look.px(28)))
            self.papers.addItem(heading)
            for report in REPORTS.values():
                if report.about == about:
                    self._add(report.title, _ICONS.get(report.identifier, "file-text"), report.identifier)
        self._add("年度导出", "usb", "")

    def _add(self, words: str, icon: str, report_id: str) -> None:
        item = QListWidgetItem(icons.icon(icon, "text2", look.px(16)), words)
        item.setData(Qt.ItemDataRole.UserRole, report_id)
        item.setSizeHint(QSize(0, look.px(32)))
        self.papers.addItem(item)

    def _show(self) -> None:
        report = self.report
        if report is None:
            self._stack.setCurrentWidget(self.year)
        else:
            subjects = self.subjects[report.about]
            subjects.show_paper(report)
            self._stack.setCurrentWidget(subjects)
        self.refresh()

    def _open(self, subject: str) -> None:
        report = self.report
        if report is not None:
            option = SUBJECT_OPTIONS.get(report.about, "record_id")
            self._session.open_report.emit(report.identifier, {option: subject})


class _Subjects(QWidget):
    """What a paper can be about: a list, and 预览 for the current row. ``opened`` gives the subject."""

    opened = Signal(str)

    def __init__(self, table: QWidget, tools: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.heading = Label("", "heading")
        self.preview = Button("预览", "primary", "printer")
        self.preview.clicked.connect(self._open_current)
        bar = frame("bar", row(self.heading, STRETCH, *tools, self.preview, margins=(16, 8, 16, 8)))
        whole = column(bar, table, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))

    def show_paper(self, report: Report) -> None:
        """Get ready for another paper."""
        self.heading.setText(report.title)

    def current(self) -> str:
        """Return the subject of the current row, "" for none."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the list again."""
        raise NotImplementedError

    def _open_current(self) -> None:
        if subject := self.current():
            self.opened.emit(subject)


class _RecordSubjects(_Subjects):
    def __init__(self, session: Session, kind_id: str) -> None:
        self._records = RecordTable(session, kind_id)
        search = SearchField(f"找{self._records.kind.label}")
        search.setMinimumWidth(look.px(160))
        super().__init__(self._records, (search,))
        if kind_id in _COLUMNS:
            self._records.show_columns(_COLUMNS[kind_id])
        search.searched.connect(self._search)
        self._records.opened.connect(self.opened)
        self._records.counted.connect(lambda _count: self._choose_first())
        self._choose_first()

    def current(self) -> str:
        return self._records.current_id()

    def refresh(self) -> None:
        self._records.reload()
        if not self._records.filtered:
            kind = self._records.kind
            self._records.view.set_empty_note(_NOTHING.get(kind.id, f"还没有{kind.label}，先登记再出文书"))

    def _search(self, typed: str) -> None:
        self._records.search(typed)

    def _choose_first(self) -> None:
        if not self._records.current_id() and (first := self._records.model.record_id(0)):
            self._records.select(first)


class _WeekSubjects(_Subjects):
    """This week, those before and after it."""

    def __init__(self) -> None:
        self._weeks = CellTable("周列表", ("周", "日期"), (160, 220))
        self._model = self._weeks.content
        super().__init__(self._weeks, ())
        self._weeks.opened.connect(lambda _index: self._open_current())

    def current(self) -> str:
        found = self._model.row_of(self._weeks.currentIndex())
        return found.subject.isoformat() if found and isinstance(found.subject, date) else ""

    def refresh(self) -> None:
        chosen = self._weeks.currentIndex().row()
        today = clock.today()
        monday = today - timedelta(days=today.weekday())
        weeks = [monday + timedelta(weeks=step) for step in range(_WEEKS_AHEAD, -_WEEKS_BACK - 1, -1)]
        self._model.set_rows([_week_row(first, monday) for first in weeks])
        self._weeks.setCurrentIndex(self._model.index(chosen if chosen >= 0 else _WEEKS_AHEAD, 0))


def _week_row(first: date, this: date) -> CellRow:
    last = first + timedelta(days=6)
    near = {-7: "上周", 0: "本周", 7: "下周"}.get((first - this).days, f"第 {first.isocalendar().week} 周")
    words = f"{show_day(first)}至{last.month}月{last.day}日"
    return CellRow((leading(near), value(words)), subject=first)


def _subjects(session: Session, about: str) -> _Subjects:
    if about == WEEK:
        return _WeekSubjects()
    return _YearSubjects(session) if about == YEAR else _RecordSubjects(session, about)


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    meetings: int


class _YearSubjects(_Subjects):
    def __init__(self, session: Session) -> None:
        self._session = session
        self._years = CellTable("年度列表", ("年度", "登记的会议"), (160, 120))
        self._model = self._years.content
        figures = Button(TITLE, icon="list-checks")
        figures.clicked.connect(self._show_figures)
        super().__init__(self._years, (figures,))
        self._years.opened.connect(lambda _index: self._open_current())
        self._usual = self._wanted = 0

    def show_paper(self, report: Report) -> None:
        """Turn to the year that the paper is mostly asked for: what looks back on a year, to the one in hand."""
        super().show_paper(report)
        today = clock.today()
        usual = year_in_hand(today) if "as_of" in report.asks else today.year
        if usual != self._usual:
            self._usual = self._wanted = usual

    def current(self) -> str:
        found = self._model.row_of(self._years.currentIndex())
        return str(found.subject.year) if found and isinstance(found.subject, _Year) else ""

    def refresh(self) -> None:
        wanted = self._wanted or int(self.current() or 0)
        self._wanted = 0
        years = _years(self._session.ledger, clock.today().year)
        self._model.set_rows(
            [CellRow((leading(f"{one.year} 年"), number(f"{one.meetings} 次")), subject=one) for one in years]
        )
        place = next((place for place, one in enumerate(years) if one.year == wanted), 0)
        self._years.setCurrentIndex(self._model.index(place, 0))

    def _show_figures(self) -> None:
        if year := self.current():
            YearFiguresDialog(self.window(), self._session, int(year), clock.today()).exec()


def _years(ledger: Ledger, this_year: int) -> list[_Year]:
    days = (str(row[1] or "") for row in ledger.rows(RowQuery("meeting", ("starts_at",))))
    held = Counter(int(day[:4]) for day in days if day)
    return [_Year(year, held[year]) for year in years_on_record(ledger, this_year)]
