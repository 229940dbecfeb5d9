"""Standing duties: who does what how often (「各单位每年11月15日前报送年度总结」).

A rhythm is found clause by clause; the one who owes it is the subject of the clause, else of the
sentence, else who convenes the meeting, else who the item or its lead-in names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.documents.extract.frequency import (
    Frequency,
    after_meeting,
    frequencies,
    in_same_year,
    without_rhythm,
    yearly_dates,
)
from models.documents.extract.roles import unit_line
from models.documents.extract.subjects import subject
from models.documents.parse import Head, Item
from models.documents.proposals import Answer, DutyProposal, TaskProposal
from models.documents.text import CleanText, Line, sentences

_GROUP = re.compile(r"^[^，。：、]{2,12}组$")
_STANDING = re.compile(r"制度|办法|规定|规则|细则|章程|规程|例会|报告|报送|通报")
_ONE_OFF = re.compile(r"关于召开|阶段|方案|工作安排|自查|活动|\d{4}年度?")
_ONE_YEAR = re.compile(r"\d{4}年[^，。]*(?:要点|计划|清单|任务)")
"""The title of a paper for one year, whose dates do not come again."""
PAST = re.compile(r"截至|已(?!经?办|结)|共[召组开举完]|去年|以来|累计|达到了|完成了|召开了|开展了|组织了")
NO_DUTY = re.compile(
    r"连续[^，]{1,6}年每年|每年(?:递增|增长|提高|下降|增加|减少)|逐年|每年(?:的(?!\d|第)|年末)|(?:全年|年内)(?:新增|新建|建成|打造|创建)|同比|届满|任期|每年也可|可召开多次"
)
_OCCASIONAL = re.compile(r"(?:可|临时|随时)(?:以)?(?:临时|随时)?召开|根据(?:工作)?需要[^。；]{0,8}召开")
_MEETING = re.compile(r"[^，。；由]{0,20}?会议|成员单位$")
_CONVENER = re.compile(r"由(?P<who>[^，。；由]{2,30}?)(?:负责)?(?:召集|主持|组织|牵头|承办)")
_HELPS = re.compile(r"设在|(?:配合|参加|参与|协助)$")
_LEVELS = {"省", "市", "县", "区", "乡", "镇", "村"}
_LIST_HEAD = re.compile(r"[:：]$")
_REPORTS = re.compile(r"报送|上报|报告|提交|报|印发|公布|公开")
_PIECE = re.compile(r"(?:(?!\d{1,2}\.[\u4e00-\u9fff])[^，。；：！？])+|\d{1,2}\.[^，。；：！？]+")
_NEAR = 12
"""Clauses before and after a rhythm that are searched for who owes it."""
_ANSWERS: tuple[tuple[Answer, str], ...] = (
    ("study", r"学法|测试|学时|培训|学习|旁听|讲座|考试|中心组|课时"),
    ("submission", r"报送|上报|报告|提交|汇报|备案|公开|公布|通报|述法|编发|总结|进展情况|简报|台账"),
    ("meeting", r"会议|例会|召开|碰头会|联席会|听取|座谈"),
    ("inspection", r"检查|督查|评查|考核|督导|评议|评估|抽查|清理|暗访|复核|排查"),
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause between ，；。 with its place in its sentence; offsets into the cleaned text."""

    text: str
    start: int
    before: tuple[str, ...]
    after: str


