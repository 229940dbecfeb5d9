"""The question bank: answers are read as they are written, and must be among the options."""

from __future__ import annotations

import dataclasses

import pytest

from models.intake.importer import check_import, preview_import, write_import
from models.intake.workbook_reader import SheetRows
from models.records.checks import problems_of
from models.records.question import JUDGEMENT, MULTIPLE, QUESTION_AUDIENCES, SINGLE, Question, read_answer
from models.records.study import Exam
from models.store.ledger import Ledger

ONE = Question(
    form=SINGLE, stem="行政处罚遵循", option_a="公正、公开的原则", option_b="保密的原则", answer="A"
)
SEVERAL = dataclasses.replace(ONE, form=MULTIPLE, option_b="教育与处罚相结合", option_c="保密", answer="AB")
TRUE = Question(form=JUDGEMENT, stem="宪法是国家的根本法。", answer="对")


@pytest.mark.parametrize(
    ("form", "said", "read"),
    [
        (SINGLE, "A", "A"), (SINGLE, " ｂ ", "B"), (SINGLE, "F", ""), (MULTIPLE, "D、a，C", "ACD"), (MULTIPLE, "ABA", ""),
        (JUDGEMENT, "正确", "对"), (JUDGEMENT, "√", "对"), (JUDGEMENT, "×", "错"), (JUDGEMENT, "A", ""), (SINGLE, "", ""),
    ],
)  # fmt: skip
def test_answers_are_read_as_they_are_written(form: str, said: str, read: str) -> None:
    assert read_answer(form, said) == read


@pytest.mark.parametrize(
    ("question", "problems"),
    [
        (ONE, {}),
        (SEVERAL, {}),
        (TRUE, {}),
        (dataclasses.replace(ONE, answer="AB"), {"answer": "单选题的答案是一个字母"}),
        (dataclasses.replace(ONE, answer="对"), {"answer": "答案填选项的字母，如 A"}),
        (dataclasses.replace(ONE, answer="D"), {"answer": "没有选项D"}),
        (dataclasses.replace(SEVERAL, answer="C"), {"answer": "多选题的答案至少是两个字母"}),
        (dataclasses.replace(TRUE, answer="B"), {"answer": "判断题的答案填 对 或 错"}),
        (dataclasses.replace(ONE, option_b=""), {"option_b": "选项B空着，至少填两个，中间不留空"}),
        (dataclasses.replace(ONE, option_d="丁"), {"option_c": "选项C空着，至少填两个，中间不留空"}),
        (dataclasses.replace(ONE, option_b=ONE.option_a), {"option_b": "和选项A一样"}),
        (
            dataclasses.replace(ONE, audiences="领导干部、村民"),
            {"audiences": "没有“村民”这类对象，可填领导干部、执法人员、公务员、行政相对人"},
        ),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(
    ledger: Ledger, question: Question, problems: dict[str, str]
) -> None:
    assert {one.field: one.message for one in problems_of(question, ledger)} == problems


def test_a_question_is_there_once(ledger: Ledger) -> None:
    with ledger.action("登记题目") as action:
        action.add(ONE)
    assert [one.message for one in problems_of(ONE, ledger)] == ["题库里已有这道题"]
    assert not problems_of(dataclasses.replace(ONE, option_a="合法的原则"), ledger)


@pytest.mark.parametrize(
    ("audiences", "audience", "suits"),
    [
        ("", "领导干部", True), ("", "", True), ("领导干部、执法人员", "执法人员", True), ("领导干部", "执法人员", False),
        ("领导干部", "", True), ("公务员", "普通公务员", True), ("行政相对人", "学生", False),
    ],
)  # fmt: skip
def test_a_question_suits_its_audiences(audiences: str, audience: str, suits: bool) -> None:
    assert dataclasses.replace(ONE, audiences=audiences).suits(audience) is suits


def test_the_audiences_of_questions_are_among_those_of_exams() -> None:
    assert {*QUESTION_AUDIENCES} <= {*Exam.KIND.field("audience").choices}


def test_the_sheet_of_a_platform_comes_in_and_wrong_letters_are_told(ledger: Ledger) -> None:
    header = ("题型", "题目", "A", "B", "C", "正确答案", "法律依据")
    good = ("多选题", "行政处罚的种类有", "警告", "罚款", "判刑", "a、b", "《行政处罚法》第九条")
    sheet = SheetRows("题库", (header, good, ("判断题", "宪法是根本法", "", "", "", "√", "")))
    checked = check_import(ledger, Question.KIND, sheet, preview_import(ledger, Question.KIND, sheet))
    assert not checked.errors
    write_import(ledger, checked)
    assert sorted(one.right for one in ledger.find(Question)) == ["AB", "对"]
    wrong = SheetRows("题库", (header, (*good[:1], "行政许可的种类有", *good[2:5], "AE", "")))
    told = check_import(ledger, Question.KIND, wrong, preview_import(ledger, Question.KIND, wrong)).errors
    assert [(one.row, one.message) for one in told] == [(2, "没有选项E")]
