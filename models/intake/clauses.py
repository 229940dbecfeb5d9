"""Standing duties read from a text, as clauses (制度条款) that the workbench can follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from models.documents.proposals import DutyProposal, Proposals
from models.errors import Problem
from models.records.meeting import MEETING_CATEGORIES
from models.records.organisation import STAFF_KINDS
from models.records.rules import EACH, TIMES, Clause

_PERIODS = {
    "year": "年", "half-year": "半年", "quarter": "季度", "month": "月", "2-years": "两年", "3-years": "三年",
    "5-years": "五年", "each": EACH,
}  # fmt: skip
_MEETINGS = (
    ("信访", "信访联席会议"), ("联席", "联席会议"), ("成员单位", "成员单位会议"), ("全体", "领导小组全体会议"),
    ("主任办公", "主任办公会"), ("碰头", "组长碰头会"), ("协调会", "工作组协调会"), ("委员会", "委员会会议"),
    ("推进会", "推进会"), ("现场会", "现场会"), ("专题", "专题会"), ("常务", "常务会"),
)  # fmt: skip
_SUBMISSIONS = (
    (r"年度[^半]{0,6}计划|年度[^半]{0,4}打算", "年度工作计划"),
    (r"(?<!半)年度[^半]{0,12}总结|工作总结", "年度工作总结"),
    (r"半年", "半年度进展"),
    (r"法治(?:政府)?建设.{0,8}(?:年度报告|情况报告)", "法治建设年度报告"),
    (r"动态|信息", "工作动态"),
    (r"方案", "专项工作方案"),
)
_MEASURES = {"学时": "学时", "课时": "学时", "天": "天数", "人次": "人次"}
_PERSONS = re.compile("干部|人员|公务员|职工|领导(?!小组)|负责(?:人|同志)")
_LEADERS = re.compile("领导|负责")
_UNIT_CATEGORIES = (("镇|乡|街道", "镇街"), ("村|社区", "村居"), ("学校|中小学", "学校"), ("企业", "企业"))
_EARLY_MONTH = 4
_BRANCHES = re.compile(r"各.{0,10}(?:办公室|小组|工作组|分支机构|专班)")


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """The clauses one duty makes; none when *why_not* tells the field of the proposal that stands in the way."""

    clauses: tuple[Clause, ...]
    why_not: Problem | None = None


def clauses_of(duty: DutyProposal, proposals: Proposals, *, basis: str) -> ClauseDraft:
    """Return *duty* as clauses: one, or one for each thing handed in (「工作计划和工作总结」 is two)."""
    per = _PERIODS.get(duty.per, "")
    if not per:
        return _none(
            "per", f"“{duty.what}”没有可计算的周期（{duty.frequency_text or '未说明'}），未登记为条款"
        )
    if (duty.answers == "minutes") != (per == EACH):
        return _none("per", "周期“每次”和类别“纪要印发”要一起用")
    if duty.answers == "meeting":
        return ClauseDraft((_meeting_clause(duty, proposals, per, basis),))
    if duty.answers == "study":
        return _study_clause(duty, proposals, per, basis)
    if duty.answers == "minutes":
        return _minutes_clause(duty, proposals, per, basis)
    if duty.answers == "submission":
        made = [
            _clause(duty, proposals, per, basis, f"报送{item}", answered_by="报送", submission_item=item)
            for item in _items(duty.what)
        ]
        return ClauseDraft(tuple(made))
    return _none("answers", f"“{duty.what}”没有对应的台账：改选会议、报送、学法或纪要印发，或者不要这一条")


def quoted(proposals: Proposals, duty: DutyProposal) -> str:
    """Return the whole sentence of the text that the duty stands in."""
    text = proposals.text
    start = max(text.rfind(mark, 0, duty.span.start) for mark in "。\n；") + 1
    ends = [at for mark in "。\n；" if (at := text.find(mark, duty.span.end)) >= 0]
    return text[start : min(ends, default=len(text))].strip()


def _meeting_clause(duty: DutyProposal, proposals: Proposals, per: str, basis: str) -> Clause:
    category = next((kind for word, kind in _MEETINGS if word in duty.what), "其他")
    assert category in MEETING_CATEGORIES
    name = f"召开{category if category != '其他' else duty.what.removeprefix('召开')}"
    return _clause(
        duty, proposals, per, basis, name, answered_by="会议", meeting_category=category,
        regular_only=duty.occasional,
    )  # fmt: skip


def _study_clause(duty: DutyProposal, proposals: Proposals, per: str, basis: str) -> ClauseDraft:
    """「领导干部每年集中学法不少于40学时」: each of such persons, so many hours a year."""
    measure, amount = TIMES, None
    if duty.threshold:
        read = re.fullmatch(rf"(?P<amount>\d+)(?P<unit>{'|'.join(_MEASURES)})", duty.threshold)
        if not read:
            return _none("threshold", "学法的数量要求只能按学时、天或人次，如 40学时")
        measure, amount = _MEASURES[read["unit"]], float(read["amount"])
    exam = measure == TIMES and bool(re.search("考试|测试", duty.what))
    name = duty.what.replace(duty.threshold, "") if duty.threshold else duty.what
    name = re.sub(r"(?:不少于|不低于|至少|达到?)$", "", name)
    persons = measure != "人次" and bool(_PERSONS.search(duty.who))
    clause = _clause(
        duty, proposals, per, basis, f"{duty.who}{name}" if persons else name,
        answered_by="考试" if exam else "学法",
    )  # fmt: skip
    if persons:
        kinds = "、".join(kind for kind in STAFF_KINDS if kind in duty.who)
        kinds = kinds or ("领导干部" if _LEADERS.search(duty.who) else "")
        clause = replace(clause, owed_by="每名人员", staff_kinds=kinds)
    return ClauseDraft((replace(clause, measure=measure, threshold=amount),))


def _minutes_clause(duty: DutyProposal, proposals: Proposals, per: str, basis: str) -> ClauseDraft:
    """「联席会议议定事项应于会后5个工作日内印发纪要」: the minutes of each such meeting."""
    if duty.within_days is None:
        return _none("within_days", "几天内没有填：会后几天内印发纪要")
    told = duty.who + duty.what + quoted(proposals, duty)
    category = next((kind for word, kind in _MEETINGS if word in told), "")
    clause = _clause(
        duty, proposals, per, basis, "印发会议纪要", answered_by="纪要印发", meeting_category=category
    )
    return ClauseDraft((replace(clause, times=None, within_days=duty.within_days, workdays=duty.workdays),))


def _none(field: str, sentence: str) -> ClauseDraft:
    return ClauseDraft((), Problem(field, sentence))


def _items(what: str) -> tuple[str, ...]:
    found = tuple(item for pattern, item in _SUBMISSIONS if re.search(pattern, what))
    if len(found) > 1 and "工作动态" in found:
        return tuple(item for item in found if item != "工作动态")
    return found or (what.removeprefix("报送")[:20],)


def _clause(
    duty: DutyProposal, proposals: Proposals, per: str, basis: str, name: str, *, answered_by: str,
    meeting_category: str = "", regular_only: bool = False, submission_item: str = "",
) -> Clause:  # fmt: skip
    owed_by = _owed_by(duty.who)
    return Clause(
        name=_with_rhythm(name, duty, per, owed_by),
        basis=basis,
        quotation=quoted(proposals, duty),
        owed_by=owed_by,
        unit_category=_unit_category(duty.who) if owed_by == "每个单位" else "",
        enforcement_only=owed_by == "每个单位" and "执法" in duty.who,
        answered_by=answered_by,
        meeting_category=meeting_category,
        regular_only=regular_only,
        submission_item=submission_item,
        about_before=_looks_back(submission_item, duty.deadline),
        times=duty.times,
        per=per,
        deadline=duty.deadline,
    )


def _looks_back(item: str, deadline: str) -> bool:
    """Tell whether a yearly report or summary is due so early that it is about the year before."""
    return bool(deadline) and int(deadline.split("-")[0]) <= _EARLY_MONTH and item.endswith(("报告", "总结"))


def _owed_by(who: str) -> str:
    if _BRANCHES.search(who):
        return "每个分支机构"
    if "成员单位" in who:
        return "每个成员单位"
    return "每个单位" if re.match(r"各|全[市县区]", who) else "本机构"


def _unit_category(who: str) -> str:
    """「各镇（街道）」 are asked alone; 「各镇街、各部门」 are all units."""
    found = [category for words, category in _UNIT_CATEGORIES if re.search(words, who)]
    return "" if re.search("部门|单位", who) else "、".join(found)


def _with_rhythm(name: str, duty: DutyProposal, per: str, owed_by: str) -> str:
    """「各分支机构：召开成员单位会议（每年 1 次）」 names the clause in lists."""
    who = {"每个分支机构": "各分支机构", "每个成员单位": "各成员单位"}.get(owed_by, "")
    if owed_by == "每个单位":
        who = f"各{_unit_category(duty.who) or ('执法单位' if '执法' in duty.who else '单位')}"
    if duty.deadline:
        month, day = duty.deadline.split("-")
        rhythm = f"{int(month)}月{int(day)}日前"
    elif per == EACH:
        rhythm = f"会后{duty.within_days}{'个工作日' if duty.workdays else '天'}内"
    elif duty.answers == "study" and duty.threshold:
        rhythm = f"每{per}{duty.threshold}"
    else:
        rhythm = f"每{per}{duty.times or 1}次"
    return f"{who}{name}（{rhythm}）"
