"""One body on a day: who makes it up (vacancies shown), its member units, its duties, its own facts."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from models import clock
from models.errors import ClerkError
from models.records.base import Record, Value
from models.records.organisation import Body, Seat
from models.records.values import short_day, show_day
from models.store.reader import Filter
from models.summaries.organisation import Place, members_of, places_of
from ui import look, messages
from ui.forms.form_pane import WIDTH, BesideForms, FormPane
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import Cell, LightCell, TextCell, leading, vacant, value
from ui.tables.register_view import RegisterView
from ui.tables.view import DataTable
from ui.widgets import keys
from ui.widgets.buttons import Button
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.paint import Mark
from ui.widgets.parts import turn_parts
from ui.widgets.segmented import SegmentedControl

_PARTS = ("组成人员", "成员单位", "主要职责", "基本情况")
_WIDE, _TIGHT = (112, 150, 130, 104, 128, 158), (84, 100, 72, 76, 98, 158)


class BodyView(QWidget):
    """Shows what :meth:`show_body` names.

    In the form at the right a row opens its seat; a vacant one opens the appointment that fills it.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._body_id, self._on = "", date.min
        self._title = Label("", "heading", elide=Qt.TextElideMode.ElideRight)
        self._counts = Label("", "secondary")
        self._parts = SegmentedControl(_PARTS)
        turn_parts(self._parts, self.can_leave, self._show_part)
        self._people = CellModel(("姓名", "单位", "职务", "组内职务", "电话", "状态"))
        self._table = DataTable("组成人员", sortable=False)
        self._table.setModel(self._people)
        self._table.set_empty_note("还没有组成人员")
        self._table.opened.connect(self._open_place)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._show_menu)
        self._units = RegisterView(session, "membership", exchange=False, leading=False)
        self._duties = TextArea()
        self._duties.setAccessibleName("主要职责")
        self._duties.setReadOnly(True)
        self._seat_pane = FormPane(session, "seat")
        self._post_pane = FormPane(session, "appointment")
        self._body_pane = FormPane(session, "body")
        self._panes = (self._seat_pane, self._post_pane, self._body_pane)
        self._stack = QStackedWidget()
        self._build()
        session.changed.connect(self._changed)

    def show_body(self, body_id: str, on: date) -> None:
        """Show a body as of *on*."""
        if body_id != self._body_id:
            for pane in self._panes:
                if pane.may_close():
                    pane.close_form()
        self._body_id, self._on = body_id, on
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        ledger = self._session.ledger
        body = ledger.get(Body, self._body_id)
        if body is None:
            return
        places = places_of(ledger, body.id, self._on)
        units = members_of(ledger, body.id, self._on)
        held = sum(place.person is not None for place in places)
        self._title.setText(body.name)
        empty = len(places) - held
        self._counts.setText(f"{held} 人 · {len(units)} 家单位" + (f" · {empty} 处空缺" if empty else ""))
        self._people.set_rows([_place_row(place) for place in places])
        self._units.set_fixed((Filter("body", "=", body.id),), {"body": body.id})
        self._duties.setPlainText(body.duties or "还没有填写职责，可在“基本情况”里填写。")

    def new_record(self) -> None:
        """Open an empty form for what is shown: a member unit, else a seat."""
        if self._stack.currentWidget() is self._units:
            self._units.new_record()
        else:
            self._open_seat(None)

    def can_leave(self) -> bool:
        """Ask about unsaved work."""
        return all(pane.may_close() for pane in self._panes) and self._units.can_leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Keep the state in sight: narrower columns beside an open form."""
        room = self.width() - (look.px(WIDTH) if any(pane.form for pane in self._panes) else 0)
        widths = _WIDE if room >= look.px(sum(_WIDE)) else _TIGHT
        self._table.set_widths(widths, stretch=2)

    def _build(self) -> None:
        add = Button("新增席位", icon="user-plus")
        add.clicked.connect(lambda: self._open_seat(None))
        print_button = Button("打印名单", icon="printer")
        print_button.clicked.connect(self._print)
        head = column(
            row(self._title, STRETCH, add, print_button),
            row(self._parts, self._counts, STRETCH, spacing=12),
            margins=(16, 12, 16, 10),
        )
        bar = frame("bar", head)
        for place in (self._table, bar):  # the register of units has its own
            keys.bind(place, self.new_record, "Ctrl+N")
        for part in (
            self._table,
            self._units,
            frame("pane", row(self._duties, margins=(16, 16, 16, 16))),
            QWidget(),
        ):
            self._stack.addWidget(part)
        left = column(bar, self._stack, spacing=0)
        left.setStretch(1, 1)
        for pane in self._panes:
            pane.opened.connect(self._fit_columns)
            pane.closed.connect(self._fit_columns)
        beside = BesideForms(frame("pane", left), *self._panes)
        self.setLayout(column(beside, spacing=0))

    def _show_part(self, part: int) -> None:
        if part == _PARTS.index("基本情况"):
            self._open(self._body_pane, self._session.ledger.get(Body, self._body_id))
            part = 0
        else:
            self._body_pane.close_form()
        self._stack.setCurrentIndex(part)

    def _open_place(self, index: QModelIndex) -> None:
        place = self._place_at(index)
        if place is None:
            return
        if place.person is None and place.post:
            self._fill(place)
        else:
            self._open_seat(place.seat)

    def _place_at(self, index: QModelIndex) -> Place | None:
        found = self._people.row_of(index)
        return found.subject if found is not None and isinstance(found.subject, Place) else None

    def _open_seat(self, seat: Seat | None) -> None:
        self._open(self._seat_pane, seat, {"body": self._body_id})

    def _fill(self, place: Place) -> None:
        """Open an empty appointment to the post of *place*, for its person if there is one."""
        if self._open(self._post_pane, None) and (form := self._post_pane.form):
            form.propose("person", place.person.id if place.person else "")
            form.propose("unit", place.unit.id if place.unit else "")
            form.propose("post", place.post)

    def _open(self, pane: FormPane, record: Record | None, fixed: dict[str, Value] | None = None) -> bool:
        """Open a form in the place of another, if the clerk lets that go."""
        others = [other for other in self._panes if other is not pane]
        if not all(other.may_close() for other in others):
            return False
        for other in others:
            other.close_form()
        return pane.open(record, fixed=fixed)

    def _show_menu(self, at: QPoint) -> None:
        place = self._place_at(self._table.indexAt(at))
        if place is not None:
            menu = self.menu(place)
            menu.exec(self._table.viewport().mapToGlobal(at))
            menu.deleteLater()

    def menu(self, place: Place) -> QMenu:
        """Return what can be done with one row of the composition."""
        menu = QMenu(self)
        fill = menu.addAction("补报任职", lambda: self._fill(place))
        fill.setEnabled(not place.title if place.person else bool(place.post))
        menu.addAction("修改席位", lambda: self._open_seat(place.seat))
        menu.addAction("移出", lambda: self._end_seat(place))
        return menu

    def _end_seat(self, place: Place) -> None:
        """Let a seat end the day before the one that is looked at; one that never held goes to the bin."""
        seat, last = place.seat, self._on - timedelta(days=1)
        if seat is None:
            return
        who = place.person.name if place.person else f"{place.unit.name if place.unit else ''}{place.post}"
        points = (f"从 {show_day(self._on)} 起不再列入，以前的名单不变", "可以撤销")
        if not messages.confirm(self, f"把{seat.role}「{who}」移出组成人员？", "移出", points=points):
            return
        try:
            with self._session.ledger.action(f"移出组成人员「{who}」") as action:
                if seat.valid_from and seat.valid_from > last:
                    action.remove(seat)
                else:
                    action.change(dataclasses.replace(seat, valid_until=last))
        except ClerkError as error:
            messages.tell(self, "没有移出", str(error))

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if self.isVisible() and kinds & {"seat", "body", "membership", "person", "appointment", "unit"}:
            self.refresh()

    def _print(self) -> None:
        self._session.open_report.emit("roster", {"body_id": self._body_id, "as_of": self._on})


def _place_row(place: Place) -> CellRow:
    person = place.person
    unit = value(place.unit.short_name or place.unit.name if place.unit else "")
    name = leading(person.name) if person else vacant()
    cells: tuple[Cell, ...] = (
        name, unit, value(place.title), value(place.role), value(person.phone if person else ""), _state(place),
    )  # fmt: skip
    return CellRow(cells, "seat", place.seat.id if place.seat else "", place)


def _state(place: Place) -> Cell:
    if place.person is None:
        if place.since_vacant is None:
            return LightCell(Mark.RED, "空缺")
        first = place.since_vacant + timedelta(days=1)
        return LightCell(Mark.RED, f"空缺，{short_day(first, clock.today())}起")
    if not place.person.phone:
        return LightCell(Mark.AMBER, "缺电话")
    return LightCell(Mark.GREEN, "在任") if place.title else TextCell("无任职记录", "amber", 13)
