"""Supervision (督办): cases from their sources, what happened to them step by step (S0-32 … S0-36)."""

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
    long_text,
    phone_number,
    record_kind,
    reference,
    references,
    text,
)  # fmt: skip
from models.records.values import shortened

SOURCES = (
    "重要会议", "重要文件", "领导小组全体会议", "领导批示", "目标任务", "人大建议", "政协提案", "其他",
)  # fmt: skip
CASE_STATES = ("立项", "交办", "签收", "办理中", "报结", "审核", "办结", "销号")
CLOSED_STATES = ("办结", "销号")
URGENCIES = ("一般", "急", "特急")
STEP_KINDS = (
    "交办", "签收", "进展", "催办", "延期申请", "延期批准", "延期不批", "报结", "退回", "审核", "办结", "反馈", "销号", "批示",
)  # fmt: skip

MOVES = ("交办", "签收", "进展", "延期批准", "报结", "退回", "审核", "办结", "反馈", "销号")
"""Steps by which a case moves on or gets another limit; the others are only told."""
_KEPT_OF = {
    "延期批准": ("new_due_on",),
    **dict.fromkeys(("交办", "签收", "报结", "办结", "反馈", "销号"), ("happened_on",)),
}
"""Of which steps the case keeps what."""


@record_kind(
    "case", "督办事项", family="supervision", icon="clipboard-check",
    identity=("number", "matter"), sort=("-opened_on", "-number"), happened="opened_on", measure="件",
    attachable=True,
)  # fmt: skip
class Case(Record):
    """One matter under supervision. The first lead unit answers for it (S2-5); handler and phone are
    required before 办理中 (S0-33). *due_on* is the limit in force, *first_due_on* the one first given."""

    matter: str = text("督办事项", required=True, searched=True)
    number: str = text("督办编号", searched=True, help="如 督办〔2026〕17号")
    source: str = choice("来源", SOURCES, required=True)
    basis: str = text("立项依据", searched=True, help="会议、文件、批示领导的名称")
    source_on: date | None = day("来源日期", column=False)
    resolution: str = reference("议定事项", "resolution", column=False)
    requirement: str = long_text("办理要求", searched=True)
    lead_units: tuple[str, ...] = references("承办单位", "unit", required=True)
    co_units: tuple[str, ...] = references("协办单位", "unit", column=False)
    urgency: str = choice("紧急程度", URGENCIES, default="一般", column=False)
    opened_on: date | None = day("立项日期", required=True)
    due_on: date | None = day(
        "办理时限", help="交办以后通过延期更改",
        dated=Dated(
            DayRole.LIMIT, "办理时限", settled_by="closed_on",
            fixed="督办时限只能通过延期更改：双击打开这件事项，登记“延期申请”和“延期批准”。",
        ),
    )  # fmt: skip
    handler: str = text("经办人", searched=True, help="承办单位的经办人")
    handler_phone: str = phone_number("经办人电话", column=False)
    result: str = long_text("办理结果", searched=True)
    state: str = choice("办理状态", CASE_STATES, default="立项", system=True, later=True)
    first_due_on: date | None = day("原定时限", system=True, column=False)
    assigned_on: date | None = day("交办日期", system=True, column=False)
    signed_on: date | None = day("签收日期", system=True, column=False)
    reported_on: date | None = day("报结日期", system=True, column=False)
    closed_on: date | None = day("办结日期", system=True)
    feedback_on: date | None = day(
        "反馈日期", system=True, column=False, later=True, dated=Dated(DayRole.FACT, "反馈", named=True)
    )
    written_off_on: date | None = day("销号日期", system=True, column=False, later=True)
    note: str = long_text("备注", later=True)

    def headline(self, name_of: NameOf) -> str:
        return self.matter

    def settled_on(self, look: Look) -> date | None:
        return self.closed_on

    def counted_on(self, look: Look) -> set[date | None]:
        """Its first limit too; what is granted later says itself from when."""
        return {*super().counted_on(look), self.first_due_on or self.due_on}

    def check(self, look: Look) -> Iterable[Problem]:
        if self.opened_on and self.due_on and self.due_on < self.opened_on:
            yield Problem("due_on", "办理时限早于立项日期")
        if self.state not in ("立项", "交办", "签收") and not (self.handler and self.handler_phone):
            yield Problem("handler", "办理中的事项要有经办人和电话")
        if set(self.lead_units) & set(self.co_units):
            yield Problem("co_units", "承办单位不再列为协办单位")
        for other in look.find(Case, "number = ? AND number <> '' AND id <> ?", (self.number, self.id)):
            yield Problem("number", f"编号已用于“{other.matter}”")

    def check_change(self, before: Record, look: Look) -> Iterable[Problem]:
        """The limit of a case that was given out is the one first given, or the one last granted (S0-33)."""
        assert isinstance(before, Case)
        if before.state == CASE_STATES[0] or before.due_on in (None, self.due_on):
            return
        granted = look.find(CaseStep, "matter = ? AND kind = '延期批准'", (self.id,), order="id")
        if not granted or granted[-1].new_due_on != self.due_on:
            yield Problem("due_on", "已经交办，时限只能通过延期更改：登记“延期申请”和“延期批准”")


@record_kind(
    "case_step", "办理记录", family="supervision", icon="history",
    identity=("matter", "happened_on", "kind"), sort=("matter", "-happened_on"), happened="happened_on", part_of="matter",
)  # fmt: skip
class CaseStep(Record):
    """Something that happened to a case on a day: progress, an urging slip, an extension, its return."""

    matter: str = reference("督办事项", "case", required=True)
    happened_on: date | None = day("日期", required=True)
    kind: str = choice("类型", STEP_KINDS, required=True)
    said: str = long_text("内容", searched=True, column=True)
    by: str = text("填报人")
    new_due_on: date | None = day("延期至", column=False)
    number: str = text("文号", column=False)

    def headline(self, name_of: NameOf) -> str:
        return f"{self.kind}：{shortened(self.said, 30)}" if self.said else self.kind

    def check(self, look: Look) -> Iterable[Problem]:
        if self.kind in ("延期申请", "延期批准") and not self.new_due_on:
            yield Problem("new_due_on", "延期要填延到哪一天")
        case = look.get(Case, self.matter)
        if case and case.opened_on and self.happened_on and self.happened_on < case.opened_on:
            yield Problem("happened_on", "日期早于立项日期")

    def check_change(self, before: Record, look: Look) -> Iterable[Problem]:
        """What the case has from this step stays as it is; words are open."""
        assert isinstance(before, CaseStep)
        kept = {"matter", "kind", *_KEPT_OF.get(before.kind, ())}
        changed = [name for name in self.changed_since(before) if name in kept]
        if changed and (before.moved_case(look) or self.kind in MOVES):
            yield Problem(
                changed[0], f"“{before.kind}”已写进督办事项，不能单独改：在变更记录里撤销这一步，再登记"
            )

    def check_removal(self, look: Look) -> str:
        if not self.moved_case(look):
            return ""
        return f"“{self.kind}”已写进督办事项，不能单独删除：在变更记录里撤销这一步。"

    def moved_case(self, look: Look) -> bool:
        """Whether the case stands as it does by this step; of several 进展 only the first moved it."""
        if self.kind != "进展":
            return self.kind in MOVES
        others = look.find(CaseStep, "matter = ? AND kind = '进展' AND id <> ?", (self.matter, self.id))
        return not others
