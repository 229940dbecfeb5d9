"""工作台: what there is to do, what the rules ask for, what comes next, on any day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QWidget

from models import clock
from models.deeds.presence import come_in, put_away
from models.records.base import kind_of
from models.records.values import show_day
from models.rules.duties import State
from models.summaries.absence import presence_of
from models.summaries.lights import Lamp, LineLights
from models.summaries.listed import Listed, listed_proofs
from models.summaries.todos import Group, Todo
from models.summaries.trend import Trend, behind
from models.summaries.workbench import Rule, Workbench, workbench
from ui import look
from ui.dialogs.day import ask_day
from ui.dialogs.preset import PresetDialog
from ui.dialogs.records import RecordsDialog, show_listed
from ui.page import Page
from ui.pages import workbench_rows as rows
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.view import HEAD, DataTable
from ui.widgets.buttons import Button
from ui.widgets.card import Card, EmptyPage, NoticeBar
from ui.widgets.charts import StackedBar
from ui.widgets.layout import STRETCH, column, holder, row, scrolled
from ui.widgets.sentence import Sentence

RIGHT_WIDTH, ONE_COLUMN_BELOW = 332, 1200
_ROW, _TWO_LINES = 30, 52
_TODO_WIDTHS, _LEAST_WIDTH = (112, 204, 208, 136, 124), 80
REGISTERED = ("meeting", "submission", "unit", "person", "appointment")
"""Kinds that 登记 offers."""


class WorkbenchPage(Page):
    """Everything comes from one call of ``workbench()``. *pages* are the ids of the pages there are."""

    def __init__(self, session: Session, pages: Collection[str] = (), parent: QWidget | None = None) -> None:
        super().__init__("工作台", parent)
        self._session, self._pages = session, pages
        self._on: date | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self._content(), white=False))
        self._stack.addWidget(self._empty_page())
        self.setLayout(column(self._stack, spacing=0))
        session.changed.connect(lambda _kinds, _sentence: self.refresh() if self.isVisible() else None)

    @property
    def on(self) -> date:
        """The day that is looked at."""
        return self._on or clock.today()

    def look_at(self, day: date | None) -> None:
        """Show the workbench as of *day*, of today for None."""
        self._on = day
        self.refresh()

    def refresh(self) -> None:
        ledger = self._session.ledger
        if self._on is None:
            come_in(ledger, clock.today())
        shown = workbench(ledger, self.on, ledger.clerk)
        self._stack.setCurrentIndex(1 if shown.empty else 0)
        if not shown.empty:
            self._show(shown)

    def first_focus(self) -> QWidget | None:
        return self.todos if self._stack.currentIndex() == 0 else super().first_focus()

    def register_menu(self) -> QMenu:
        """Return what 登记 offers."""
        menu = QMenu(self)
        for kind_id in REGISTERED:
            ask = partial(self._session.new_record.emit, kind_id, {})
            menu.addAction(kind_of(kind_id).label).triggered.connect(lambda _checked, ask=ask: ask())
        return menu

    # What is on it -------------------------------------------------------------------------

    def _content(self) -> QWidget:
        self._sentence = Sentence()
        self._sentence.picked.connect(self.show_group)
        self._day_button = Button("按日期看", "ghost", "calendar")
        self._day_button.clicked.connect(self._pick_day)
        self.register_button = Button("登记", "primary", "plus")
        self.register_button.clicked.connect(self._show_menu)
        self.away_button = Button("不在期间", "ghost", "history")
        self.away_button.clicked.connect(lambda: self._put_away(away=False))
        top = row(self._sentence, self.away_button, self._day_button, self.register_button)
        top.setStretch(0, 1)
        self._missed: list[tuple[str, tuple[Listed, ...]]] = []
        self._away_buttons = [Button(words.format(0), "link") for words in rows.MISSED]
        for place, button in enumerate(self._away_buttons):
            button.clicked.connect(lambda _checked, place=place: self._list(*self._missed[place]))
        self.away = NoticeBar("", "info", self._away_buttons)
        self.away.closed.connect(lambda: self._put_away(away=True))
        self.away.hide()
        self._columns = row(self._left(), self._right(), spacing=12)
        self._columns.setStretch(0, 1)
        whole = column(top, self.away, self._columns, spacing=10, margins=(20, 10, 20, 14))
        whole.setStretch(2, 1)
        made = holder(whole)
        made.setProperty("part", "page")
        return made

    def _left(self) -> QWidget:
        self.todos = _table("要办的事", rows.TODO_HEADERS, _TODO_WIDTHS, 1)
        self.todos.horizontalHeader().hide()
        self.todos.set_empty_note("7 天内没有要办的事")
        self.todos.opened.connect(self._open_todo)
        self.rules = _table("制度要求", rows.RULE_HEADERS, (220, 76, 168, 80, 112), 0)
        self.rules.set_empty_note("还没有制度条款")
        self.rules.opened.connect(self._open_rule)
        self.rules.clicked.connect(lambda index: self._show_proofs(index))
        self._todo_card = Card("要办的事", self.todos)
        self._rule_card = Card("制度要求", self.rules, right=self._links("台账", "registers"))
        self._left_side = column(self._todo_card, self._rule_card, spacing=12)
        return holder(self._left_side)

    def _right(self) -> QWidget:
        self._next = _table("近期会议", ("日期", "会议"), (64, 200), 1, _TWO_LINES)
        self._next.horizontalHeader().hide()
        self._next.set_empty_note("没有排定的会议")
        self._next.opened.connect(self._open_meeting)
        self._parts = StackedBar()
        self.lights = _table("各线情况", rows.LIGHT_HEADERS, (52, 88, 88, 100), 0)
        self.lights.horizontalHeader().hide()
        self.trends = _table("与去年同期比", rows.TREND_HEADERS, (82, 60, 78, 106), 0)
        for table, opens in ((self.lights, self._open_light), (self.trends, self._open_trend)):
            table.opened.connect(opens)
            table.clicked.connect(opens)
        bar = holder(row(self._parts, margins=(16, 2, 16, 8)))
        self._right_side = holder(
            column(
                Card("各线情况", holder(column(bar, self.lights, spacing=0)), note="未办结事项"),
                Card("近期会议", self._next, right=self._links("日历", "calendar")),
                Card("与去年同期比", self.trends, right=self._links("报表", "reports")),
                STRETCH,
                spacing=12,
            )
        )
        return self._right_side

    def _links(self, words: str, page: str) -> Sequence[QWidget]:
        if page not in self._pages:
            return ()
        link = Button(words, "link")
        link.clicked.connect(lambda: self._session.open_page.emit(page))
        return (link,)

    def _empty_page(self) -> QWidget:
        preset = Button("套用机构方案", "primary", "landmark")
        preset.clicked.connect(lambda: PresetDialog(self.window(), self._session, clock.today()).exec())
        intake = Button("从文件识别", "plain", "file-text")
        intake.clicked.connect(lambda: self._session.open_page.emit("intake"))
        unit = Button("登记第一家单位", "ghost", "building-2")
        unit.clicked.connect(lambda: self._session.new_record.emit("unit", {}))
        offered = [preset, intake, unit] if "intake" in self._pages else [preset, unit]
        return EmptyPage(
            "landmark",
            "台账还是空的",
            "先把机构建起来：有了机构和条款，要办的事、应到名单和期限会自动算出来。",
            offered,
        )

    # Filling it ----------------------------------------------------------------------------

    def _show(self, shown: Workbench) -> None:
        self._sentence.show_parts(rows.sentence(shown, clock.today()))
        self._day_button.set_words(f"按日期看  {show_day(self.on)}" if self._on else "按日期看")
        _fill(self.todos, list(rows.todo_rows(shown)))
        _fill(self.rules, list(rows.rule_rows(shown.rules)))
        _fill(self._next, list(rows.meeting_rows(shown.meetings, shown.as_of)))
        _fill(self.lights, list(rows.light_rows(shown.lights)))
        _fill(self.trends, list(rows.trend_rows(shown.trends)))
        fine = sum(rule.state not in (State.OVERDUE, State.SOON) for rule in shown.rules)
        self._rule_card.note.setText(f"{len(shown.rules)} 条 · {fine} 条正常" if shown.rules else "")
        things = shown.count(*Group)
        self._todo_card.note.setText(f"{things} 件" if things else "")
        self._parts.show_parts(rows.light_parts(shown.lights))
        self._show_absence(shown)
        self._give_widths()
        self._give_heights()

    def _give_widths(self) -> None:
        """Give 来源, 谁来办 and 期限 what their words need, 谁来办 more where there is room; 事项 takes the rest."""
        spare = max(0, self.todos.viewport().width() - sum(map(look.px, _TODO_WIDTHS)))
        for place, most in ((2, 0), (3, spare // 2), (4, 0)):
            wanted = max(self.todos.sizeHintForColumn(place), look.px(_LEAST_WIDTH))
            self.todos.setColumnWidth(place, min(wanted, look.px(_TODO_WIDTHS[place]) + most))

    def _give_heights(self) -> None:
        """Let the lists at the left share the room by what they hold, those at the right show all of it."""
        for place, (table, most) in enumerate(((self.todos, 10), (self.rules, 6))):
            table.setMinimumHeight(_height(table, most))
            self._left_side.setStretch(place, min(_height(table), look.px(600)) + look.px(44))
        for table in (self._next, self.lights, self.trends):
            table.setFixedHeight(max(_height(table), look.px(_ROW)) + 1)

    def _show_absence(self, shown: Workbench) -> None:
        """Tell what happened while the clerk was away, until it is put away."""
        away, ledger = shown.absence, self._session.ledger
        hidden = away is not None and presence_of(ledger, ledger.clerk).put_away
        self.away_button.setVisible(hidden)
        self.away.setVisible(away is not None and not hidden)
        self._missed = rows.absence_parts(away) if away else []
        if away is not None:
            self.away.text.setText(rows.absence_words(away, shown.as_of))
            for button, (words, records) in zip(self._away_buttons, self._missed, strict=True):
                button.set_words(words)
                button.setEnabled(bool(records))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() < look.px(ONE_COLUMN_BELOW)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(under if narrow else beside)
        self._right_side.setMaximumWidth(16_777_215 if narrow else look.px(RIGHT_WIDTH))
        self._right_side.setMinimumWidth(0 if narrow else look.px(RIGHT_WIDTH))
        QTimer.singleShot(0, self, self._give_widths)  # when the lists have their size

    # What it does --------------------------------------------------------------------------

    def show_group(self, group: Group) -> None:
        """Go to the first thing to do of *group*."""
        place = next(at for at, line in enumerate(self.todos.content.rows) if line.subject is group)
        self.todos.setCurrentIndex(self.todos.content.index(place + 1, 0))
        self.todos.scrollTo(self.todos.content.index(place, 0), DataTable.ScrollHint.PositionAtTop)
        self.todos.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self, heading: str, records: Sequence[Listed]) -> None:
        show_listed(self.window(), self._session, heading, records)

    def _open_meeting(self, index: QModelIndex) -> None:
        found = self._next.content.row_of(index)
        if found is not None and found.record_id:
            self._session.open_record.emit(found.kind, found.record_id)

    def _open_todo(self, index: QModelIndex) -> None:
        found = self.todos.content.row_of(index)
        if found is not None and isinstance(found.subject, Todo):
            self._list(found.subject.subject, found.subject.records)

    def _open_light(self, index: QModelIndex) -> None:
        """List what a count stands for, of the first column the worst there is."""
        found = self.lights.content.row_of(index)
        if found is None or not isinstance(found.subject, LineLights):
            return
        line, lamps = found.subject, list(Lamp)
        worst = next((lamp for lamp in lamps if line.count(lamp)), Lamp.RED)
        lamp = lamps[index.column() - 1] if index.column() else worst
        self._list(f"{line.line.value}：{lamp.value} {line.count(lamp)} 件", line.records(lamp))

    def _open_trend(self, index: QModelIndex) -> None:
        """List what a figure is counted from, of any other column this year's."""
        found = self.trends.content.row_of(index)
        if found is None or not isinstance(found.subject, Trend):
            return
        trend = found.subject
        amount = trend.before if index.column() == rows.BEFORE_COLUMN else trend.now
        first, last = amount.period
        heading = f"{trend.label}：{show_day(first)}至{show_day(last)}"
        records = behind(self._session.ledger, trend, amount)
        if records:
            RecordsDialog(self.window(), self._session, heading, records).exec()

    def _put_away(self, *, away: bool) -> None:
        put_away(self._session.ledger, away=away)
        self.refresh()

    def _open_rule(self, index: QModelIndex) -> None:
        found = self.rules.content.row_of(index)
        if found is not None and (index.column() != rows.PROOF_COLUMN or not self._show_proofs(index)):
            self._session.open_record.emit(found.kind, found.record_id)

    def _show_proofs(self, index: QModelIndex) -> bool:
        """Open the list of records that prove a clause; False when there is none, or another column."""
        found = self.rules.content.row_of(index)
        if found is None or index.column() != rows.PROOF_COLUMN or not isinstance(found.subject, Rule):
            return False
        rule = found.subject
        if not rule.evidence:
            return False
        RecordsDialog(self.window(), self._session, rule.clause.name, listed_proofs(rule.evidence)).exec()
        return True

    def _pick_day(self) -> None:
        chosen = ask_day(self.window(), "按日期看", self.on, none="今天")
        if chosen is not None:
            self.look_at(chosen or None)

    def _show_menu(self) -> None:
        menu = self.register_menu()
        corner = self.register_button.rect().bottomRight()
        menu.exec(self.register_button.mapToGlobal(corner - QPoint(menu.sizeHint().width(), 0)))
        menu.deleteLater()


def _table(
    name: str, headers: Sequence[str], widths: Sequence[int], stretch: int, row_height: int = _ROW
) -> CellTable:
    table = CellTable(name, headers, widths, stretch=stretch, row_height=row_height)
    table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return table


def _fill(table: CellTable, shown: Sequence[CellRow]) -> None:
    """Show the rows; the current one stays where it was, at first it is the first that opens something."""
    at = table.currentIndex()
    table.content.set_rows(shown)
    table.set_groups(table.content.groups())
    open_rows = [position for position, line in enumerate(shown) if not line.is_group]
    if open_rows:
        current = at.row() if at.row() in open_rows else open_rows[0]
        table.selectionModel().setCurrentIndex(
            table.content.index(current, max(at.column(), 0)), QItemSelectionModel.SelectionFlag.NoUpdate
        )


def _height(table: DataTable, most: int | None = None) -> int:
    """Return the height of a table that shows its first *most* rows, all for None."""
    count = table.model().rowCount()
    shown = count if most is None else min(max(count, 3), most)
    high = sum(table.rowHeight(position) for position in range(min(shown, count)))
    high += max(shown - count, 0) * look.px(_ROW)
    return high + (0 if table.horizontalHeader().isHidden() else look.px(HEAD))
