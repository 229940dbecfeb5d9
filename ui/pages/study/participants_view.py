"""参加人员: the list of one session, filled by keys: 1 参加, 2 请假, 3 缺席, 4 补学, F2 details, ↓ next."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMenu, QWidget

from models.deeds.study import add_units, meeting_that_day, save_row, take_off, tie_to_meeting
from models.records.meeting import Resolution
from models.records.study import PRESENCES, StudyAttendance, StudySession
from models.rules.reading import normalised, search_key
from models.summaries.study import Participant, SessionSheet
from ui import look
from ui.correction import with_reason
from ui.dialogs.exchange import import_file
from ui.dialogs.pick import pick
from ui.forms.form_pane import BesideForms, FormPane
from ui.pages.study.participants_side import MARKS, ParticipantsSide
from ui.session import Session
from ui.tables.cell_model import CellModel, CellRow
from ui.tables.cells import Cell, LightCell, TextCell, leading, number, value
from ui.tables.mark_grid import MarkGrid
from ui.widgets.buttons import Button, HintButton
from ui.widgets.inputs import SearchField
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row

HEADERS = ("序", "单位", "姓名", "职务", "参加情况", "学时", "天数", "来源", "备注")
WIDTHS = (44, 140, 76, 104, 186, 56, 52, 80, 90)
_STATUS = HEADERS.index("参加情况")


class ParticipantsView(QWidget):
    """Shows and fills the list of the session it is given."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.sheet: SessionSheet | None = None
        self._side_fits = True
        self.model = CellModel(HEADERS)
        self.grid = MarkGrid("参加人员", PRESENCES, _STATUS)
        self.grid.show_model(self.model, QModelIndex.isValid)
        self.grid.set_widths(WIDTHS, stretch=8)
        self.grid.set_empty_note("还没有参加人员：按单位添加、取自会议出席，或从 Excel 导入")
        self.pane = FormPane(session, "study_attendance")
        self.side = ParticipantsSide(session)
        self._build()

    def show_sheet(self, sheet: SessionSheet) -> None:
        """Show the list of a session; the current row stays."""
        self.sheet = sheet
        self.model.replace_rows([_row(place, one) for place, one in enumerate(sheet.participants, 1)])
        self.side.show_sheet(sheet)
        self._show_hint()
        self._tie.set_words("改取自会议" if sheet.meeting else "取自会议出席")

    def show_side(self, room: bool) -> None:
        """Tell whether there is room for the counts beside the list."""
        self._side_fits = room
        self._share_room()

    def current(self) -> Participant | None:
        """Return the line the keyboard is on."""
        place = self.grid.current_row()
        return self.sheet.participants[place] if self.sheet and place >= 0 else None

    # Deeds ---------------------------------------------------------------------------------

    def mark(self, presence: str) -> None:
        """Mark the current line; "" takes it off the list."""
        one = self.current()
        if one is None:
            return
        if not presence:
            self._do(lambda: take_off(self._session.ledger, one.row))
        elif self._do(
            lambda: save_row(self._session.ledger, dataclasses.replace(one.row, presence=presence))
        ):
            self.grid.go_on()

    def edit(self) -> None:
        """Open the line in the form: its own hours, a remark."""
        one = self.current()
        if one is not None:
            self.pane.open(one.row, fixed={"session": one.row.session})

    def add_person(self) -> None:
        """Open an empty form for one more person."""
        if self.sheet is not None:
            self.pane.open(None, fixed={"session": self.sheet.session.id})

    def add_units(self) -> None:
        """Ask for units and add their people."""
        field = dataclasses.replace(Resolution.KIND.field("lead_units"), label="单位")
        hint = "加入这些单位当天在任的全部人员，已在名单里的不重复"
        chosen = pick(self.window(), "按单位添加人员", field, self._session.ledger, value=(), hint=hint)
        if isinstance(chosen, tuple):
            self._do(lambda: add_units(self._session.ledger, self._now(), [str(unit) for unit in chosen]))
            self.grid.setFocus()

    def take_from_meeting(self) -> None:
        """Ask for the meeting whose attendance this is."""
        now = self._now()
        field = StudySession.KIND.field("meeting")
        proposed = now.meeting or meeting_that_day(self._session.ledger, now)
        hint = "到会的人和替代人都算参加，以后改出席情况会跟着变"
        chosen = pick(self.window(), "取自会议出席", field, self._session.ledger, value=proposed, hint=hint)
        if chosen:
            self._do(lambda: tie_to_meeting(self._session.ledger, now, str(chosen)))
            self.grid.setFocus()

    def bring_in(self) -> None:
        """Import people and their hours from a workbook of a study platform."""
        import_file(self, self._session, StudyAttendance.KIND, {"session": self._now().id})

    # Internal ------------------------------------------------------------------------------

    def _now(self) -> StudySession:
        assert self.sheet is not None
        return self.sheet.session

    def _do(self, deed: Callable[[], object]) -> bool:
        return with_reason(self, self._session.ledger, deed)

    def _build(self) -> None:
        self._search = SearchField("单位、姓名或拼音首字母")
        self._search.setFixedWidth(look.px(190))
        self._search.searched.connect(self._keep)
        units = Button("按单位添加人员", icon="users")
        units.clicked.connect(self.add_units)
        self._tie = Button("取自会议出席", icon="presentation")
        self._tie.clicked.connect(self.take_from_meeting)
        more = Button("更多", "ghost", "ellipsis")
        more.clicked.connect(lambda: self._show_menu(more))
        tools = row(self._search, STRETCH, units, self._tie, more, margins=(16, 8, 12, 8))
        self._hint = Label("", "small", elide=Qt.TextElideMode.ElideRight)
        keys: list[QWidget] = []
        for key, word, deed in self._deeds_by_key():
            button = HintButton(word)
            button.clicked.connect(deed)
            keys += [Label(key, "key"), button]
        foot = frame("foot", row(self._hint, STRETCH, *keys, spacing=6, margins=(16, 6, 12, 6)))
        left = column(frame("bar", tools), self.grid, foot, spacing=0)
        left.setStretch(1, 1)
        content = row(frame("pane", left), self.side, spacing=0)
        content.setStretch(0, 1)
        whole = QWidget()
        whole.setLayout(content)
        self.setLayout(column(BesideForms(whole, self.pane), spacing=0))
        self.pane.opened.connect(self._share_room)
        self.pane.closed.connect(self._share_room)
        self.grid.marked.connect(self.mark)
        self.grid.details.connect(self.edit)
        self.grid.opened.connect(lambda _index: self.edit())
        self.grid.selectionModel().currentRowChanged.connect(lambda _now, _was: self._show_hint())

    def _deeds_by_key(self) -> list[tuple[str, str, Callable[[], None]]]:
        marks: list[tuple[str, str, Callable[[], None]]] = [
            (str(number), word, _calling(self.mark, word)) for number, word in enumerate(PRESENCES, 1)
        ]
        return [
            *marks, ("Del", "移出", _calling(self.mark, "")), ("F2", "详情", self.edit), ("↓", "下一人", self.grid.go_on),
        ]  # fmt: skip

    def _show_menu(self, button: Button) -> None:
        menu = QMenu(self)
        menu.addAction("加一名人员", self.add_person)
        menu.addAction("从 Excel 导入名单和学时", self.bring_in)
        if self.sheet and self.sheet.session.meeting:
            menu.addAction(
                "不再取自会议",
                lambda: self._do(lambda: tie_to_meeting(self._session.ledger, self._now(), "")),
            )
        menu.exec(button.mapToGlobal(button.rect().bottomLeft()))
        menu.deleteLater()

    def _share_room(self) -> None:
        self.side.setVisible(self._side_fits and self.pane.form is None)
        self._show_hint()

    def _show_hint(self) -> None:
        one = self.current()
        at = f"当前：{one.unit} {one.name}" if one else ""
        self._hint.setText(self.side.sentence if self.side.isHidden() else at)

    def _keep(self, typed: str) -> None:
        wanted = normalised(typed)
        self.grid.rows.keep(lambda place: not wanted or wanted in self._key(place))

    def _key(self, place: int) -> str:
        assert self.sheet is not None
        one = self.sheet.participants[place]
        return search_key([], read=[one.unit], names=[one.name])


def _calling(deed: Callable[[str], None], word: str) -> Callable[[], None]:
    return lambda: deed(word)


def _row(place: int, one: Participant) -> CellRow:
    presence = one.row.presence
    cells: tuple[Cell, ...] = (
        TextCell(str(place), "text3", 13, align="right"), leading(one.unit or "—"), TextCell(one.name), value(one.duty),
        LightCell(MARKS[presence], presence), number(f"{one.hours:g}"), number(f"{round(one.days, 1):g}"),
        value("会议出席" if one.from_meeting else "登记"), value(one.row.note),
    )  # fmt: skip
    return CellRow(cells, "study_attendance", one.row.id, one)
