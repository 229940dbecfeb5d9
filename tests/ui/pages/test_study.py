"""学法 in the window: the list of a session by keys, hours of people, exams, figures, import for one session."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models import clock
from models.deeds.study import meeting_that_day
from models.intake.importer import check_import, preview_import, write_import
from models.intake.workbook_reader import read_workbook
from models.records.organisation import Appointment, Person
from models.records.question import Question
from models.records.rules import Clause
from models.records.study import Exam, ExamScore, StudyAttendance, StudySession
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering, in_dialog
from ui.dialogs.pick import PickDialog
from ui.exchange.import_dialog import ImportDialog
from ui.messages import Message
from ui.pages.study.figures_dialog import FiguresDialog
from ui.pages.study.gaps_view import GapsView
from ui.pages.study.page import BANK, EXAMS, HOURS, LISTS, SESSIONS, TEAM, TESTS, StudyPage
from ui.pages.study.personal_dialog import PersonalDialog
from ui.pages.study.score_table import ScoreTable
from ui.pages.study.team_view import TeamView
from ui.session import Session
from ui.tables.register_view import RegisterView
from ui.widgets.buttons import Button


@pytest.fixture
def studied(ledger: Ledger, office: SmallOffice) -> Iterator[StudySession]:
    """A session of 县司法局 with its three people; all owe 40 hours. Today is 2026-11-21."""
    with clock.held_at(datetime(2026, 11, 21, 9)):
        with ledger.action("学法") as action:
            action.add(
                Clause(
                    name="40学时", owed_by="每名人员", answered_by="学法", staff_kinds="公务员", measure="学时", threshold=40
                )
            )  # fmt: skip
            for person in (office.head, office.deputy, office.staff):
                action.change(dataclasses.replace(person, staff_kind="公务员"))
            made = action.add(
                StudySession(
                    subject="学习宪法", category="集体学法", unit=office.justice.id, starts_at=datetime(2026, 10, 13, 9),
                    hours=2,
                )
            )  # fmt: skip
            for person in (office.head, office.deputy, office.staff):
                action.add(StudyAttendance(session=made.id, person=person.id, unit=office.justice.id))
        yield made


@pytest.fixture
def page(qtbot: QtBot, session: Session, studied: StudySession) -> StudyPage:
    made = StudyPage(session)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    with qtbot.waitExposed(made):
        made.show()
    return made


def presences(ledger: Ledger) -> dict[str, str]:
    return {ledger.name_of("person", row.person): row.presence for row in ledger.find(StudyAttendance)}


def test_a_digit_marks_and_goes_on(
    page: StudyPage, ledger: Ledger, studied: StudySession, qtbot: QtBot
) -> None:
    page.show_record("study_session", studied.id)
    grid = page.session_view.people.grid
    grid.setFocus()
    for key in "123":
        qtbot.keyClick(grid, key)
    assert sorted(presences(ledger).values()) == ["参加", "缺席", "请假"]
    assert page.session_view.people.side._persons.text() == "1"
    ledger.undo()
    assert sorted(presences(ledger).values()) == ["参加", "参加", "请假"]


def test_del_takes_off_the_list(page: StudyPage, ledger: Ledger, studied: StudySession, qtbot: QtBot) -> None:
    page.show_record("study_session", studied.id)
    qtbot.keyClick(page.session_view.people.grid, "0")
    assert len(presences(ledger)) == 2
    assert page.session_view._tabs.tabText(0) == "参加人员 2"


def test_f2_gives_one_person_their_own_hours(
    page: StudyPage, ledger: Ledger, studied: StudySession, office: SmallOffice
) -> None:
    page.show_record("study_session", studied.id)
    people = page.session_view.people
    people.edit()
    form = people.pane.form
    assert form is not None
    form.editor("hours").put_typed("28")
    assert form.save()
    assert sorted(one.hours for one in people.sheet.participants) == [2, 2, 28]  # type: ignore[union-attr]
    assert not people.side.isVisible()


def test_a_row_from_the_meeting_becomes_the_lists_own(
    page: StudyPage, ledger: Ledger, office: SmallOffice, studied: StudySession
) -> None:
    assert meeting_that_day(ledger, studied) == office.meeting.id
    from models.records.meeting import Attendance

    with ledger.action("取自会议") as action:
        made = action.add(dataclasses.replace(studied, id="", subject="会前学法", meeting=office.meeting.id))
        action.add(
            Attendance(meeting=office.meeting.id, person=office.teacher.id, expected=True, status="出席")
        )
    page.show_record("study_session", made.id)
    people = page.session_view.people
    assert [str(people.model.index(0, column).data()) for column in (2, 4, 7)] == ["罗屿", "参加", "会议出席"]
    with answering(None) as asked:
        people.mark("")
    assert "取自会议出席" in asked[0].text  # type: ignore[union-attr]
    people.mark("缺席")
    assert presences(ledger)["罗屿"] == "缺席"
    assert str(people.model.index(0, 7).data()) == "登记"


def test_units_are_picked_by_name(qtbot: QtBot, page: StudyPage, ledger: Ledger) -> None:
    from models.records.meeting import Resolution

    dialog = PickDialog(page, "按单位添加人员", Resolution.KIND.field("lead_units"), ledger, ())
    qtbot.addWidget(dialog)
    dialog.finish()
    assert dialog.value is None
    dialog.editor.put_typed("县司法局、县教育局")  # type: ignore[attr-defined]
    qtbot.keyClick(dialog.editor, Qt.Key.Key_Return)
    assert isinstance(dialog.value, tuple) and len(dialog.value) == 2


def test_people_who_are_short_are_filtered_and_open_their_file(
    qtbot: QtBot, page: StudyPage, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    row = ledger.find(StudyAttendance, "person = ?", (office.head.id,))[0]
    with ledger.action("学时") as action:
        action.change(dataclasses.replace(row, hours=40))
    page.show_list(HOURS)
    gaps = page.list_of(HOURS)
    assert gaps.table.model().rowCount() == 3  # type: ignore[union-attr]
    gaps._segments.pick(1)  # type: ignore[union-attr]
    shown = [str(gaps.table.model().index(place, 6).data()) for place in range(2)]  # type: ignore[union-attr]
    assert shown == ["还差 38 学时"] * 2
    dialog = PersonalDialog(page, session, office.head.id)
    qtbot.addWidget(dialog)
    assert dialog.light.text() == "已达标"
    opened: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: opened.append((kind, record_id)))
    dialog._open(dialog.model.index(1, 0))
    assert opened == [("study_session", row.session)]
    assert walk.faults(dialog) == []


def test_without_a_clause_the_list_says_what_to_do(page: StudyPage, session: Session, ledger: Ledger) -> None:
    (clause,) = ledger.find(Clause)
    with ledger.action("删") as action:
        action.remove(clause)
    page.show_list(HOURS)
    asked: list[tuple[str, dict[str, object]]] = []
    session.new_record.connect(lambda kind, values: asked.append((kind, values)))
    assert walk.shown_words(page, "没有人员要完成学时")
    (button,) = [one for one in page.findChildren(Button) if one.accessibleName() == "新增学法条款"]
    button.click()
    kind, values = asked[0]
    with ledger.action("新条款") as action:
        action.add(Clause(**values))
    assert kind == "clause"
    page.refresh()
    assert page.list_of(HOURS).table.model().rowCount() == 3  # type: ignore[union-attr]


def test_hours_of_people_without_a_kind_are_seen_and_several_get_one_at_once(
    page: StudyPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("没有类别") as action:
        for person in (office.head, office.deputy, office.staff):
            action.change(dataclasses.replace(person, staff_kind=""))
    page.show_list(HOURS)
    gaps = page.list_of(HOURS)
    assert isinstance(gaps, GapsView)
    assert walk.shown_words(page, "没有人员要完成学时")
    assert gaps.look.accessibleName() == "3 人有学法记录，没有人员类别" and gaps.clause.isHidden()
    gaps.look.click()
    shown = [
        [str(gaps.table.model().index(place, column).data()) for column in (2, 3, 6)] for place in range(3)
    ]
    assert shown == [["—", "2", "没有填人员类别，不知道要多少学时"]] * 3
    gaps.table.selectAll()
    in_dialog(PickDialog, lambda dialog: (dialog.editor.put_typed("公务员"), dialog.finish()))
    gaps.sort.click()
    assert [person.staff_kind for person in ledger.find(Person, "name <> '罗屿'")] == ["公务员"] * 3
    assert ledger.history()[0].sentence == "人员类别定为公务员：3 人"
    gaps._segments.pick(0)
    assert gaps.table.model().rowCount() == 3


def test_an_exam_shows_results_scores_and_facts(page: StudyPage, ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("考试") as action:
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 10, 28), audience="公务员"))
        score = action.add(ExamScore(exam=exam.id, person=office.head.id, score=95, attempt=1))
    page.show_record("exam", exam.id)
    view = page.exam_view
    assert [str(view.model.index(place, 5).data()) for place in range(3)] == ["优秀", "未参加", "未参加"]
    assert view._counts.text() == "参考 1 人 · 优秀 1 人 · 未参加 2 人"
    page.show_record("exam_score", score.id)
    assert view._tabs.currentIndex() == 1


def type_score(qtbot: QtBot, table: ScoreTable, typed: str) -> None:
    """Type marks over the current row and press Enter, as at a keyboard."""
    qtbot.keyClick(table, typed[0]) if typed.isascii() else table.edit(table.currentIndex())
    editor = next(one for one in table.findChildren(QLineEdit) if one.isVisible())
    editor.setText(typed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    for _ in ("the editor closes", "the marks are written"):
        QApplication.processEvents()


def test_marks_of_many_are_typed_one_below_the_other(
    qtbot: QtBot, page: StudyPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("考试") as action:
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 10, 28), audience="公务员"))
    page.show_record("exam", exam.id)
    table = page.exam_view.table
    table.setFocus()
    assert walk.shown_words(page, "满分 100 · 合格线 60 · 优秀 90、良好 80")
    names = [row.subject.name for row in table.content.rows]  # type: ignore[attr-defined]
    for typed in ("95", "59.5", "免试"):
        type_score(qtbot, table, typed)
    scores = {ledger.name_of("person", one.person): one for one in ledger.find(ExamScore)}
    assert [(scores[name].score, scores[name].exempt) for name in names] == [
        (95, False),
        (59.5, False),
        (None, True),
    ]
    assert {one.unit for one in scores.values()} == {office.justice.id}
    assert page.exam_view._counts.text() == "参考 2 人 · 优秀 1 人 · 不合格 1 人 · 免试 1 人"
    table.go_to(scores[names[0]].person)
    with answering(None) as asked:
        type_score(qtbot, table, "101")
    assert isinstance(asked[0], Message) and "0 到 100" in asked[0].text
    in_dialog(PickDialog, lambda dialog: (dialog.editor.put_typed("县教育局、"), dialog.finish()))
    page.exam_view.add_units()
    assert [row.subject.name for row in table.content.rows][-1] == "罗屿"  # type: ignore[attr-defined]


def test_the_form_of_a_score_takes_the_unit_of_whoever_is_chosen(
    page: StudyPage, ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("考试") as action:
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 10, 28)))
    page.show_record("exam", exam.id)
    page.exam_view._tabs.setCurrentIndex(1)
    page.exam_view.scores.new_record()
    form = page.exam_view.scores.pane.form
    assert form is not None
    for name, unit in (("罗屿", office.education.id), ("尹素", office.justice.id)):
        form.editor("person").put_typed(name)
        form.editor("person").settle()  # type: ignore[attr-defined]
        assert form.editor("unit").read() == unit


def test_who_organises_is_asked_at_both_fields_and_taken_from_the_meeting(
    page: StudyPage, ledger: Ledger, office: SmallOffice
) -> None:
    page.new_record("study_session", {})
    view = page.list_of(SESSIONS)
    assert isinstance(view, RegisterView) and view.pane.form is not None
    form = view.pane.form
    for name, typed in {
        "subject": "学习宪法",
        "category": "集体学法",
        "starts_at": "2026-10-13 09:00",
    }.items():
        form.editor(name).put_typed(typed)
    assert [problem.field for problem in form.check()] == ["body", "unit"]
    form.editor("meeting").put_typed(office.meeting.name)
    form.editor("meeting").settle()  # type: ignore[attr-defined]
    assert form.editor("body").read() == office.body.id
    assert form.check() == ()


def test_moves_of_legal_staff_open_from_their_figure(
    page: StudyPage, session: Session, ledger: Ledger, office: SmallOffice
) -> None:
    page.show_list(TEAM)
    team = page.list_of(TEAM)
    assert isinstance(team, TeamView)
    assert (team.moved.accessibleName(), team.moved.isEnabled()) == ("2026 年交流 0 人", False)
    with ledger.action("任命") as action:
        post = action.add(
            Appointment(
                person=office.staff.id, unit=office.justice.id, title="法制员", post="法制员", valid_from=date(2026, 5, 6)
            )
        )  # fmt: skip
    page.refresh()
    opened: list[tuple[str, str]] = []
    session.open_record.connect(lambda kind, record_id: opened.append((kind, record_id)))
    assert team.moved.accessibleName() == "2026 年交流 1 人"
    team.moved.click()
    assert opened == [("appointment", post.id)]


def test_the_form_of_a_question_asks_for_its_options(page: StudyPage, ledger: Ledger) -> None:
    page.new_record("question", {"form": "单选题"})
    bank = page.list_of(BANK)
    assert isinstance(bank, RegisterView) and bank.pane.form is not None
    form = bank.pane.form
    assert form._rows["option_a"].isVisible()
    for name, typed in (("stem", "谁说了算"), ("option_a", "法"), ("option_b", "人"), ("answer", "c")):
        form.editor(name).put_typed(typed)
    assert not form.save()
    assert "没有选项C" in form.editor("answer").accessibleDescription()
    form.editor("answer").put_typed("a")
    assert form.save()
    (question,) = ledger.find(Question)
    page.show_list(SESSIONS)
    page.show_record("question", question.id)
    assert page.chooser.current() == LISTS.index(BANK)
    assert bank.pane.form is not None


def test_an_exam_leads_to_its_paper(page: StudyPage, session: Session, ledger: Ledger) -> None:
    with ledger.action("考试") as action:
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 10, 28)))
    page.show_record("exam", exam.id)
    asked: list[tuple[str, dict[str, object]]] = []
    session.open_report.connect(lambda report, options: asked.append((report, options)))
    (button,) = [one for one in page.exam_view.findChildren(Button) if one.accessibleName() == "试卷"]
    button.click()
    assert asked == [("exam_paper", {"record_id": exam.id})]


def test_figures_are_checked_beside_their_fields(qtbot: QtBot, page: StudyPage, session: Session) -> None:
    dialog = FiguresDialog(page, session)
    qtbot.addWidget(dialog)
    dialog.hours.setText("零")
    dialog.bands.setText("优秀")
    dialog.shape.setText("单选30道")
    dialog.finish()
    assert "如 8" in dialog.hours.accessibleDescription()
    assert "读不懂" in dialog.bands.accessibleDescription()
    assert "读不懂" in dialog.shape.accessibleDescription()
    dialog.hours.setText("6")
    dialog.bands.setText("优秀85、合格60")
    dialog.shape.setText("判断题20题5分")
    dialog.finish()
    told = session.settings
    assert (told.hours_per_day, told.exam_bands, told.exam_shape) == (6, "优秀85、合格60", "判断题20题5分")


def workbook(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "平台.xlsx")
    return tmp_path / "平台.xlsx"


def test_a_platforms_sheet_goes_into_one_session(
    ledger: Ledger, office: SmallOffice, studied: StudySession, tmp_path: Path
) -> None:
    """Two persons of one name are told apart by unit or telephone; columns of the platform are understood."""
    with ledger.action("同名") as action:
        other = action.add(Person(name="陆怀谦", phone="13900001111"))
        third = action.add(Person(name="陆怀谦", phone="13900002222"))
        action.add(Appointment(person=other.id, unit=office.education.id, title="科员", post="工作人员"))
    file = workbook(
        tmp_path,
        ("全省学法用法平台学时统计",),
        ("学员姓名", "工作单位", "手机号", "累计学时"),
        ("陆怀谦", "县司法局", None, 42),
        ("陆怀谦", "县教育局", None, 36.5),
        ("陆怀谦", None, "13900002222", 12),
        ("罗屿", "县教育局", None, 40),
    )
    kind, rows = StudyAttendance.KIND, read_workbook(file)
    preview = preview_import(ledger, kind, rows, {"session": studied.id})
    checked = check_import(ledger, kind, rows, preview)
    assert [str(problem) for problem in checked.errors] == []
    assert (checked.own.added, checked.own.changed) == (3, 1)
    write_import(ledger, checked)
    hours = {row.person: row.hours for row in ledger.find(StudyAttendance, "session = ?", (studied.id,))}
    assert hours[office.head.id] == 42 and hours[other.id] == 36.5 and hours[third.id] == 12


def test_the_import_of_one_session_does_not_ask_for_the_session(
    page: StudyPage, session: Session, ledger: Ledger, studied: StudySession, tmp_path: Path
) -> None:
    rows = read_workbook(workbook(tmp_path, ("姓名", "获得学时"), ("尹素", 33)))
    kind = StudyAttendance.KIND
    dialog = ImportDialog.over(page, session, kind, rows, "平台.xlsx", {"session": studied.id})
    assert dialog is not None
    offered = {box.itemText(place) for box in dialog.columns.fields.values() for place in range(box.count())}
    assert "学法活动" not in offered and "学时" in offered
    dialog.check()
    dialog.write()
    (row,) = [row for row in ledger.find(StudyAttendance) if row.hours]
    assert (row.session, row.hours) == (studied.id, 33)
    dialog.undo()
    assert not [row for row in ledger.find(StudyAttendance) if row.hours]


def test_a_name_that_nothing_tells_apart_is_refused(
    ledger: Ledger, office: SmallOffice, studied: StudySession, tmp_path: Path
) -> None:
    with ledger.action("同名") as action:
        action.add(Person(name="陆怀谦", phone="13900001111"))
    rows = read_workbook(workbook(tmp_path, ("姓名", "学时"), ("陆怀谦", 42)))
    preview = preview_import(ledger, StudyAttendance.KIND, rows, {"session": studied.id})
    (error,) = check_import(ledger, StudyAttendance.KIND, rows, preview).errors
    assert "有 2 个人员叫“陆怀谦”" in str(error)


def test_the_lists_open_when_they_are_asked_for(page: StudyPage, ledger: Ledger) -> None:
    assert list(page._lists) == [SESSIONS]
    for name in LISTS:
        page.show_list(name)
        assert page.first_focus() is not None
        assert walk.faults(page) == []
    page.new_record("appointment_test", {"post": "局长"})
    tests = page.list_of(TESTS)
    assert isinstance(tests, RegisterView) and tests.pane.form is not None
    assert page.minimumSizeHint().width() <= 1190
    assert {TEAM, EXAMS} <= set(page._lists)
