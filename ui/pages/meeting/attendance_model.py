"""The rows of the attendance grid as cells. It receives rows and never writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from models.errors import Problem
from models.records.meeting import Meeting
from models.rules.attendance import EXCUSED, asked_in_time
from models.summaries.meeting import Attendee
from ui.tables.cells import Cell, CheckCell, LightCell, TextCell, cell_data, leading, vacant, value
from ui.widgets.paint import Mark

HEADERS = ("序", "单位", "应到人", "职务", "出席情况", "请假时间", "替代人（代）", "签到")
COL_NUMBER, COL_UNIT, COL_PERSON, COL_DUTY, COL_STATUS, COL_LEAVE, COL_SUBSTITUTE, COL_SIGNED = range(8)
MARKS = {
    "出席": Mark.GREEN, "代": Mark.BLUE, "请假": Mark.AMBER, "缺席": Mark.RED, "列席": Mark.GUEST,
    "特邀": Mark.GUEST, "": Mark.GREY,
}  # fmt: skip
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class AttendanceModel(QAbstractTableModel):
    """Shows attendees of *meeting*; problems are the rules' words about a row, by its place."""

    def __init__(self) -> None:
        super().__init__()
        self.attendees: tuple[Attendee, ...] = ()
        self._problems: Mapping[int, Sequence[Problem]] = {}
        self._starts_at: datetime | None = None

    def set_rows(
        self, meeting: Meeting, attendees: Sequence[Attendee], problems: Mapping[int, Sequence[Problem]]
    ) -> None:
        """Show other rows. The same number of rows keeps the current row and the scroll position."""
        same = len(attendees) == len(self.attendees)
        if not same:
            self.beginResetModel()
        self.attendees, self._problems = tuple(attendees), problems
        self._starts_at = meeting.starts_at
        if same and attendees:
            self.dataChanged.emit(self.index(0, 0), self.index(len(attendees) - 1, len(HEADERS) - 1))
        elif not same:
            self.endResetModel()

    def problems_at(self, position: int) -> Sequence[Problem]:
        """Return what the rules say about a row."""
        return self._problems.get(position, ())

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.attendees)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        return cell_data(self._cell(index.row(), index.column()), role)

    def _cell(self, position: int, column: int) -> Cell:
        one = self.attendees[position]
        row = one.row
        match column:
            case 0:
                return TextCell(str(position + 1), "text3", 13, align="right")
            case 1:
                return leading(one.unit or "—")
            case 2:
                return TextCell(one.person) if one.person else vacant()
            case 3:
                return value(row.duty)
            case 4:
                return self._status(one)
            case 5:
                return self._leave(one)
            case 6:
                return self._substitute(position, one)
            case _:
                return CheckCell(row.signed, "已签到", "未签到") if one.person else TextCell("")

    def _status(self, one: Attendee) -> Cell:
        word = one.row.status or ("空缺" if not one.person else "未登记")
        late = "、".join(said for on, said in ((one.row.late, "迟到"), (one.row.left_early, "早退")) if on)
        return LightCell(MARKS[one.row.status], f"{word}（{late}）" if late else word)

    def _leave(self, one: Attendee) -> Cell:
        asked = one.row.leave_asked_at
        if asked is None:
            return TextCell("")
        words = f"{asked.month}月{asked.day}日 {asked:%H:%M}"
        if not asked_in_time(asked, self._starts_at):
            return TextCell(words, "text2", 13, chip=("未提前", "amber"))
        days = (self._starts_at.date() - asked.date()).days if self._starts_at else 0
        return TextCell(words, "text2", 13, tail=f"会前 {days} 天" if days else "当天")

    def _substitute(self, position: int, one: Attendee) -> Cell:
        if one.substitute:
            return TextCell(one.substitute, "text", 13, tail=one.row.substitute_duty)
        told = [problem.message for problem in self.problems_at(position)]
        if one.row.status in EXCUSED and "未指定替代人" in told:
            return TextCell("未指定替代人", "amber", 13, icon="triangle-alert", icon_ink="amber_mark")
        return TextCell("")
