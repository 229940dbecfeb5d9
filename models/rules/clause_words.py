"""What a clause says in one sentence, what is wrong with it, and what its figures are counted in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from models.errors import Problem
from models.records.organisation import STAFF_KINDS, UNIT_CATEGORIES
from models.records.rules import EACH, EACH_TIME, FILTERS, MEASURES, ONCE, TIMES, YEARS_LONG, Clause
from models.records.values import figure

UNITS = {"学时": "学时", "天数": "天", "人次": "人次", "比率": "%"}
"""What the figures of each measure are counted in; records are counted by :data:`RECORD_UNITS`."""
RECORD_UNITS = {"会议": "次", "报送": "份", "工作动态": "条", "学法": "次", "考试": "次", "督办": "件"}
_EVENTS = {
    "会前报告": ("会议召开", "报送会前报告"), "会后情况": ("会议召开", "报送会后情况"), "纪要印发": ("会议召开", "印发纪要"),
    "督办签收": ("督办事项交办", "签收"), "督办进展": ("督办事项交办", "报告办理进展"), "督办反馈": ("督办事项办结", "反馈办理结果"),
    "实施方案": ("多家牵头的督办事项交办", "由列前的牵头单位报送实施方案"),
}  # fmt: skip
_RATES = {"会议": "出席率", "督办": "办结率"}
_MONTHS = {"月": 1, "季度": 3, "半年": 6}


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a list such as 公务员、执法人员."""
    return tuple(filter(None, re.split(r"[、，,;；\s]+", text)))


def counted_in(clause: Clause) -> str:
    """Return what the figures of a clause are counted in: 次, 份, 学时, %."""
    if clause.measure == TIMES:
        return RECORD_UNITS.get(clause.answered_by, "次")
    return UNITS[clause.measure]


# The sentence ----------------------------------------------------------------------------------


def sentence(clause: Clause, body: str = "") -> str:
    """Return the clause read back: 每个镇街每年 3 月 1 日前报送上一年度法治建设年度报告 1 份.

    *body* is the name of its body, "" when none is chosen.
    """
    tail = [
        f"逢休息日{clause.weekend}" if clause.weekend in ("提前", "顺延") else "",
        f"自{_day(clause.valid_from)}起" if clause.valid_from and clause.per != ONCE else "",
        f"至{_day(clause.valid_until)}止" if clause.valid_until else "",
        "已停用" if clause.suspended else "",
    ]
    said = f"{who_owes(clause, body)}{_rhythm(clause)}{_what(clause)}{_amount(clause)}"
    notes = "，".join(filter(None, tail))
    return f"{said}（{notes}）" if notes else said


def who_owes(clause: Clause, body: str = "") -> str:
    """Return who a clause asks: 每个镇街, 本办公室, *body*."""
    match clause.owed_by:
        case "本机构":
            return body or "本办公室"
        case "每名人员":
            return f"每名{'、'.join(words_of(clause.staff_kinds)) or '人员'}"
        case "每个单位":
            kinds = "、".join(words_of(clause.unit_category))
            duty = "有执法职能的" if clause.enforcement_only else ""
            return f"每个{duty}{kinds or '单位'}{'单位' if kinds in UNIT_CATEGORIES[:4] else ''}"
    return f"{body}{clause.owed_by}"


def _rhythm(clause: Clause) -> str:
    if clause.per == EACH:
        days = clause.within_days or 0
        kind = "个工作日" if clause.workdays else "天"
        event = _EVENTS.get(clause.answered_by, ("事项发生", ""))[0]
        of = clause.meeting_category or clause.case_source
        limit = f"前至少 {-days} {kind}" if days < 0 else f"后 {days} {kind}内" if days else "当天"
        return f"在每次{of and f'“{of}”'}{event}{limit}"
    if clause.per == ONCE:
        since = f"自{_day(clause.valid_from)}起，" if clause.valid_from else ""
        return f"{since}{_limit(clause)}"
    if clause.rolling and clause.per in YEARS_LONG:
        return f"从上一次起每{clause.per}"
    return f"每{clause.per}{_limit(clause)}"


def _limit(clause: Clause) -> str:
    if not is_month_day(clause.deadline):
        return ""
    month, day = (int(part) for part in clause.deadline.split("-"))
    length = _MONTHS.get(clause.per, 12)
    if length == 1:
        return f" {day} 日前"
    if length == 12:
        return f" {month} 月 {day} 日前"
    place = (month - 1) % length
    return f" {'、'.join(f'{first + place} 月 {day} 日' for first in range(1, 13, length))}前"


