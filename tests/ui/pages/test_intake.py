"""从文件识别: from pasted text to a written organisation, by mouse and by keyboard; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from models.records.organisation import Body, Seat, Unit
from models.records.rules import Clause
from models.store.ledger import Ledger
from models.store.reader import RowQuery
from tests.models.documents import texts
from tests.models.intake.test_review import TEXT
from tests.ui import walk
from tests.ui.answers import answering
from ui import messages, work
from ui.pages.intake.editors import BodyEditor, DocumentEditor, DutyEditor
from ui.pages.intake.item_row import ItemRow
from ui.pages.intake.page import IntakePage
from ui.session import Session

NOTED: list[str] = []
"""What the pages said in the status bar."""
KINDS = ("body", "unit", "membership", "clause")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    NOTED.clear()
    with work.at_once():
        yield


@pytest.fixture
def page(qtbot: QtBot, ledger: Ledger) -> IntakePage:
    return shown(qtbot, Session(ledger))


def shown(qtbot: QtBot, session: Session) -> IntakePage:
    made = IntakePage(session, NOTED.append)
    session.setParent(made)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def read(page: IntakePage, text: str = TEXT) -> None:
    page.source.text.setPlainText(text)
    page.source.go.click()


def counts(ledger: Ledger) -> list[int]:
    return [ledger.count(RowQuery(kind, ())) for kind in KINDS]


def test_by_mouse_from_text_to_ledger_and_back(ledger: Ledger, page: IntakePage) -> None:
    read(page)
    assert page.review.write_button.isEnabled() is False
    page.review.reliable.click()
    assert page.review.write_button.text() == "写入 4 条"
    page.review.write_button.click()
    assert counts(ledger) == [2, 5, 6, 3]
    page.result.take_back.click()
    assert counts(ledger) == [0, 0, 0, 0]
    page.review.write_button.click()
    assert counts(ledger) == [2, 5, 6, 3]


def test_by_keyboard_alone(qtbot: QtBot, ledger: Ledger, page: IntakePage) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    page.source.text.setFocus()
    qtbot.keyClick(page.source.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.source.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for _step in ("采用全部可靠项", "写入"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert counts(ledger) == [2, 5, 6, 3]


def test_rows_are_decided_by_keys(qtbot: QtBot, ledger: Ledger, page: IntakePage) -> None:
    read(page)
    page.review.rows[1].setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert [row.state for row in page.review.rows[1:]] == ["accepted", "refused", "open", "accepted"]


def test_the_keyboard_goes_from_the_tools_through_the_rows_to_the_foot(page: IntakePage) -> None:
    read(page)
    reached = []
    while page.focusNextChild() and QApplication.focusWidget() is not page.review.reliable:
        reached.append(QApplication.focusWidget())
    last = page.review.rows[-1]
    behind = next(one for one in reached[reached.index(last) :] if not last.isAncestorOf(one))
    assert (reached[0], behind.accessibleName()) == (page.review.rows[0], "换一份")


def test_a_text_of_which_nothing_is_wanted_is_put_away(
    qtbot: QtBot, page: IntakePage, ledger: Ledger
) -> None:
    read(page)
    again = next(one for one in page.review.findChildren(QAbstractButton) if one.text() == "换一份")
    with answering(None, "换一份"):
        again.click()
        assert page.review.isVisible()
        again.click()
    assert page.source.isVisible()
    assert (page.source.text.toPlainText(), ledger.drafts()) == ("", [])


def test_what_cannot_be_written_is_said_and_no_other_deed_is_taken_back(
    page: IntakePage, ledger: Ledger
) -> None:
    with ledger.action("先前的事") as action:
        action.add(Unit(name="县水利局", category="政府"))
    read(page, texts.POSTS)
    review = page.review.review
    assert review is not None
    (summary,) = [item for item in review.items if item.title.endswith("工作总结")]
    review.accept(summary.number)
    page.review.show_states()
    with answering(None) as asked:
        page.review.write_button.click()
    assert isinstance(asked[0], messages.Message)
    assert "先采用“澜溪县法治建设领导小组”" in asked[0].text
    assert page.review.isVisible()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_editor_unfolds_in_its_row_without_a_window_of_its_own(page: IntakePage, number: int) -> None:
    read(page)
    with walk.windows_shown() as shown:
        page.review.edit(number)
    assert shown == []


def test_text_and_proposals_show_the_same_one(qtbot: QtBot, page: IntakePage) -> None:
    read(page)
    source = page.review.source
    assert source.marked_text(2).startswith("澜溪县普法协调办公室")
    place = source.document().find("澜溪县普法协调办公室2")
    place.setPosition(place.selectionStart() + 2)
    middle = source.cursorRect(place).center() + QPoint(2, 0)
    qtbot.mouseClick(source.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert page.review.rows[2].hasFocus()
    page.review.rows[4].setFocus()
    lit = [selection.cursor.selectedText() for selection in source.extraSelections()]
    assert lit == source.marked_text(4).split(" ")


def test_marks_hold_with_characters_beyond_the_basic_plane(page: IntakePage) -> None:
    read(page, "𠮷𠮷 抄件\n" + TEXT)
    assert page.review.source.marked_text(1).startswith("澜溪县依法行政协调办公室")


def test_a_body_is_edited_in_place(ledger: Ledger, page: IntakePage) -> None:
    with ledger.action("登记") as action:
        unit = action.add(Unit(name="澜溪县财政和国资局"))
    read(page)
    page.review.edit(1)
    editor = page.review.rows[1].findChild(BodyEditor)
    field(editor, "机构名称").setText("澜溪县法治政府建设办公室")
    field(editor, "成员单位2 文中的单位").setText("县档案馆")
    meant = field(editor, "成员单位1 对应台账里的")
    meant.setFocus()
    meant.selectAll()
    walk.commit(meant, "澜溪县财政和国资局")
    field(editor, "机构名称").setFocus()
    assert page.review.keep_open()
    assert page.review.review is not None
    match = page.review.review.match("县财政局")
    assert match is not None
    assert match.id == unit.id
    page.review.reliable.click()
    page.review.write_button.click()
    assert "澜溪县法治政府建设办公室" in [body.name for body in ledger.find(Body)]
    names = {found.name for found in ledger.find(Unit)}
    assert "县档案馆" in names
    assert "县财政局" not in names


def test_a_wrong_entry_is_told_beside_its_field_and_stays(page: IntakePage) -> None:
    read(page)
    page.review.edit(4)
    editor = page.review.rows[4].findChild(DutyEditor)
    field(editor, "期限").setText("13月40日")
    assert page.can_leave() is False
    assert "月日" in field(editor, "期限").accessibleDescription()
    field(editor, "期限").setText("12月1日")
    assert page.can_leave() is True
    assert page.review.review is not None
    assert "12月1日前" in page.review.review.summary(page.review.review.item(4))


def test_the_day_from_which_things_hold_can_be_set(ledger: Ledger, page: IntakePage) -> None:
    read(page)
    page.review.edit(0)
    editor = page.review.rows[0].findChild(DocumentEditor)
    field(editor, "生效日期").setText("2026年9月1日")
    field(editor, "文号").setText("澜法〔2026〕8号")
    page.review.reliable.click()
    page.review.write_button.click()
    clause = ledger.find(Clause)[0]
    assert str(clause.valid_from) == "2026-09-01"
    assert "澜法〔2026〕8号" in clause.basis


def test_filters_show_what_is_undecided_or_known(page: IntakePage) -> None:
    read(page)
    page.review.review.accept(1)  # type: ignore[union-attr]
    page.review.show_states()
    for position, words, numbers in ((1, "需核对 0", []), (2, "待采用 3", [2, 3, 4]), (3, "重复 0", [])):
        page.review.filter.pick(position)
        assert page.review.filter.findChildren(QAbstractButton)[position].text() == words
        assert [row.number for row in page.review.rows if row.isVisibleTo(page)] == numbers


def test_a_word_file_is_opened(tmp_path: Path, page: IntakePage) -> None:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "通知.docx"))
    with answering(tmp_path / "通知.docx"):
        page.source.open_file()
    page.source.go.click()
    assert len(page.review.rows) == 5


def test_an_unreadable_file_or_an_empty_text_is_told(tmp_path: Path, page: IntakePage) -> None:
    (tmp_path / "通知.docx").write_bytes(b"no zip")
    with answering(tmp_path / "通知.docx"):
        page.source.open_file()
    assert "不是 Word 文档" in page.source._notice.text.text()
    read(page, "今天天气很好。")
    assert "没有读到" in page.source._notice.text.text()
    assert page.source.text.toPlainText() == "今天天气很好。"


def test_what_is_not_written_comes_back_after_a_restart(
    qtbot: QtBot, ledger: Ledger, page: IntakePage
) -> None:
    read(page)
    page.review.rows[2].refusing.emit(2)
    page.keep_draft()
    again = shown(qtbot, Session(ledger))
    assert [row.state for row in again.review.rows[1:]] == ["open", "refused", "open", "open"]
    again.review.reliable.click()
    again.review.write_button.click()
    assert ledger.drafts() == []


def test_a_review_follows_an_undo_made_elsewhere(ledger: Ledger, page: IntakePage) -> None:
    read(page)
    page.review.reliable.click()
    page.review.write_button.click()
    ledger.undo()
    assert page.review.isVisible()
    assert page.review.write_button.text() == "写入 4 条"


def test_everything_has_a_name_and_fits(page: IntakePage) -> None:
    read(page)
    page.review.edit(1)
    assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 960 - 56
    assert page.minimumSizeHint().height() <= 400


STUDY = """澜溪县学法办法
第一条　领导干部每年集中学法不少于40学时。
第二条　县司法局每年开展一次案卷评查。
"""


def test_an_item_that_cannot_be_written_says_beside_its_field_why(ledger: Ledger, page: IntakePage) -> None:
    read(page, STUDY)
    page.review.rows[2].accepting.emit(2)
    editor = page.review.rows[2].findChild(DutyEditor)
    choice = named(editor, "类别")
    assert "没有对应的台账" in choice.accessibleDescription()
    button(page.review.rows[2], "采用", inside=True).click()
    assert page.review.rows[2].editor is not None
    assert page.review.rows[2].state == "doubtful"
    choice.setCurrentText("学法")
    button(page.review.rows[2], "采用", inside=True).click()
    assert page.review.rows[2].editor is None
    assert page.review.rows[2].state == "accepted"


def test_an_unfolded_editor_is_seen_in_a_small_window(qtbot: QtBot, page: IntakePage) -> None:
    page.resize(900, 430)
    read(page)
    page.review.edit(4)
    keep = button(page.review.rows[4], "采用", inside=True)
    qtbot.waitUntil(lambda: not keep.visibleRegion().isEmpty())


def test_hours_of_study_are_shown_and_can_be_changed(ledger: Ledger, page: IntakePage) -> None:
    read(page, STUDY)
    page.review.edit(1)
    hours = field(page.review.rows[1].findChild(DutyEditor), "数量要求")
    assert hours.text() == "40学时"
    hours.setText("多读书")
    button(page.review.rows[1], "采用", inside=True).click()
    assert "学时" in hours.accessibleDescription()
    hours.setText("50学时")
    button(page.review.rows[1], "采用", inside=True).click()
    page.review.write_button.click()
    (clause,) = ledger.find(Clause)
    assert (clause.answered_by, clause.measure, clause.threshold) == ("学法", "学时", 50)


def test_escape_closes_the_editor_and_nothing_else(qtbot: QtBot, page: IntakePage) -> None:
    read(page)
    page.review.rows[4].setFocus()
    qtbot.keyClick(page.review.rows[4], Qt.Key.Key_F2)
    typed = field(page.review.rows[4].findChild(DutyEditor), "做什么")
    typed.setText("别的")
    qtbot.keyClick(typed, Qt.Key.Key_Escape)
    assert page.review.rows[4].editor is None
    assert page.review.isVisible()
    assert page.review.review is not None
    assert not page.review.review.item(4).edited


def test_an_editor_is_kept_by_the_keys_of_a_form(qtbot: QtBot, page: IntakePage) -> None:
    read(page)
    page.review.edit(1)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText("澜溪县依法行政小组")
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.review.rows[1].state == "accepted"
    assert page.review.rows[1].editor is None and page.review.rows[2].hasFocus()


def test_leaving_with_work_in_hand_keeps_it_and_says_so(ledger: Ledger, page: IntakePage) -> None:
    assert page.can_leave()
    assert NOTED == []
    read(page)
    assert page.can_leave()
    assert "接着做" in NOTED[0]
    assert ledger.drafts()


def test_what_was_left_undecided_is_kept_beside_what_was_written(
    qtbot: QtBot, ledger: Ledger, page: IntakePage
) -> None:
    read(page)
    page.review.rows[1].accepting.emit(1)
    page.review.rows[2].refusing.emit(2)
    page.review.write_button.click()
    assert page.result.rest.isVisible()
    again = shown(qtbot, Session(ledger))
    assert [row.state for row in again.review.rows[1:]] == ["known", "refused", "open", "open"]
    page.result.rest.click()
    assert [row.state for row in page.review.rows[1:]] == ["known", "refused", "open", "open"]


def test_another_text_is_begun_only_after_asking_while_something_is_left(
    ledger: Ledger, page: IntakePage
) -> None:
    read(page)
    page.review.rows[1].accepting.emit(1)
    page.review.write_button.click()
    with answering(None):
        page.result.again.emit()
    assert ledger.drafts()
    with answering("换一份"):
        page.result.again.emit()
    assert page.source.isVisible()
    assert ledger.drafts() == []


def test_a_sentence_not_understood_is_shown_and_can_be_entered(ledger: Ledger, page: IntakePage) -> None:
    read(page, f"{TEXT}县司法局应当定期通报办案情况。")
    skipped = page.review.rows[5]
    assert page.review.source.marked_text(5) == "县司法局应当定期通报办案情况。"
    assert [row.number for row in page.review.rows if row.state == "doubtful"] == [5]
    button(skipped, "登记为条款").click()
    editor = skipped.findChild(DutyEditor)
    assert "周期" in named(editor, "周期").accessibleDescription()
    named(editor, "周期").setCurrentText("季度")
    button(skipped, "登记为条款", inside=True).click()
    assert skipped.state == "accepted"
    page.review.write_button.click()
    assert [clause.per for clause in ledger.find(Clause)] == ["季度"]


def test_seats_by_post_can_be_mended(ledger: Ledger, page: IntakePage) -> None:
    read(page, texts.POSTS)
    (number,) = [item.number for item in page.review.review.items if item.title.endswith("联席会议")]  # type: ignore[union-attr]
    page.review.edit(number)
    editor = page.review.rows[number].findChild(BodyEditor)
    assert field(editor, "席位1 组内职务").text() == "召集人"
    field(editor, "席位1 单位").setText("县委办公室")
    button(page.review.rows[number], "采用", inside=True).click()
    page.review.write_button.click()
    convener = next(seat for seat in ledger.find(Seat) if seat.role == "召集人")
    assert (ledger.name_of("unit", convener.unit), convener.post) == ("县委办公室", "分管负责人")


def named(editor: object, name: str) -> QComboBox:
    (found,) = [one for one in editor.findChildren(QComboBox) if one.accessibleName() == name]  # type: ignore[attr-defined]
    assert isinstance(found, QComboBox)
    return found


def button(row: ItemRow, words: str, *, inside: bool = False) -> QAbstractButton:
    where = row.editor.parentWidget() if inside and row.editor else row
    (found,) = [one for one in where.findChildren(QAbstractButton) if one.text() == words]
    return found


def field(editor: object, name: str) -> QLineEdit:
    found = [one for one in editor.findChildren(QLineEdit) if one.accessibleName() == name]  # type: ignore[attr-defined]
    assert len(found) == 1, name
    return found[0]