class Duties:
    """Collects the standing duties of one text; its *tasks* tell who answers for what they hold."""

    def __init__(
        self, text: CleanText, items: tuple[Item, ...], head: Head, tasks: tuple[TaskProposal, ...]
    ) -> None:
        self._text = text
        self._items = items
        self._tasks = tasks
        self._one_year = bool(_ONE_YEAR.search(head.title))
        self._standing_text = bool(_STANDING.search(head.title)) and not _ONE_OFF.search(head.title)

    def read(self) -> tuple[DutyProposal, ...]:
        """Return the duties in order of the text, each once."""
        found: list[DutyProposal] = []
        for index, item in enumerate(self._items):
            previous = ""
            for sentence, following in _with_next(item):
                if PAST.search(sentence.text):
                    continue
                for clause in _clauses(sentence, following):
                    for frequency in self._rhythms(clause, index):
                        duty = self._duty(clause, frequency, index, previous)
                        if not any(_same(duty, other) for other in found):
                            found.append(duty)
                previous = subject(sentence.text) or previous
        return tuple(found)

    def _rhythms(self, clause: _Clause, index: int) -> list[Frequency]:
        if NO_DUTY.search(clause.text):
            return []
        found = frequencies(clause.text)
        if found:
            return found
        if minutes := after_meeting(clause.text):
            return [minutes]
        if any(
            frequency.per == "year" for earlier in clause.before for frequency in frequencies(earlier)
        ) and (added := in_same_year(clause.text)):
            return [added]
        if self._recurring(clause, index):
            return yearly_dates(clause.text)
        return []

    def _recurring(self, clause: _Clause, index: int) -> bool:
        """Tell whether a bare date recurs: in a standing rule, below 「…制度」, or after 每年 in the sentence."""
        if any("时限" in text for text in clause.before[-1:]):
            return False
        if any(re.search(r"每年|每年度", text) and yearly_dates(text) for text in clause.before[-2:]):
            return True
        above = [self._items[i].text for i in self._parents(index)]
        if self._one_year or any(_ONE_OFF.search(text[:20]) for text in above):
            return False
        lead_in = self._lead_in(index)
        return self._standing_text or any(_STANDING.search(text[:20]) for text in above) or "定期" in lead_in

    def _duty(self, clause: _Clause, frequency: Frequency, index: int, previous: str) -> DutyProposal:
        who, review = self._who(clause, frequency, index, previous)
        what = self._what(clause, frequency, who, index)
        if frequency.per == "each":
            what, review = "印发会议纪要", ""
        begin = clause.start + frequency.start
        whole = " ".join((*clause.before, clause.text, clause.after))
        return DutyProposal(
            who=who,
            what=what,
            frequency_text=clause.text[frequency.start : frequency.end],
            span=self._text.span(begin, clause.start + frequency.end),
            times=frequency.times,
            per=frequency.per,
            deadline=frequency.deadline,
            threshold=frequency.threshold,
            answers="minutes" if frequency.per == "each" else answers_of(what + clause.text),
            occasional=bool(_OCCASIONAL.search(whole)),
            within_days=frequency.within_days,
            workdays=frequency.workdays,
            review=review,
        )

    def _who(self, clause: _Clause, frequency: Frequency, index: int, previous: str) -> tuple[str, str]:
        """Return who owes the duty, nearest statement first, and a remark when it was inferred."""
        ahead = clause.text[: frequency.start]
        if ahead.startswith("对") and (unit := next(filter(unit_line, reversed(clause.before)), "")):
            return unit, ""
        near = re.split(r"[、]", ahead)[-1] if frequency.start and "每" in ahead else ahead
        if who := near if near in _LEVELS else subject(near) or subject(ahead):
            return who, ""
        bare = frequency.dated and frequency.end - frequency.start == len(clause.text)
        if bare and (who := subject(re.split("[，。]", clause.after)[0])):
            return who, ""
        for earlier in reversed(clause.before):
            if not _HELPS.search(earlier) and (who := subject(earlier) or _convener(earlier)):
                return who, ""
        if who := _convener(clause.text[frequency.start :] + "，" + clause.after):
            return who, ""
        if meeting := re.match(r"[^每，]{0,20}?会议?(?=原则上|一般|应|每|$)", near):
            return self._meeting(meeting.group(), index), "原文只写明会议名称，请补充由谁召开。"
        lead_in = self._lead_in(index)
        if who := subject(lead_in):
            return who, ""
        if previous:
            return previous, "主语取自上一句，请核对由谁办理。"
        if who := self._responsible(clause) or self._heading_units(index):
            return who, "主语取自责任单位，请核对由谁办理。"
        return "", "原文没有写明由谁办理，请补充。"

    def _what(self, clause: _Clause, frequency: Frequency, who: str, index: int) -> str:
        """Tell what is to be done: the clause without who and how often, in reading order."""
        ahead, inside, behind = _around(clause.text, frequency)
        ahead = _trim(ahead[ahead.find(who) + len(who) :] if who and who in ahead else ahead)
        inside, behind = _trim(without_rhythm(inside)), _trim(without_rhythm(behind))
        lead_in = self._lead_in(index)
        if frequency.dated and not behind and _LIST_HEAD.search(lead_in) and not clause.before:
            verb = _REPORTS.search(lead_in)
            return (verb.group() if verb else "") + ahead.rstrip("（")
        verb_last = bool(inside) and not behind and not frequency.threshold
        what = inside + ahead if verb_last else ahead + inside + behind
        return _deed(clause, what, who)

    def _meeting(self, name: str, index: int) -> str:
        """「会议」 below the heading 「一、总河长联席会议制度」 is that meeting."""
        if name != "会议":
            return name
        for parent in self._parents(index):
            if heading := re.match(r"(?P<name>[^，。]{2,20}会议)(?:制度)?$", self._items[parent].text):
                return heading["name"]
        return name

    def _parents(self, index: int) -> Iterator[int]:
        parent = self._items[index].parent
        while parent >= 0:
            yield parent
            parent = self._items[parent].parent

    def _lead_in(self, index: int) -> str:
        """Return the sentence ending in ： that opens the list item *index* stands in, or ""."""
        for parent in self._parents(index):
            for item in self._items[parent : min(parent + 4, index)]:
                if item.text.endswith("：") and len(item.text) > 6:
                    return re.split("[。；]", item.text)[-1]
        return ""

    def _heading_units(self, index: int) -> str:
        """Return the units a heading above consists of: 「二、县教育局」 in a list of duties."""
        heads = (
            re.sub(r"(?:主要|工作)?(?:职责|任务)$", "", self._items[i].text) for i in self._parents(index)
        )
        return next(
            ("、".join(names) for head in heads if (names := unit_line(head) or _GROUP.findall(head))), ""
        )

    def _responsible(self, clause: _Clause) -> str:
        """Return the first units of the task the clause is part of."""
        at = self._text.span(clause.start, clause.start + 1).start
        task = next((task for task in self._tasks if task.span.start <= at < task.span.end), None)
        return "、".join((task.lead or task.responsible)[:3]) if task else ""


