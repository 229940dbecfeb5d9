"""Standing rules as data: clauses, decisions on them, document numbers, holidays.

The thread through everything: clause → obligation → record → evidence → line in the summary.
Obligations are computed from clauses and the organisation (models/rules/duties.py), never stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from models.errors import Problem
from models.records.base import (
    Dated,
    DayRole,
    Look,
    NameOf,
    Record,
    choice,
    day,
    flag,
    integer,
    long_text,
    month_day,
    number,
    record_kind,
    reference,
    text,
)  # fmt: skip
from models.records.filing import ADDRESSEES, DYNAMIC_CLASSES, SUBMISSION_ITEMS
from models.records.meeting import CONTENT_CLASSES, MEETING_CATEGORIES
from models.records.study import BEFORE_MEETINGS, SESSION_CATEGORIES
from models.records.supervision import SOURCES
from models.records.values import YEARS

OWERS = ("本机构", "每个分支机构", "每个成员单位", "每个单位", "每名人员")
YEARS_LONG = ("两年", "三年", "五年")
ONCE, EACH = "一次", "每次"
PERIODS = ("月", "季度", "半年", "年", *YEARS_LONG, ONCE, EACH)
FILTERS: dict[str, tuple[str, ...]] = {
    "会议": ("meeting_category", "content_class", "regular_only"),
    "报送": ("submission_item", "addressee"),
    "工作动态": ("dynamic_class",),
    "学法": ("study_category", "before_meeting", "leader_speaks"),
    "考试": (),
    "督办": ("case_source",),
    "会前报告": ("meeting_category",),
    "会后情况": ("meeting_category",),
    "纪要印发": ("meeting_category",),
    "督办签收": ("case_source",),
    "督办进展": ("case_source",),
    "督办反馈": ("case_source",),
    "实施方案": ("case_source",),
}
"""What may answer a clause (:mod:`models.summaries.answers`), each with the fields of the clause that narrow it."""
ANSWERS = tuple(FILTERS)
EACH_TIME = ANSWERS[ANSWERS.index("会前报告") :]
"""Answers that are owed anew after (or before) each event, within some days."""
TIMES = "次数"
MEASURES = {
    "会议": (TIMES, "人次", "比率"), "报送": (TIMES,), "工作动态": (TIMES,), "学法": (TIMES, "学时", "天数", "人次"),
    "考试": (TIMES,), "督办": (TIMES, "比率"),
}  # fmt: skip
"""How the records that answer may be measured: counted, summed up, or as a share of all that should be."""
WEEKEND_RULES = ("不变", "提前", "顺延")
DAY_MARKS = ("休", "班")
DECISIONS = ("免办", "说明")


def _narrows(name: str) -> tuple[str, tuple[str, ...]]:
    """Show a field while the chosen answer can be narrowed by it."""
    return "answered_by", tuple(answer for answer, fields in FILTERS.items() if name in fields)


_COUNTING = ("measure", (TIMES,))
_PERIODIC = ("per", tuple(per for per in PERIODS if per != EACH))


@record_kind(
    "clause", "制度条款", family="registers", icon="flag",
    identity=("name", "basis"), sort=("position", "name"), period=("valid_from", "valid_until"), measure="条",
)  # fmt: skip
class Clause(Record):
    """A standing rule: who must do what how often or by when, and which records answer it.

    *body* is the body that the rule is about: for 本机构 it owes itself, for 每个分支机构 each body under it,
    for 每个成员单位 each member unit. *deadline* is MM-DD of the period's year; an answer of :data:`EACH_TIME`
    is due *within_days* after its event instead. *times* is how many records are needed, *threshold* how much
    of another *measure*, in 学时, 天, 人次 or per cent.
    """

    name: str = text("条款要求", required=True, searched=True)
    basis: str = text("依据文件", searched=True)
    quotation: str = long_text("原文", searched=True)
    suspended: bool = flag(
        "停用", column=False, help="停用的条款各年都不算；只是从某天起不再执行的，改填失效日期"
    )
    owed_by: str = choice("谁来办", OWERS, default="本机构", required=True, section="谁来办")
    body: str = reference("机构", "body", help="空着指本办公室所属的各机构", when=("owed_by", OWERS[:3]))
    unit_category: str = text(
        "单位类别", column=False, help="如 政府、镇街；空着为所有单位", when=("owed_by", ("每个单位",))
    )
    enforcement_only: bool = flag("只限有执法职能的", column=False, when=("owed_by", ("每个单位",)))
    staff_kinds: str = text(
        "人员类别", column=False, help="如 公务员、执法人员；空着为所有人员", when=("owed_by", ("每名人员",))
    )
    answered_by: str = choice("用什么办", ANSWERS, default="会议", required=True, section="怎样算办了")
    meeting_category: str = choice(
        "会议类型", MEETING_CATEGORIES, open_choices=True, column=False, when=_narrows("meeting_category")
    )
    content_class: str = choice(
        "议程内容", CONTENT_CLASSES, column=False, help="议程里要有这一类内容", when=_narrows("content_class")
    )
    regular_only: bool = flag("只算定期会议", column=False, when=_narrows("regular_only"))
    submission_item: str = choice(
        "报送事项", SUBMISSION_ITEMS, open_choices=True, column=False, when=_narrows("submission_item")
    )
    addressee: str = choice(
        "报送对象", ADDRESSEES, open_choices=True, column=False, when=_narrows("addressee")
    )
    about_before: bool = flag(
        "报上一周期的情况", column=False, help="如三月一日前报上一年度", when=("answered_by", ("报送",))
    )
    dynamic_class: str = choice("动态类别", DYNAMIC_CLASSES, column=False, when=_narrows("dynamic_class"))
    study_category: str = choice(
        "学法形式", SESSION_CATEGORIES, open_choices=True, column=False, when=_narrows("study_category")
    )
    before_meeting: str = choice("会前学法", BEFORE_MEETINGS, column=False, when=_narrows("before_meeting"))
    leader_speaks: bool = flag("只算领导讲法", column=False, when=_narrows("leader_speaks"))
    case_source: str = choice("督办来源", SOURCES, column=False, when=_narrows("case_source"))
    measure: str = choice(
        "怎样计量", (TIMES, "学时", "天数", "人次", "比率"), default=TIMES, required=True, column=False
    )
    times: int | None = integer("次数", help="每个周期至少几次；空着为 1", when=_COUNTING)
    upper: int | None = integer("至多", column=False, help="如三至五件填 5；空着不限", when=_COUNTING)
    threshold: float | None = number(
        "数量要求", column=False, help="多少学时、天、人次；比率填百分数，如 90",
        when=("measure", ("学时", "天数", "人次", "比率")),
    )  # fmt: skip
    per: str = choice("周期", PERIODS, default="年", required=True, section="什么时候办")
    rolling: bool = flag(
        "从上一次起算", column=False, help="如每三年一次从上次培训起算", when=("per", YEARS_LONG)
    )
    deadline: str = month_day("期限", help="每年的月日，如 11月15日；空着为周期的最后一天", when=_PERIODIC)
    within_days: int | None = integer(
        "几天内", column=False, help="事后几天内；会前一天填 -1", when=("per", (EACH,))
    )
    workdays: bool = flag("按工作日计", column=False, when=("per", (EACH,)))
    weekend: str = choice("逢休息日", WEEKEND_RULES, default="不变", column=False)
    position: int | None = integer("顺序", column=False)
    valid_from: date | None = day("生效日期", dated=Dated(DayRole.FACT, "生效", named=True))
    valid_until: date | None = day("失效日期", dated=Dated(DayRole.FACT, "失效", named=True))
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def preview(self, name_of: NameOf) -> str:
        from models.rules.clause_words import sentence

        return sentence(self, name_of("body", self.body))

    def check(self, look: Look) -> Iterable[Problem]:
        from models.rules.clause_words import clause_problems

        yield from clause_problems(self)


@record_kind(
    "waiver", "免办和说明", family="registers", icon="flag",
    identity=("clause", "body", "unit", "person", "year"), sort=("-year",), measure="条",
)  # fmt: skip
class Waiver(Record):
    """A decision that one owner need not answer a clause in one period, or (说明) only a remark on it.

    Without a body, unit or person it holds for everybody who owes the clause.
    """

    clause: str = reference("制度条款", "clause", required=True)
    decision: str = choice("处理", DECISIONS, default="免办", required=True)
    body: str = reference("机构", "body")
    unit: str = reference("单位", "unit")
    person: str = reference("人员", "person")
    year: int | None = integer("年度", required=True)
    period: str = text("时段", help="如 上半年；空着为全年")
    reason: str = text("理由", required=True, searched=True)
    approved_by: str = text("批准人")
    approved_on: date | None = day("批准日期")

    def headline(self, name_of: NameOf) -> str:
        owner = name_of("body", self.body) or name_of("unit", self.unit) or name_of("person", self.person)
        return f"{owner or '全部'}{self.decision}“{name_of('clause', self.clause)}”"

    def begun_on(self, look: Look) -> date | None:
        return date(self.year, 12, 31) if self.year and self.year in YEARS else None


@record_kind(
    "document_number", "文号", family="registers", icon="file-text",
    identity=("code", "year", "serial"), sort=("-year", "code", "-serial"), happened="issued_on", measure="个",
)  # fmt: skip
class DocumentNumber(Record):
    """A number given out: 机关代字〔年〕序号, no 第, no 0-fill (GB/T 9704-2012; S2-1)."""

    code: str = text("机关代字", required=True, searched=True, help="如 依法治县办发")
    year: int | None = integer("年份", required=True)
    serial: int | None = integer("序号", required=True)
    subject: str = text("标题", required=True, searched=True)
    meeting: str = reference("会议", "meeting", column=False)
    issued_on: date | None = day("日期")
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"

    def check(self, look: Look) -> Iterable[Problem]:
        if self.serial is not None and self.serial < 1:
            yield Problem("serial", "序号从 1 开始")
        taken = look.find(
            DocumentNumber,
            "code = ? AND year = ? AND serial = ? AND id <> ?",
            (self.code, self.year, self.serial, self.id),
        )
        if taken:
            yield Problem("serial", f"{self.code}〔{self.year}〕{self.serial}号已经用过：{taken[0].subject}")


@record_kind(
    "holiday", "节假日", family="registers", icon="calendar-days",
    identity=("observed_on",), sort=("-observed_on",), measure="天",
)  # fmt: skip
class Holiday(Record):
    """One day off or 调休 workday of the office's own table; it goes before the published holidays."""

    observed_on: date | None = day("日期", required=True)
    name: str = text("名称", required=True, searched=True, help="如 国庆节、国庆节调休")
    mark: str = choice("休或班", DAY_MARKS, default="休", required=True)

    def headline(self, name_of: NameOf) -> str:
        return f"{self.observed_on or ''} {self.name}（{self.mark}）".strip()

    def check(self, look: Look) -> Iterable[Problem]:
        stored = self.observed_on.isoformat() if self.observed_on else ""
        if look.find(Holiday, "observed_on = ? AND id <> ?", (stored, self.id)):
            yield Problem("observed_on", "这一天已经登记过，请改原来的那条")
