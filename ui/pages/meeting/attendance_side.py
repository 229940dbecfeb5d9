"""Beside the grid: who came, in person and by unit, what needs care, the papers that come out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QGridLayout

from models.errors import Problem
from models.summaries.meeting import MeetingSheet
from ui import look
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.card import NoticeBar
from ui.widgets.charts import Part, StackedBar
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row, rule
from ui.widgets.light import Light
from ui.widgets.paint import Mark

WIDTH = 252
PAPERS = (("notice", "会议通知"), ("sign_in", "签到表"), ("minutes", "会议纪要"))
_SHOWN = 4


class AttendanceSide(QFrame):
    """The running count of one meeting; :attr:`sentence` says it where there is no room for this."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("part", "pane-right")
        self.setFixedWidth(look.px(WIDTH))
        self._session = session
        self._sheet: MeetingSheet | None = None
        self.sentence = ""
        self._own, self._unit = Label("", "figure"), Label("", "figure")
        self._own_of, self._unit_of = Label("", "secondary"), Label("", "secondary")
        self._bar = StackedBar(words=False)
        self._lights = [Light(Mark.GREY, "") for _ in range(6)]
        self._figures = [Label("0") for _ in range(6)]
        legend = QGridLayout()
        legend.setHorizontalSpacing(8)
        legend.setVerticalSpacing(4)
        for place, (light, figure) in enumerate(zip(self._lights, self._figures, strict=True)):
            legend.addWidget(light, place // 2, place % 2 * 2)
            legend.addWidget(figure, place // 2, place % 2 * 2 + 1)
        self._box = NoticeBar("", "warning", closable=False)
        figures = row(
            column(
                Label("本人出席", "secondary"), row(self._own, self._own_of, STRETCH, spacing=4), spacing=2
            ),
            column(
                Label("单位到会", "secondary"), row(self._unit, self._unit_of, STRETCH, spacing=4), spacing=2
            ),
        )
        papers = [self._paper(report, title) for report, title in PAPERS]
        self.setLayout(
            column(
                Label("到会情况", "section"), figures, self._bar, legend, self._box, rule(), Label("出的纸件", "section"),
                *papers, STRETCH, Label("应到不算空缺的席位；单位有人到会或代会，就算到会，一家单位只算一次。", "help", wrap=True),
                margins=(16, 14, 16, 14), spacing=10,
            )
        )  # fmt: skip

    def show_sheet(self, sheet: MeetingSheet, problems: Mapping[int, Sequence[Problem]]) -> None:
        """Show the counts of a meeting."""
        self._sheet = sheet
        counted = sheet.rates
        self._own.setText(str(counted.present))
        self._own_of.setText(f"/ {counted.expected} 人")
        self._unit.setText(str(sheet.units.present))
        self._unit_of.setText(f"/ {sheet.units.expected} 家")
        parts = [
            Part(Mark.GREEN, "出席", counted.present), Part(Mark.BLUE, "代", counted.substituted),
            Part(Mark.AMBER, "请假", counted.excused), Part(Mark.RED, "缺席", counted.absent),
            Part(Mark.GUEST, "列席", counted.guests), Part(Mark.GREY, "未登记", counted.unmarked),
        ]  # fmt: skip
        told = [f"{part.word} {part.count}" for part in parts[:5] if part.count]
        self.sentence = " · ".join([f"应到 {counted.expected}", *told])
        self._bar.show_parts(parts[:4], counted.expected)
        for light, figure, part in zip(self._lights, self._figures, parts, strict=True):
            light.show_state(part.mark, part.word)
            figure.setText(str(part.count))
        lines = [
            f"{sheet.attendees[place].person or sheet.attendees[place].unit}："
            + "；".join(problem.message for problem in found)
            for place, found in problems.items()
        ]
        more = [f"还有 {len(lines) - _SHOWN} 处"] if len(lines) > _SHOWN else []
        self._box.text.setText("\n".join([f"{len(lines)} 处需处理", *lines[:_SHOWN], *more]))
        self._box.setVisible(bool(lines))

    def _paper(self, report: str, title: str) -> Button:
        button = Button(title, "link", "file-text")
        button.clicked.connect(lambda: self._open(report))
        return button

    def _open(self, report: str) -> None:
        if self._sheet is not None:
            self._session.open_report.emit(report, {"meeting_id": self._sheet.meeting.id})
