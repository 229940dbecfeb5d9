"""人员学时: what each person owes in a year, what was done, what is missing, as of any day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.deeds.study import set_staff_kind
from models.records.organisation import Person
from models.rules.reading import normalised, search_key
from models.summaries.study import GapLine, gaps, quotas_on
from models.summaries.study_unasked import Unasked, unasked
from ui import look
from ui.correction import with_reason
from ui.dialogs.as_of import YearAsOf
from ui.dialogs.pick import pick
from ui.lights import OF_STATE
from ui.pages.study.figures_dialog import TITLE, FiguresDialog
from ui.pages.study.personal_dialog import PersonalDialog
from ui.session import Session
from ui.tables.cell_model import CellModel, LaterRow
from ui.tables.cells import BarCell, Cell, LightCell, leading, value
from ui.tables.mark_grid import RowFilter
from ui.tables.view import DataTable
from ui.widgets.buttons import Button, IconButton
from ui.widgets.card import EmptyPage
from ui.widgets.inputs import SearchField
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.paint import Mark
from ui.widgets.segmented import SegmentedControl

HEADERS = ("姓名", "单位", "人员类别", "学时", "天数", "专门培训到期", "情况")
WIDTHS = (84, 150, 100, 132, 124, 104, 200)
Line = GapLine | Unasked
_FILTERS: dict[str, Callable[[Line], bool]] = {
    "应学": lambda line: isinstance(line, GapLine),
    "未达标": lambda line: isinstance(line, GapLine) and line.standing.is_short,
    "培训到期": lambda line: isinstance(line, GapLine) and line.standing.special_is_near,
    "无要求": lambda line: isinstance(line, Unasked),
}
_UNASKED = tuple(_FILTERS).index("无要求")
CLAUSE = {
    "name": "公务员每年不少于40学时的法律知识学习", "owed_by": "每名人员", "staff_kinds": "领导干部、执法人员、公务员、法制工作人员",
    "answered_by": "学法", "measure": "学时", "threshold": 40.0, "per": "年",
}  # fmt: skip
"""What the form of the first clause starts with."""


class GapsView(QWidget):
    """Everybody who owes study; Enter opens the personal file."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.when = YearAsOf()
        self.when.changed.connect(self.refresh)
        self._lines: list[Line] = []
        self._keys: list[str] = []
        self.model = CellModel(HEADERS)
        self._rows = RowFilter()
        self._rows.setSourceModel(self.model)
        self.table = DataTable("人员学时", sortable=False)
        self.table.setModel(self._rows)
        self.table.set_widths(WIDTHS, stretch=6)
        self.table.opened.connect(self._open)
        self._build()

    def refresh(self) -> None:
        """Read everything again."""
        ledger, year, on = self._session.ledger, self.when.year, self.when.on
        owing, others = gaps(ledger, year, on), unasked(ledger, year, on)
        self._lines = [*owing, *others]
        self._keys = []
        self.model.set_rows(
            [LaterRow(partial(_cells, line), "person", line.id, line) for line in self._lines]
        )
        self.when.tell()
        for place, (word, test) in enumerate(_FILTERS.items()):
            self._segments.set_words(place, f"{word} {sum(map(test, self._lines))}")
        self._show_empty(others)
        self._stack.setCurrentIndex(0 if owing or (others and self._segments.current() == _UNASKED) else 1)
        self._keep()

    def first_focus(self) -> QWidget | None:
        """Return what has the keyboard at first."""
        return self.table if self._lines else None

    # Internal ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._search = SearchField("单位、姓名或拼音首字母")
        self._search.setMinimumWidth(look.px(96))
        self._search.searched.connect(lambda _typed: self._keep())
        self._segments = SegmentedControl(tuple(_FILTERS))
        self._segments.picked.connect(lambda _part: self.refresh())
        figures = IconButton("settings", TITLE)
        figures.clicked.connect(self._ask_figures)
        bulletin = Button("学法通报", icon="file-text")
        bulletin.clicked.connect(
            lambda: self._session.open_report.emit(
                "study_bulletin", {"year": self.when.year, "as_of": self.when.on}
            )
        )
        self.sort = Button("定人员类别", icon="users-round")
        self.sort.clicked.connect(self._set_kind)
        tools = row(
            self._search, self._segments, STRETCH, self.when, figures, bulletin,
            margins=(16, 8, 16, 8),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty())
        why = Label(
            "学了法，制度条款没有要求的人；多半是没有填人员类别。", "small", elide=Qt.TextElideMode.ElideRight
        )
        self._foot = frame("foot", row(why, STRETCH, self.sort, margins=(16, 6, 12, 6)))
        whole = column(frame("bar", tools), self._stack, self._foot, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(column(frame("pane", whole), spacing=0))

    def _empty(self) -> QWidget:
        self.look = Button("", "primary", "users-round")
        self.look.clicked.connect(lambda: self._segments.pick(_UNASKED))
        self.clause = Button("新增学法条款", "primary", "plus")
        self.clause.clicked.connect(lambda: self._session.new_record.emit("clause", dict(CLAUSE)))
        roster = Button("去名册", icon="users-round")
        roster.clicked.connect(lambda: self._session.open_page.emit("roster"))
        use = "要求来自制度条款（谁来办选“每名人员”，用什么办选“学法”），人员按名册里的人员类别对应。"
        buttons = (self.look, self.clause, roster)
        return EmptyPage("graduation-cap", "没有人员要完成学时", use, buttons)

    def _show_empty(self, others: Sequence[Unasked]) -> None:
        """Say on the empty page what is missing: the 人员类别 of those who studied, or the clause that asks."""
        unsorted = sum(not one.staff_kind for one in others)
        asks = bool(quotas_on(self._session.ledger, self.when.on))
        self.look.set_words(
            f"{unsorted} 人有学法记录，没有人员类别"
            if asks and unsorted
            else f"看 {len(others)} 人的学法记录"
        )
        self.look.setVisible(asks and bool(others))
        self.clause.setVisible(not asks)

    def _set_kind(self) -> None:
        """Ask for the 人员类别 of the chosen persons and give it to all of them."""
        places = [self._rows.mapToSource(index).row() for index in self.table.selectionModel().selectedRows()]
        people = [self._lines[place].id for place in places]
        field, hint = Person.KIND.field("staff_kind"), f"选中的 {len(people)} 人；按住 Ctrl 或 Shift 可以多选"
        chosen = pick(self.window(), "定人员类别", field, self._session.ledger, hint=hint)
        if chosen:
            with_reason(
                self, self._session.ledger, lambda: set_staff_kind(self._session.ledger, people, str(chosen))
            )
            self.refresh()

    def _ask_figures(self) -> None:
        if FiguresDialog(self.window(), self._session).exec():
            self.refresh()

    def _open(self, index: QModelIndex) -> None:
        place = self._rows.mapToSource(index).row()
        if place >= 0:
            PersonalDialog(self.window(), self._session, self._lines[place].id, self.when.on).exec()

    def _keep(self) -> None:
        self._foot.setVisible(self._segments.current() == _UNASKED)
        test = list(_FILTERS.values())[self._segments.current()]
        wanted = normalised(self._search.text())
        if wanted and not self._keys:
            self._keys = [search_key([], read=[line.unit_name], names=[line.name]) for line in self._lines]
        self._rows.keep(
            lambda place: test(self._lines[place]) and (not wanted or wanted in self._keys[place])
        )
        self.sort.setEnabled(bool(self._rows.rowCount()))
        if self._rows.rowCount():
            self.table.setCurrentIndex(self._rows.index(0, 0))
        else:
            self.table.set_empty_note("没有符合的人员")


def _cells(line: Line) -> tuple[Cell, ...]:
    if isinstance(line, Unasked):
        return (
            leading(line.name), value(line.unit_name), value(line.staff_kind), value(f"{line.hours:g}"),
            value(f"{round(line.days, 1):g}"), value(""), LightCell(Mark.GREY, line.why),
        )  # fmt: skip
    stands = line.standing
    return (
        leading(line.name), value(line.unit_name), value(line.staff_kind), _bar(stands.hours, stands.owed_hours),
        _bar(stands.days, stands.owed_days), value(f"{stands.special_due:%Y-%m}" if stands.special_due else ""),
        LightCell(OF_STATE[stands.state], stands.words),
    )  # fmt: skip


def _bar(done: float, owed: float) -> Cell:
    if not owed:
        return value("")
    return BarCell(min(done / owed, 1), f"{done:g} / {owed:g}", "green_mark" if done >= owed else "accent")
