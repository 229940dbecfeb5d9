"""Organisation: units, bodies, who belongs to what, who holds which post (S0-1 … S0-5).

Everything carries from/until, so that any list can be read as of a date: old papers keep old
names, and a change of post changes rosters and notices but not last year's minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from models.errors import Problem
from models.records.base import (
    Dated,
    DayRole,
    Gathers,
    Look,
    NameOf,
    Record,
    choice,
    day,
    flag,
    integer,
    long_text,
    phone_number,
    record_kind,
    reference,
    text,
)  # fmt: skip

UNIT_CATEGORIES = (
    "党委", "人大", "政府", "政协", "纪委监委", "法检", "群团", "媒体", "企业", "事业单位", "镇街", "村居", "学校", "其他",
)  # fmt: skip
LEVELS = ("省", "市", "县区", "镇街", "村居")
BODY_CATEGORIES = (
    "领导小组", "委员会", "办公室", "协调指导办公室", "协调小组", "工作组", "专项工作组", "专班", "临时机构", "其他",
)  # fmt: skip
POSTS = ("主要负责人", "分管负责人", "班子成员", "法制员", "联络员", "内设机构负责人", "工作人员")
LEADER_POSTS = ("主要负责人", "分管负责人", "班子成员")
"""Posts that make somebody 「本单位其他领导」 for S0-20."""
ROLES = (
    "组长", "第一组长", "常务副组长", "副组长", "主任", "常务副主任", "专职副主任", "副主任", "召集人", "秘书长",
    "委员", "成员", "办公室主任", "办公室副主任", "联络员",
)  # fmt: skip
STAFF_KINDS = ("领导干部", "执法人员", "公务员", "法制工作人员", "事业人员", "其他")
LEGAL_RANKS = ("正科级", "副科级", "股级", "内设，未定级")
LAW_DEGREES = ("无", "专科", "本科", "研究生")
_ABOVE = re.compile("(?:.{0,6}?[省市县区州旗镇乡])(?:委|政府|人大|政协)")
PERIOD = ("valid_from", "valid_until")
_TOWNS = tuple((word, "镇街") for word in ("乡镇", "乡镇街道", "镇街道", "街道", "镇", "乡"))
_VILLAGES = tuple((word, "村居") for word in ("村", "社区", "村社区", "村委会", "居委会"))
_CATEGORIES_CALLED = (
    *_TOWNS, *_VILLAGES, ("纪委", "纪委监委"), ("监委", "纪委监委"), ("法院", "法检"), ("检察院", "法检"),
    ("党委部门", "党委"), ("政府部门", "政府"), ("群团组织", "群团"), ("人民团体", "群团"), ("国企", "企业"), ("国有企业", "企业"),
)  # fmt: skip
_LEVELS_CALLED = (
    *_TOWNS, *_VILLAGES, ("省级", "省"), ("市级", "市"), ("县", "县区"), ("区", "县区"), ("县级", "县区"), ("区级", "县区"),
    ("乡镇级", "镇街"), ("村级", "村居"),
)  # fmt: skip
_POSTS_CALLED = (
    ("主要领导", "主要负责人"), ("一把手", "主要负责人"), ("主要负责同志", "主要负责人"), ("分管领导", "分管负责人"),
    ("分管负责同志", "分管负责人"), ("联系人", "联络员"),
)  # fmt: skip


@record_kind(
    "unit", "单位", family="organisation", icon="building-2",
    identity=("name",), sort=("position", "name"), period=PERIOD, measure="家",
)  # fmt: skip
class Unit(Record):
    """A unit (单位); renames and mergers name a *successor*, so that statistics roll up to today's unit."""

    name: str = text("单位名称", required=True, searched=True, help="用全称；简称另填")
    short_name: str = text("简称", searched=True)
    category: str = choice("单位类别", UNIT_CATEGORIES, synonyms=_CATEGORIES_CALLED)
    level: str = choice("层级", LEVELS, synonyms=_LEVELS_CALLED)
    position: int | None = integer("建制顺序", help="名册、签到表按这个顺序排；空着排在最后")
    valid_from: date | None = day("设立日期", section="变更")
    valid_until: date | None = day("撤并日期")
    successor: str = reference("并入单位", "unit", column=False)
    enforcement: bool = flag("有执法职能", column=False, section="法制机构")
    legal_section: bool = flag("单独设立法制机构", column=False)
    legal_rank: str = choice("法制机构规格", LEGAL_RANKS, open_choices=True, column=False)
    legal_posts: int | None = integer(
        "法制机构编制", unit="名", column=False, help="核定的人数；实有看学法的队伍"
    )
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def check(self, look: Look) -> Iterable[Problem]:
        if self.legal_posts is not None and self.legal_posts < 0:
            yield Problem("legal_posts", "法制机构编制不能是负数")
        for other in look.find(Unit, "name = ? AND id <> ?", (self.name, self.id)):
            if _overlap(self, other):
                yield Problem("name", f"已有同名单位“{other.name}”")


