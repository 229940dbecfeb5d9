"""From a workbook into a register: columns, every error at once, all rows or none, taken back in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.intake.workbook_reader import read_workbook
from models.office import Setup, create_office
from models.records.base import kind_of
from models.records.filing import Submission
from models.records.organisation import Person, Unit
from models.records.year import ClosedYear
from models.store.backup import list_backups
from models.store.ledger import Ledger
from tests.ui import walk
from tests.ui.answers import answering
from ui import messages, work
from ui.dialogs.exchange import read_and_import
from ui.exchange.columns_step import LEFT_OUT
from ui.exchange.import_dialog import ImportDialog, column_letters
from ui.session import Session

Write = Callable[..., Path]
PERSON = kind_of("person")


@pytest.fixture
def session(ledger: Ledger, qapp: QApplication) -> Iterator[Session]:
    made = Session(ledger)
    yield made
    made.deleteLater()


@pytest.fixture
def sheet(tmp_path: Path) -> Write:
    def write(*rows: tuple[object, ...]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "人员.xlsx")
        return tmp_path / "人员.xlsx"

    return write


@pytest.fixture
def opened(session: Session, qtbot: QtBot) -> Callable[[Path], ImportDialog]:
    def show(path: Path) -> ImportDialog:
        owner = QWidget()
        qtbot.addWidget(owner)
        made = ImportDialog.over(owner, session, PERSON, read_workbook(path), path.name)
        assert made is not None
        made.show()
        return made

    return show


Opened = Callable[[Path], ImportDialog]


def press(dialog: ImportDialog, words: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words and b.isVisible()).click()


def shown(dialog: ImportDialog) -> list[list[str]]:
    return [[cell.plain for cell in row.cells] for row in dialog.rows.rows]


def names(ledger: Ledger) -> list[str]:
    return sorted(person.name for person in ledger.find(Person))


def test_a_good_sheet_is_written_in_one_step_and_taken_back(
    opened: Opened, sheet: Write, ledger: Ledger
) -> None:
    with ledger.action("登记") as action:
        action.add(Person(name="陆怀谦", phone="13900001111"))
    dialog = opened(sheet(("姓名", "手机号码", "备注"), ("陆怀谦", "13900001111", "换岗"), ("罗屿", "", "")))
    press(dialog, "检查")
    assert shown(dialog) == [["2", "更新 备注", "陆怀谦"], ["3", "新增", "罗屿"]]
    assert names(ledger) == ["陆怀谦"]
    press(dialog, "导入 2 人")
    assert names(ledger) == ["罗屿", "陆怀谦"]
    assert ledger.history(limit=1)[0].sentence == "导入人员 2 人"
    press(dialog, "撤销这次导入")
    assert names(ledger) == ["陆怀谦"]
    assert ledger.find(Person)[0].note == ""


def test_a_bad_sheet_tells_every_error_and_writes_nothing(
    opened: Opened, sheet: Write, ledger: Ledger, tmp_path: Path
) -> None:
    dialog = opened(
        sheet(
            ("姓名", "性别", "到岗日期"), ("罗屿", "甲", "2026-13-01"), ("", "男", ""), ("罗子衿", "女", "")
        )
    )
    press(dialog, "检查")
    assert [(row[0], row[1]) for row in shown(dialog)] == [
        ("2", "B 性别"),
        ("2", "C 到岗日期"),
        ("3", "A 姓名"),
    ]
    assert walk.shown_words(dialog, "2 行有问题，共 3 处")
    assert not any(b.text().startswith("导入") for b in dialog.findChildren(QPushButton) if b.isVisible())
    with work.at_once(), answering(tmp_path / "错误.xlsx"):
        press(dialog, "存出错误表")
    marked = openpyxl.load_workbook(tmp_path / "错误.xlsx").active
    assert marked["D1"].value == "错误"
    assert "13 月" in marked["D2"].value
    assert names(ledger) == []


def test_rows_of_a_closed_year_are_named_and_come_in_with_a_reason(
    session: Session, ledger: Ledger, sheet: Write, qtbot: QtBot
) -> None:
    with ledger.action("登记") as action:
        unit = action.add(Unit(name="县司法局"))
        action.add(ClosedYear(year=2025, digest="封"))
    heads = ("报送事项", "报送单位", "所属年度", "收到日期")
    days = (("工作动态", "2025-12-30"), ("年度工作总结", "2026-01-05"))
    rows = [(item, unit.name, "2025", day) for item, day in days]
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = ImportDialog.over(
        owner, session, Submission.KIND, read_workbook(sheet(heads, *rows)), "补登.xlsx"
    )
    assert dialog is not None
    dialog.show()
    press(dialog, "检查")
    assert [row[0] for row in shown(dialog)] == ["2"]
    assert walk.shown_words(dialog, "1 行属于已印发的纪要或已结转的年度")
    with answering("年底漏登"):
        press(dialog, "作为更正导入")
    assert ledger.find(Submission) == []
    press(dialog, "导入 2 份")
    assert len(ledger.find(Submission)) == 2
    assert ledger.history()[0].reason == "年底漏登"
    with answering("导错了"):
        press(dialog, "撤销这次导入")
    assert ledger.find(Submission) == []


def test_columns_can_be_chosen_and_are_remembered(opened: Opened, sheet: Write, ledger: Ledger) -> None:
    path = sheet(("姓名", "说明", "序号"), ("罗屿", "兼职", 1))
    dialog = opened(path)
    assert [combo.currentText() for combo in dialog.columns.fields.values()] == ["姓名", LEFT_OUT, LEFT_OUT]
    choose(dialog, 1, "备注")
    choose(dialog, 2, "姓名")
    assert dialog.columns.fields[0].currentText() == LEFT_OUT  # a field comes from one column
    choose(dialog, 0, "姓名")
    press(dialog, "检查")
    press(dialog, "导入 1 人")
    assert ledger.find(Person)[0].note == "兼职"
    again = opened(path)
    assert [combo.currentText() for combo in again.columns.fields.values()] == ["姓名", "备注", LEFT_OUT]


def test_persons_and_their_posts_come_in_from_one_sheet(
    session: Session, ledger: Ledger, sheet: Write, qtbot: QtBot
) -> None:
    with ledger.action("登记") as action:
        action.add(Unit(name="县司法局"))
    path = sheet(
        ("澜溪县干部花名册",),
        ("序号", "姓名", "性别", "单位", "职务", "电话"),
        (1, "罗屿", "女", "县司法局", "局长", "13900002222"),
        (2, "尹素", "女", "县司法局", "四级调研员", ""),
        ("合计", "2人"),
    )
    owner = QWidget()
    qtbot.addWidget(owner)
    dialog = ImportDialog.over(owner, session, kind_of("appointment"), read_workbook(path), path.name)
    assert dialog is not None
    dialog.show()
    for words in (
        "导入人员和任职：人员.xlsx",
        "第 5 行是合计，不导入",
        "表里有 1 列不导入：序号。",
        "一把手是主要负责人",
    ):
        assert walk.shown_words(dialog, words)
    press(dialog, "检查")
    assert shown(dialog) == [
        ["3", "新增", "罗屿"],
        ["3", "新增任职", "罗屿（县司法局局长），岗位：主要负责人"],
        ["4", "新增", "尹素"],
        ["4", "新增任职", "尹素（县司法局四级调研员）"],
    ]
    press(dialog, "导入人员 2 人、任职 2 条")
    assert ledger.undoable()[0].sentence == "导入人员 2 人、任职 2 条"
    press(dialog, "撤销这次导入")
    assert names(ledger) == []


def test_a_long_message_is_read_in_full_below_the_list(opened: Opened, sheet: Write) -> None:
    dialog = opened(sheet(("姓名", "人员类别"), ("罗屿", "领导"), ("尹素", "干警")))
    press(dialog, "检查")
    assert dialog.whole.text().endswith("其他") and "“领导”不在可选项里" in dialog.whole.text()
    dialog.rows.set_rows(dialog.rows.rows)
    assert walk.faults(dialog) == []


def choose(dialog: ImportDialog, column: int, words: str) -> None:
    combo = dialog.columns.fields[column]
    combo.setCurrentText(words)
    combo.textActivated.emit(words)


def test_a_missing_required_column_is_told_at_once(opened: Opened, sheet: Write) -> None:
    dialog = opened(sheet(("手机", "备注"), ("13900001111", "")))
    assert walk.shown_words(dialog, "必填的姓名没有对应的列")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK not a workbook", "人员.xlsx"), (b"", "不是 Excel"), (b"a,b\n1,2", "不是 Excel")],
)
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(
    session: Session, tmp_path: Path, qtbot: QtBot, content: bytes, words: str
) -> None:
    owner, path = QWidget(), tmp_path / "人员.xlsx"
    qtbot.addWidget(owner)
    path.write_bytes(content)
    with work.at_once(), answering(None) as asked:
        read_and_import(owner, session, PERSON, path)
    assert isinstance(asked[0], messages.Message)
    assert words in asked[0].title


def test_a_sheet_with_nothing_below_its_head_is_refused(session: Session, sheet: Write, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    table = read_workbook(sheet(("姓名", "手机")))
    with answering(None) as asked:
        assert ImportDialog.over(owner, session, PERSON, table, "人员.xlsx") is None
    assert isinstance(asked[0], messages.Message)
    assert "没有可以导入的内容" in asked[0].text


def test_a_sheet_of_something_else_goes_no_further(opened: Opened, sheet: Write, ledger: Ledger) -> None:
    dialog = opened(sheet(("甲", "乙"), (1, 2)))
    with answering(None) as asked:
        press(dialog, "检查")
    assert isinstance(asked[0], messages.Message)
    assert "姓名" in asked[0].text
    assert names(ledger) == []


def test_an_office_backs_up_before_it_imports(
    qapp: QApplication, sheet: Write, qtbot: QtBot, tmp_path: Path
) -> None:
    office, _code = create_office(tmp_path / "office", Setup(office_name="县依法治县办", area_name="澜溪县"))
    with office:
        owner, session = QWidget(), Session(office.ledger, office)
        qtbot.addWidget(owner)
        table = read_workbook(sheet(("姓名",), ("罗屿",)))
        dialog = ImportDialog.over(owner, session, PERSON, table, "人员.xlsx")
        assert dialog is not None
        dialog.show()
        before = len(list_backups(office.home.backups))
        with work.at_once():
            press(dialog, "检查")
            press(dialog, "导入 1 人")
        assert len(list_backups(office.home.backups)) == before + 1
        assert names(office.ledger) == ["罗屿"]


def test_every_control_has_its_name(opened: Opened, sheet: Write) -> None:
    dialog = opened(sheet(("姓名", "性别"), ("罗屿", "甲")))
    assert walk.faults(dialog) == []
    press(dialog, "检查")
    assert walk.faults(dialog) == []


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_excel_does(column: int, letters: str) -> None:
    assert column_letters(column) == letters
