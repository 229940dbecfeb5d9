"""Study (学法): sessions and who took part, exams and scores, tests before an appointment (S1-13 … S1-24)."""

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
    number,
    record_kind,
    reference,
    text,
)  # fmt: skip
from models.records.organisation import STAFF_KINDS

SESSION_CATEGORIES = (
    "集体学法", "会前学法", "中心组学法", "专题培训", "专门培训", "法治讲座", "旁听庭审", "网络学法", "日常学法", "法律进机关",
    "法律进学校", "法律进社区", "法律进乡村", "法律进企业", "法律进单位", "其他",
)  # fmt: skip
"""专门培训 is the one owed every three years (S1-19)."""
BEFORE_MEETINGS = ("党委常委会", "人大常委会", "政府常务会", "政协常委会", "其他会议")
"""The four meetings before which law is studied (S3-3 item 8)."""
AUDIENCES = (
    *STAFF_KINDS,
    "拟录用公务员",
    "企业经营管理人员",
    "企业法律顾问",
    "村居“两委”干部",
    "行政相对人",
    "学生",
    "群众",
)
PRESENCES = ("参加", "请假", "缺席", "补学")
_ORGANISED = "组织机构、组织单位要填一个"
POST_LEVELS = ("县（市、区）领导", "镇（街道）领导", "部门领导", "其他")


@record_kind(
    "study_session", "学法活动", family="study", icon="graduation-cap",
    identity=("subject", "starts_at"), sort=("-starts_at",), happened="starts_at", measure="次",
    attachable=True,
)  # fmt: skip
class StudySession(Record):
    """One study session; with *meeting* its participants are those who attended that meeting.

    *hours* (学时) and *days* (天) hold for each participant. *headcount* counts people outside the roster (人次).
    """

    subject: str = text("学习主题", required=True, searched=True)
    category: str = choice("学法形式", SESSION_CATEGORIES, required=True, open_choices=True)
    before_meeting: str = choice(
        "在哪个会议之前", BEFORE_MEETINGS, column=False, help="学法形式是会前学法的必填"
    )
    body: str = reference("组织机构", "body", help=_ORGANISED)
    unit: str = reference("组织单位", "unit", help=_ORGANISED)
    meeting: str = reference(
        "结合会议", "meeting", column=False, help="参加人员取自这次会议的出席情况，组织机构空着的按会议填"
    )
    starts_at: datetime | None = moment("时间", required=True, dated=Dated(DayRole.PLANNED))
    place: str = text("地点", column=False)
    speaker: str = text("主讲人", searched=True)
    leader_speaks: bool = flag("领导讲法", column=False)
    audience: str = choice("学习对象", AUDIENCES, open_choices=True, column=False)
    hours: float | None = number("学时", unit="学时")
    days: float | None = number("天数", unit="天", column=False)
    headcount: int | None = integer("名册外人数", unit="人次", column=False)
    material: str = long_text("学习内容", searched=True)
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.subject

    def check(self, look: Look) -> Iterable[Problem]:
        if self.category == "会前学法" and not self.before_meeting:
            yield Problem("before_meeting", "会前学法要填在哪个会议之前")
        if not self.body and not self.unit:
            yield Problem("body", _ORGANISED)
            yield Problem("unit", _ORGANISED)
        if self.hours is not None and not 0 <= self.hours <= 200:
            yield Problem("hours", "学时应在 0 到 200 之间")
        if self.days is not None and not 0 <= self.days <= 60:
            yield Problem("days", "天数应在 0 到 60 之间")


@record_kind(
    "study_attendance", "学法记录", family="study", icon="check",
    identity=("session", "person"), sort=("session", "unit"), part_of="session", measure="人次",
)  # fmt: skip
class StudyAttendance(Record):
    """One person at one session; *hours* and *days* override those of the session."""

    session: str = reference("学法活动", "study_session", required=True)
    person: str = reference("姓名", "person", required=True)
    unit: str = reference("单位", "unit")
    presence: str = choice("参加情况", PRESENCES, default="参加", required=True)
    hours: float | None = number("学时", unit="学时")
    days: float | None = number("天数", unit="天")
    note: str = text("备注", column=False)

    def headline(self, name_of: NameOf) -> str:
        return f"{name_of('person', self.person)}·{name_of('study_session', self.session)}"

    def check(self, look: Look) -> Iterable[Problem]:
        same = (self.session, self.person, self.id)
        if look.find(StudyAttendance, "session = ? AND person = ? AND id <> ?", same):
            yield Problem("person", "这个人已在这次学法的名单里")


