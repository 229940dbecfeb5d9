"""试卷 of an exam, with the answers and their basis on pages of their own (S1-16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from math import ceil

from models.documents.blocks import Block, Column, Document, Heading, PageBreak, Paragraph, Table, Title
from models.records.question import Question
from models.rules.exam_paper import Part
from models.settings import OfficeSettings
from models.summaries.exams import ExamPaper
from reports.words import half_widths, numbered, page_numbers

ANSWERS = "参考答案"
_HEAD = "单位＿＿＿＿＿＿＿＿　姓名＿＿＿＿＿　得分＿＿＿＿"
_BLANK = re.compile(r"[（(][\s_＿]*[）)]|[_＿]{2,}")
"""Where a stem already leaves room for the answer."""
_LINE = 26
"""Characters of a line; options stand in fours, in twos or alone on it, as they fit."""


def build_paper(paper: ExamPaper, office: OfficeSettings) -> Document:
    """Return the paper: head line, the parts with their questions, then the answers from a new page on."""
    title = f"{paper.exam.name}试卷"
    facts = f"（共{paper.count}题，满分{paper.full_marks:g}分，{paper.pass_marks:g}分合格）"
    blocks: list[Block] = [
        Title(title), Paragraph(facts, indent=0, align="center"), Paragraph(_HEAD, indent=0, align="center"),
    ]  # fmt: skip
    answers: list[tuple[str | int, ...]] = []
    numbers = count(1)
    for place, part in enumerate(paper.parts, 1):
        blocks.append(Heading(1, f"{numbered(1, place)}{part.shape.form}", _told(part)))
        for question, number in zip(part.questions, numbers, strict=False):
            blocks.append(_asked(number, question))
            answers.append((number, part.shape.form, question.right, question.basis))
    columns = (
        Column("题号", 0.8, "center"), Column("题型", 1.2, "center"), Column("答案", 1.2, "center"), Column("依据", 4.5),
    )  # fmt: skip
    blocks += [PageBreak(), Title(f"{title}{ANSWERS}"), Table(columns, tuple(answers), sheet=ANSWERS)]
    return Document(title, tuple(blocks), page_numbers=page_numbers(office))


def _told(part: Part) -> str:
    return f"（共{part.shape.count}题，每题{part.shape.points:g}分，共{part.shape.total:g}分）"


def _asked(number: int, question: Question) -> Paragraph:
    """Return the question with room for the answer and its options below."""
    stem = question.stem if _BLANK.search(question.stem) else f"{question.stem}（　　）"
    options = [f"{letter}. {said}" for letter, said in question.options.items()]
    return Paragraph("\n".join((f"{number}. {stem}", *_side_by_side(options))), whole=True)


def _side_by_side(options: list[str]) -> Iterator[str]:
    longest = max(map(_length, options), default=0)
    abreast = next((many for many in (4, 2) if longest < _LINE // many), 1)
    for start in range(0, len(options), abreast):
        line = (
            option + "　" * (_LINE // abreast - _length(option))
            for option in options[start : start + abreast]
        )
        yield "".join(line).rstrip()


def _length(option: str) -> int:
    """Return the length in full-width characters, rounded up."""
    return ceil(half_widths(option) / 2)
