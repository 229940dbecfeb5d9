"""The papers of study: every figure is the summary's, nothing is left out, empty offices get a paper too."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.deeds.study import add_units, save_row
from models.documents.blocks import AttachmentNote, Chart, Document, Paragraph, Table
from models.records.rules import Clause
from models.records.study import AppointmentTest, Exam, ExamScore, StudyAttendance, StudySession
from models.store.ledger import Ledger
from models.summaries.study_year import study_year
from reports.catalog import REPORTS, ReportOptions
from tests.fixtures import SmallOffice

AS_OF = date(2026, 11, 21)


@pytest.fixture
def session(ledger: Ledger, office: SmallOffice) -> StudySession:
    """县司法局 studied for two hours on 13 October, the head for 40; 30 people from outside came."""
    with ledger.action("学法") as action:
        action.add(
            Clause(
                name="40学时", owed_by="每名人员", answered_by="学法", staff_kinds="公务员", measure="学时", threshold=40
            )
        )  # fmt: skip
        for person in (office.head, office.deputy, office.staff):
            action.change(dataclasses.replace(person, staff_kind="公务员"))
        made = action.add(
            StudySession(
                subject="学习宪法", category="会前学法", before_meeting="政府常务会", unit=office.justice.id,
                starts_at=datetime(2026, 10, 13, 9), hours=2, headcount=30, speaker="罗屿", leader_speaks=True,
            )
        )  # fmt: skip
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 10, 28)))
        action.add(ExamScore(exam=exam.id, person=office.head.id, score=91, attempt=1))
        action.add(
            AppointmentTest(
                person=office.head.id, post="副县长", tested_on=date(2026, 5, 6), score=88, passed=True
            )
        )
    save_row(ledger, StudyAttendance(session=made.id, person=office.head.id, hours=40))
    add_units(ledger, made, [office.justice.id])
    return made


def built(ledger: Ledger, identifier: str, **options: object) -> Document:
    return REPORTS[identifier].build(ledger, ReportOptions(**{"as_of": AS_OF, **options}))  # type: ignore[arg-type]


def table(document: Document, sheet: str) -> Table:
    return next(one for one in document.tables() if one.sheet == sheet)


def test_the_sheet_of_a_session(ledger: Ledger, session: StudySession) -> None:
    document = built(ledger, "study_sheet", record_id=session.id)
    facts = dict(table(document, "学法活动").rows)
    assert facts["学法形式"] == "会前学法（政府常务会前）"
    assert (facts["主讲人"], facts["学时"]) == ("罗屿（领导讲法）", "2学时")
    people = table(document, "参加人员")
    assert {(row[2], row[5]) for row in people.rows} == {("陆怀谦", 40), ("高书瑶", 2), ("尹　素", 2)}
    assert people.note == "注：参加3人，名册以外30人，共33人次。"


def test_the_personal_file(ledger: Ledger, office: SmallOffice, session: StudySession) -> None:
    document = built(ledger, "study_file", record_id=office.head.id)
    assert table(document, "各年学时").rows == (("2026", 40, 40, None, None, "已达标"),)
    assert table(document, "学法记录").rows == ((1, date(2026, 10, 13), "学习宪法", "会前学法", 40, "参加"),)
    assert table(document, "考试成绩").rows[0][3:] == (91, 1, "优秀")
    assert table(document, "任前考法").rows[0][2:] == ("副县长", "", 88, "合格")
    short = built(ledger, "study_file", record_id=office.deputy.id)
    assert dict(table(short, "基本情况").rows)["学时情况"] == "还差 38 学时（截至2026年11月21日）"


def test_the_bulletin_says_what_the_summary_says(ledger: Ledger, session: StudySession) -> None:
    document = built(ledger, "study_bulletin", year=2026)
    summary = study_year(ledger, 2026, AS_OF)
    text = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "共开展学法活动1次，参加33人次，名册内人员3人参加" in text
    assert "会前学法1次（政府常务会前1次）。领导干部讲法1次" in text
    assert "人员3人，已达标1人，达标率33.3%；未达标2人" in text
    assert table(document, "各单位学时").rows == ((1, "县司法局", 3, 1, 2, 1 / 3, 14.7),)
    assert {row[2] for row in table(document, "未达标人员").rows} == {"高书瑶", "尹　素"}
    (chart,) = (block for block in document.blocks if isinstance(block, Chart))
    assert sum(chart.series[0].values) + sum(chart.series[1].values) == len(summary.people)
    (note,) = (block for block in document.blocks if isinstance(block, AttachmentNote))
    assert note.names == ("各单位学时完成情况", "未达标人员名单", "学法活动一览表")


def test_the_first_half_has_a_bulletin_of_its_own(ledger: Ledger, session: StudySession) -> None:
    document = built(ledger, "study_bulletin", year=2026, as_of=date(2026, 6, 30))
    assert document.title == "关于2026年上半年学法情况的通报"
    assert "2026年上半年没有登记学法活动。" in [
        block.text for block in document.blocks if isinstance(block, Paragraph)
    ]


def test_the_plan_lists_the_year_in_order(ledger: Ledger, session: StudySession) -> None:
    with ledger.action("计划") as action:
        action.add(dataclasses.replace(session, id="", starts_at=datetime(2026, 3, 2, 9), days=1, hours=None))
        action.add(dataclasses.replace(session, id="", starts_at=datetime(2027, 1, 4, 9)))
    rows = table(built(ledger, "study_plan", year=2026), "学法计划").rows
    assert [(row[1], row[-1]) for row in rows] == [("3月2日", "1天"), ("10月13日", "2学时")]


def test_an_office_without_study_gets_its_papers(ledger: Ledger, office: SmallOffice) -> None:
    assert not list(built(ledger, "study_plan", year=2026).tables())
    text = [
        block.text
        for block in built(ledger, "study_bulletin", year=2026).blocks
        if isinstance(block, Paragraph)
    ]
    assert "没有登记对人员的学法要求。" in text
