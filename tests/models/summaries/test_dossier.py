"""档案: what stands in it as of a day, with the record behind every line."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.errors import ClerkError
from models.records.filing import Attachment, Dynamic, Submission
from models.records.meeting import Attendance, Resolution
from models.records.organisation import Appointment, Person, Unit
from models.records.rules import Clause
from models.records.study import Exam, ExamScore, StudyAttendance, StudySession
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.dossier import dossier_of
from models.summaries.dossier.parts import Dossier, Part
from models.summaries.meeting import expected_attendance
from tests.fixtures import SmallOffice

DAY = date(2026, 11, 21)


def part(dossier: Dossier, title: str) -> Part:
    return next(part for part in dossier.parts if part.title == title)


@pytest.fixture
def work(ledger: Ledger, office: SmallOffice) -> dict[str, str]:
    """A meeting the head missed (高书瑶 stood in), a session, a case, a paper and a piece of news of 县司法局."""
    unit = office.justice.id
    with ledger.action("登记") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        for row in expected_attendance(ledger, office.meeting):
            status = {office.head.id: "请假"}.get(row.person, "出席")
            leave = datetime(2026, 10, 12, 9) if status == "请假" else None
            action.add(dataclasses.replace(row, status=status, leave_asked_at=leave))
        session = action.add(
            StudySession(
                subject="行政复议法",
                category="集体学法",
                unit=unit,
                starts_at=datetime(2026, 4, 2, 9),
                hours=3,
            )
        )
        action.add(StudyAttendance(session=session.id, person=office.head.id))
        case = action.add(
            Case(matter="清理文件", source="重要会议", lead_units=(unit,), opened_on=date(2026, 5, 6))
        )
        paper = action.add(
            Submission(item="年度工作总结", unit=unit, year=2026, received_on=date(2026, 11, 3))
        )
        news = action.add(
            Dynamic(title="宪法宣传", dynamic_class="专项工作", unit=unit, received_on=date(2026, 11, 5))
        )
    return {"study_session": session.id, "case": case.id, "submission": paper.id, "dynamic": news.id}


def test_a_unit_with_all_its_lines(ledger: Ledger, office: SmallOffice, work: dict[str, str]) -> None:
    dossier = dossier_of(ledger, "unit", office.justice.id, DAY)
    assert dict(dossier.facts)["单位名称"] == "县司法局"
    assert [line.cells[0] for line in part(dossier, "人员").lines] == ["陆怀谦", "高书瑶", "尹素"]
    assert {line.id for line in part(dossier, "参加的机构").lines} == {office.body.id}
    assert part(dossier, "会议").note == (
        "应到 2 人次，本人出席 1、代会 0、请假 1、缺席 0；本人出席率 50.0%，单位出席率 50.0%"
    )
    for title, kind in (
        ("组织的学法活动", "study_session"),
        ("督办", "case"),
        ("报送", "submission"),
        ("工作动态", "dynamic"),
    ):
        assert [(line.kind, line.id) for line in part(dossier, title).lines] == [(kind, work[kind])]


def test_a_person(ledger: Ledger, office: SmallOffice, work: dict[str, str]) -> None:
    dossier = dossier_of(ledger, "person", office.head.id, DAY)
    assert dossier.about == "县司法局 局长"
    assert [line.cells for line in part(dossier, "组内职务").lines] == [
        ("澜溪县依法行政协调小组", "主任", "县司法局主要负责人")
    ]
    assert [line.cells[-1] for line in part(dossier, "会议").lines] == ["请假"]
    assert [(line.id, line.cells[3]) for line in part(dossier, "学法").lines] == [(work["study_session"], 3)]


def test_who_stood_in_has_the_meeting_too(ledger: Ledger, office: SmallOffice, work: dict[str, str]) -> None:
    row = ledger.find(Attendance, "person = ?", (office.head.id,))[0]
    with ledger.action("代会") as action:
        helper = ledger.find(Appointment, "person = ?", (office.staff.id,))[0]
        action.change(dataclasses.replace(helper, post="班子成员"))
        action.change(dataclasses.replace(row, status="代", substitute=office.staff.id))
    dossier = dossier_of(ledger, "person", office.staff.id, DAY)
    assert part(dossier, "会议").lines[0].cells[-1] == "代（尹素）"
    assert part(dossier, "会议").note == ""


@pytest.mark.parametrize(("day", "titles"), [
    (date(2026, 4, 1), {"人员"}),
    (date(2026, 5, 6), {"人员", "组织的学法活动", "督办"}),
    (date(2025, 5, 6), {"人员"}),
])  # fmt: skip
def test_as_of_a_day(
    ledger: Ledger, office: SmallOffice, work: dict[str, str], day: date, titles: set[str]
) -> None:
    shown = {part.title for part in dossier_of(ledger, "unit", office.justice.id, day).parts}
    assert shown == titles | {"参加的机构"}


def test_a_merged_unit_lives_on_in_its_successor(
    ledger: Ledger, office: SmallOffice, work: dict[str, str]
) -> None:
    with ledger.action("合并") as action:
        new = action.add(Unit(name="县法治局", category="政府", valid_from=date(2026, 11, 10)))
        action.change(dataclasses.replace(office.justice, valid_until=date(2026, 11, 9), successor=new.id))
    assert [line.id for line in part(dossier_of(ledger, "unit", new.id, DAY), "督办").lines] == [work["case"]]
    assert not dossier_of(ledger, "unit", new.id, date(2026, 11, 1)).parts


def test_nobody(ledger: Ledger, office: SmallOffice) -> None:
    with pytest.raises(ClerkError, match="名册"):
        dossier_of(ledger, "person", office.meeting.id, DAY)


def test_resolutions_exams_and_the_body_it_houses(
    ledger: Ledger, office: SmallOffice, work: dict[str, str]
) -> None:
    with ledger.action("登记") as action:
        items = [
            action.add(
                Resolution(meeting=office.meeting.id, content=content, lead_units=(office.justice.id,), due_on=due, done_on=done)
            )
            for content, due, done in (
                ("公布清单", date(2026, 11, 1), None),
                ("报送名单", date(2026, 11, 30), None),
                ("印发办法", date(2026, 11, 9), date(2026, 11, 5)),
            )
        ]  # fmt: skip
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 9, 1)))
        for attempt in (1, 2):
            score = ExamScore(
                exam=exam.id, person=office.staff.id, unit=office.justice.id, score=80, attempt=attempt
            )
            action.add(score)
    dossier = dossier_of(ledger, "unit", office.justice.id, DAY)
    told = {line.id: line.cells[-1] for line in part(dossier, "议定事项").lines}
    assert told == dict(zip((item.id for item in items), ("◆ 逾期 20 天", "■ 在办", "✓ 办结"), strict=True))
    assert part(dossier, "议定事项").note == "未办结 2 项，2026年办结 1 项"
    assert [line.cells[-1] for line in part(dossier, "法律考试").lines] == [1]
    assert ("澜溪县依法行政协调小组", "办公室设在本单位") in [
        line.cells[:2] for line in part(dossier, "参加的机构").lines
    ]
    earlier = dossier_of(ledger, "unit", office.justice.id, date(2026, 11, 1))
    assert part(earlier, "议定事项").lines[0].cells[-1] == "■ 在办"


def test_what_a_person_owes_with_light_and_proof(
    ledger: Ledger, office: SmallOffice, work: dict[str, str]
) -> None:
    with ledger.action("登记") as action:
        for name, kind in (("每年40学时", "公务员"), ("执法人员每年15天", "执法人员")):
            clause = Clause(
                name=name,
                owed_by="每名人员",
                staff_kinds=kind,
                answered_by="学法",
                per="年",
                measure="学时",
                threshold=40,
            )
            action.add(dataclasses.replace(clause, valid_from=date(2026, 1, 1)))
        action.change(dataclasses.replace(office.head, staff_kind="公务员"))
    (line,) = part(dossier_of(ledger, "person", office.head.id, DAY), "制度要求").lines
    assert line.cells == ("每年40学时", "2026年", date(2026, 12, 31), "3 / 40 学时", "● 正常", "行政复议法")


def test_the_files_of_what_stands_in_it(ledger: Ledger, office: SmallOffice, work: dict[str, str]) -> None:
    owners = {"study_session": "讲稿.pdf", "case": "交办单.pdf", "submission": "总结.docx"}
    with clock.held_at(datetime(2026, 11, 20, 23, 59, 30)), ledger.action("附件") as action:
        for kind, name in owners.items():
            action.add(Attachment(name=name, owner_kind=kind, owner=work[kind], digest="0" * 64))
    for kind, owner, told in (
        ("unit", office.justice.id, owners),
        ("person", office.head.id, {"study_session": "讲稿.pdf"}),
    ):
        files = part(dossier_of(ledger, kind, owner, date(2026, 11, 20)), "附件").lines
        assert {line.kind: line.cells[0] for line in files} == told
        before = dossier_of(ledger, kind, owner, date(2026, 11, 19))
        assert "附件" not in {one.title for one in before.parts}


def test_who_sat_counts_for_the_unit_of_the_score_or_of_the_day(ledger: Ledger, office: SmallOffice) -> None:
    justice, education = office.justice.id, office.education.id
    with ledger.action("登记") as action:
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 9, 1)))
        for person, unit in ((office.staff, ""), (office.head, education)):
            action.add(ExamScore(exam=exam.id, person=person.id, unit=unit, score=80))
    for unit, sat in ((justice, 1), (education, 1)):
        assert [line.cells[-1] for line in part(dossier_of(ledger, "unit", unit, DAY), "法律考试").lines] == [
            sat
        ]


def test_who_hosted_has_the_meeting(ledger: Ledger, office: SmallOffice, work: dict[str, str]) -> None:
    dossier = dossier_of(ledger, "person", office.head.id, DAY)
    assert [(line.id, line.cells[-1]) for line in part(dossier, "主持和召集的会议").lines] == [
        (office.meeting.id, "主持")
    ]


def test_in_january_the_year_before_is_there_as_it_stands_today(
    ledger: Ledger, office: SmallOffice, work: dict[str, str]
) -> None:
    january = date(2027, 1, 6)
    with ledger.action("一月") as action:
        action.add(
            Submission(item="年度工作总结", unit=office.justice.id, year=2026, received_on=date(2027, 1, 5))
        )
        new = action.add(Person(name="新来"))
        action.add(
            Appointment(person=new.id, unit=office.justice.id, title="科员", post="工作人员", valid_from=date(2027, 1, 4))
        )  # fmt: skip
    last = dossier_of(ledger, "unit", office.justice.id, january, 2026)
    assert [line.id for line in part(last, "组织的学法活动").lines] == [work["study_session"]]
    assert [line.id for line in part(last, "报送").lines] == [work["submission"]]
    assert "新来" in [line.cells[0] for line in part(last, "人员").lines]
    assert part(last, "督办").note == "在办 1 件，2026年以来办结 0 件"
    now = dossier_of(ledger, "unit", office.justice.id, january)
    assert {one.title for one in now.parts} == {"人员", "参加的机构", "督办", "报送"}
    person = dossier_of(ledger, "person", office.head.id, january, 2026)
    assert part(person, "学法").note.startswith("2026年 3 学时")
    assert [line.cells[-1] for line in part(person, "会议").lines] == ["请假"]