def _convener(text: str) -> str:
    match = _CONVENER.search(text)
    return match["who"].split("或")[0] if match else ""


def _with_next(item: Item) -> Iterator[tuple[Line, str]]:
    """Yield the sentences of a line, each with the one after it."""
    found = list(sentences(item.text, item.start))
    for position, sentence in enumerate(found):
        yield sentence, found[position + 1].text if position + 1 < len(found) else ""


def _clauses(sentence: Line, following: str) -> Iterator[_Clause]:
    """Cut a sentence at ，。； and : outside brackets' reach; keep what stands before each clause."""
    before: list[str] = []
    pieces = list(_PIECE.finditer(sentence.text))
    for position, piece in enumerate(pieces):
        rest = "，".join(p.group() for p in pieces[position + 1 : position + _NEAR])
        yield _Clause(
            piece.group(), sentence.start + piece.start(), tuple(before[-_NEAR:]), f"{rest}。{following}"
        )
        before.append(piece.group())


def _deed(clause: _Clause, what: str, who: str) -> str:
    """Complete what a clause leaves unsaid from the clause after it, or from the meeting named before it."""
    following = _trim(without_rhythm(re.split("[，。]", clause.after)[0])).removeprefix(who)
    if what in {"召开", "会议"} or not (what or following):
        meetings = [found.group() for text in (*clause.before, who) if (found := _MEETING.search(text))]
        what = "召开" + (meetings[-1] if meetings else "").removesuffix("会议") + "会议"
    if len(what) < 3 or re.match(r"根据|按照|结合|围绕", what):
        what = (what if len(what) < 3 else "") + following
    if len(what) < 3:
        what = _trim(without_rhythm(clause.text)).removeprefix(who)
    if re.search(r"会议?$|例会$", what) and not re.match(r"召开|举行", what):
        what = "召开" + what
    return what


def _around(text: str, frequency: Frequency) -> tuple[str, str, str]:
    """Return the words before, inside and after a rhythm; a 、 beside another rhythm is a border."""
    ahead, behind = text[: frequency.start], text[frequency.end :]
    if frequencies(ahead):
        ahead = re.split("、", ahead)[-1]
    if not frequency.dated and frequencies(behind):
        behind = "" if behind.startswith("、") else re.split("[、和及]", behind)[0]
    return ahead, text[frequency.start : frequency.end], behind


def _trim(text: str) -> str:
    text = re.sub(
        r"^(?:\d{1,3}\.|应当|应|要|须|必须|原则上|一般|于|在|至少|定期|分别|是否|每人|人均|的|，|、|）|（|要求)+",
        "",
        text.strip(),
    )
    return re.sub(r"(?:应当|应|要|须|必须|原则上|一般|于|在|至少|定期|（|、|的时间|时间)+$", "", text)


def answers_of(text: str) -> Answer:
    """Return what kind of record answers the duty that *text* words."""
    return next((answer for answer, pattern in _ANSWERS if re.search(pattern, text)), "other")


def _same(one: DutyProposal, other: DutyProposal) -> bool:
    """Tell whether two duties are the same rule said twice."""
    if (one.times or 1, one.per, one.deadline, one.threshold) != (
        other.times or 1,
        other.per,
        other.deadline,
        other.threshold,
    ):
        return False
    return one.who == other.who and _overlap(one.what, other.what) > 0.6


def _overlap(one: str, other: str) -> float:
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)
