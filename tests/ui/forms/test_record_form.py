"""The form of any kind, on the real widgets and a real ledger."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from models import clock
from models.records.base import all_kinds
from models.records.meeting import AgendaItem, Meeting, Resolution
from models.records.organisation import Person, Unit
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui.answers import answering
from ui.forms.editors import ReferenceEditor
from ui.forms.record_form import RecordForm
from ui.session import Session
from ui.widgets.date_field import DateField

Make = Callable[..., RecordForm]


@pytest.fixture
def session(ledger: Ledger, qapp: QApplication) -> Iterator[Session]:
    made = Session(ledger)
    yield made
    made.deleteLater()


@pytest.fixture
def form(qtbot: QtBot, session: Session) -> Iterator[Make]:
    forms: list[RecordForm] = []

    def make(kind_id: str, **options: object) -> RecordForm:
        made = RecordForm(session, kind_id, **options)  # type: ignore[arg-type]
        forms.append(made)
        qtbot.addWidget(made)
        made.resize(360, 640)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    yield make
    for made in forms:
        made._draft_timer.stop()  # a slow machine would keep a draft in a ledger that is closed


def type_chinese(widget: QWidget, text: str) -> None:
    """Commit *text* as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    widget.setFocus()
    QApplication.sendEvent(widget, event)


def test_a_new_record_is_typed_and_saved(form: Make, ledger: Ledger, qtbot: QtBot) -> None:
    shown = form("unit")
    type_chinese(cast(QWidget, shown.editor("name")), "县司法局")
    assert shown.dirty()
    with qtbot.waitSignal(shown.saved) as saved:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [unit.name for unit in ledger.find(Unit)] == ["县司法局"]
    assert saved.args == [ledger.find(Unit)[0].id]
    assert not shown.dirty()
    assert ledger.history()[0].sentence == "登记单位「县司法局」"


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(form: Make, ledger: Ledger) -> None:
    shown = form("person")
    shown.editor("phone").put_typed("1380013800")
    shown.editor("office_phone").put_typed("电话")
    assert not shown.save()
    said = {problem.field: problem.message for problem in shown.check()}
    assert said == {
        "name": "姓名没有填",
        "phone": "少 1 位：手机号应为 11 位",
        "office_phone": "电话应为 11 位手机号，或 区号-号码",
    }
    assert shown.editor("phone").typed() == "1380013800"
    assert ledger.find(Person) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, {"会议名称没有填"}),
        ({"starts_at": "明天下午"}, {"“明天下午”不是日期，应如 2026-10-15 或 10月15日"}),
        ({"body": "没有的机构"}, {"没有名为“没有的机构”的机构，先登记再选"}),
        ({"ends_at": "2026-10-13 9:00"}, {"结束时间应晚于开始时间"}),
    ],
)
def test_what_is_wrong_is_told(
    form: Make, office: SmallOffice, typed: dict[str, str], told: set[str]
) -> None:
    shown = form("meeting")
    shown.load(office.meeting)
    for name, text in typed.items():
        shown.editor(name).put_typed(text)
    assert {problem.message for problem in shown.check() if problem.level == "error"} == told


def test_every_kind_has_a_form_that_shows_and_reads_back_its_records(
    form: Make, ledger: Ledger, office: SmallOffice
) -> None:
    for kind in all_kinds():
        shown = form(kind.id)
        for record in ledger.find(kind.record):
            shown.load(record)
            assert not shown.dirty()
            read, problems = shown._read()
            assert (read.values(), problems) == (record.values(), ())
        shown.load(None)
        assert not shown.dirty()


def test_a_reference_is_found_by_pinyin_and_read_as_the_record(
    form: Make, office: SmallOffice, qtbot: QtBot
) -> None:
    shown = form("appointment")
    editor = cast(ReferenceEditor, shown.editor("person"))
    editor.setFocus()
    qtbot.keyClicks(editor, "gsy")
    assert editor.list_open()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.text(), editor.read()) == ("高书瑶", office.deputy.id)


