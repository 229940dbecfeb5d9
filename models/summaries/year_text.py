"""The annual report in words: its five parts beside last year's, and what the figures say for each as sentences.

A sentence is always derived anew. What the clerk took into the text is the clerk's from then on; where the figures
have moved since, :meth:`Sentence.standing_in` finds the words that say it with other figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.records.values import figure
from models.records.year import REPORT_PARTS, YearText
from models.store.reader import Reader
from models.summaries.listed import Listed, listed, listed_duty
from models.summaries.year_figures import Figure, YearFigures

_DONE, _LACKING, _LEADERS, _NEXT, _OTHER = REPORT_PARTS
_SAID: dict[str, tuple[str, ...]] = {
    _DONE: (
        "召开会议{meetings}次[，定期会议{meetings.regular}次][，临时会议{meetings.irregular}次]"
        "[，本人出席率{attendance.own_rate}%]。",
        "议定事项{resolutions}项[，按期办结{resolutions.done}项][，逾期办结{resolutions.done_late}项]。",
        "按制度条款应办{obligations.owed}项[，已完成{obligations.done}项]。",
        "组织学法活动{study.sessions}次[，参加{study.heads}人次]。",
        "组织法律考试{study.exams}次。",
        "组织任前考法{study.tests}人次[，合格{study.tests_passed}人次]。",
        "督办事项应办{cases.owed}件[，办结{cases.closed}件][，办结率{cases.rate}%]。",
        "收到报送材料{submissions}件[，采用{submissions.adopted}件]。",
        "收到工作动态{dynamics}条[，采用{dynamics.adopted}条]。",
    ),
    _LACKING: (
        "制度要求逾期未完成{obligations.overdue}项。",
        "制度要求逾期完成{obligations.done_late}项。",
        "议定事项逾期未办结{resolutions.overdue}项。",
        "督办事项逾期未办结{cases.overdue}件。",
        "有学时学日要求的{study.owing}人，达标{study.met}人。",
        "会议缺席{attendance.absent}人次。",
        "报送材料退改{submissions.returned}件。",
    ),
    _LEADERS: (
        "召开领导小组全体会议{meetings.领导小组全体会议}次。",
        "召开委员会会议{meetings.委员会会议}次。",
        "领导讲法{study.led}次。",
        "组织会前学法{study.会前学法}次。",
        "组织中心组学法{study.中心组学法}次。",
    ),
    _NEXT: ("接续办理督办事项{cases.running}件。", "接续办理议定事项{resolutions.running}项。"),
}
"""What can be said in each part; names of figures in braces, in brackets what is left out when all it tells is 0.
A sentence whose first figure is 0 is not said."""
_NAME = re.compile(r"\{([^}]+)\}")
_OPTIONAL = re.compile(r"\[([^]]+)\]")
_WHEN = r"\d{4}年(?:截至\d+月\d+日，)?"
_NUMBER = r"\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the figures say for one part. *pattern* matches the same words with other figures or of another year."""

    part: str
    words: str
    figures: tuple[Figure, ...]
    pattern: str

    def standing_in(self, text: str) -> str:
        """Return the words of *text* that say this, with these figures or with others; "" when nothing does."""
        if self.words in text:
            return self.words
        found = re.search(self.pattern, text)
        return found[0] if found else ""

    def is_outdated_in(self, text: str) -> bool:
        """Tell whether *text* says this with other figures."""
        return self.standing_in(text) not in ("", self.words)


@dataclass(frozen=True, slots=True)
class PartText:
    """One part of the report: this year's *record* (without id when there is none), what stood there the year *before*."""

    record: YearText
    before: str

    @property
    def part(self) -> str:
        return self.record.part

    @property
    def is_blank(self) -> bool:
        return not self.record.length

    @property
    def words(self) -> str:
        """How far it is."""
        return "未写" if self.is_blank else f"已写 {self.record.length} 字"


def part_texts(reader: Reader, year: int) -> tuple[PartText, ...]:
    """Return the five parts of the report on *year* in order."""
    found = {(one.year, one.part): one for one in reader.find(YearText, "year IN (?, ?)", (year, year - 1))}
    return tuple(
        PartText(
            found.get((year, part)) or YearText(year=year, part=part),
            before.content if (before := found.get((year - 1, part))) else "",
        )
        for part in REPORT_PARTS
    )


def sentences(year: YearFigures) -> tuple[Sentence, ...]:
    """Return what can be said of *year*, part by part; of a year that runs with the day it is said for."""
    return tuple(_sentences(year, {one.name: one for one in year.figures}))


def records_behind(reader: Reader, year: YearFigures, one: Sentence) -> list[Listed]:
    """Return what the first figure of a sentence counts; the others are parts of it."""
    first = one.figures[0]
    if first.kind == "obligation":
        counted = frozenset(first.ids)
        return [listed_duty(item) for item in year.summary.obligations if item.id in counted]
    return listed(reader, first.kind, first.ids)


def _sentences(year: YearFigures, figures: Mapping[str, Figure]) -> Iterator[Sentence]:
    runs = year.as_of < date(year.year, 12, 31)
    when = f"{year.year}年截至{year.as_of.month}月{year.as_of.day}日，" if runs else f"{year.year}年"
    for part, templates in _SAID.items():
        for template in templates:
            used = [figures.get(name) for name in _NAME.findall(template)]
            if used[0] and used[0].value:
                yield Sentence(
                    part,
                    when + _said(template, figures),
                    tuple(filter(None, used)),
                    _WHEN + _pattern(template),
                )


def _said(template: str, figures: Mapping[str, Figure]) -> str:
    def value(name: re.Match[str]) -> str:
        return figure(figures[name[1]].value or 0) if name[1] in figures else "0"

    def told(optional: re.Match[str]) -> str:
        names = _NAME.findall(optional[1])
        return optional[1] if any(figures[name].value for name in names if name in figures) else ""

    return _NAME.sub(value, _OPTIONAL.sub(told, template))


def _pattern(template: str) -> str:
    pieces = _OPTIONAL.split(template)
    return "".join(
        f"(?:{_figures_open(piece)})?" if place % 2 else _figures_open(piece)
        for place, piece in enumerate(pieces)
    )


def _figures_open(piece: str) -> str:
    return _NUMBER.join(map(re.escape, _NAME.split(piece)[::2]))