@record_kind(
    "body", "机构", family="organisation", icon="landmark",
    identity=("name",), sort=("position", "name"), period=PERIOD, measure="个",
)  # fmt: skip
class Body(Record):
    """A coordinating body (议事协调机构): leading group, its office, branch offices, temporary bodies."""

    name: str = text("机构名称", required=True, searched=True)
    short_name: str = text("简称", searched=True)
    category: str = choice("机构类别", BODY_CATEGORIES, required=True)
    parent: str = reference("上级机构", "body")
    host_unit: str = reference("牵头单位", "unit", help="办公室设在的单位")
    basis: str = text("依据文件", searched=True, column=False)
    duties: str = long_text("主要职责", searched=True, help="一行一条")
    position: int | None = integer("顺序")
    valid_from: date | None = day("成立日期", section="变更")
    valid_until: date | None = day("撤销日期", dated=Dated(DayRole.FACT, "撤销", named=True))
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def check(self, look: Look) -> Iterable[Problem]:
        for other in look.find(Body, "name = ? AND id <> ?", (self.name, self.id)):
            if _overlap(self, other):
                yield Problem("name", f"已有同名机构“{other.name}”")


@record_kind(
    "membership", "成员单位", family="organisation", icon="users",
    identity=("body", "unit"), sort=("body", "position"), period=PERIOD, part_of="body", measure="家次",
)  # fmt: skip
class Membership(Record):
    """A unit's membership in a body, in order; *lead* marks the 牵头单位 (S0-2, S0-3)."""

    body: str = reference("机构", "body", required=True)
    unit: str = reference("单位", "unit", required=True)
    position: int | None = integer("顺序")
    lead: bool = flag("牵头")
    valid_from: date | None = day("加入日期")
    valid_until: date | None = day("退出日期")

    def headline(self, name_of: NameOf) -> str:
        return f"{name_of('body', self.body)}·{name_of('unit', self.unit)}"

    def check(self, look: Look) -> Iterable[Problem]:
        for other in look.find(
            Membership, "body = ? AND unit = ? AND id <> ?", (self.body, self.unit, self.id)
        ):
            if _overlap(self, other):
                yield Problem("unit", "这个单位已经是成员单位")


@record_kind(
    "person", "人员", family="organisation", icon="users-round",
    identity=("name", "phone"), sort=("headline",), measure="人",
    gathered={"posts": ("单位和职务", Gathers("appointment", "person", ("unit", "title")))},
)  # fmt: skip
class Person(Record):
    """A person (人员). *reading* corrects the pinyin of a rare surname (单 Shàn, 仇 Qiú)."""

    name: str = text("姓名", required=True, searched=True)
    gender: str = choice("性别", ("男", "女"), column=False)
    phone: str = phone_number("手机", searched=True)
    office_phone: str = phone_number("办公电话", column=False)
    staff_kind: str = choice("人员类别", STAFF_KINDS, help="学法要求按类别计算")
    law_degree: str = choice("法律专业学历", LAW_DEGREES, column=False)
    joined_on: date | None = day("到岗日期", column=False, help="当年到岗、离岗的，学时要求按月折算")
    left_on: date | None = day("离岗日期", column=False)
    certificate: str = text("执法证号", column=False)
    certificate_until: date | None = day(
        "执法证有效期", column=False,
        dated=Dated(DayRole.LIMIT, "执法证到期", named=True, void_by="left_on"),
    )  # fmt: skip
    reading: str = text("姓名拼音", column=False, help="自动读音不对时填写，如 shan xiong")
    note: str = long_text("备注")

    def headline(self, name_of: NameOf) -> str:
        return self.name

    def extra_search(self) -> str:
        return self.reading

    def check(self, look: Look) -> Iterable[Problem]:
        same = look.find(Person, "name = ? AND id <> ?", (self.name, self.id))
        if any(other.phone == self.phone and self.phone for other in same):
            yield Problem("name", f"已有姓名和手机都相同的人员“{self.name}”")
        elif same:
            yield Problem("name", f"已有同名人员 {len(same)} 位，请看清是不是同一人", "warning")


