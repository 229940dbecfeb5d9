"""Exams: of several attempts the best counts, who is exempt needs none; grades as the office set them (S2-11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.errors import ClerkError
from models.records.organisation import STAFF_KINDS
from models.records.question import Question
from models.records.study import Exam, ExamScore
from models.rules.exam_paper import Part, draw, read_shape
from models.rules.study import EXEMPT, FAILED, Band, grade, read_bands
from models.settings import load_settings
from models.store.reader import Reader
from models.summaries.study import left_service, unit_of_people

FULL_MARKS = 100
MISSED = "未参加"


@dataclass(frozen=True, slots=True)
class Result:
    """One person's result in one exam: the *best* of *attempts* (None when exempt or not there) and its grade.

    *ids* are the scores it is counted from.
    """

    exam: Exam
    person: str
    name: str
    unit: str
    unit_position: int | None
    best: float | None
    attempts: int
    word: str
    ids: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return self.word not in (FAILED, MISSED)


@dataclass(frozen=True, slots=True)
class ExamSheet:
    """One exam: results in unit order, then those of its audience who did not sit it (until *as_of*).

    *grades* are those above the mere pass with the marks each begins at.
    """

    exam: Exam
    results: tuple[Result, ...]
    words: tuple[str, ...]
    full_marks: float
    pass_marks: float
    grades: tuple[tuple[str, float], ...]

    def count(self, word: str) -> int:
        return sum(result.word == word for result in self.results)

    @property
    def sat(self) -> int:
        """How many persons have a score."""
        return sum(result.best is not None for result in self.results)

    @property
    def pass_rate(self) -> float | None:
        """Share of those with a score who passed, 0 … 1; who is exempt or missing is not in it."""
        sat = [result.passed for result in self.results if result.best is not None]
        return sum(sat) / len(sat) if sat else None


@dataclass(frozen=True, slots=True)
class ExamPaper:
    """The questions of one exam, part by part; *pass_marks* by the exam itself or by the office's lowest grade."""

    exam: Exam
    parts: tuple[Part, ...]
    pass_marks: float

    @property
    def count(self) -> int:
        return sum(part.shape.count for part in self.parts)

    @property
    def full_marks(self) -> float:
        return sum(part.shape.total for part in self.parts)


def exam_paper(reader: Reader, exam_id: str) -> ExamPaper:
    """Return the paper of an exam, always the same while the bank is.

    Raises ClerkError when the exam is gone, the bank too small, or the full marks are others than the paper's.
    """
    exam, settings = _exam(reader, exam_id), load_settings(reader)
    shape = read_shape(settings.exam_shape)
    full = sum(part.total for part in shape)
    if exam.full_marks not in (None, full):
        raise ClerkError(
            f"考试满分是 {exam.full_marks:g} 分，试卷合计 {full:g} 分，改考试的满分，或在“学法设置”里改试卷结构。"
        )
    parts = draw(reader.find(Question), shape, exam.audience, exam.id)
    return ExamPaper(exam, parts, _pass_marks(exam, full, read_bands(settings.exam_bands)))


def _pass_marks(exam: Exam, full: float, bands: Sequence[Band]) -> float:
    """Return what the exam itself asks for a pass, else the office's lowest grade."""
    lowest = min((band.percent for band in bands), default=0)
    return full * lowest / 100 if exam.pass_marks is None else exam.pass_marks


def mock_paper(reader: Reader, audience: str, seed: str) -> tuple[Part, ...]:
    """Return a paper to practise on, another for each *seed*. Raises ClerkError when the bank is too small."""
    return draw(reader.find(Question), read_shape(load_settings(reader).exam_shape), audience, seed)


def _exam(reader: Reader, exam_id: str) -> Exam:
    exam = reader.get(Exam, exam_id)
    if exam is None or exam.deleted_at:
        raise ClerkError("没有找到这次考试，请从列表里选择。")
    return exam


def exam_sheet(reader: Reader, exam_id: str, also: Iterable[str] = ()) -> ExamSheet:
    """Return the exam with everybody's result. Raises ClerkError when it is gone.

    Persons of the kind of staff it was for who have no score are 未参加, and those of *also*, whose scores are
    about to be entered.
    """
    exam = _exam(reader, exam_id)
    bands = read_bands(load_settings(reader).exam_bands)
    scores: dict[str, list[ExamScore]] = defaultdict(list)
    for score in reader.find(ExamScore, "exam = ?", (exam.id,)):
        scores[score.person].append(score)
    for person in (*_missing(reader, exam, scores), *also):
        scores.setdefault(person, [])
    names = reader.names("person", scores)
    places = unit_of_people(reader, exam.held_on or date.max)
    results = []
    for person, rows in scores.items():
        unit, unit_name, position = places.get(person, ("", "", None))
        given = next((row.unit for row in rows if row.unit), "")
        if given and given != unit:
            unit_name = reader.name_of("unit", given)
        results.append(_result(exam, rows, bands, person, names.get(person, ""), unit_name, position))
    results.sort(
        key=lambda one: (one.unit_position is None, one.unit_position or 0, -(one.best or 0), one.name)
    )
    full = exam.full_marks or FULL_MARKS
    return ExamSheet(
        exam, tuple(results), (*(band.word for band in bands), FAILED, EXEMPT, MISSED), full,
        _pass_marks(exam, full, bands), tuple((band.word, full * band.percent / 100) for band in bands[:-1]),
    )  # fmt: skip


def results_of(reader: Reader, person_id: str, as_of: date) -> tuple[Result, ...]:
    """Return one person's results in the exams held until *as_of*, newest first."""
    bands = read_bands(load_settings(reader).exam_bands)
    by_exam: dict[str, list[ExamScore]] = defaultdict(list)
    for score in reader.find(ExamScore, "person = ?", (person_id,)):
        by_exam[score.exam].append(score)
    exams = [(reader.get(Exam, exam), rows) for exam, rows in by_exam.items()]
    held = [
        (exam, rows)
        for exam, rows in exams
        if exam and not exam.deleted_at and exam.held_on and exam.held_on <= as_of
    ]
    held.sort(key=lambda pair: pair[0].held_on or date.min, reverse=True)
    name = reader.name_of("person", person_id)
    return tuple(_result(exam, rows, bands, person_id, name, "", None) for exam, rows in held)


def _result(
    exam: Exam, rows: Sequence[ExamScore], bands: Sequence[Band], person: str, name: str, unit: str,
    position: int | None,
) -> Result:  # fmt: skip
    marks = [row.score for row in rows if row.score is not None]
    best = max(marks, default=None)
    if best is not None:
        word = grade(best, exam.full_marks or FULL_MARKS, exam.pass_marks, bands)
    else:
        word = EXEMPT if any(row.exempt for row in rows) else MISSED
    ids = tuple(row.id for row in rows)
    return Result(exam, person, name, unit, position, best, len(marks), word, ids)


def _missing(reader: Reader, exam: Exam, sat: Iterable[str]) -> list[str]:
    """Return the persons in service whom the exam was for and who have no score."""
    if exam.audience not in STAFF_KINDS or exam.held_on is None:
        return []
    day = exam.held_on.isoformat()
    left = left_service(reader, exam.held_on)
    rows = reader.db.execute(
        "SELECT id FROM person WHERE deleted_at IS NULL AND staff_kind = ? AND coalesce(joined_on, '') <= ?",
        (exam.audience, day),
    )
    there = set(sat)
    return [
        person for (person,) in rows if person not in there and left.get(person, date.max) >= exam.held_on
    ]
