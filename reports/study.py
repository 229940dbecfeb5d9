"""学法登记表 of one session, 个人学法档案 of one person, 年度学法计划 (S2-11; conventions 2.4)."""

from __future__ import annotations

from collections.abc import Sequence

from models.documents.blocks import Block, Cell, Column, Document, Paragraph, Table, Title
from models.records.study import StudySession
from models.records.values import figure, show_day
from models.rules.study import Standing
from models.settings import OfficeSettings
from models.summaries.study import Participant, SessionSheet
from models.summaries.study_file import PersonalFile
from reports.words import column_name, day_and_time, page_numbers

DAY = "yyyy-mm-dd"
ROW_HEIGHT = 9.0  # mm
SIGN_HEIGHT = 10.0
"""Minimum height of a row somebody signs in, mm."""
FACTS = (Column("项目", 1.6, "center"), Column("内容", 5))
Row = tuple[Cell, ...]


# 学法登记表 -----------------------------------------------------------------------------------


def build_session_sheet(sheet: SessionSheet, office: OfficeSettings) -> Document:
    """Return the sheet of a session: its facts, then who took part with room for a signature."""
    title = f"{office.area_name}学法登记表"
    people = Table(
        (
            Column("序号", 0.7, "center"), Column("单位", 2.6), Column("姓名", 1.2, "center"), Column("职务", 1.7),
            Column("参加情况", 1.2, "center"), Column("学时", 0.8, "right"), Column("签名", 1.6, "center"),
        ),
        tuple(_participant(place, one) for place, one in enumerate(sheet.participants, 1)),
        title="参加人员", row_height_mm=SIGN_HEIGHT, sheet="参加人员",
        note=_counted(sheet),
    )  # fmt: skip
    facts = Table(FACTS, tuple(_facts(sheet)), row_height_mm=ROW_HEIGHT, sheet="学法活动")
    blocks: list[Block] = [Title(title), facts, people]
    return Document(f"{title}：{sheet.session.subject}", tuple(blocks), page_numbers=page_numbers(office))


