"""The question bank (题库): what law exams ask, of whom, and the right answer with its basis (S1-16)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from models.errors import Problem
from models.records.base import Look, NameOf, Record, choice, flag, long_text, record_kind, text

SINGLE, MULTIPLE, JUDGEMENT = QUESTION_FORMS = ("单选题", "多选题", "判断题")
QUESTION_AUDIENCES = ("领导干部", "执法人员", "公务员", "行政相对人")
"""The four audiences of S1-16, in the words of 考试对象."""
RIGHT, WRONG = VERDICTS = ("对", "错")
_VERDICTS = {RIGHT: RIGHT, "正确": RIGHT, "√": RIGHT, WRONG: WRONG, "错误": WRONG, "×": WRONG, "X": WRONG}
_CHOSEN = ("form", (SINGLE, MULTIPLE))
_SHOWN = 40
"""How many characters of a question name it in lists of other things."""


@record_kind(
    "question", "题目", family="study", icon="book-open-text",
    identity=("stem", "option_a"), sort=("form", "stem"), measure="道",
)  # fmt: skip
class Question(Record):
    """One question; *answer* is one letter, several, or 对 / 错, as :func:`read_answer` reads it."""

    stem: str = long_text("题干", required=True, searched=True, column=True)
    form: str = choice("题型", QUESTION_FORMS, required=True)
    option_a: str = text("选项A", column=False, when=_CHOSEN)
    option_b: str = text("选项B", column=False, when=_CHOSEN)
    option_c: str = text("选项C", column=False, when=_CHOSEN)
    option_d: str = text("选项D", column=False, when=_CHOSEN)
    option_e: str = text("选项E", column=False, when=_CHOSEN)
    answer: str = text("答案", required=True, help="单选填一个字母，多选填几个，如 ABD；判断填 对 或 错")
    explanation: str = long_text("解析")
    basis: str = text("依据", searched=True, help="法律和条款，如 《行政处罚法》第五条")
    audiences: str = text("适用对象", help="领导干部、执法人员、公务员、行政相对人；空着为四类都适用")
    suspended: bool = flag("停用", help="停用的题不抽进试卷")

    @property
    def options(self) -> dict[str, str]:
        """The options by letter, those that say something; 判断题 has none."""
        if self.form == JUDGEMENT:
            return {}
        return {letter: said for letter in "ABCDE" if (said := getattr(self, f"option_{letter.lower()}"))}

    @property
    def right(self) -> str:
        """The answer as :func:`read_answer` reads it."""
        return read_answer(self.form, self.answer)

    def suits(self, audience: str) -> bool:
        """Tell whether it may be asked of *audience* ("" for anybody)."""
        told = read_audiences(self.audiences)
        return not (told and audience) or bool({*told} & {*read_audiences(audience)})

    def headline(self, name_of: NameOf) -> str:
        said = " ".join(self.stem.split())
        return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1]}…"

    def check(self, look: Look) -> Iterable[Problem]:
        yield from self._answer_problems()
        unknown = [word for word in read_audiences(self.audiences) if word not in QUESTION_AUDIENCES]
        if unknown:
            yield Problem("audiences", f"没有“{unknown[0]}”这类对象，可填{'、'.join(QUESTION_AUDIENCES)}")
        if look.find(Question, "stem = ? AND option_a = ? AND id <> ?", (self.stem, self.option_a, self.id)):
            yield Problem("stem", "题库里已有这道题")

    def _answer_problems(self) -> Iterator[Problem]:
        right, options = self.right, self.options
        if self.form == JUDGEMENT:
            if not right:
                yield Problem("answer", "判断题的答案填 对 或 错")
            return
        yield from self._option_problems(options)
        if not right:
            yield Problem("answer", "答案填选项的字母，如 A")
        elif (self.form == SINGLE) != (len(right) == 1):
            yield Problem(
                "answer",
                "单选题的答案是一个字母" if self.form == SINGLE else "多选题的答案至少是两个字母",
            )
        elif nowhere := [letter for letter in right if letter not in options]:
            yield Problem("answer", f"没有选项{nowhere[0]}")

    def _option_problems(self, options: dict[str, str]) -> Iterator[Problem]:
        said: dict[str, str] = {}
        for letter, words in options.items():
            if words in said:
                yield Problem(f"option_{letter.lower()}", f"和选项{said[words]}一样")
            said.setdefault(words, letter)
        last = max("B", *options)
        for letter in "ABCDE":
            if letter not in options and letter <= last:
                yield Problem(f"option_{letter.lower()}", f"选项{letter}空着，至少填两个，中间不留空")


def read_answer(form: str, said: str) -> str:
    """Return the letters in order (``A、d`` → ``AD``), for 判断题 对 or 错; "" when *said* is no answer."""
    plain = re.sub(r"[\s、，,;；.。/]", "", unicodedata.normalize("NFKC", said)).upper()
    if form == JUDGEMENT:
        return _VERDICTS.get(plain, "")
    return "".join(sorted(plain)) if re.fullmatch("[A-E]+", plain) and len({*plain}) == len(plain) else ""


def read_audiences(said: str) -> tuple[str, ...]:
    """Return the audiences named in *said*; 普通公务员 is 公务员."""
    words = re.findall(r"[^、，,;；/\s]+", said)
    return tuple(word.removeprefix("普通") for word in words)
