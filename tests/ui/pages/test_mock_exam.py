"""模拟考试: answered by keys, marked at the end, nothing stored."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.records.question import JUDGEMENT, MULTIPLE, SINGLE, Question
from models.records.study import ExamScore
from models.rules.exam_paper import Part, PartShape
from models.settings import load_settings, save_settings
from models.store.ledger import Ledger
from tests.ui import walk
from tests.ui.answers import answering
from ui.pages.study.mock_exam import MockExam, hold
from ui.session import Session

ONE = Question(
    id="1", form=SINGLE, stem="谁说了算", option_a="人", option_b="法", answer="B", explanation="法律至上", basis="《宪法》第五条",
)  # fmt: skip
SEVERAL = dataclasses.replace(
    ONE, id="2", form=MULTIPLE, stem="谁要守法", option_c="机关", option_d="企业", answer="ACD"
)
TRUE = Question(id="3", form=JUDGEMENT, stem="宪法是根本法。", answer="对")
PARTS = tuple(
    Part(PartShape(question.form, 1, points), (question,))
    for question, points in ((ONE, 40), (SEVERAL, 40), (TRUE, 20))
)


@pytest.fixture
def exam(qtbot: QtBot, session: Session) -> MockExam:
    made = MockExam(None, session, PARTS)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(qtbot: QtBot, exam: MockExam, keys: str) -> None:
    for key in keys:
        qtbot.keyClick(exam.choices, Qt.Key.Key_Return if key == "\n" else key)


def test_letters_pick_and_enter_goes_on(qtbot: QtBot, exam: MockExam, ledger: Ledger) -> None:
    assert exam.heading.text() == "第 1 题，共 3 题 · 单选题 · 40 分"
    press(qtbot, exam, "ab\nacbdb\na\n")
    assert exam.heading.text() == "得 100 分，满分 100 分，优秀；答对 3 题，答错 0 题。成绩不登记。"
    assert exam.wrong.toPlainText() == "全部答对。"
    assert not ledger.find(ExamScore)


def test_the_arrows_pick_too_and_one_may_go_back(qtbot: QtBot, exam: MockExam) -> None:
    qtbot.keyClick(exam.choices, Qt.Key.Key_Down)
    qtbot.keyClick(exam.choices, Qt.Key.Key_Down)
    assert exam.choices.answer() == "B"
    press(qtbot, exam, "\n")
    assert exam.choices.answer() == ""
    exam._back.click()
    assert exam.choices.answer() == "B"


def test_what_was_wrong_is_told_with_why_and_by_which_law(qtbot: QtBot, exam: MockExam) -> None:
    press(qtbot, exam, "a\nac\n\n")
    assert exam.heading.text().startswith("得 0 分，满分 100 分，不合格；答对 0 题，答错 3 题")
    told = exam.wrong.toPlainText().split("\n\n")
    assert told[0] == ("谁说了算\nA. 人\nB. 法\n作答：A　正确答案：B\n解析：法律至上\n依据：《宪法》第五条")
    assert "作答：AC　正确答案：ACD" in told[1]
    assert told[2] == "宪法是根本法。\n作答：没有作答　正确答案：对"
    assert walk.faults(exam) == []


def test_a_bank_that_is_too_small_is_told(session: Session, ledger: Ledger, exam: MockExam) -> None:
    save_settings(ledger, dataclasses.replace(load_settings(ledger), exam_shape="单选题2道50分"))
    with ledger.action("题库") as action:
        action.add(dataclasses.replace(ONE, id=""))
    with answering(None) as asked:
        hold(exam, session, "公务员")
    assert "单选题要 2 道，只有 1 道" in asked[0].text  # type: ignore[union-attr]