def _facts(sheet: SessionSheet) -> list[Row]:
    session = sheet.session
    assert session.starts_at is not None
    form = f"{session.category}（{session.before_meeting}前）" if session.before_meeting else session.category
    speaker = f"{session.speaker}（领导讲法）" if session.leader_speaks else session.speaker
    rows = [
        ("学习主题", session.subject), ("学法形式", form), ("时间", day_and_time(session.starts_at)), ("地点", session.place),
        ("组织单位", sheet.body or sheet.unit), ("主讲人", speaker), ("学习对象", session.audience),
        ("学时", amounts(session.hours, session.days)), ("学习内容", session.material),
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def _counted(sheet: SessionSheet) -> str:
    told = "，".join(f"{word}{sheet.count(word)}人" for word in ("请假", "缺席", "补学") if sheet.count(word))
    outside = f"，名册以外{sheet.session.headcount}人" if sheet.session.headcount else ""
    return f"注：参加{sheet.persons}人{outside}，共{sheet.heads}人次{f'；{told}' if told else ''}。"


def _participant(place: int, one: Participant) -> Row:
    hours = one.hours if one.counts else None
    return (place, one.unit, column_name(one.name), one.duty, one.row.presence, hours, "")


# 个人学法档案 ---------------------------------------------------------------------------------


def build_personal_file(file: PersonalFile, office: OfficeSettings) -> Document:
    """Return the file: what was asked and done year by year, every session, exams, tests before an appointment."""
    title = "个人学法档案"
    person = file.person
    facts = [
        ("姓名", person.name), ("单位职务", f"{file.unit}{file.title}"), ("人员类别", person.staff_kind),
        ("法律专业学历", person.law_degree), ("执法证号", person.certificate),
        ("到岗日期", show_day(person.joined_on)),
        ("学时情况", f"{file.now.words}（截至{show_day(file.as_of)}）" if file.owes else ""),
    ]  # fmt: skip
    blocks: list[Block] = [
        Title(title),
        Table(FACTS, tuple(row for row in facts if row[1]), row_height_mm=ROW_HEIGHT, sheet="基本情况"),
        Table(_YEARS, tuple(_year(one) for one in file.standings), title="各年学时", sheet="各年学时"),
        Table(_STUDIES, tuple(_studies(file)), title="学法记录", sheet="学法记录"),
    ]
    if file.results:
        blocks.append(Table(_EXAMS, tuple(_exams(file)), title="考试成绩", sheet="考试成绩"))
    if file.tests:
        blocks.append(Table(_TESTS, tuple(_tests(file)), title="任前考法", sheet="任前考法"))
    footer = f"截至{show_day(file.as_of)}"
    return Document(
        f"{title}：{person.name}", tuple(blocks), page_numbers=page_numbers(office), footer=footer
    )


_YEARS = (
    Column("年度", 1, "center"), Column("应学学时", 1, "right"), Column("已学学时", 1, "right"), Column("应学天数", 1, "right"),
    Column("已学天数", 1, "right"), Column("情况", 2.6),
)  # fmt: skip
_STUDIES = (
    Column("序号", 0.7, "center"), Column("日期", 1.5, "center", DAY), Column("学习主题", 3.4), Column("学法形式", 1.4, "center"),
    Column("学时", 0.8, "right"), Column("参加情况", 1.1, "center"),
)  # fmt: skip
_EXAMS = (
    Column("序号", 0.7, "center"), Column("日期", 1.5, "center", DAY), Column("考试", 3.6), Column("成绩", 0.9, "right"),
    Column("次数", 0.8, "right"), Column("等次", 1.1, "center"),
)  # fmt: skip
_TESTS = (
    Column("序号", 0.7, "center"), Column("日期", 1.5, "center", DAY), Column("拟任职务", 2.4), Column("考查情况", 2.8),
    Column("成绩", 0.8, "right"), Column("结果", 0.9, "center"),
)  # fmt: skip


def _year(one: Standing) -> Row:
    owed_days = one.owed_days or None
    return (str(one.year), one.owed_hours, one.hours, owed_days, one.days if owed_days else None, one.words)


def _studies(file: PersonalFile) -> list[Row]:
    return [
        (place, one.on, one.session.subject, one.session.category, one.hours, one.presence)
        for place, one in enumerate(file.studies, 1)
    ]


def _exams(file: PersonalFile) -> list[Row]:
    return [
        (place, one.exam.held_on, one.exam.name, one.best, one.attempts or None, one.word)
        for place, one in enumerate(file.results, 1)
    ]


def _tests(file: PersonalFile) -> list[Row]:
    return [
        (place, one.tested_on, one.post, one.review, one.score, "合格" if one.passed else "不合格")
        for place, one in enumerate(file.tests, 1)
    ]


# 年度学法计划 ---------------------------------------------------------------------------------


def build_plan(year: int, sessions: Sequence[tuple[StudySession, str]], office: OfficeSettings) -> Document:
    """Return the plan: the sessions of the year with who holds them, in order (conventions 2.4 「会前学法」)."""
    title = f"{office.area_name}{year}年度学法计划"
    columns = (
        Column("序号", 0.6, "center"), Column("时间", 1.3, "center"), Column("学习主题", 3.2), Column("学法形式", 1.9, "center"),
        Column("组织单位", 2.2), Column("主讲人", 1.7), Column("学习对象", 1.2, "center"), Column("学时", 0.8, "center"),
    )  # fmt: skip
    rows = tuple(_planned(place, session, host) for place, (session, host) in enumerate(sessions, 1))
    blocks: list[Block] = [Title(title)]
    if rows:
        blocks += [
            Paragraph(f"{year}年安排学法活动{len(rows)}次，按时间列表如下。"),
            Table(columns, rows, row_height_mm=ROW_HEIGHT, sheet="学法计划"),
        ]
    else:
        blocks.append(Paragraph(f"还没有登记{year}年的学法活动。"))
    return Document(title, tuple(blocks), landscape=True, page_numbers=page_numbers(office))


def _planned(place: int, session: StudySession, host: str) -> Row:
    assert session.starts_at is not None
    form = (
        f"{session.category}\n（{session.before_meeting}前）" if session.before_meeting else session.category
    )
    when = f"{session.starts_at.month}月{session.starts_at.day}日"
    hours = amounts(session.hours, session.days)
    return (place, when, session.subject, form, host, session.speaker, session.audience, hours)


def amounts(hours: float | None, days: float | None) -> str:
    """Return 「12学时」, 「2天」 or both; "" when neither is given."""
    given = ((hours, "学时"), (days, "天"))
    return "、".join(f"{figure(value)}{measure}" for value, measure in given if value)
