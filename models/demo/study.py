"""Three years of study of the sample county: sessions before meetings, training, platforms, exams, legal staff.

Some people are short of their hours, some special trainings fall due, one town has no 法制员, one has three.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import resources
from models.demo.county import County
from models.records.meeting import Meeting
from models.records.organisation import Appointment, Person, Unit
from models.records.question import Question
from models.records.rules import Clause
from models.records.study import AppointmentTest, Exam, ExamScore, StudyAttendance, StudySession
from models.store.action import Action

Deed = tuple[datetime, Callable[[], None]]
LEADERS = ("主要负责人", "分管负责人")
PLANNED_AHEAD = timedelta(days=40)
BASIS = "关于加强国家工作人员学法用法工作的意见（县级实施办法）"


def plan_studies(county: County) -> Iterator[Deed]:
    """Yield the deeds of all study up to today, and of sessions already planned."""
    data = json.loads(resources.text("presets/demo/study.json"))
    yield datetime(county.first_year, 1, 5, 9), partial(_legal_staff, county, data)
    yield datetime(county.first_year, 1, 6, 10), partial(_question_bank, county)
    yield datetime(county.today.year, 2, 10, 15), partial(_officers_of_towns, county)
    for year in range(county.first_year, county.today.year + 1):
        for session, units, posts in _regular(county, data, year):
            assert session.starts_at is not None
            on = session.starts_at.date()
            entered = session.starts_at + timedelta(hours=5)
            if on > county.today:
                entered = datetime.combine(county.today, entered.time().replace(hour=9))
            if on <= county.today + PLANNED_AHEAD:
                held = on <= county.today
                yield entered, partial(_hold, county, session, units if held else (), posts)
        yield datetime(year, 11, 2, 10), partial(_platform, county, year)
        yield datetime(year, 10, 28, 17), partial(_exam, county, year)
        yield datetime(year, 11, 5, 9), partial(_before_joint_meetings, county, year)
    for post, level, on, score in data["tests"]:
        tested = date.fromisoformat(f"{county.today.year}-{on}")
        yield datetime.combine(tested, datetime.min.time().replace(hour=16)), partial(
            _test, county, post, level, tested, score
        )  # fmt: skip


# Sessions ---------------------------------------------------------------------------------------

Planned = tuple[StudySession, tuple[str, ...], tuple[str, ...]]
"""A session, the units whose people come, the posts these people hold (all for none)."""


def _regular(county: County, data: dict[str, Any], year: int) -> Iterator[Planned]:
    speakers = data["speakers"]
    for place, (meeting, unit, on, subject) in enumerate(data["before"]):
        led = place % 3 == 0
        yield _session(
            county, year, on, subject, "会前学法", unit, 1, before_meeting=meeting, leader_speaks=led, audience="领导干部",
            speaker="县委常委 陆怀谦" if led else speakers[place % len(speakers)],
        ), (unit,), ()  # fmt: skip
    for place, (on, subject) in enumerate(data["centre"]):
        yield _session(
            county, year, on, subject, "中心组学法", "县委宣传部", 2, speaker=speakers[place % len(speakers)], audience="领导干部"
        ), ("中共澜溪县委", "澜溪县人民政府", "县委宣传部", "县司法局"), LEADERS  # fmt: skip
    for on, subject in data["collective"]:
        yield (
            _session(county, year, on, subject, "集体学法", "澜溪县人民政府", 2, audience="领导干部"),
            ("澜溪县人民政府",),
            (),
        )
    for category, unit, on, subject, heads in data["publicity"]:
        growth = 1 + 0.08 * (year - county.first_year)
        yield _session(
            county, year, on, subject, category, unit, 2, headcount=round(heads * growth), audience="群众"
        ), (), ()  # fmt: skip
    enforcers = tuple(data["enforcers"])
    term = _session(
        county,
        year,
        "06-23 08:30",
        "领导干部法治专题培训班",
        "专题培训",
        "县委组织部",
        12,
        audience="领导干部",
    )
    yield term, tuple(county.data["units"]["政府"]), LEADERS
    for on, days in (("04-08 08:30", 8), ("09-22 08:30", 6)):
        yield _session(
            county, year, on, f"行政执法人员更新知识培训（{days}天）", "专题培训", "县司法局", None, days=float(days), audience="执法人员",
        ), enforcers, ("工作人员",)  # fmt: skip
    for special_year, on, first, last in (
        (county.first_year, "03-20 09:00", 0, 6), (county.today.year, "05-20 09:00", 6, 9),
    ):  # fmt: skip
        if year == special_year:
            yield _session(
                county, year, on, "依法行政知识专门培训", "专门培训", "县司法局", None, days=2.0, audience="执法人员"
            ), enforcers[first:last], ("工作人员",)  # fmt: skip


def _session(
    county: County, year: int, on: str, subject: str, category: str, unit: str, hours: float | None, **more: Any
) -> StudySession:  # fmt: skip
    starts_at = datetime.strptime(f"{year}-{on}", "%Y-%m-%d %H:%M")
    while starts_at.weekday() > 4:
        starts_at += timedelta(days=1)
    return StudySession(
        subject=subject, category=category, unit=county.units[unit], starts_at=starts_at, hours=hours,
        place="县行政中心" if category not in ("专题培训", "专门培训") else "县委党校", **more,
    )  # fmt: skip


def _hold(county: County, session: StudySession, units: tuple[str, ...], posts: tuple[str, ...]) -> None:
    """Enter a session; most of those called came, some asked for leave."""
    assert session.starts_at is not None
    on = session.starts_at.date()
    with county.ledger.action(f"登记学法活动「{session.subject}」") as action:
        made = action.add(session)
        seen: set[str] = set()
        for unit in units:
            for post in county.ledger.in_force(Appointment, on, "unit = ?", (county.units[unit],)):
                if post.person not in seen and (not posts or post.post in posts):
                    seen.add(post.person)
                    luck = county.chance.random()
                    presence = (
                        "参加"
                        if luck < 0.88
                        else "请假"
                        if luck < 0.95
                        else "补学"
                        if luck < 0.98
                        else "缺席"
                    )
                    action.add(
                        StudyAttendance(
                            session=made.id, person=post.person, unit=post.unit, presence=presence
                        )
                    )


def _before_joint_meetings(county: County, year: int) -> None:
    """Half an hour of law before each joint meeting: who came to the meeting studied."""
    held = county.ledger.find(
        Meeting,
        "category = '联席会议' AND starts_at LIKE ? AND state NOT IN ('计划', '取消', '延期')",
        (f"{year}-%",),
    )
    with county.ledger.action(f"登记{year}年联席会议会前学法") as action:
        for meeting in held:
            action.add(
                StudySession(
                    subject="学习法治建设重要文件", category="会前学法", before_meeting="其他会议", body=meeting.body,
                    meeting=meeting.id, starts_at=meeting.starts_at, place=meeting.place, hours=1.0, speaker="县司法局 严以宁",
                )
            )  # fmt: skip


def _platform(county: County, year: int) -> None:
    """The hours of the provincial platform, as imported in November: each person has their own."""
    on = datetime(year, 11, 1, 9)
    session = StudySession(
        subject=f"{year}年国家工作人员学法用法平台学习", category="网络学法", unit=county.units["县司法局"], starts_at=on,
        hours=30.0, audience="公务员",
    )  # fmt: skip
    with county.ledger.action(f"导入{year}年平台学时") as action:
        made = action.add(session)
        seen: set[str] = set()
        for post in county.ledger.in_force(Appointment, on.date()):
            if post.person in seen or county.chance.random() < 0.04:
                continue
            seen.add(post.person)
            hours = float(county.chance.choice((40, 40, 42, 44, 45, 38, 40, 41, 28, 43)))
            action.add(StudyAttendance(session=made.id, person=post.person, unit=post.unit, hours=hours))


# Exams and tests --------------------------------------------------------------------------------


def _question_bank(county: County) -> None:
    with county.ledger.action("导入题库") as action:
        for question in json.loads(resources.text("presets/demo/questions.json")):
            action.add(Question(**question))


def _exam(county: County, year: int) -> None:
    """The yearly exam of heads of units: some sit it twice, the eldest is exempt."""
    on = date(year, 10, 28)
    with county.ledger.action(f"登记{year}年领导干部学法考试成绩") as action:
        exam = action.add(
            Exam(
                name=f"{year}年领导干部学法考试", held_on=on, unit=county.units["县司法局"], full_marks=100.0
            )
        )
        heads = county.ledger.in_force(Appointment, on, "post = '主要负责人'")
        for place, post in enumerate(heads):
            score = float(county.chance.randint(52, 99))
            given = ExamScore(exam=exam.id, person=post.person, unit=post.unit)
            if place == year % len(heads):
                action.add(dataclasses.replace(given, exempt=True))
                continue
            action.add(dataclasses.replace(given, score=score, attempt=1))
            if score < 60:
                action.add(dataclasses.replace(given, score=score + 15, attempt=2))


def _test(county: County, post: str, level: str, on: date, score: float) -> None:
    unit = next(name for name in sorted(county.units, key=len, reverse=True) if post.startswith(name))
    found = county.ledger.in_force(Appointment, on, "unit = ? AND post = '分管负责人'", (county.units[unit],))
    with county.ledger.action(f"登记任前考法「{post}」") as action:
        action.add(
            AppointmentTest(
                person=found[0].person, post=post.removeprefix(unit), unit=county.units[unit], level=level, tested_on=on,
                review="近三年依法行政情况良好，无违法行政记录", score=score, passed=True, reported_to="县委组织部",
                qualified_until=on.replace(year=on.year + 3),
            )
        )  # fmt: skip


# Legal staff ------------------------------------------------------------------------------------


def _legal_staff(county: County, data: dict[str, Any]) -> None:
    """Enter what is asked of persons, which units enforce the law, and their officers with certificates."""
    with county.ledger.action("登记学法要求和执法人员") as action:
        known = {clause.name for clause in county.ledger.find(Clause, "owed_by = '每名人员'")}
        for clause in data["clauses"] if not known else ():
            action.add(Clause(**clause, basis=BASIS, owed_by="每名人员", answered_by="学法"))
        for place, name in enumerate(data["enforcers"]):
            unit = county.ledger.get(Unit, county.units[name])
            assert unit is not None
            section = name not in data["without_section"]
            rank, posts = ("股级", 2 if place == 1 else 1) if section else ("", None)
            action.change(
                dataclasses.replace(
                    unit, enforcement=True, legal_section=section, legal_rank=rank, legal_posts=posts
                )
            )
            for number in (1, 2):
                _enforcer(county, action, unit, place * 2 + number)


def _enforcer(county: County, action: Action, unit: Unit, number: int) -> None:
    """One officer; certificates run out at different times, one officer has none yet."""
    person = county.new_person("工作人员")
    until = county.today + timedelta(days=number * 61 - 90)
    if number != 20:
        person = dataclasses.replace(
            person, certificate=f"澜执法〔{county.first_year}〕{number:03d}号", certificate_until=until
        )
    added = action.add(person)
    action.add(
        Appointment(
            person=added.id, unit=unit.id, title="执法大队副大队长", post="工作人员", position=6, valid_from=date(2022, 1, 4)
        )
    )  # fmt: skip


def _officers_of_towns(county: County) -> None:
    """枫林乡 loses its 法制员, 青塘镇 gets two more."""
    on = county.today.replace(month=2, day=10)
    with county.ledger.action("调整乡镇法制员") as action:
        for post in county.ledger.in_force(
            Appointment, on, "unit = ? AND post = '法制员'", (county.units["枫林乡"],)
        ):
            action.change(dataclasses.replace(post, valid_until=on))
        for place in (7, 8):
            person: Person = action.add(county.new_person("法制员"))
            action.add(
                Appointment(
                    person=person.id, unit=county.units["青塘镇"], title="司法助理员", post="法制员", position=place,
                    valid_from=on,
                )
            )  # fmt: skip
