"""个人学法档案 on the screen: what one person studied, sat and still owes; each line opens its record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from models import clock
from models.records.values import show_day
from models.rules.study import FAILED, Standing
from models.summaries.study_file import PersonalFile, personal_file
from ui import look
from ui.dialogs.base import Dialog
from ui.lights import OF_STATE
from ui.pages.study.participants_side import MARKS
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import GroupCell, LightCell, leading, number, value
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, row
from ui.widgets.light import Light
from ui.widgets.paint import Mark

HEADERS = ("日期", "内容", "形式", "学时", "天数", "情况")
_SIZE = (820, 560)


class PersonalDialog(Dialog):
    """Shows the file as of *as_of*, today unless given; a double click or Enter opens what a line speaks of."""

    def __init__(
        self, parent: QWidget | None, session: Session, person_id: str, as_of: date | None = None
    ) -> None:
        super().__init__(parent, "个人学法档案")
        self.setModal(True)
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self._session, self._person_id, self._as_of = session, person_id, as_of or clock.today()
        file = personal_file(session.ledger, person_id, self._as_of)
        self.table = CellTable("学法和考试", HEADERS, (128, 250, 92, 60, 60, 120), stretch=1)
        self.model = self.table.content
        self.model.set_rows(list(_rows(file)))
        self.table.set_groups(self.model.groups())
        self.table.set_empty_note("还没有学法和考试记录")
        self.table.opened.connect(self._open)
        about = " · ".join(filter(None, (file.unit, file.title, file.person.staff_kind)))
        self.body.addLayout(row(Label(file.person.name, "heading"), Label(about, "secondary"), STRETCH))
        words = file.now.words if file.owes else "没有对这类人员的学法要求"
        self.light = Light(OF_STATE[file.now.state] if file.owes else Mark.GREY, words)
        self.body.addLayout(row(Label(_owed(file.now), "secondary"), STRETCH, self.light))
        self.body.addWidget(self.table, 1)
        self.add_button("打开人员").clicked.connect(self._open_person)
        self.add_button("个人学法档案").clicked.connect(self._print)
        self.add_button("关闭", "primary").clicked.connect(self.accept)
        self.table.setCurrentIndex(self.model.index(1, 1))  # below the first heading
        self.table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        found = self.model.row_of(index)
        if found is not None and found.record_id:
            self.accept()
            self._session.open_record.emit(found.kind, found.record_id)

    def _open_person(self) -> None:
        self.accept()
        self._session.open_record.emit("person", self._person_id)

    def _print(self) -> None:
        self.accept()
        self._session.open_report.emit("study_file", {"record_id": self._person_id, "as_of": self._as_of})


def _owed(standing: Standing) -> str:
    owed = [
        f"{done:g} / {wanted:g} {measure}"
        for done, wanted, measure in (
            (standing.hours, standing.owed_hours, "学时"),
            (standing.days, standing.owed_days, "天"),
        )
        if wanted
    ]
    last = f"上次专门培训 {show_day(standing.special_last)}" if standing.special_last else ""
    return " · ".join(filter(None, (f"{standing.year} 年", *owed, last)))


def _rows(file: PersonalFile) -> Iterator[CellRow]:
    """Yield a heading for each year with its sessions, then exams, then tests before an appointment."""
    for standing in file.standings:
        studies = [study for study in file.studies if study.on.year == standing.year]
        if studies:
            note = f"{standing.hours:g} 学时，{standing.days:g} 天"
            yield CellRow((GroupCell(f"{standing.year} 年学法", len(studies), note=note),))
        for study in studies:
            cells = (
                value(show_day(study.on)), leading(study.session.subject), value(study.session.category),
                number(f"{study.hours:g}"), number(f"{round(study.days, 1):g}"), LightCell(MARKS[study.presence], study.presence),
            )  # fmt: skip
            yield CellRow(cells, "study_session", study.session.id)
    if file.results:
        yield CellRow((GroupCell("考试", len(file.results)),))
    for result in file.results:
        score = f"{result.best:g} 分" if result.best is not None else ""
        mark = Mark.RED if result.word == FAILED else Mark.GREEN
        on = show_day(result.exam.held_on)
        cells = (
            value(on), leading(result.exam.name), value("考试"), number(""), number(""),
            LightCell(mark, f"{score} {result.word}".strip()),
        )  # fmt: skip
        yield CellRow(cells, "exam", result.exam.id)
    if file.tests:
        yield CellRow((GroupCell("任前考法", len(file.tests)),))
    for test in file.tests:
        word = "合格" if test.passed else "不合格"
        score = f"{test.score:g} 分 " if test.score is not None else ""
        cells = (
            value(show_day(test.tested_on)), leading(f"拟任{test.post}"), value("任前考法"),
            number(""), number(""), LightCell(Mark.GREEN if test.passed else Mark.RED, score + word),
        )  # fmt: skip
        yield CellRow(cells, "appointment_test", test.id)
