"""One meeting over the whole page, driven by its keys."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from models.deeds.meeting import take_step
from models.deeds.templates import fill_agenda, fill_preparations
from models.errors import ClerkError, Problem
from models.records.meeting import CONTENT_CLASSES, AgendaItem, Attendance, Meeting, Preparation
from models.records.organisation import Appointment, Person
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui.forms.editors import ReferenceEditor
from ui.pages.meeting import attendance_view
from ui.pages.meeting.attendance_model import COL_SIGNED
from ui.pages.meeting.leave_dialog import LeaveDialog
from ui.pages.meeting.meetings import MeetingsPage
from ui.session import Session

EARLY = "2026-10-12 16:20"


@pytest.fixture
def page(qtbot: QtBot, session: Session, office: SmallOffice) -> MeetingsPage:
    made = MeetingsPage(session)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show_record("meeting", office.meeting.id)
    with qtbot.waitExposed(made):
        made.show()
    made.meeting.attendance.grid.setFocus()
    return made


def rows(ledger: Ledger) -> list[tuple[str, str, bool]]:
    found = ledger.find(Attendance)
    return [(ledger.name_of("person", row.person), row.status, row.signed) for row in found]


def press(qtbot: QtBot, page: MeetingsPage, keys: str) -> None:
    for key in keys:
        qtbot.keyClick(page.meeting.attendance.grid, key)


def test_the_expected_are_shown_before_anything_is_written(page: MeetingsPage, ledger: Ledger) -> None:
    model = page.meeting.attendance.model
    shown = [str(model.index(row, 2).data()) for row in range(model.rowCount())]
    assert shown == ["陆怀谦", "高书瑶", "罗屿"]
    assert ledger.find(Attendance) == []


def test_a_digit_marks_and_goes_on(page: MeetingsPage, ledger: Ledger, qtbot: QtBot) -> None:
    press(qtbot, page, "115")
    assert rows(ledger) == [("陆怀谦", "出席", True), ("高书瑶", "出席", True), ("罗屿", "缺席", False)]
    assert ledger.history()[0].sentence == "登记出席：县教育局罗屿 缺席"
    assert page.meeting._tabs.tabText(0) == "出席 2/3"
    side = page.meeting.attendance.side
    assert (side._own.text(), side._own_of.text()) == ("2", "/ 3 人")
    assert (side._unit.text(), side._unit_of.text()) == ("1", "/ 2 家")  # both who came are of one unit


@pytest.mark.parametrize(
    ("width", "told"), [(1190, "当前：县教育局 罗屿"), (904, "应到 3 · 出席 1 · 缺席 1")]
)
def test_the_running_count_stands_under_the_grid_where_there_is_no_room_beside_it(
    page: MeetingsPage, qtbot: QtBot, width: int, told: str
) -> None:
    page.resize(width, 500)
    press(qtbot, page, "15")
    assert walk.shown_words(page, told)


def test_each_press_can_be_undone(page: MeetingsPage, ledger: Ledger, qtbot: QtBot) -> None:
    press(qtbot, page, "15")
    ledger.undo()
    assert [status for _name, status, _signed in rows(ledger)] == ["出席", "", ""]


def test_space_signs_and_zero_clears(page: MeetingsPage, ledger: Ledger, qtbot: QtBot) -> None:
    press(qtbot, page, " ")
    assert rows(ledger)[0] == ("陆怀谦", "出席", True)
    press(qtbot, page, "0")
    assert rows(ledger)[0] == ("陆怀谦", "", False)


def test_the_rest_is_present_in_one_deed(page: MeetingsPage, ledger: Ledger, qtbot: QtBot) -> None:
    press(qtbot, page, "5")
    page.meeting.attendance.mark_rest()
    assert [status for _name, status, _signed in rows(ledger)] == ["缺席", "出席", "出席"]
    assert len(ledger.history(search="其余全部出席")) == 1


def test_all_that_is_wrong_with_a_row_is_told(page: MeetingsPage) -> None:
    view = page.meeting.attendance
    assert view.sheet is not None
    view.side.show_sheet(
        view.sheet, {0: (Problem("status", "第一处"), Problem("substitute", "第二处", "warning"))}
    )
    assert view.side._box.text.text() == "1 处需处理\n陆怀谦：第一处；第二处"
    assert view.side._box.isVisibleTo(view.side)


def test_a_vacant_seat_has_no_box_to_sign(page: MeetingsPage, ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("免职") as action:
        for post in ledger.find(Appointment, "person = ?", (office.deputy.id,)):
            action.remove(post)
    page.refresh()
    model = page.meeting.attendance.model
    signs = {one.person: model.index(at, COL_SIGNED).data() for at, one in enumerate(model.attendees)}
    assert {bool(person): words for person, words in signs.items()} == {True: "未签到", False: ""}


def fill(dialog: LeaveDialog, **typed: str) -> None:
    for name, text in typed.items():
        dialog._editor(name).put_typed(text)
    dialog.finish()


@pytest.mark.parametrize(
    ("substitute", "told"),
    [
        ("", "“代”要填替代人：本单位其他领导"),
        ("尹素", "尹素（科员）不是本单位领导，替代人应为本单位其他领导"),
        ("罗屿", "罗屿当天不在本单位任职，替代人应为本单位其他领导"),
        ("高书瑶", "替代人不能是本人"),
        ("陆怀谦", "陆怀谦本人也应到会，不能替代他人"),
    ],
)
def test_a_wrong_substitute_is_refused_beside_the_field(
    page: MeetingsPage, ledger: Ledger, qtbot: QtBot, substitute: str, told: str
) -> None:
    page.meeting.attendance.rebuild()
    view = page.meeting.attendance
    assert view.sheet is not None
    dialog = LeaveDialog(page, ledger, view.sheet.meeting, view.sheet.attendees[1], "代")
    qtbot.addWidget(dialog)
    fill(dialog, leave_asked_at=EARLY, substitute=substitute)
    assert told in dialog._lines["substitute"].field.accessibleDescription()
    assert dialog.result() != QDialog.DialogCode.Accepted


def test_a_leader_of_the_unit_stands_in(
    page: MeetingsPage, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    with ledger.action("任职") as action:
        other = action.add(Person(name="范柏舟"))
        action.add(Appointment(person=other.id, unit=office.justice.id, title="副局长", post="班子成员"))
    view = page.meeting.attendance
    assert view.sheet is not None
    dialog = LeaveDialog(page, ledger, view.sheet.meeting, view.sheet.attendees[1], "代")
    qtbot.addWidget(dialog)
    assert dialog.focusWidget() is dialog._editor("substitute")
    fill(dialog, leave_asked_at=EARLY, substitute="范柏舟")
    assert dialog.row.substitute == other.id
    assert dialog.row.substitute_duty == "副局长"
    view._write(dialog.row)
    assert view.side._unit.text() == "1"


def test_issued_minutes_ask_for_a_reason(
    page: MeetingsPage, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    with ledger.action("印发") as action:
        action.change(dataclasses.replace(office.meeting, state="印发", issued_on=date(2026, 10, 20)))
    with answering("漏登一人"):
        press(qtbot, page, "1")
    assert ledger.history()[0].reason == "漏登一人"
    with answering(None):
        press(qtbot, page, "1")
    assert len(ledger.history(search="登记出席")) == 1


def test_a_guest_outside_the_roster_is_added(
    page: MeetingsPage, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = attendance_view.GuestDialog(page, ledger, date(2026, 10, 13))
    guest._person.setText("邱岚")
    guest.finish()
    assert guest.guest is not None and guest.guest.person == ""
    page.meeting.attendance._do(
        lambda: attendance_view.add_guest(
            ledger,
            page.meeting.attendance._meeting(),
            name="邱岚",
            person="",
            unit="",
            duty="律师",
            status="列席",
        )
    )
    assert rows(ledger)[-1] == ("邱岚", "列席", True)
    assert ledger.find(Person, "name = ?", ("邱岚",))[0].note == "列席：第三季度联席会议"


def test_a_guest_in_the_roster_brings_unit_and_title_of_the_day(
    page: MeetingsPage, ledger: Ledger, office: SmallOffice
) -> None:
    dialog = attendance_view.GuestDialog(page, ledger, date(2026, 10, 13))
    dialog._person.setText("尹素")
    dialog._person.settle()
    assert (dialog._unit.text(), dialog._duty.text()) == ("县司法局", "科员")
    dialog.finish()
    assert dialog.guest is not None
    assert (dialog.guest.unit, dialog.guest.duty) == (office.justice.id, "科员")


def test_the_keyboard_passes_over_vacant_seats(
    page: MeetingsPage, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    with ledger.action("免职") as action:
        for post in ledger.find(Appointment, "person = ?", (office.deputy.id,)):
            action.remove(post)
    page.refresh()
    press(qtbot, page, "11")
    assert [(name, status) for name, status, _ in rows(ledger)] == [
        ("陆怀谦", "出席"),
        ("", ""),
        ("罗屿", "出席"),
    ]
    assert page.meeting._tabs.tabText(0) == "出席 2/2"


@pytest.mark.parametrize(
    ("title", "told"),
    [("副局长", ""), ("法治股股长", "“法治股股长”不是本单位领导的职务，替代人应为本单位其他领导")],
)
def test_a_substitute_who_is_in_no_roster_is_entered_on_the_way(
    page: MeetingsPage, ledger: Ledger, office: SmallOffice, qtbot: QtBot, title: str, told: str
) -> None:
    page.meeting.attendance.rebuild()
    view = page.meeting.attendance
    assert view.sheet is not None
    dialog = LeaveDialog(page, ledger, view.sheet.meeting, view.sheet.attendees[1], "代")
    qtbot.addWidget(dialog)
    editor = cast(ReferenceEditor, dialog._editor("substitute"))
    assert dialog._lines["substitute_duty"].isHidden()
    editor._take(next(choice for choice in editor.suggestions("范柏舟") if choice.deed))
    assert not dialog._lines["substitute_duty"].isHidden()
    fill(dialog, leave_asked_at=EARLY, substitute_duty=title)
    assert dialog._lines["substitute_duty"].field.accessibleDescription().startswith(told or "他在本单位")
    posts = ledger.find(Appointment, "unit = ? AND post = '班子成员'", (office.justice.id,))
    assert [post.title for post in posts] == ([] if told else ["副局长"])
    assert bool(dialog.row.substitute) != bool(told)


def test_leaving_with_something_typed_is_asked(page: MeetingsPage, ledger: Ledger, qtbot: QtBot) -> None:
    view = page.meeting.attendance
    assert view.sheet is not None
    leave = LeaveDialog(page, ledger, view.sheet.meeting, view.sheet.attendees[1], "代")
    guest = attendance_view.GuestDialog(page, ledger, view.sheet.on)
    for dialog, field in ((leave, leave._editor("leave_reason")), (guest, guest._duty)):
        qtbot.addWidget(dialog)
        dialog.show()
        cast(QLineEdit, field).setText("出差")
        with answering("取消"):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        with answering("放弃"):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_steps_go_forward_with_their_dates(ledger: Ledger, office: SmallOffice) -> None:
    meeting = take_step(ledger, office.meeting, "通知", date(2026, 10, 9))
    assert (meeting.state, meeting.notified_on) == ("通知", date(2026, 10, 9))
    with pytest.raises(ClerkError, match="不能退回"):
        take_step(ledger, meeting, "通知", date(2026, 10, 9))
    with pytest.raises(ClerkError, match="还没有召开"):
        take_step(ledger, meeting, "印发", date(2026, 10, 9))
    held = take_step(ledger, meeting, "召开", date(2026, 10, 13))
    issued = take_step(ledger, held, "印发", date(2026, 10, 20))
    assert take_step(ledger, issued, "归档", date(2026, 12, 1)).archived_on == date(2026, 12, 1)


def test_agenda_items_are_numbered_and_belong_to_the_meeting(page: MeetingsPage, ledger: Ledger) -> None:
    page.meeting._tabs.setCurrentIndex(1)
    page.meeting.agenda.new_record()
    form = page.meeting.agenda.pane.form
    assert form is not None
    assert form.editor("position").typed() == "1"
    form.editor("subject").put_typed("传达上级精神")
    assert form.save()
    assert [item.meeting for item in ledger.find(AgendaItem)] == [page.meeting._meeting_id]


def test_a_meeting_entered_after_the_event_says_so(
    page: MeetingsPage, ledger: Ledger, office: SmallOffice
) -> None:
    late = dataclasses.replace(office.meeting, starts_at=datetime(2019, 12, 30, 9, 0))
    with ledger.action("改期") as action:
        action.change(late)
    page.meeting.refresh()
    assert page.meeting._late.isVisible()


def test_a_new_meeting_opens_after_its_first_save(
    session: Session, ledger: Ledger, office: SmallOffice, qtbot: QtBot
) -> None:
    page = MeetingsPage(session)
    qtbot.addWidget(page)
    opened: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: opened.append((kind, record_id)))
    page.new_meeting(datetime(2026, 12, 8, 9, 0))
    form = page.list.pane.form
    assert form is not None and not form.dirty(), "a day from the calendar is nothing typed"
    for name, typed in {"name": "第四季度联席会议", "category": "联席会议", "body": office.body.name}.items():
        form.editor(name).put_typed(typed)
    assert form.save()
    made = ledger.find(Meeting, "name = ?", ("第四季度联席会议",))[0]
    assert made.starts_at == datetime(2026, 12, 8, 9, 0)
    assert opened == [("meeting", made.id)]


def test_the_page_is_plain_named_and_fits(page: MeetingsPage) -> None:
    assert walk.faults(page) == []
    assert page.minimumSizeHint().width() <= 1190
    assert QApplication.focusWidget() is page.meeting.attendance.grid or page.first_focus() is not None
    assert page.meeting.attendance.grid.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_an_empty_agenda_takes_the_template_of_five_classes(page: MeetingsPage, ledger: Ledger) -> None:
    assert fill_agenda(ledger, page.meeting._now()) == 5
    assert [item.content_class for item in ledger.find(AgendaItem)] == list(CONTENT_CLASSES[:5])
    assert page.meeting._tabs.tabText(1) == "议程 5"
    with pytest.raises(ClerkError, match="已有议程"):
        fill_agenda(ledger, page.meeting._now())


def test_what_has_to_be_got_ready_is_listed_once(page: MeetingsPage, ledger: Ledger) -> None:
    assert fill_preparations(ledger, page.meeting._now()) == 6
    assert fill_preparations(ledger, page.meeting._now()) == 0
    assert [item.due_on for item in ledger.find(Preparation)][:2] == [date(2026, 10, 6), date(2026, 10, 10)]
    assert page.meeting._tabs.tabText(3) == "筹备 0/6"


@pytest.mark.parametrize("width", [784, 1190])
def test_all_parts_stay_in_sight_and_the_steps_give_way(page: MeetingsPage, width: int) -> None:
    page.resize(width, 500)
    tabs = page.meeting._tabs
    tabs.setCurrentIndex(1)
    QApplication.processEvents()
    assert not [button for button in tabs.findChildren(QToolButton) if button.isVisible()]
    assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()
    assert tabs.geometry().right() < page.meeting._steps.x()
