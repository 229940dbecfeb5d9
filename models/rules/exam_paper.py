"""A paper drawn from the question bank: its shape is the office's, the same seed draws the same questions (S1-16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from models.errors import ClerkError
from models.records.question import QUESTION_FORMS, Question

SHAPE = "单选题30道2分、多选题10道3分、判断题10道1分"
"""50 questions, 100 points, as in Shaanxi (conventions 2.4); every province has its own."""


@dataclass(frozen=True, slots=True)
class PartShape:
    """How many questions of one *form* a paper asks, and the *points* of each."""

    form: str
    count: int
    points: float

    @property
    def total(self) -> float:
        return self.count * self.points


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a paper: its shape and its questions in the order they are asked."""

    shape: PartShape
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A paper that was answered: its *score* of *full* marks, and what was *missed* with the answer given ("" for none)."""

    score: float
    full: float
    missed: tuple[tuple[Question, str], ...]


def read_shape(text: str) -> tuple[PartShape, ...]:
    """Return the parts of a paper from ``单选题30道2分、判断题10道1分``. Raises ClerkError."""
    parts: list[PartShape] = []
    for word in filter(None, re.split(r"[、，,;；\s]+", text)):
        found = re.fullmatch(rf"({'|'.join(QUESTION_FORMS)})(\d{{1,3}})[道题](\d{{1,3}}(?:\.\d)?)分", word)
        if not found or not int(found[2]) or not float(found[3]):
            raise ClerkError(f"试卷结构“{word}”读不懂，应为题型、道数和每道分值，如 单选题30道2分。")
        if any(part.form == found[1] for part in parts):
            raise ClerkError(f"试卷结构里“{found[1]}”写了两次。")
        parts.append(PartShape(found[1], int(found[2]), float(found[3])))
    return tuple(parts)


def draw(
    questions: Iterable[Question], shape: Iterable[PartShape], audience: str, seed: str
) -> tuple[Part, ...]:
    """Draw a paper for *audience*; raises ClerkError that says how many questions the bank is short of.

    Every question has its own lot under a *seed*, so that one question more or less in the bank changes one on the
    paper at most.
    """
    at_hand = sorted(
        (one for one in questions if not one.suspended and one.suits(audience)),
        key=lambda one: sha256(f"{seed} {one.id}".encode()).digest(),
    )
    parts = []
    for part in shape:
        suited = [one for one in at_hand if one.form == part.form]
        parts.append(Part(part, tuple(suited[: part.count])))
    short = [
        f"{part.shape.form}要 {part.shape.count} 道，只有 {len(part.questions)} 道"
        for part in parts
        if len(part.questions) < part.shape.count
    ]
    if short:
        whom = f"里适用于{audience}的题目" if audience else ""
        raise ClerkError(
            f"题库{whom}不够出卷：{'；'.join(short)}。可在“题库”里补充，或在“学法设置”里改试卷结构。"
        )
    return tuple(parts)


def mark(parts: Iterable[Part], given: Mapping[str, str]) -> Marked:
    """Mark the answers *given* by the id of their question; of several letters all must be right."""
    asked = [(part.shape.points, question) for part in parts for question in part.questions]
    missed = tuple(
        (question, given.get(question.id, ""))
        for _, question in asked
        if given.get(question.id, "") != question.right
    )
    lost = {question.id for question, _ in missed}
    full = sum(points for points, _ in asked)
    return Marked(sum(points for points, question in asked if question.id not in lost), full, missed)
