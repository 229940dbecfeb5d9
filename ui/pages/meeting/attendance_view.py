"""出席: the grid of one meeting, filled by keys: 1 出席, 2 代, 3 请假, 4 列席, 5 缺席, 空格 签到, ↓ next."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMenu, QWidget

from models.deeds.attendance import add_guest, build_expected, mark_rest_present, save_row
from models.errors import ClerkError
from models.records.checks import problems_of
from models.records.meeting import Attendance, Meeting
from models.rules.attendance import EXCUSED
from models.rules.reading import normalised, search_key
from models.summaries.meeting import Attendee, MeetingSheet, meeting_sheet
from ui import look, messages
from ui.correction import with_reason
from ui.pages.meeting.attendance_model import COL_SIGNED, COL_STATUS, AttendanceModel
from ui.pages.meeting.attendance_side import AttendanceSide
from ui.pages.meeting.guest_dialog import GuestDialog
from ui.pages.meeting.leave_dialog import LeaveDialog
from ui.session import Session
from ui.tables.mark_grid import MarkGrid
from ui.widgets.buttons import Button, HintButton
from ui.widgets.inputs import SearchField
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.segmented import SegmentedControl

CHOICES = ("出席", "代", "请假", "列席", "缺席")
"""In the order of the keys 1 … 5."""
WIDTHS = (40, 140, 74, 88, 216, 172, 104, 56)
_FILTERS = ("全部", "未登记", "请假、代", "需处理")


class AttendanceView(QWidget):
    """Shows and fills the grid of the meeting named by :meth:`show_meeting`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._meeting_id = ""
        self.sheet: MeetingSheet | None = None
        self.model = AttendanceModel()
        self.grid = MarkGrid("出席情况", CHOICES, COL_STATUS)
        self.grid.show_model(self.model, self._may_mark)
        self.grid.set_widths(WIDTHS, stretch=6)
        self.side = AttendanceSide(session)
        self._build()
        self._connect()

    def show_meeting(self, meeting_id: str) -> None:
        """Show another meeting, or read this one again."""
        self._meeting_id = meeting_id
        self.refresh()

    def refresh(self) -> None:
        """Read the rows again; the current row stays."""
        try:
            self.sheet = meeting_sheet(self._session.ledger, self._meeting_id)
        except ClerkError as error:
            self.sheet = None
            self.grid.set_empty_note(str(error))
            self.model.beginResetModel()
            self.model.attendees = ()
            self.model.endResetModel()
            return
        ledger = self._session.ledger
        problems = {
            place: [p for p in problems_of(one.row, ledger) if one.row.status]
            for place, one in enumerate(self.sheet.attendees)
        }
        problems = {place: told for place, told in problems.items() if told}
        self.grid.set_empty_note("这个机构当天没有组成人员，先在名册里登记席位；也可以直接加列席人员")
        self.model.set_rows(self.sheet.meeting, self.sheet.attendees, problems)
        self.side.show_sheet(self.sheet, problems)
        self._show_counts(problems)
        self._show_hint()

    def show_side(self, room: bool) -> None:
        """Tell whether there is room for the counts beside the grid; else they stand under it."""
        self.side.setVisible(room)
        self._show_hint()

    def current(self) -> Attendee | None:
        """Return the row the keyboard is on."""
        if self.sheet is None:
            return None
        place = self.grid.current_row()
        return self.sheet.attendees[place] if place >= 0 else None

    # Deeds ---------------------------------------------------------------------------------

    def mark(self, status: str) -> None:
        """Mark the current row; 代 and 请假 ask when it was asked for and who comes."""
        one = self.current()
        if one is None or self.sheet is None:
            return
        if not one.person and status not in ("", "缺席"):
            messages.tell(self, "这个席位空缺", "先在名册里登记任职，再登记出席；代会的人可以加为列席人员。")
            return
        if status in EXCUSED:
            self._ask_leave(one, status)
            return
        row = dataclasses.replace(
            one.row, status=status, signed=status in ("出席", "列席"), leave_asked_at=None, leave_reason="",
            leave_approver="", substitute="", substitute_duty="",
        )  # fmt: skip
        if self._write(row):
            self.grid.go_on()

    def toggle_signed(self) -> None:
        """Tick or untick 签到 of the current row."""
        one = self.current()
        if one is not None and one.person:
            status = one.row.status or "出席"
            self._write(dataclasses.replace(one.row, signed=not one.row.signed, status=status))

    def edit_details(self) -> None:
        """Open leave, substitution, 迟到 and 早退 of the current row."""
        one = self.current()
        if one is not None and one.person:
            self._ask_leave(one, one.row.status if one.row.status in EXCUSED else "")

    def mark_rest(self) -> None:
        """Mark everybody without a mark as 出席."""
        if self.sheet is not None:
            self._do(lambda: mark_rest_present(self._session.ledger, self._meeting()))

    def add_guest(self) -> None:
        """Ask for somebody outside the roster."""
        if self.sheet is None:
            return
        dialog = GuestDialog(self.window(), self._session.ledger, self.sheet.on)
        if dialog.exec() and dialog.guest:
            guest = dialog.guest
            self._do(
                lambda: add_guest(
                    self._session.ledger, self._meeting(), name=guest.name, person=guest.person,
                    unit=guest.unit, duty=guest.duty, status=guest.status,
                )
            )  # fmt: skip

    def rebuild(self) -> None:
        """Add who is expected by the organisation of that day and not in the grid yet."""
        if self.sheet is not None:
            self._do(lambda: build_expected(self._session.ledger, self._meeting()))

    # Internal ------------------------------------------------------------------------------

    def _meeting(self) -> Meeting:
        assert self.sheet is not None
        return self.sheet.meeting

    def _ask_leave(self, one: Attendee, status: str) -> None:
        dialog = LeaveDialog(self.window(), self._session.ledger, self._meeting(), one, status)
        if dialog.exec() and self._write(dialog.row):
            self.grid.go_on()

    def _write(self, row: Attendance) -> bool:
        return self._do(lambda: save_row(self._session.ledger, self._meeting(), row))

    def _do(self, deed: Callable[[], object]) -> bool:
        done = with_reason(self, self._session.ledger, deed)
        if done:
            self.refresh()
        return done

    def _build(self) -> None:
        self._search = SearchField("单位、姓名或拼音首字母")
        self._search.setFixedWidth(look.px(210))
        self._segments = SegmentedControl(_FILTERS)
        rest = Button("其余全部出席", icon="check-check")
        rest.clicked.connect(self.mark_rest)
        guest = Button("加列席人员", icon="user-plus")
        guest.clicked.connect(self.add_guest)
        tools = row(self._search, self._segments, STRETCH, rest, guest, margins=(16, 8, 12, 8))
        self._hint = Label("", "small", elide=Qt.TextElideMode.ElideRight)
        keys: list[QWidget] = []
        for key, word, deed in self._deeds_by_key():
            button = HintButton(word)
            button.clicked.connect(lambda _on, deed=deed: deed())
            keys += [Label(key, "key"), button]
        foot = frame("foot", row(self._hint, STRETCH, *keys, spacing=6, margins=(16, 6, 12, 6)))
        left = column(frame("bar", tools), self.grid, foot, spacing=0)
        left.setStretch(1, 1)
        whole = row(frame("pane", left), self.side, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _deeds_by_key(self) -> list[tuple[str, str, Callable[[], None]]]:
        """Return the keys of the grid with their words: told under it, and pressed there by mouse or screen reader."""
        marks: list[tuple[str, str, Callable[[], None]]] = [
            (str(number), word, lambda word=word: self.mark(word)) for number, word in enumerate(CHOICES, 1)
        ]
        rest = (
            ("空格", "签到", self.toggle_signed),
            ("F2", "详情", self.edit_details),
            ("↓", "下一人", self.grid.go_on),
        )
        return [*marks, *rest]

    def _connect(self) -> None:
        self.grid.marked.connect(self.mark)
        self.grid.signed.connect(self.toggle_signed)
        self.grid.details.connect(self.edit_details)
        self.grid.opened.connect(lambda _index: self.edit_details())
        self.grid.clicked.connect(self._clicked)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.grid.selectionModel().currentRowChanged.connect(lambda _now, _was: self._show_hint())
        self._search.searched.connect(lambda _typed: self._apply_filter())
        self._segments.picked.connect(lambda _part: self._apply_filter())

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == COL_SIGNED:
            self.toggle_signed()

    def _show_menu(self, _at: object) -> None:
        menu = QMenu(self)
        for word in CHOICES:
            menu.addAction(word, lambda word=word: self.mark(word))
        menu.addSeparator()
        menu.addAction("请假、替代、迟到早退  F2", self.edit_details)
        menu.addAction("清除登记  Del", lambda: self.mark(""))
        menu.addAction("补齐应到名单", self.rebuild)
        menu.exec(self.grid.cursor().pos())
        menu.deleteLater()

    def _may_mark(self, index: QModelIndex) -> bool:
        return index.isValid() and bool(self.model.attendees[index.row()].person)

    def _show_hint(self) -> None:
        one = self.current()
        at = f"当前：{one.unit} {one.person or '（空缺）'}" if one else ""
        self._hint.setText(self.side.sentence if self.side.isHidden() else at)

    def _apply_filter(self) -> None:
        typed = normalised(self._search.text())
        part = _FILTERS[self._segments.current()]
        self.grid.rows.keep(lambda place: self._keeps(place, part, typed))

    def _keeps(self, place: int, part: str, typed: str) -> bool:
        one = self.model.attendees[place]
        if part == "未登记" and (one.row.status or not one.person):
            return False
        if part == "请假、代" and one.row.status not in EXCUSED:
            return False
        if part == "需处理" and not self.model.problems_at(place):
            return False
        return not typed or typed in search_key([], read=[one.unit], names=[one.person])

    def _show_counts(self, problems: dict[int, list]) -> None:  # type: ignore[type-arg]
        assert self.sheet is not None
        rows = [one.row for one in self.sheet.attendees]
        open_rows = sum(not one.row.status and bool(one.person) for one in self.sheet.attendees)
        counts = (len(rows), open_rows, sum(r.status in EXCUSED for r in rows), len(problems))
        for part, (word, count) in enumerate(zip(_FILTERS, counts, strict=True)):
            self._segments.set_words(part, f"{word} {count}")
