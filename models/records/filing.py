"""Around what is handed in: work dynamics, waivers, attachments, the register of USB media."""

from __future__ import annotations

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
    record_kind,
    reference,
    text,
)  # fmt: skip

DYNAMIC_CLASSES = ("重要文件", "专项工作", "重要典型活动问题", "其他动态信息")
DYNAMIC_STAGES = ("方案", "进展", "总结")
DECISIONS = ("免办", "说明")
MEDIUM_LEVELS = ("非密", "内部")


@record_kind(
    "dynamic", "工作动态", family="filing", icon="send",
    identity=("title", "received_on"), sort=("-received_on",), happened="received_on", measure="条",
)  # fmt: skip
class Dynamic(Record):
    """A piece of news from a body or unit in one of four classes; pictures are attachments (S0-31)."""

    title: str = text("标题", required=True, searched=True)
    dynamic_class: str = choice("类别", DYNAMIC_CLASSES, required=True)
    stage: str = choice("阶段", DYNAMIC_STAGES, help="专项工作填是方案、进展还是总结")
    body: str = reference("报送机构", "body")
    unit: str = reference("报送单位", "unit")
    received_on: date | None = day("收到日期", required=True)
    summary: str = long_text("摘要", searched=True)
    adopted: bool = flag("采用")
    adopted_in: str = text("采用刊期", column=False)
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.title

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.body and not self.unit:
            yield Problem("unit", "填报送机构或报送单位")


@record_kind(
    "waiver", "免办", family="filing", icon="flag",
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


@record_kind(
    "attachment", "附件", family="filing", icon="paperclip",
    identity=("owner_kind", "owner", "digest"), sort=("owner", "name"), measure="个",
)  # fmt: skip
class Attachment(Record):
    """A file kept in the data folder under its content hash; it belongs to the record *owner* of *owner_kind*."""

    name: str = text("文件名", required=True, searched=True)
    owner_kind: str = text("所属类别", required=True, column=False)
    owner: str = text("所属记录", required=True, column=False)
    digest: str = text("校验值", required=True, column=False)
    size: int | None = integer("大小", unit="字节")
    note: str = text("说明", searched=True)

    def headline(self, name_of: NameOf) -> str:
        return self.name


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
