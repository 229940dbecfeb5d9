"""One body on a day: who makes it up (vacancies shown), its member units, its duties, its own facts."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import clock
from models.records.organisation import Body, Person, Seat
from models.records.values import show_day
from models.store.reader import Filter
from models.summaries.organisation import Place, members_of, places_of
from ui import look
from ui.forms.form_pane import WIDTH, BesideForms, FormPane
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import Cell, LightCell, TextCell, leading, vacant, value
from ui.tables.register_view import RegisterView
from ui.tables.view import DataTable
from ui.widgets.buttons import Button
from ui.widgets.inputs import TextArea
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.paint import Mark
from ui.widgets.segmented import SegmentedControl

_PARTS = ("组成人员", "成员单位", "主要职责", "基本情况")
_WIDE, _TIGHT = (92, 150, 130, 104, 128, 150), (78, 118, 84, 84, 110, 110)


class BodyView(QWidget):
    """Shows what :meth:`show_body` names; seats open in the form at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._body_id, self._on = "", date.min
        self._title = Label("", "heading", elide=Qt.TextElideMode.ElideRight)
        self._counts = Label("", "secondary")
        self._parts = SegmentedControl(_PARTS)
        self._parts.picked.connect(self._show_part)
        self._people = CellModel(("姓名", "单位", "职务", "组内职务", "电话", "状态"))
        self._table = DataTable("组成人员", sortable=False)
        self._table.setModel(self._people)
        self._table.set_empty_note("还没有组成人员")
        self._table.opened.connect(self._open_place)
        self._units = RegisterView(session, "membership", exchange=False, leading=False)
        self._duties = TextArea()
        self._duties.setAccessibleName("主要职责")
        self._duties.setReadOnly(True)
        self._seat_pane = FormPane(session, "seat")
        self._body_pane = FormPane(session, "body")
        self._stack = QStackedWidget()
        self._build()
        session.changed.connect(self._changed)

    def show_body(self, body_id: str, on: date) -> None:
        """Show a body as of *on*."""
        if body_id != self._body_id:
            for pane in (self._seat_pane, self._body_pane):
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

    def can_leave(self) -> bool:
        """Ask about unsaved work."""
        return (
            all(part.may_close() for part in (self._seat_pane, self._body_pane)) and self._units.can_leave()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Keep the state in sight: narrower columns beside an open form."""
        room = self.width() - (look.px(WIDTH) if self._seat_pane.form or self._body_pane.form else 0)
        widths = _WIDE if room >= look.px(sum(_WIDE)) else _TIGHT
        self._table.set_widths(widths, stretch=len(widths) - 1)

    def _build(self) -> None:
        add = Button("新增席位", icon="user-plus")
        add.clicked.connect(lambda: self._open_seat(None))
        print_button = Button("打印名单", icon="printer")
        print_button.clicked.connect(self._print)
        head = column(
            row(self._title, self._counts, STRETCH, add, print_button),
            row(self._parts, STRETCH),
            margins=(16, 12, 16, 10),
        )
        for part in (
            self._table,
            self._units,
            frame("pane", row(self._duties, margins=(16, 16, 16, 16))),
            QWidget(),
        ):
            self._stack.addWidget(part)
        left = column(frame("bar", head), self._stack, spacing=0)
        left.setStretch(1, 1)
        for pane in (self._seat_pane, self._body_pane):
            pane.opened.connect(self._fit_columns)
            pane.closed.connect(self._fit_columns)
        beside = BesideForms(frame("pane", left), self._seat_pane, self._body_pane)
        self.setLayout(column(beside, spacing=0))

    def _show_part(self, part: int) -> None:
        if part == _PARTS.index("基本情况"):
            self._seat_pane.close_form()
            self._body_pane.open(self._session.ledger.get(Body, self._body_id))
            part = 0
        else:
            self._body_pane.close_form()
        self._stack.setCurrentIndex(part)

    def _open_place(self, index: QModelIndex) -> None:
        found = self._people.row_of(index)
        if found is not None and isinstance(found.subject, Seat):
            self._open_seat(found.subject)

    def _open_seat(self, seat: Seat | None) -> None:
        self._body_pane.close_form()
        self._seat_pane.open(seat, fixed={"body": self._body_id})

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
        name, unit, value(place.title), value(place.role), value(masked(person)), _state(place),
    )  # fmt: skip
    return CellRow(cells, "seat", place.seat.id if place.seat else "", place.seat)


def _state(place: Place) -> Cell:
    if place.person is None:
        if place.since_vacant is None:
            return LightCell(Mark.RED, "空缺")
        first = place.since_vacant + timedelta(days=1)
        return LightCell(Mark.RED, f"空缺，{_short_day(first)}起")
    if not place.person.phone:
        return LightCell(Mark.AMBER, "缺电话")
    return LightCell(Mark.GREEN, "在任") if place.title else TextCell("无任职记录", "amber", 13)


def _short_day(day: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == clock.today().year else show_day(day)


def masked(person: Person | None) -> str:
    """Return a telephone number with its middle hidden: 136****2071."""
    phone = person.phone if person else ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else phone
