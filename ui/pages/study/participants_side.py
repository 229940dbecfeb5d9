"""Beside the list of a session: how many took part, in persons and in 人次, and the paper that comes out of it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout

from models.records.study import PRESENCES
from models.summaries.study import SessionSheet
from ui import look
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.charts import Part, StackedBar
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, row, rule
from ui.widgets.light import Light
from ui.widgets.paint import Mark

WIDTH = 232
MARKS = {"参加": Mark.GREEN, "请假": Mark.AMBER, "缺席": Mark.RED, "补学": Mark.BLUE}


class ParticipantsSide(QFrame):
    """The running count of one session; :attr:`sentence` says it where there is no room for this."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("part", "pane-right")
        self.setFixedWidth(look.px(WIDTH))
        self._session = session
        self._sheet: SessionSheet | None = None
        self.sentence = ""
        self._persons, self._heads = Label("", "figure"), Label("", "figure")
        self._bar = StackedBar(words=False)
        self._figures = {word: Label("0") for word in PRESENCES}
        legend = QGridLayout()
        legend.setHorizontalSpacing(8)
        legend.setVerticalSpacing(4)
        for place, (word, figure) in enumerate(self._figures.items()):
            legend.addWidget(Light(MARKS[word], word), place // 2, place % 2 * 2)
            legend.addWidget(figure, place // 2, place % 2 * 2 + 1)
        self._hours, self._source = Label("", "secondary", wrap=True), Label("", "help", wrap=True)
        paper = Button("学法登记表", "link", "file-text")
        paper.clicked.connect(self._open_paper)
        counts = row(
            column(Label("参加人数", "secondary"), row(self._persons, Label("人", "secondary"), STRETCH), spacing=2),
            column(Label("参加人次", "secondary"), row(self._heads, Label("人次", "secondary"), STRETCH), spacing=2),
        )  # fmt: skip
        self.setLayout(
            column(
                Label("参加情况", "section"), counts, self._bar, legend, self._hours, self._source, rule(),
                Label("出的纸件", "section"), paper, STRETCH,
                Label("人次含名册以外的人数，在“概况”里填写。", "help", wrap=True),
                margins=(16, 14, 16, 14), spacing=10,
            )
        )  # fmt: skip

    def show_sheet(self, sheet: SessionSheet) -> None:
        """Show the counts of a session."""
        self._sheet = sheet
        self._persons.setText(str(sheet.persons))
        self._heads.setText(str(sheet.heads))
        for word, figure in self._figures.items():
            figure.setText(str(sheet.count(word)))
        told = [f"{word} {sheet.count(word)}" for word in PRESENCES if sheet.count(word)]
        self.sentence = " · ".join([f"{sheet.persons} 人、{sheet.heads} 人次", *told])
        self._bar.show_parts(
            [Part(MARKS[word], word, sheet.count(word)) for word in PRESENCES], len(sheet.participants)
        )
        self._hours.setText(f"共计 {sheet.hours:g} 学时")
        self._source.setText(f"名单取自会议「{sheet.meeting.name}」的出席情况。" if sheet.meeting else "")
        self._source.setVisible(sheet.meeting is not None)

    def _open_paper(self) -> None:
        if self._sheet is not None:
            self._session.open_report.emit("study_sheet", {"record_id": self._sheet.session.id})