@record_kind(
    "exam", "法律考试", family="study", icon="file-text",
    identity=("name", "held_on"), sort=("-held_on",), happened="held_on", measure="次",
)  # fmt: skip
class Exam(Record):
    """A law exam; bands (优秀 良好 合格) are settings, since every province has its own."""

    name: str = text("考试名称", required=True, searched=True)
    held_on: date | None = day("考试日期", required=True, dated=Dated(DayRole.PLANNED))
    unit: str = reference("组织单位", "unit")
    audience: str = choice("考试对象", AUDIENCES, open_choices=True)
    full_marks: float | None = number("满分")
    pass_marks: float | None = number("合格线")
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def check(self, look: Look) -> Iterable[Problem]:
        if self.full_marks is not None and self.pass_marks is not None and self.pass_marks > self.full_marks:
            yield Problem("pass_marks", "合格线高于满分")


@record_kind(
    "exam_score", "考试成绩", family="study", icon="check",
    identity=("exam", "person", "attempt"), sort=("exam", "-score"), part_of="exam", measure="份",
)  # fmt: skip
class ExamScore(Record):
    """One person's score; of several attempts the best counts."""

    exam: str = reference("考试", "exam", required=True)
    person: str = reference("姓名", "person", required=True)
    unit: str = reference("单位", "unit")
    score: float | None = number("成绩")
    attempt: int | None = integer("第几次", column=False)
    exempt: bool = flag("免试", column=False)
    note: str = text("备注", column=False)

    def headline(self, name_of: NameOf) -> str:
        return f"{name_of('person', self.person)}·{name_of('exam', self.exam)}"

    def check(self, look: Look) -> Iterable[Problem]:
        exam = look.get(Exam, self.exam)
        full = exam.full_marks if exam and exam.full_marks is not None else 100
        if self.score is None and not self.exempt:
            yield Problem("score", "填成绩，免试的打勾")
        if self.score is not None and not 0 <= self.score <= full:
            yield Problem("score", f"成绩应在 0 到 {full:g} 之间")
        same = (self.exam, self.person, self.attempt, self.id)
        if look.find(ExamScore, "exam = ? AND person = ? AND attempt IS ? AND id <> ?", same):
            yield Problem("attempt", "这个人的成绩已登记；补考的另填第几次")


@record_kind(
    "appointment_test", "任前考法", family="study", icon="search-check",
    identity=("person", "post", "tested_on"), sort=("-tested_on",), happened="tested_on", measure="人次",
)  # fmt: skip
class AppointmentTest(Record):
    """A law test before an appointment: candidate, post, review, score, given to whom (S1-14, S4-6)."""

    person: str = reference("拟任人选", "person", required=True)
    post: str = text("拟任职务", required=True, searched=True)
    unit: str = reference("拟任单位", "unit")
    level: str = choice("职务层级", POST_LEVELS)
    review: str = long_text("依法行政考查情况", column=False)
    tested_on: date | None = day("测试日期", required=True, dated=Dated(DayRole.PLANNED))
    score: float | None = number("成绩")
    passed: bool = flag("合格")
    reported_to: str = text("结果报送", column=False)
    qualified_until: date | None = day(
        "资格有效期", help="任职法律资格到哪天有效", dated=Dated(DayRole.LIMIT, "任职资格到期", named=True)
    )
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return f"{name_of('person', self.person)}拟任{self.post}"

    def check(self, look: Look) -> Iterable[Problem]:
        if self.qualified_until and self.tested_on and self.qualified_until < self.tested_on:
            yield Problem("qualified_until", "资格有效期早于测试日期")