@record_kind(
    "appointment", "任职", family="organisation", icon="user-plus",
    identity=("person", "unit", "title"), sort=("unit", "position"), period=PERIOD, measure="条",
)  # fmt: skip
class Appointment(Record):
    """A person's post in a unit from/until; *post* is the kind that rules ask for (主要/分管负责人), "" for none."""

    person: str = reference("姓名", "person", required=True)
    unit: str = reference("单位", "unit", required=True)
    title: str = text("职务", required=True, searched=True)
    post: str = choice(
        "岗位", POSTS, synonyms=_POSTS_CALLED,
        help="制度和席位按岗位找人：一把手是主要负责人，管法治工作的副职是分管负责人，对口联系的是联络员；都不是的可以空着",
    )  # fmt: skip
    position: int | None = integer("排序")
    valid_from: date | None = day("任职起")
    valid_until: date | None = day("任职止")

    def headline(self, name_of: NameOf) -> str:
        return f"{name_of('person', self.person)}（{called(name_of('unit', self.unit), self.title)}）"

    def check(self, look: Look) -> Iterable[Problem]:
        if self.post not in ("主要负责人", "分管负责人"):
            return
        for other in look.find(
            Appointment, "unit = ? AND post = ? AND person <> ?", (self.unit, self.post, self.person)
        ):
            if other.id != self.id and _overlap(self, other):
                holder = look.get(Person, other.person)
                name = holder.name if holder else ""
                yield Problem("post", f"该单位已有{self.post}：{name}", "warning")


@record_kind(
    "seat", "组内职务", family="organisation", icon="users",
    identity=("body", "role", "person", "unit", "post"), sort=("body", "position"), period=PERIOD,
    part_of="body", measure="席",
)  # fmt: skip
class Seat(Record):
    """A seat in a body: a named *person*, or whoever holds *post* in *unit* on the day (S0-4, S0-5)."""

    body: str = reference("机构", "body", required=True)
    role: str = choice("组内职务", ROLES, required=True, open_choices=True)
    person: str = reference("姓名", "person", help="指定到人；按岗位确定的不填")
    unit: str = reference("单位", "unit")
    post: str = choice("岗位", POSTS, help="按岗位确定时填：谁任这个岗位，谁就是成员")
    position: int | None = integer("顺序")
    valid_from: date | None = day("任期起")
    valid_until: date | None = day("任期止")

    def headline(self, name_of: NameOf) -> str:
        who = name_of("person", self.person) or f"{name_of('unit', self.unit)}{self.post}"
        return f"{name_of('body', self.body)}{self.role} {who}"

    def check(self, look: Look) -> Iterable[Problem]:
        if not self.person and not (self.unit and self.post):
            yield Problem("person", "填姓名，或者填单位和岗位")


def leads_all(unit: str) -> bool:
    """Tell whether *unit* is the Party committee or the government itself, not one of their parts."""
    return bool(re.fullmatch("中共[^委]+委(?:员会)?", unit)) or unit.endswith("人民政府")


def called(unit: str, title: str) -> str:
    """Return unit and title as one is called: 县司法局局长; alone what names its place: 县委书记, 县委常委、政法委书记."""
    place = _ABOVE.match(title)
    if leads_all(unit) or (place and unit.startswith(place.group())):
        return title or unit
    named = next((unit[at:] for at in range(len(unit) - 2) if title.startswith(unit[at:])), "")
    return unit + title.removeprefix(named)  # 县司法局 + 司法局局长


def _overlap(one: Record, other: Record) -> bool:
    """Tell whether the periods of two records of one kind share a day."""
    first, last = PERIOD
    starts = [getattr(record, first) or date.min for record in (one, other)]
    ends = [getattr(record, last) or date.max for record in (one, other)]
    return max(starts) <= min(ends)