def test_an_unknown_name_is_added_on_the_way(form: Make, ledger: Ledger, qtbot: QtBot) -> None:
    shown = form("appointment")
    for name, typed in (("person", "Shan Xiong"), ("unit", "Law Office")):
        editor = cast(ReferenceEditor, shown.editor(name))
        editor.setFocus()
        qtbot.keyClicks(editor, typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert editor.text() == typed and editor.choice() is None  # Enter alone adds nothing
        qtbot.keyClick(editor, Qt.Key.Key_Down)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        assert editor.text() == typed
    assert shown.editor("person").read() == ledger.find(Person, "name = 'Shan Xiong'")[0].id
    assert shown.editor("unit").read() == ledger.find(Unit, "name = 'Law Office'")[0].id


def test_what_is_missing_is_told_together_with_what_cannot_be_read(form: Make) -> None:
    shown = form("appointment")
    shown.editor("person").put_typed("没有这个人")
    assert not shown.save()
    assert [problem.message for problem in shown.check()] == [
        "没有名为“没有这个人”的人员，先登记再选", "单位没有填", "职务没有填",
    ]  # fmt: skip


def test_a_new_record_is_asked_for_by_its_kind(form: Make) -> None:
    shown = form("appointment")
    shown.editor("title").put_typed("科员")
    with answering("继续编辑") as asked:
        assert not shown.may_close()
    assert [message.title for message in asked] == ["保存新建的任职？"]


def test_an_end_typed_as_a_time_is_of_the_day_it_began(form: Make) -> None:
    meeting = form("meeting")
    meeting.editor("starts_at").put_typed("2025-3-20 9:30")
    end = meeting.editor("ends_at")
    end.put_typed("11:00")
    assert end.read() == datetime(2025, 3, 20, 11)
    end.put_typed("3月21日 11:00")
    assert end.read() == datetime(2025, 3, 21, 11)


def test_several_references_are_typed_with_commas(form: Make, ledger: Ledger, office: SmallOffice) -> None:
    shown = form("resolution", fixed={"meeting": office.meeting.id})
    shown.editor("content").put_typed("开展案卷评查")
    shown.editor("lead_units").put_typed("县教育局，县司法局")
    assert shown.save()
    assert ledger.find(Resolution)[0].lead_units == (office.education.id, office.justice.id)


def test_enter_goes_on_and_saves_at_the_last_field(form: Make, ledger: Ledger, qtbot: QtBot) -> None:
    shown = form("unit")
    shown.focus_first()
    name = cast(QWidget, shown.editor("name"))
    qtbot.keyClicks(name, "abc")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is shown.editor("short_name")
    assert ledger.find(Unit) == []


def test_two_people_of_one_name_must_be_told_apart(form: Make, ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("同名") as action:
        action.add(Person(name="罗屿", phone="13900139000"))
    shown = form("seat", fixed={"body": office.body.id})
    shown.editor("role").put_typed("成员")
    shown.editor("person").put_typed("罗屿")
    assert [problem.message for problem in shown.check()] == ["有 2 个“罗屿”，请从列表中选择"]


def test_a_refused_save_scrolls_to_what_is_wrong(form: Make, office: SmallOffice) -> None:
    shown = form("meeting")
    shown.editor("name").put_typed("专题会")
    shown.editor("category").put("专题会")
    area = shown.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    wrong = cast(QWidget, shown.editor("body"))
    assert wrong.visibleRegion().isEmpty()
    assert not shown.save()
    assert wrong.hasFocus()
    assert wrong.visibleRegion().boundingRect() == wrong.rect()


@pytest.mark.parametrize(("typed", "told"), [("11月20日", ""), ("12月20日", "这个日期在今天之后")])
def test_a_day_that_lies_in_the_past_by_nature_is_warned_of_when_it_has_not_come(
    form: Make, qtbot: QtBot, typed: str, told: str
) -> None:
    with clock.held_at(datetime(2026, 11, 21, 9)):
        shown = form("submission")
        day = cast(DateField, shown.editor("received_on"))
        type_chinese(day, typed)
        qtbot.keyClick(day, Qt.Key.Key_Return)
        assert day.accessibleDescription() == told


def test_a_draft_survives_without_a_save(form: Make, ledger: Ledger, session: Session) -> None:
    first = form("unit")
    first.editor("name").put_typed("县司法")
    first.keep_draft()
    first._draft_timer.stop()
    name, kind, record_id, typed, _at = ledger.drafts()[0]
    assert (name, kind, record_id) == ("unit:new", "unit", "")
    second = form("unit")
    second.take_draft(typed)
    assert second.editor("name").typed() == "县司法"
    assert second.save()
    assert ledger.drafts() == []


@pytest.mark.parametrize(
    ("answer", "closes", "units"), [("保存", True, 1), ("不保存", True, 0), ("继续编辑", False, 0)]
)
def test_closing_asks_when_something_would_be_lost(
    form: Make, ledger: Ledger, answer: str, closes: bool, units: int
) -> None:
    shown = form("unit")
    shown.editor("name").put_typed("县司法局")
    with answering(answer):
        assert shown.may_close() is closes
    assert len(ledger.find(Unit)) == units


def test_closing_an_untouched_form_asks_nothing(form: Make, office: SmallOffice) -> None:
    shown = form("unit")
    shown.load(office.justice)
    with answering():
        assert shown.may_close()


def test_a_locked_record_is_only_changed_with_a_reason(
    form: Make, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("印发") as action:
        issued = action.change(
            dataclasses.replace(office.meeting, state="印发", issued_on=date(2026, 10, 20))
        )
    shown = form("meeting")
    shown.load(issued)
    shown.editor("place").put_typed("县行政中心 208")
    with answering(None):
        assert not shown.save()
    with answering("原地点写错"):
        assert shown.save()
    assert ledger.history()[0].sentence == "更正会议「第三季度联席会议」"
    assert ledger.history()[0].reason == "原地点写错"


def test_half_composed_text_is_saved_with_the_rest(form: Make, ledger: Ledger, office: SmallOffice) -> None:
    shown = form("agenda_item", fixed={"meeting": office.meeting.id})
    type_chinese(cast(QWidget, shown.editor("subject")), "传达精神")
    assert shown.save()
    assert [item.subject for item in ledger.find(AgendaItem)] == ["传达精神"]


def test_a_moment_keeps_its_time_when_the_day_is_picked(form: Make, office: SmallOffice) -> None:
    shown = form("meeting")
    shown.load(office.meeting)
    shown.editor("starts_at")._pick(date(2026, 10, 20))  # type: ignore[attr-defined]
    record, _ = shown._read()
    assert cast(Meeting, record).starts_at == datetime(2026, 10, 20, 9, 30)


def test_labels_are_the_accessible_names(form: Make) -> None:
    shown = form("meeting")
    assert [cast(QWidget, shown.editor(field.name)).accessibleName() for field in shown._fields] == [
        field.label for field in shown._fields
    ]
    assert shown.save_button.accessibleName() == "保存"


def test_a_save_leaves_the_cursor_where_it_is(form: Make, office: SmallOffice, qtbot: QtBot) -> None:
    unit = form("unit")
    unit.load(office.justice)
    note = cast(QPlainTextEdit, unit.editor("note"))
    qtbot.keyClicks(note, "abcd")
    assert unit.save()
    qtbot.keyClicks(note, "e")
    assert note.toPlainText() == "abcde"
