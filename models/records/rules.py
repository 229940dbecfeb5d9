"""Standing rules as data: clauses, what is handed in to answer them, document numbers.

The thread through everything: clause → obligation → record → evidence → line in the summary.
Obligations are computed from clauses and the organisation (models/rules/duties.py), never stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from models.errors import Problem
from models.records.base import (
    Look,
    NameOf,
    Record,
    choice,
    day,
    flag,
    integer,
    long_text,
    number,
    record_kind,
    reference,
    text,
)  # fmt: skip
from models.records.meeting import MEETING_CATEGORIES

OWERS = ("本机构", "每个分支机构", "每个成员单位", "每个单位")
PERIODS = ("月", "季度", "半年", "年", "两年", "三年", "五年")
ANSWERS = ("会议", "报送")
WEEKEND_RULES = ("不变", "提前", "顺延")
DAY_MARKS = ("休", "班")
SUBMISSION_ITEMS = (
    "年度工作计划", "年度工作总结", "半年度进展", "工作动态", "法治建设年度报告", "专项工作方案", "其他",
)  # fmt: skip


@record_kind(
    "clause", "制度条款", family="rules", icon="flag",
    identity=("name", "basis"), sort=("position", "name"), period=("valid_from", "valid_until"), measure="条",
)  # fmt: skip
class Clause(Record):
    """A standing rule: who must do what how often or by when, and which records answer it.

    *body* is the body that the rule is about: for 本机构 it owes itself, for 每个分支机构 each body
    under it, for 每个成员单位 each member unit. Deadline is MM-DD of the period's year.
    """

    name: str = text("条款要求", required=True, searched=True)
    basis: str = text("依据文件", searched=True)
    quotation: str = long_text("原文", searched=True)
    body: str = reference("机构", "body", help="空着指本办公室所属的各机构")
    owed_by: str = choice("谁来办", OWERS, default="本机构", required=True)
    unit_category: str = text("单位类别", column=False, help="“每个单位”时限定类别，如 镇街")
    answered_by: str = choice("用什么办", ANSWERS, default="会议", required=True)
    meeting_category: str = choice("会议类型", MEETING_CATEGORIES, open_choices=True, column=False)
    regular_only: bool = flag("只算定期会议", column=False)
    submission_item: str = choice("报送事项", SUBMISSION_ITEMS, open_choices=True, column=False)
    times: int | None = integer("次数", help="每个周期至少几次；空着为 1")
    per: str = choice("周期", PERIODS, default="年", required=True)
    deadline: str = text("期限", help="每年的月日，如 11-15；空着为周期的最后一天")
    weekend: str = choice("逢休息日", WEEKEND_RULES, default="不变", column=False)
    threshold: float | None = number("数量要求", column=False)
    position: int | None = integer("顺序", column=False)
    valid_from: date | None = day("生效日期")
    valid_until: date | None = day("失效日期")
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def check(self, look: Look) -> Iterable[Problem]:
        if self.deadline and not _is_month_day(self.deadline):
            yield Problem("deadline", "期限应为 月-日，如 11-15")
        if self.times is not None and self.times < 1:
            yield Problem("times", "次数至少为 1")
        if self.answered_by == "会议" and not self.meeting_category:
            yield Problem("meeting_category", "用会议完成的条款要填会议类型")
        if self.answered_by == "报送" and not self.submission_item:
            yield Problem("submission_item", "用报送完成的条款要填报送事项")
        if self.owed_by == "每个成员单位" and not self.body:
            yield Problem("body", "“每个成员单位”要填是哪个机构的成员单位")


@record_kind(
    "submission", "报送", family="rules", icon="send",
    identity=("item", "body", "unit", "year", "half"), sort=("-received_on",), happened="received_on", measure="份",
)  # fmt: skip
class Submission(Record):
    """Something handed in by a body or unit, on paper or electronically (S0-28 … S0-31)."""

    item: str = choice("报送事项", SUBMISSION_ITEMS, required=True, open_choices=True, searched=True)
    body: str = reference("报送机构", "body")
    unit: str = reference("报送单位", "unit")
    year: int | None = integer("所属年度", required=True)
    half: str = choice(
        "所属时段", ("全年", "上半年", "下半年", "一季度", "二季度", "三季度", "四季度"), default="全年"
    )
    subject: str = text("标题", searched=True)
    number: str = text("文号", searched=True, column=False)
    received_on: date | None = day("收到日期", required=True)
    medium: str = choice("形式", ("纸质", "电子", "纸质和电子"), column=False)
    pages: int | None = integer("页数", column=False)
    signer: str = text("签发人", column=False)
    receiver: str = text("接收人", column=False)
    returned_on: date | None = day("退改日期", column=False)
    adopted: bool = flag("采用", column=False)
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        who = name_of("body", self.body) or name_of("unit", self.unit)
        return self.subject or f"{who}{self.year or ''}年{self.item}"

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.body and not self.unit:
            yield Problem("body", "填报送机构或报送单位")
        if self.year is not None and not 1949 <= self.year <= 2200:
            yield Problem("year", "年度应为四位数，如 2026")


@record_kind(
    "document_number", "文号", family="rules", icon="file-text",
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
    "holiday", "节假日", family="rules", icon="calendar-days",
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


def _is_month_day(text: str) -> bool:
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    if not found:
        return False
    try:
        date(2024, int(found[1]), int(found[2]))
    except ValueError:
        return False
    return True
