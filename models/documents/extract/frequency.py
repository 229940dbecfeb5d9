"""How often something is due: periods (每半年), counts (不少于2次), quantities (40学时) and yearly dates.

Works on one clause of cleaned text. A yearly date without its own period (「11月15日前」) is recurring
only where the text is a standing rule; the caller knows that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.documents.numbering import to_int
from models.documents.proposals import Period

_N = r"\d{1,4}|[一二两三四五六七八九十]{1,3}"
_PERIOD = re.compile(
    r"每隔?(?:一?个)?(?P<every>(?:\d{1,2}|[一二两三四五六])?(?:个)?(?:年度?|半年|季度?|半个?月|月份?|周|星期|学期|学年))(?!龄|纪|轻|来)"
    r"|(?P<by>按(?:年度(?!计划|目标|工作|任务|要求)|年|季度|季|月|周))(?=[^年月日内龄比期计份节度]|$)"
    r"|(?P<whole>全年|今年内|(?<![\d一二三四五六七八九十两几多])年内|年度内)"
    r"|(?<!第)(?P<one>半年|一年|一季度|一个?月|一周)(?=(?:不?[少低]于|至少|召开|开展|组织)?(?:一|两|二|三|四|\d)(?:次|期|场|报|小结|调度|通报))"
    r"|(?P<next>次年|翌年|下一?年度?)(?=\d{1,2}月)"
)
_UNITS: tuple[tuple[str, Period], ...] = (
    ("半年", "half-year"), ("学期", "half-year"), ("学年", "year"), ("年", "year"), ("季", "quarter"),
    ("半个月", "half-month"), ("半月", "half-month"), ("月", "month"), ("周", "week"), ("星期", "week"),
)  # fmt: skip
_SEVERAL: dict[tuple[int, str], Period] = {
    (2, "month"): "2-months", (2, "year"): "2-years", (3, "year"): "3-years", (4, "year"): "4-years",
    (5, "year"): "5-years", (3, "month"): "quarter", (6, "month"): "half-year", (2, "week"): "half-month",
}  # fmt: skip
_COUNT = re.compile(
    rf"(?P<n>{_N})(?:(?:至|[-—~～])(?:{_N}))?(?:个)?(?:次|场次|场|期|回|轮|遍)(?![元数序])(?P<more>以上)?"
)
_AT_LEAST = re.compile(rf"(?:不少于|至少)(?P<n>{_N})(?:次|场次|场|期)(?![元数序])")
_MEASURE = "学时|课时|小时|天|件次|件|例|篇|家次|家|名|人次|人|条|份|宗|项|起|部|个|户|所|处|万元|元|堂|节|讲|批|册|幅|部|亩|公里"
_QUANTITY = re.compile(
    rf"(?P<least>不[少低]于|至少|不得少于|达到?|完成)?(?P<n>\d{{1,5}}(?:[-—~～至]\d{{1,5}})?|[一二两三四五六七八九十百]{{1,4}})"
    rf"(?:余|多)?个?(?P<unit>{_MEASURE})(?P<more>以上|左右)?(?!星期|月|季度|年|工作日|周|小时)"
)
_DATE = re.compile(
    r"(?P<year>\d{4}年)?(?P<m>1[0-2]|[1-9]|0[1-9])月(?:份)?(?:(?P<d>3[01]|[12]\d|0?[1-9])[日号]|(?P<end>底|末))?"
    r"(?P<before>之?以?前|内|(?P<shared>(?=[、和及]\d{1,2}月(?:\d{1,2}[日号]|[底末])(?:之?以?前|、))))?"
    r"|(?P<yearend>(?<!\d)(?<!\d年)年(?:底|终|末))(?P<before2>之?以?前)"
)
_WITHIN = re.compile(
    r"^(?:的?(?:第[一二三四]个?|最后一个?)(?:季度|月|星期|周)|[上下]半年|年?初"
    r"|的?(?:第一个|最后一个|首|末|次)?月?(?:的?\d{1,2}日|上旬|中旬|下旬|底|末)(?:之?以?前)?|\d{1,2}月份?(?!\d))"
)
_MINUTES = re.compile(
    rf"会议?(?:召开|结束|闭会)?之?后(?:的)?(?P<n>{_N})个?(?P<work>工作)?[日天](?:之?内|以内)"
)
_LAST_DAY = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


@dataclass(frozen=True, slots=True)
class Frequency:
    """One rhythm found in a clause; *start* and *end* are offsets into the clause (period to count)."""

    start: int
    end: int
    per: Period
    times: int | None = None
    deadline: str = ""
    threshold: str = ""
    dated: bool = False
    within_days: int | None = None
    workdays: bool = False


def frequencies(clause: str) -> list[Frequency]:
    """Return every rhythm in *clause* that has a period of its own, with its count, quantity or date."""
    found: list[Frequency] = []
    periods = list(_PERIOD.finditer(clause))
    for position, match in enumerate(periods):
        stop = periods[position + 1].start() if position + 1 < len(periods) else len(clause)
        per = _period(match)
        if per is not None:
            found.extend(_complete(clause, match, stop, per))
    return _merge(found, clause)


def yearly_dates(clause: str) -> list[Frequency]:
    """Return the fixed dates 「11月15日前」 of *clause* as yearly rhythms; dates of a named year are left out."""
    found = []
    for match in _DATE.finditer(clause):
        deadline = _deadline(match)
        if deadline and not match.group("year") and _is_limit(match):
            found.append(Frequency(match.start(), match.end(), "year", 1, deadline, dated=True))
    return found


def in_same_year(clause: str) -> Frequency | None:
    """Return what a clause adds to the year of an earlier one: 「…，专题讲座不少于2场」, 「…，人均40学时」."""
    if match := _AT_LEAST.search(clause):
        return Frequency(match.start(), match.end(), "year", to_int(match["n"]))
    match = re.search(r"(?:人均)?(?:不[少低]于|达到?)?(?P<hours>\d{1,3}(?:学时|课时)|\d{3,5}字)", clause)
    return Frequency(match.start(), match.end(), "year", threshold=match["hours"]) if match else None


def after_meeting(clause: str) -> Frequency | None:
    """Return the limit of the minutes of every meeting: 「会后5个工作日内印发纪要」."""
    match = _MINUTES.search(clause)
    if not match or "纪要" not in clause:
        return None
    days = to_int(match["n"])
    return (
        Frequency(match.start(), match.end(), "each", within_days=days, workdays=bool(match["work"]))
        if days
        else None
    )


def without_rhythm(text: str) -> str:
    """Return *text* without its periods, counts and dates, for telling what is to be done."""
    text = _PERIOD.sub(lambda match: match.group() if match["whole"] and match.start() else "\0", text)
    text = _COUNT.sub("", _DATE.sub("", text))
    text = "".join(_WITHIN.sub("", part) if at else part for at, part in enumerate(text.split("\0")))
    return re.sub(r"(?:不[少低]于|至少|不得少于)(?=$|[的，、])", "", text)


def _complete(clause: str, match: re.Match[str], stop: int, per: Period) -> list[Frequency]:
    """Add to a period what stands after it up to *stop*: dates first, then a count, then a quantity."""
    rest = clause[match.end() : stop]
    dates = [d for d in _DATE.finditer(rest) if _deadline(d) and (_is_limit(d) or _on_day(d))]
    if per == "year" and dates:
        return [
            Frequency(
                match.start() if number == 0 else match.end() + day.start(),
                match.end() + day.end(), per, 1, _deadline(day), dated=True,
            )
            for number, day in enumerate(dates)
        ]  # fmt: skip
    if counts := list(_COUNT.finditer(rest)):
        return [
            Frequency(
                match.end() + counts[number - 1].end() + 1 if number else match.start(),
                match.end() + count.end(), per, to_int(count["n"]) or None,
            )
            for number, count in enumerate(counts)
            if number == 0 or rest[counts[number - 1].end()] in "、和及并"
        ]  # fmt: skip
    quantities = [
        q for q in _QUANTITY.finditer(rest) if not rest[q.end() :].startswith(("月", "年", "工作日", "日"))
    ]
    if quantities:
        last = quantities[-1]
        words = "、".join(q["n"] + q["unit"] for q in quantities)
        return [Frequency(match.start(), match.end() + last.end(), per, threshold=words)]
    if match["whole"]:
        return []
    within = _WITHIN.match(rest)
    return [Frequency(match.start(), match.end() + (within.end() if within else 0), per, 1)]


def _period(match: re.Match[str]) -> Period | None:
    if match["whole"] or match["next"]:
        return "year"
    words = (match["every"] or match["by"] or match["one"] or "").removeprefix("按")
    unit = next((period for word, period in _UNITS if word in words), None)
    number = re.match(r"\d{1,2}|[一二两三四五六]", words)
    count = to_int(number.group()) if number else 1
    if unit is None or count <= 1:
        return unit
    return _SEVERAL.get((count, unit))


def _on_day(date: re.Match[str]) -> bool:
    """Tell whether a day stands right behind its period (「每年的12月4日」) and begins no stretch of days."""
    return bool(date["d"]) and date.start() <= 1 and date.string[date.end() :][:1] not in set("至到起-—~～")


def _is_limit(date: re.Match[str]) -> bool:
    """Tell whether something is due by a date: 「6月30日前」, and the first of 「6月30日、12月31日前」."""
    return bool(date["before"] or date["before2"]) or date["shared"] is not None


def _deadline(match: re.Match[str]) -> str:
    """Return MM-DD; the last day for 「1月底」, 31 December for 「年底」, "" for a month alone."""
    if match["yearend"]:
        return "12-31"
    month = int(match["m"])
    if match["end"]:
        return f"{month:02}-{_LAST_DAY[month]:02}"
    if not match["d"]:
        return ""
    return f"{month:02}-{min(int(match['d']), _LAST_DAY[month]):02}"


def _merge(found: list[Frequency], clause: str) -> list[Frequency]:
    """「连续3年每年」 and 「每年每人」 say one rhythm: drop a bare period right before another."""
    kept: list[Frequency] = []
    for frequency in found:
        if kept and kept[-1].end == frequency.start and kept[-1].per == frequency.per:
            kept.pop()
        kept.append(frequency)
    return kept