def _what(clause: Clause) -> str:
    if clause.answered_by in EACH_TIME:
        return _EVENTS[clause.answered_by][1]
    match clause.answered_by:
        case "会议":
            regular = "定期" if clause.regular_only else ""
            topic = f"（内容有“{clause.content_class}”）" if clause.content_class else ""
            return f"召开{regular}{clause.meeting_category or '会议'}{topic}"
        case "报送":
            to = f"向{clause.addressee}" if clause.addressee else ""
            before = f"上一{'年度' if clause.per == '年' else clause.per}" if clause.about_before else ""
            return f"{to}报送{before}{clause.submission_item or '材料'}"
        case "工作动态":
            return f"报送{clause.dynamic_class or '工作动态'}"
        case "学法":
            verb = "参加" if clause.owed_by == "每名人员" else "组织"
            speaker = "领导讲法的" if clause.leader_speaks else ""
            before = f"（{clause.before_meeting}会前）" if clause.before_meeting else ""
            return f"{verb}{speaker}{clause.study_category or '学法'}{before}"
        case "考试":
            return "参加法律考试并合格" if clause.owed_by == "每名人员" else "组织法律考试"
    return f"办结{clause.case_source and f'“{clause.case_source}”'}督办事项"


def _amount(clause: Clause) -> str:
    if clause.answered_by in EACH_TIME or (clause.answered_by == "考试" and (clause.times or 1) == 1):
        return ""
    if clause.measure == "比率":
        return f"，{_RATES.get(clause.answered_by, '比率')}不低于 {figure(clause.threshold or 0)}%"
    if clause.measure != TIMES:
        return f"不少于 {figure(clause.threshold or 0)} {counted_in(clause)}"
    least, unit = clause.times or 1, counted_in(clause)
    if clause.upper:
        return f" {least} 至 {clause.upper} {unit}"
    return f" {least} {unit}" if least == 1 else f"不少于 {least} {unit}"


def _day(day: date | None) -> str:
    return f" {day.year} 年 {day.month} 月 {day.day} 日" if day else ""


# What is wrong ---------------------------------------------------------------------------------


def clause_problems(clause: Clause) -> Iterator[Problem]:
    """Yield what makes a clause impossible to compute."""
    yield from _problems_of_answer(clause)
    yield from _problems_of_time(clause)
    if clause.times is not None and clause.times < 1:
        yield Problem("times", "次数至少为 1")
    if clause.upper is not None and clause.upper < (clause.times or 1):
        yield Problem("upper", "至多不能小于次数")
    for name, known in (("unit_category", UNIT_CATEGORIES), ("staff_kinds", STAFF_KINDS)):
        unknown = [word for word in words_of(getattr(clause, name)) if word not in known]
        if unknown:
            yield Problem(name, f"没有“{unknown[0]}”这一类，可填：{'、'.join(known)}")


def _problems_of_answer(clause: Clause) -> Iterator[Problem]:
    answer = clause.answered_by
    if answer == "会议" and not (clause.meeting_category or clause.content_class):
        yield Problem("meeting_category", "用会议完成的条款要填会议类型或议程内容")
    if answer == "报送" and not clause.submission_item:
        yield Problem("submission_item", "用报送完成的条款要填报送事项")
    measures = MEASURES.get(answer, (TIMES,))
    if clause.measure not in measures:
        yield Problem("measure", f"用{answer}完成的条款只能按{'、'.join(measures)}计量")
    elif clause.measure != TIMES and not clause.threshold:
        yield Problem("threshold", f"按{clause.measure}计量要填数量要求")
    if clause.measure == "比率" and (clause.threshold or 0) > 100:
        yield Problem("threshold", "比率最多为 100")
    if clause.owed_by == "每名人员" and answer not in ("学法", "考试"):
        yield Problem("owed_by", "每名人员的条款要用学法或考试完成")


def _problems_of_time(clause: Clause) -> Iterator[Problem]:
    if clause.per != EACH and clause.deadline and not is_month_day(clause.deadline):
        yield Problem("deadline", "期限应为月日，如 11月15日")
    if (clause.answered_by in EACH_TIME) != (clause.per == EACH):
        words = "周期要选“每次”" if clause.answered_by in EACH_TIME else "周期不能选“每次”"
        yield Problem("per", f"用{clause.answered_by}完成的条款{words}")
    elif clause.per == EACH and clause.within_days is None:
        yield Problem("within_days", "填事后几天内，当天填 0")
    if clause.per == ONCE and clause.valid_from is None:
        yield Problem("valid_from", "只办一次的条款要填生效日期")


def is_month_day(text: str) -> bool:
    """Tell whether *text* is MM-DD, 02-29 included."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    if not found:
        return False
    try:
        date(2024, int(found[1]), int(found[2]))
    except ValueError:
        return False
    return True


def filters_of(clause: Clause) -> frozenset[tuple[str, str]]:
    """Return what a record must bear to answer the clause: (field of the clause, word)."""
    kept = ((name, getattr(clause, name)) for name in FILTERS[clause.answered_by])
    return frozenset((name, "是" if value is True else value) for name, value in kept if value)
