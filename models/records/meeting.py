"""Meetings: the meeting, its agenda, who came, what was resolved (S0-15 … S0-27)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

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
    phone_number,
    record_kind,
    reference,
    references,
    text,
)  # fmt: skip
from models.records.values import shortened

MEETING_CATEGORIES = (
    "联席会议", "成员单位会议", "领导小组全体会议", "委员会会议", "办公室会议", "主任办公会", "组长碰头会", "工作组协调会",
    "专题会", "推进会", "现场会", "常务会", "信访联席会议", "其他",
)  # fmt: skip
NATURES = ("定期", "临时")
STATES = ("计划", "通知", "召开", "纪要拟稿", "签发", "印发", "归档")
SIDE_STATES = ("延期", "取消")
CONTENT_CLASSES = (
    "学习贯彻", "传达部署", "交流情况", "研究部署", "协调解决", "任务分解", "听取汇报", "其他",
)  # fmt: skip
"""Five classes of a joint meeting (S0-22), then those of branch meetings (S0-27) and hearings."""
STATUSES = ("出席", "代", "请假", "缺席", "列席", "特邀")


@record_kind(
    "meeting", "会议", family="meeting", icon="presentation",
    identity=("name", "starts_at"), sort=("-starts_at",), happened="starts_at", measure="次", attachable=True,
)  # fmt: skip
class Meeting(Record):
    """A meeting and the dates of its steps 计划→通知→召开→纪要拟稿→签发→印发→归档 (延期, 取消)."""

    name: str = text("会议名称", required=True, searched=True)
    category: str = choice("会议类型", MEETING_CATEGORIES, required=True, open_choices=True)
    nature: str = choice("性质", NATURES, default="定期", required=True)
    body: str = reference("所属机构", "body", required=True)
    starts_at: datetime | None = moment(
        "开始时间", required=True, dated=Dated(DayRole.PLANNED, until="ends_at")
    )
    ends_at: datetime | None = moment("结束时间", column=False)
    place: str = text("地点", searched=True)
    convener: str = reference("召集人", "person", column=False)
    host: str = reference("主持人", "person")
    delegated: bool = flag("委托主持", column=False)
    invited: str = long_text("邀请人员", help="名册以外的列席、特邀，一行一位：单位 姓名 职务")
    requirements: str = long_text("会议要求", section="通知")
    contact: str = text("联系人", column=False)
    contact_phone: str = phone_number("联系电话", column=False)
    reply_by: date | None = day(
        "报名截止",
        column=False,
        dated=Dated(DayRole.PLANNED, "报名截止", named=True, void_by="cancelled_on"),
    )
    minutes_text: str = long_text(
        "纪要正文", section="纪要", searched=True, later=True, help="空着则由议程和议定事项生成"
    )
    minutes_issue: int | None = integer("纪要期号", column=False, later=True)
    signer: str = text("签发人", column=False, later=True)
    copy_to: str = long_text("抄送", later=True)
    state: str = choice(
        "进度", STATES + SIDE_STATES, default="计划", system=True, afterwards=True, later=True
    )
    notified_on: date | None = day("通知日期", system=True, column=False)
    drafted_on: date | None = day("拟稿日期", system=True, column=False, later=True)
    signed_on: date | None = day("签发日期", system=True, column=False, later=True)
    issued_on: date | None = day("印发日期", system=True, column=False, later=True)
    archived_on: date | None = day("归档日期", system=True, column=False, afterwards=True, later=True)
    postponed_from: datetime | None = moment("原定时间", system=True, column=False)
    postponed_on: date | None = day("延期登记日期", system=True, column=False)
    cancelled_on: date | None = day("取消日期", system=True, column=False)
    report_before: date | None = day("会前报告日期", section="分支机构会议", column=False)
    report_after: date | None = day("会后报送日期", column=False, afterwards=True, later=True)
    note: str = long_text("备注", afterwards=True, later=True)

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def check(self, look: Look) -> Iterable[Problem]:
        from models.rules.meetings import meeting_problems

        yield from meeting_problems(self, look)

    def locked(self, look: Look) -> str:
        return "会议纪要已印发" if self.issued_on else ""

    def begun_on(self, look: Look) -> date | None:
        """A meeting counts once it was held, on its day, or called off."""
        return super().begun_on(look) if self.held else self.cancelled_on

    @property
    def held(self) -> bool:
        """Whether the meeting took place (S0-15 counts only these)."""
        return self.state in STATES[2:]


class MeetingPart(Record):
    """Shared by what belongs to a meeting: locked with its minutes."""

    meeting: str = ""

    def locked(self, look: Look) -> str:
        meeting = look.get(Meeting, self.meeting)
        return meeting.locked(look) if meeting else ""


@record_kind(
    "agenda_item", "议程", family="meeting", icon="list-checks",
    identity=("meeting", "subject"), sort=("meeting", "position"), part_of="meeting", measure="项",
)  # fmt: skip
class AgendaItem(MeetingPart):
    """One item of the agenda with its content class and what was said about it."""

    meeting: str = reference("会议", "meeting", required=True)
    position: int | None = integer("序号")
    subject: str = text("议题", required=True, searched=True)
    content_class: str = choice("内容类别", CONTENT_CLASSES)
    reporter: str = text("汇报单位或人员", searched=True)
    record: str = long_text("会议记录", searched=True)

    def headline(self, name_of: NameOf) -> str:
        return self.subject


@record_kind(
    "attendance", "出席情况", family="meeting", icon="check",
    identity=("meeting", "unit", "person"), sort=("meeting", "position"), part_of="meeting", measure="人次",
)  # fmt: skip
class Attendance(MeetingPart):
    """One row of the grid: who was expected or invited and what became of it (S0-18 … S0-21).

    *person* is empty for a vacant post. 「代」 means the person did not come and *substitute* did.
    """

    meeting: str = reference("会议", "meeting", required=True)
    position: int | None = integer("序号")
    unit: str = reference("单位", "unit")
    person: str = reference("应到人", "person")
    duty: str = text("职务")
    role: str = text("组内职务")
    expected: bool = flag("应到")
    status: str = choice("出席情况", STATUSES)
    leave_asked_at: datetime | None = moment("请假时间")
    leave_reason: str = text("请假事由", column=False)
    leave_approver: str = text("批准人", column=False)
    substitute: str = reference("替代人", "person")
    substitute_duty: str = text("替代人职务", column=False)
    late: bool = flag("迟到", column=False)
    left_early: bool = flag("早退", column=False)
    signed: bool = flag("签到")
    note: str = text("备注", column=False)

    def headline(self, name_of: NameOf) -> str:
        who = name_of("person", self.person) or "（空缺）"
        return f"{name_of('unit', self.unit)}{who}".strip()

    def check(self, look: Look) -> Iterable[Problem]:
        from models.rules.attendance import attendance_problems

        yield from attendance_problems(self, look)


@record_kind(
    "resolution", "议定事项", family="meeting", icon="clipboard-check",
    identity=("meeting", "content"), sort=("meeting", "position"), part_of="meeting", measure="项",
)  # fmt: skip
class Resolution(MeetingPart):
    """What the meeting resolved: who does it by when (S0-24). The first lead unit is responsible (S2-5)."""

    meeting: str = reference("会议", "meeting", required=True)
    position: int | None = integer("序号")
    content: str = long_text("议定事项", required=True, searched=True, column=True)
    lead_units: tuple[str, ...] = references("牵头单位", "unit")
    co_units: tuple[str, ...] = references("配合单位", "unit")
    due_on: date | None = day("办理时限", dated=Dated(DayRole.LIMIT, "办理时限", settled_by="done_on"))
    done_on: date | None = day("办结日期", afterwards=True)
    outcome: str = long_text("落实情况", searched=True, afterwards=True)

    def settled_on(self, look: Look) -> date | None:
        return self.done_on

    def counted_on(self, look: Look) -> set[date | None]:
        return {*super().counted_on(look), self.due_on}

    def headline(self, name_of: NameOf) -> str:
        return shortened(self.content.split("\n")[0], 40)

    def check(self, look: Look) -> Iterable[Problem]:
        meeting = look.get(Meeting, self.meeting)
        if meeting and meeting.starts_at and self.due_on and self.due_on < meeting.starts_at.date():
            yield Problem("due_on", "办理时限早于开会日期")
        if self.due_on and not self.lead_units:
            yield Problem("lead_units", "有办理时限，还没有牵头单位", "warning")


@record_kind(
    "preparation", "筹备事项", family="meeting", icon="list-checks",
    identity=("meeting", "item"), sort=("meeting", "position"), part_of="meeting", measure="项",
)  # fmt: skip
class Preparation(Record):
    """One thing to get ready for a meeting: who does it by when, done when (S0-23). Not locked with the minutes."""

    meeting: str = reference("会议", "meeting", required=True)
    position: int | None = integer("序号")
    item: str = text("事项", required=True, searched=True)
    by: str = text("经办人")
    due_on: date | None = day("完成期限", dated=Dated(DayRole.LIMIT, "完成期限", settled_by="done_on"))
    done_on: date | None = day("完成日期")
    note: str = text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.item
