"""The paper of an exam: as many questions as its shape asks, the answers on pages of their own."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.documents.blocks import Document, Heading, PageBreak, Paragraph
from models.errors import ClerkError
from models.records.question import JUDGEMENT, MULTIPLE, SINGLE, Question
from models.records.study import Exam
from models.settings import load_settings, save_settings
from models.store.ledger import Ledger
from reports.catalog import REPORTS, ReportOptions


@pytest.fixture
def exam(ledger: Ledger) -> Exam:
    """An exam for 执法人员 of one 单选题 of 40 points, one 多选题 of 40, one 判断题 of 20."""
    shape = "单选题1道40分、多选题1道40分、判断题1道20分"
    save_settings(ledger, dataclasses.replace(load_settings(ledger), exam_shape=shape))
    with ledger.action("题库") as action:
        action.add(
            Question(
                form=SINGLE, stem="警告属于（　　）。", option_a="行政处罚", option_b="行政强制", answer="a", basis="《行政处罚法》第九条",
            )
        )  # fmt: skip
        action.add(
            Question(
                form=MULTIPLE, stem="行政处罚遵循的原则有", option_a="公正的原则，对谁都一样对待", option_b="公开的原则，规定都要公布", answer="B、A",
            )
        )  # fmt: skip
        action.add(Question(form=JUDGEMENT, stem="宪法是国家的根本法。", answer="正确"))
        action.add(Question(form=JUDGEMENT, stem="只考领导干部。", answer="对", audiences="领导干部"))
        return action.add(
            Exam(name="执法人员考试", held_on=date(2026, 10, 28), audience="执法人员", pass_marks=70)
        )


def built(ledger: Ledger, exam: Exam) -> Document:
    return REPORTS["exam_paper"].build(ledger, ReportOptions(record_id=exam.id))


def said(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_questions_stand_in_numbered_parts(ledger: Ledger, exam: Exam) -> None:
    document = built(ledger, exam)
    heads = [(block.text, block.run_on) for block in document.blocks if isinstance(block, Heading)]
    assert heads == [
        ("一、单选题", "（共1题，每题40分，共40分）"), ("二、多选题", "（共1题，每题40分，共40分）"),
        ("三、判断题", "（共1题，每题20分，共20分）"),
    ]  # fmt: skip
    assert said(document)[2:] == [
        "1. 警告属于（　　）。\nA. 行政处罚　　　　　　　B. 行政强制",
        "2. 行政处罚遵循的原则有（　　）\nA. 公正的原则，对谁都一样对待\nB. 公开的原则，规定都要公布",
        "3. 宪法是国家的根本法。（　　）",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        (("一", "二", "三", "四"), ["A. 一　　　B. 二　　　C. 三　　　D. 四"]),
        (("一", "二", "三"), ["A. 一　　　B. 二　　　C. 三"]),
        (("行政法规", "法律", "规章"), ["A. 行政法规　　　　　　　B. 法律", "C. 规章"]),
        (("不得少于两人，法律另有规定的除外", "一人"), ["A. 不得少于两人，法律另有规定的除外", "B. 一人"]),
    ],
)
def test_short_options_stand_side_by_side(
    ledger: Ledger, exam: Exam, options: tuple[str, ...], lines: list[str]
) -> None:
    (question,) = ledger.find(Question, "form = ?", (SINGLE,))
    given = dict(zip(("option_a", "option_b", "option_c", "option_d"), options, strict=False))
    with ledger.action("选项") as action:
        action.change(dataclasses.replace(question, **given))  # type: ignore[arg-type]
    assert said(built(ledger, exam))[2].split("\n")[1:] == lines


def test_the_answers_come_after_the_last_question(ledger: Ledger, exam: Exam) -> None:
    document = built(ledger, exam)
    assert [type(block) for block in document.blocks].index(PageBreak) == len(document.blocks) - 3
    (answers,) = document.tables()
    assert answers.rows == (
        (1, SINGLE, "A", "《行政处罚法》第九条"),
        (2, MULTIPLE, "AB", ""),
        (3, JUDGEMENT, "对", ""),
    )


def test_full_marks_that_are_not_the_papers_stop_it(ledger: Ledger, exam: Exam) -> None:
    with ledger.action("满分") as action:
        changed = action.change(dataclasses.replace(exam, full_marks=120))
    with pytest.raises(ClerkError, match="考试满分是 120 分，试卷合计 100 分"):
        built(ledger, changed)


def test_a_bank_that_is_too_small_is_told(ledger: Ledger, exam: Exam) -> None:
    with ledger.action("停用") as action:
        for question in ledger.find(Question, "form = ?", (MULTIPLE,)):
            action.change(dataclasses.replace(question, suspended=True))
    with pytest.raises(ClerkError, match="题库里适用于执法人员的题目不够出卷：多选题要 1 道，只有 0 道"):
        built(ledger, exam)


def test_an_exam_that_sets_no_line_passes_at_the_lowest_grade(ledger: Ledger, exam: Exam) -> None:
    with ledger.action("合格线") as action:
        action.change(dataclasses.replace(exam, pass_marks=None))
    assert said(built(ledger, exam))[0] == "（共3题，满分100分，60分合格）"
