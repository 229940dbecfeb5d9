"""What is handed in and what goes with it: submissions, work dynamics, attachments, the register of USB media."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

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
    moment,
    record_kind,
    reference,
    text,
)  # fmt: skip
from models.records.values import YEAR_FAULT, YEARS
from models.records.year import lock_of

DYNAMIC_CLASSES = ("重要文件", "专项工作", "重要典型活动问题", "其他动态信息")
DYNAMIC_STAGES = ("方案", "进展", "总结")
SUBMISSION_ITEMS = (
    "年度工作计划", "年度工作总结", "半年度进展", "工作动态", "法治建设年度报告", "专项工作方案", "其他",
)  # fmt: skip
ADDRESSEES = ("上级政府", "同级党委", "同级人大常委会", "同级政协", "上级法治办")
"""To whom a report goes, each its own tick (S1-8)."""
MEDIUM_LEVELS = ("非密", "内部")


_ADOPTION = ("adopted", "adopted_on")


def _adopted_on() -> Any:
    return day("采用日期", past=True, column=False, later=True, dated=Dated(DayRole.FACT, "采用", named=True))


def adopted_by(paper: Submission | Dynamic, on: date) -> bool:
    """Tell whether a paper or piece of news had been adopted by a day."""
    since = _adopted_since(paper)
    return since is not None and since <= on


def _adopted_since(paper: Submission | Dynamic) -> date | None:
    """Return from when it counts as adopted, without a day of its own since it came in; None while it is not."""
    return (paper.adopted_on or paper.received_on) if paper.adopted else None


def _adoption_problems(paper: Submission | Dynamic) -> Iterable[Problem]:
    if paper.adopted_on and not paper.adopted:
        yield Problem("adopted", "填了采用日期，就勾选“采用”；没有采用的，清空采用日期")
    if paper.adopted_on and paper.received_on and paper.adopted_on < paper.received_on:
        yield Problem("adopted_on", "采用日期早于收到日期")


def _newly_adopted_problems(paper: Submission | Dynamic, before: Record) -> Iterable[Problem]:
    """Yield that the day is wanted: adopted later than received, perhaps in another year."""
    if paper.adopted and not paper.adopted_on and "adopted" in paper.changed_since(before):
        yield Problem("adopted_on", "填采用日期")


@record_kind(
    "submission", "报送", family="filing", icon="send",
    identity=("item", "body", "unit", "addressee", "year", "half"), sort=("-received_on",), happened="received_on",
    measure="份", attachable=True,
)  # fmt: skip
class Submission(Record):
    """Something handed in by a body or unit, on paper or electronically (S0-28 … S0-31)."""

    item: str = choice("报送事项", SUBMISSION_ITEMS, required=True, open_choices=True, searched=True)
    body: str = reference("报送机构", "body")
    unit: str = reference("报送单位", "unit")
    addressee: str = choice("报送对象", ADDRESSEES, open_choices=True, column=False)
    matter: str = reference("对应督办事项", "case", column=False, help="实施方案填是哪一件督办事项的")
    year: int | None = integer("所属年度", required=True)
    half: str = choice(
        "所属时段", ("全年", "上半年", "下半年", "一季度", "二季度", "三季度", "四季度"), default="全年"
    )
    subject: str = text("标题", searched=True)
    number: str = text("文号", searched=True, column=False)
    received_on: date | None = day("收到日期", required=True, past=True)
    medium: str = choice("形式", ("纸质", "电子", "纸质和电子"), column=False)
    pages: int | None = integer("页数", column=False)
    signer: str = text("签发人", column=False)
    receiver: str = text("接收人", column=False)
    returned_on: date | None = day(
        "退改日期", past=True, column=False, later=True, dated=Dated(DayRole.FACT, "退改", named=True)
    )
    adopted: bool = flag("采用", column=False, later=True)
    adopted_on: date | None = _adopted_on()
    note: str = long_text("备注", later=True)

    def headline(self, name_of: NameOf) -> str:
        who = name_of("body", self.body) or name_of("unit", self.unit)
        return self.subject or f"{who}{self.year or ''}年{self.item}"

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.body and not self.unit:
            yield Problem("body", "填报送机构或报送单位")
        if self.year is not None and self.year not in YEARS:
            yield Problem("year", YEAR_FAULT)
        yield from _adoption_problems(self)

    def check_change(self, before: Record, look: Look) -> Iterable[Problem]:
        yield from _newly_adopted_problems(self, before)

    def day_of(self, name: str) -> object:
        return _adopted_since(self) if name in _ADOPTION else super().day_of(name)


@record_kind(
    "dynamic", "工作动态", family="filing", icon="send",
    identity=("title", "received_on"), sort=("-received_on",), happened="received_on", measure="条",
    attachable=True,
)  # fmt: skip
class Dynamic(Record):
    """A piece of news from a body or unit in one of four classes; pictures are attachments (S0-31)."""

    title: str = text("标题", required=True, searched=True)
    dynamic_class: str = choice("类别", DYNAMIC_CLASSES, required=True)
    stage: str = choice("阶段", DYNAMIC_STAGES, help="专项工作填是方案、进展还是总结")
    campaign: str = text(
        "专项活动", searched=True, column=False, help="同一活动的方案、进展和总结填同一个名称"
    )
    body: str = reference("报送机构", "body")
    unit: str = reference("报送单位", "unit")
    received_on: date | None = day("收到日期", required=True, past=True)
    summary: str = long_text("摘要", searched=True)
    adopted: bool = flag("采用", later=True)
    adopted_on: date | None = _adopted_on()
    adopted_in: str = text("采用刊期", column=False, later=True)
    note: str = long_text("备注", later=True)

    def headline(self, name_of: NameOf) -> str:
        return self.title

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.body and not self.unit:
            yield Problem("unit", "填报送机构或报送单位")
        yield from _adoption_problems(self)

    def check_change(self, before: Record, look: Look) -> Iterable[Problem]:
        yield from _newly_adopted_problems(self, before)

    def day_of(self, name: str) -> object:
        return _adopted_since(self) if name in _ADOPTION else super().day_of(name)


@record_kind(
    "attachment", "附件", family="filing", icon="paperclip",
    identity=("owner_kind", "owner", "digest"), sort=("owner", "name"), measure="个",
    comes_from="附件在它所属记录的“附件”里加入",
)  # fmt: skip
class Attachment(Record):
    """A file kept in the data folder under its content hash; it belongs to the record *owner* of *owner_kind*."""

    name: str = text("文件名", required=True, searched=True)
    owner_kind: str = text("所属类别", required=True, column=False, system=True)
    owner: str = text("所属记录", required=True, column=False, system=True)
    digest: str = text("校验值", required=True, column=False, system=True)
    size: int | None = integer("大小", unit="字节", system=True)
    note: str = text("说明", searched=True, afterwards=True)

    def headline(self, name_of: NameOf) -> str:
        return self.name

    @property
    def belongs_to(self) -> tuple[str, str]:
        return self.owner_kind, self.owner

    def locked(self, look: Look) -> str:
        """Papers come in late, and are put to what is locked as well; taken away they are only as a 更正."""
        whole = self.whole(look) if self.entered_at and not self.deleted_at else None
        return lock_of(look, whole, whole) if whole else ""

    def begun_on(self, look: Look) -> date | None:
        return None

    def settled_on(self, look: Look) -> date | None:
        return None


@record_kind(
    "usb_medium", "U盘登记", family="filing", icon="usb",
    identity=("number",), sort=("number",), measure="个",
)  # fmt: skip
class UsbMedium(Record):
    """One stick, one number: purpose and level marked, unclassified only (conventions 2.5)."""

    number: str = text("介质编号", required=True, searched=True)
    purpose: str = text("用途", required=True, searched=True)
    level: str = choice("密级", MEDIUM_LEVELS, default="非密", required=True)
    keeper: str = text("保管人", searched=True)
    registered_on: date | None = day("登记日期")
    retired_on: date | None = day("停用日期")
    serial: str = text("序列号", column=False)
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return f"{self.number} {self.purpose}"

    def check(self, look: Look) -> Iterable[Problem]:
        for other in look.find(UsbMedium, "number = ? AND id <> ?", (self.number, self.id)):
            yield Problem("number", f"编号已用于“{other.purpose}”")


@record_kind(
    "medium_use", "介质使用", family="filing", icon="usb",
    identity=("used_at", "content"), sort=("-used_at",), happened="used_at", measure="次",
)  # fmt: skip
class MediumUse(Record):
    """One line of the register the 保密办 asks for: who took what out of the program, when, on which stick (ideas 19).

    The program writes it at every export to a stick and every export of a year, with *digest*, the SHA-256 of
    the file or of the folder's manifest; such a line can only be corrected with a reason.
    """

    used_at: datetime | None = moment("时间", required=True)
    content: str = text("内容", required=True, searched=True)
    medium: str = reference("介质", "usb_medium")
    clerk: str = text("经办人", required=True, searched=True)
    place: str = text("写到", column=False)
    files: int | None = integer("文件数", unit="个")
    size: int | None = integer("大小", unit="字节", column=False)
    phones: bool = flag("含完整电话", column=False)
    digest: str = text("校验值", column=False, system=True)
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return f"{self.used_at:%Y-%m-%d %H:%M} {self.content}" if self.used_at else self.content

    def locked(self, look: Look) -> str:
        return "这一行由程序在导出时写入" if self.digest and self.entered_at else ""
