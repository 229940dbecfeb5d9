"""A paper drawn from the bank: the office's shape, the same for the same exam, a bank that is too small is told."""

from __future__ import annotations

import dataclasses

import pytest

from models.errors import ClerkError
from models.records.question import JUDGEMENT, MULTIPLE, SINGLE, Question
from models.rules.exam_paper import SHAPE, Part, PartShape, draw, mark, read_shape

BANK = [Question(id=f"q{number}", form=SINGLE, stem=f"第{number}题", answer="A") for number in range(60)]
FIVE = (PartShape(SINGLE, 5, 2),)


def drawn(bank: list[Question], audience: str = "", seed: str = "exam") -> list[str]:
    (part,) = draw(bank, FIVE, audience, seed)
    return [question.id for question in part.questions]


def test_the_usual_paper_has_fifty_questions_and_a_hundred_points() -> None:
    parts = read_shape(SHAPE)
    assert [part.form for part in parts] == [SINGLE, MULTIPLE, JUDGEMENT]
    assert (sum(part.count for part in parts), sum(part.total for part in parts)) == (50, 100)
    assert read_shape("判断题20题2.5分") == (PartShape(JUDGEMENT, 20, 2.5),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("单选30道2分", "“单选30道2分”读不懂"), ("单选题0道2分", "读不懂"), ("单选题3道0分", "读不懂"), ("单选题3道", "读不懂"),
        ("单选题3道2分、单选题4道1分", "“单选题”写了两次"),
    ],
)  # fmt: skip
def test_a_shape_that_cannot_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(ClerkError, match=told):
        read_shape(text)


def test_the_same_exam_draws_the_same_questions() -> None:
    assert drawn(BANK) == drawn(BANK[::-1])
    assert drawn(BANK) != drawn(BANK, seed="another")
    assert len(set(drawn(BANK))) == 5


def test_one_question_more_or_less_changes_one_at_most() -> None:
    before = drawn(BANK)
    without = drawn([question for question in BANK if question.id != before[2]])
    assert [one for one in before if one != before[2]] == without[:4]
    more = drawn([*BANK, dataclasses.replace(BANK[0], id="new")])
    assert len({*before} - {*more}) <= 1


def test_only_what_suits_the_audience_and_is_in_use_is_drawn() -> None:
    bank = [
        dataclasses.replace(question, audiences="执法人员" if place < 6 else "领导干部", suspended=place == 0)
        for place, question in enumerate(BANK)
    ]
    assert sorted(drawn(bank, "执法人员")) == ["q1", "q2", "q3", "q4", "q5"]


def test_a_bank_that_is_too_small_is_told() -> None:
    shape = (*FIVE, PartShape(MULTIPLE, 3, 4))
    with pytest.raises(ClerkError) as told:
        draw(BANK[:4], shape, "领导干部", "exam")
    assert str(told.value).startswith(
        "题库里适用于领导干部的题目不够出卷：单选题要 5 道，只有 4 道；多选题要 3 道，只有 0 道。"
    )


def test_of_several_letters_all_must_be_right() -> None:
    several = [dataclasses.replace(question, form=MULTIPLE, answer="AB") for question in BANK[:3]]
    paper = (Part(PartShape(SINGLE, 2, 5), (*BANK[10:12],)), Part(PartShape(MULTIPLE, 3, 30), (*several,)))
    marked = mark(paper, {"q10": "A", "q0": "AB", "q1": "A", "q2": "ABC"})
    assert (marked.score, marked.full) == (35, 100)
    assert [(question.id, given) for question, given in marked.missed] == [
        ("q11", ""),
        ("q1", "A"),
        ("q2", "ABC"),
    ]
