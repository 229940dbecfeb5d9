"""Each kind of record that answers a clause, from a real ledger; mergers; presets; the oldest data."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.clause_presets import ClauseSet, apply_clauses, clause_sets, known_rule
from models.deeds.waivers import decide
from models.errors import ClerkError
from models.records.base import Record
from models.records.filing import Dynamic, Submission
from models.records.meeting import AgendaItem, Attendance, Meeting
from models.records.organisation import Body, Person, Unit
from models.records.rules import ANSWERS, EACH_TIME, Clause, Waiver
from models.records.study import Exam, ExamScore, StudyAttendance, StudySession
from models.records.supervision import Case, CaseStep
from models.rules.clause_words import clause_problems
from models.rules.duties import Obligation, State
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.answers import EVIDENCE, OCCASIONS
from models.summaries.obligations import obligations, open_obligations
from tests.fixtures import LONG_AGO, SmallOffice

AS_OF = date(2026, 11, 21)
SINCE = date(2024, 1, 1)


def enter(ledger: Ledger, *records: Record) -> list[Record]:
    with clock.held_at(LONG_AGO), ledger.action("登记") as action:
        return [action.add(record) for record in records]


def asked(ledger: Ledger, as_of: date = AS_OF, year: int = 2026, **fields: object) -> list[Obligation]:
    """Enter one clause and return what it asks for."""
    given = {"name": "条款", "valid_from": SINCE} | fields
    (clause,) = enter(ledger, Clause(**given))  # type: ignore[arg-type]
    return [item for item in obligations(ledger, as_of, year) if item.clause.id == clause.id]


def test_every_answer_is_read_from_records() -> None:
    assert set(EVIDENCE) | set(OCCASIONS) == set(ANSWERS)
    assert set(OCCASIONS) == set(EACH_TIME)


def test_a_meeting_answers_by_the_content_of_its_agenda(ledger: Ledger, office: SmallOffice) -> None:
    """听取汇报 every half-year (S1-3): a meeting without such an item does not do."""
    held = dataclasses.replace(office.meeting, state="召开")
    with ledger.action("召开") as action:
        action.change(held)
        action.add(AgendaItem(meeting=held.id, subject="研究明年安排", content_class="研究部署"))
    hearing = {"content_class": "听取汇报", "per": "半年", "body": office.body.id}
    assert [item.done for item in asked(ledger, **hearing)] == [0, 0]
    enter(ledger, AgendaItem(meeting=held.id, subject="听取执法工作汇报", content_class="听取汇报"))
    found = [item for item in obligations(ledger, AS_OF, 2026) if item.clause.content_class]
    assert [(item.period, item.done) for item in found] == [("2026年上半年", 0), ("2026年下半年", 1)]
    (unit,) = asked(ledger, owed_by="每个单位", unit_category="政府", content_class="听取汇报")[:1]
    assert (unit.owner.name, unit.done) == ("县司法局", 1)  # the host of the body


def test_attendance_makes_a_rate(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("召开") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        rows = (
            (office.deputy, "代", office.head.id),
            (office.teacher, "出席", ""),
            (office.staff, "缺席", ""),
        )
        for person, status, substitute in rows:
            action.add(
                Attendance(
                    meeting=office.meeting.id, person=person.id, unit=office.justice.id, expected=True,
                    status=status, substitute=substitute,
                )
            )  # fmt: skip
    (found,) = asked(
        ledger, meeting_category="联席会议", measure="比率", threshold=90, as_of=date(2027, 1, 1)
    )
    assert (found.done, found.state) == (66.7, State.OVERDUE)
    (heads,) = asked(ledger, meeting_category="联席会议", measure="人次", threshold=2)
    assert (heads.figures, heads.state) == ("2 / 2 人次", State.DONE)


def test_each_addressee_has_its_own_tick(ledger: Ledger, office: SmallOffice) -> None:
    paper = Submission(
        item="法治建设年度报告",
        body=office.body.id,
        year=2025,
        received_on=date(2026, 2, 3),
        addressee="同级党委",
    )
    enter(ledger, paper)
    report = {
        "answered_by": "报送",
        "submission_item": paper.item,
        "body": office.body.id,
        "about_before": True,
    }
    ticks = {
        to: asked(ledger, addressee=to, **report)[0].done for to in ("同级党委", "同级人大常委会", "上级政府")
    }
    assert ticks == {"同级党委": 1, "同级人大常委会": 0, "上级政府": 0}


def test_news_by_class(ledger: Ledger, office: SmallOffice) -> None:
    enter(
        ledger,
        Dynamic(title="简报", dynamic_class="重要文件", body=office.body.id, received_on=date(2026, 4, 1)),
    )
    quarters = asked(ledger, answered_by="工作动态", per="季度", body=office.body.id)
    assert [item.done for item in quarters] == [0, 1, 0, 0]
    assert sum(item.done for item in asked(ledger, answered_by="工作动态", dynamic_class="专项工作")) == 0


def test_study_of_units_and_of_persons(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("学法") as action:
        action.change(dataclasses.replace(office.staff, staff_kind="公务员", joined_on=date(2026, 7, 1)))
        for subject, category, speaks in (
            ("宪法", "集体学法", True),
            ("民法典", "会前学法", False),
            ("行政法", "集体学法", False),
        ):
            session = action.add(
                StudySession(
                    subject=subject, category=category, unit=office.justice.id, hours=9, headcount=30,
                    before_meeting="政府常务会" if category == "会前学法" else "", leader_speaks=speaks,
                    starts_at=datetime(2026, 9, 1, 9),
                )
            )  # fmt: skip
            action.add(StudyAttendance(session=session.id, person=office.staff.id, presence="参加"))
    group = {"answered_by": "学法", "owed_by": "每个单位", "unit_category": "政府"}
    twice = {
        item.owner.name: item.done for item in asked(ledger, study_category="集体学法", times=2, **group)
    }
    assert twice == {"县司法局": 2, "县教育局": 0}
    assert asked(ledger, answered_by="学法", leader_speaks=True)[0].done == 1
    assert asked(ledger, answered_by="学法", before_meeting="政府常务会")[0].done == 1
    assert asked(ledger, answered_by="学法", measure="人次", threshold=90)[0].figures == "93 / 90 人次"
    (own,) = asked(
        ledger, answered_by="学法", owed_by="每名人员", staff_kinds="公务员", measure="学时", threshold=40
    )
    assert (own.owner.label, own.figures) == ("尹素（县司法局）", "27 / 20 学时")  # six months of service
    assert {proof.headline for proof in own.evidence} == {"宪法", "民法典", "行政法"}


def test_an_exam_counts_for_those_who_passed(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("考试") as action:
        exam = action.add(
            Exam(name="年度考试", held_on=date(2026, 9, 1), unit=office.justice.id, pass_marks=60)
        )
        for person, score in ((office.head, 92), (office.staff, 41)):
            action.add(ExamScore(exam=exam.id, person=person.id, score=score))
    done = {
        item.owner.label: item.done
        for item in asked(ledger, answered_by="考试", owed_by="每名人员")
        if item.done
    }
    assert done == {"陆怀谦（县司法局）": 1}
    assert asked(ledger, answered_by="考试")[0].done == 1


@pytest.fixture
def case(ledger: Ledger, office: SmallOffice) -> Case:
    """Given out on Friday 3 April 2026 to two units, the first of which is 县司法局."""
    given = Case(
        matter="整改", source="领导批示", lead_units=(office.justice.id, office.education.id), handler="尹素",
        handler_phone="6200123", opened_on=date(2026, 4, 1), state="办结", assigned_on=date(2026, 4, 3),
        signed_on=date(2026, 4, 9), closed_on=date(2026, 5, 20), feedback_on=date(2026, 5, 25),
    )  # fmt: skip
    (made,) = enter(ledger, given)
    assert isinstance(made, Case)
    enter(ledger, CaseStep(matter=made.id, kind="进展", happened_on=date(2026, 4, 30), said="已开工"))
    return made


@pytest.mark.parametrize(
    ("answer", "within", "workdays", "due", "words"),
    [
        ("督办签收", 3, True, date(2026, 4, 9), "已完成"),  # Monday 6 April is a holiday
        ("督办签收", 3, False, date(2026, 4, 6), "迟 3 天完成"),
        ("督办进展", 15, False, date(2026, 4, 18), "迟 12 天完成"),
        ("督办反馈", 7, False, date(2026, 5, 27), "已完成"),
        ("实施方案", 15, False, date(2026, 4, 18), "逾期 217 天"),
    ],
)
def test_a_case_asks_its_first_lead_unit(
    ledger: Ledger, case: Case, answer: str, within: int, workdays: bool, due: date, words: str
) -> None:
    (found,) = asked(
        ledger, answered_by=answer, per="每次", owed_by="每个单位", within_days=within, workdays=workdays
    )
    assert (found.owner.name, found.period) == ("县司法局", "整改")
    assert (found.due, found.words) == (due, words)


def test_the_plan_of_a_case_answers_for_that_case(ledger: Ledger, case: Case, office: SmallOffice) -> None:
    plan = Submission(
        item="专项工作方案", unit=office.justice.id, matter=case.id, year=2026, received_on=date(2026, 4, 10)
    )
    enter(ledger, plan)
    (found,) = asked(ledger, answered_by="实施方案", per="每次", owed_by="每个单位", within_days=15)
    assert (found.state, found.evidence[0].kind) == (State.DONE, "submission")


def test_the_share_of_cases_closed(ledger: Ledger, case: Case) -> None:
    rate = {"answered_by": "督办", "measure": "比率", "threshold": 90}
    (now,) = asked(ledger, as_of=date(2027, 1, 1), **rate)
    (before,) = asked(ledger, as_of=date(2026, 5, 19), case_source="领导批示", **rate)
    assert (now.done, now.state) == (100, State.DONE)
    assert (before.done, before.state) == (0, State.RUNNING)


def test_branch_meetings_owe_their_reports(ledger: Ledger, office: SmallOffice) -> None:
    (entered,) = enter(
        ledger,
        Meeting(
            name="成员单位会议", category="成员单位会议", body=office.body.id, state="召开",
            starts_at=datetime(2026, 5, 6, 9), report_before=date(2026, 5, 5), report_after=date(2026, 5, 20),
        ),
    )  # fmt: skip
    with ledger.action("印发纪要") as action:
        action.change(dataclasses.replace(entered, state="印发", issued_on=date(2026, 5, 10)))  # type: ignore[call-arg]
    branch = {"per": "每次", "owed_by": "每个分支机构"}
    assert asked(ledger, answered_by="会前报告", within_days=-1, **branch)[0].words == "已完成"
    assert asked(ledger, answered_by="会后情况", within_days=5, **branch)[0].words == "迟 9 天完成"
    assert asked(ledger, answered_by="纪要印发", within_days=3, **branch)[0].words == "迟 1 天完成"


# Who owes ------------------------------------------------------------------------------------


def test_a_merger_in_mid_year(ledger: Ledger, office: SmallOffice) -> None:
    """县教育局 hands in by 1 March and becomes part of 县文教局 in July: its paper proves its own duty, and the
    new unit's by the end of the year."""
    with ledger.action("合并") as action:
        new = action.add(Unit(name="县文教局", category="政府", valid_from=date(2026, 7, 1)))
        old = dataclasses.replace(office.education, valid_until=date(2026, 6, 30), successor=new.id)
        action.change(old)
        action.add(Submission(item="工作计划", unit=old.id, year=2026, received_on=date(2026, 2, 20)))
    papers = {"answered_by": "报送", "submission_item": "工作计划", "owed_by": "每个单位"}
    spring = {item.owner.name: item.state for item in asked(ledger, deadline="03-01", **papers)}
    assert spring == {"县司法局": State.OVERDUE, "县教育局": State.DONE}
    autumn = {item.owner.name: item.state for item in asked(ledger, deadline="10-31", **papers)}
    assert autumn == {"县司法局": State.OVERDUE, "县文教局": State.DONE}


def test_units_by_category_and_duty(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("单位") as action:
        action.add(Unit(name="青塘镇", category="镇街"))
        action.change(dataclasses.replace(office.justice, enforcement=True))
    paper = {"answered_by": "报送", "submission_item": "其他", "owed_by": "每个单位"}
    assert len(asked(ledger, **paper)) == 3
    assert len(asked(ledger, unit_category="镇街、政府", **paper)) == 3
    assert [item.owner.name for item in asked(ledger, unit_category="镇街", **paper)] == ["青塘镇"]
    assert [item.owner.name for item in asked(ledger, enforcement_only=True, **paper)] == ["县司法局"]


def test_a_member_of_several_bodies_owes_once_to_all(ledger: Ledger, office: SmallOffice) -> None:
    from models.records.organisation import Membership

    (other,) = enter(ledger, Body(name="另一小组", category="工作组"))
    enter(ledger, Membership(body=other.id, unit=office.justice.id, valid_from=date(2026, 1, 1)))
    found = asked(ledger, answered_by="报送", submission_item="其他", owed_by="每个成员单位")
    assert sorted(item.owner.name for item in found) == ["县司法局", "县教育局"]


def test_suspended_clauses_ask_for_nothing_and_people_can_be_left_out(
    ledger: Ledger, office: SmallOffice
) -> None:
    assert asked(ledger, meeting_category="联席会议", suspended=True) == []
    hours = {"answered_by": "学法", "owed_by": "每名人员", "measure": "学时", "threshold": 40}
    assert len(asked(ledger, **hours)) == len(ledger.find(Person))
    assert open_obligations(ledger, AS_OF, people=False) == []
    assert len(open_obligations(ledger, AS_OF, people=True)) == 2 * len(ledger.find(Person))


# Deciding, presets ---------------------------------------------------------------------------


def test_a_decision_is_one_deed_with_a_reason(ledger: Ledger, office: SmallOffice) -> None:
    first, second = asked(ledger, meeting_category="联席会议", per="半年", body=office.body.id)
    with pytest.raises(ClerkError, match="理由"):
        decide(ledger, first, "免办", " ")
    decide(ledger, first, "免办", "机构改革期间", by="严以宁", on=date(2026, 7, 2))
    again = [item for item in obligations(ledger, AS_OF, 2026) if item.clause.id == first.clause.id]
    assert [(item.state, item.reason) for item in again] == [
        (State.WAIVED, "机构改革期间"),
        (second.state, ""),
    ]
    before = obligations(ledger, date(2026, 7, 1), 2026)[0]
    assert before.state is State.OVERDUE  # decided on the day after
    with pytest.raises(ClerkError, match="已经"):
        decide(ledger, again[0], "免办", "再免")
    assert ledger.undo() == "免办「条款」澜溪县依法行政协调小组2026年上半年"
    assert not ledger.find(Waiver)


@pytest.mark.parametrize("found", clause_sets(SINCE), ids=lambda found: found.id)
def test_ready_made_clauses_are_whole(ledger: Ledger, found: ClauseSet) -> None:
    assert all(list(clause_problems(clause)) == [] for clause in found.clauses)
    assert all(clause.quotation and clause.basis and clause.valid_from == SINCE for clause in found.clauses)
    assert all(not clause.suspended or "默认停用" in clause.note for clause in found.clauses)
    written = apply_clauses(ledger, found.id, SINCE)
    assert len(written) == len(found.clauses)
    assert [clause.suspended for clause in written] == [clause.suspended for clause in found.clauses]
    with pytest.raises(ClerkError, match="已经登记"):
        apply_clauses(ledger, found.id, SINCE)


def test_a_set_leaves_out_what_is_asked_for_already(ledger: Ledger, office: SmallOffice) -> None:
    save_settings(ledger, OfficeSettings(main_body=office.body.id))
    enter(ledger, Clause(name="本地说法", meeting_category="联席会议", regular_only=True, per="半年"))
    written = apply_clauses(ledger, "branches", SINCE)
    assert "联席会议每半年召开一次" not in {clause.name for clause in written}
    assert ledger.undo() == "套用制度条款「联席会议、成员单位会议和报送制度」10 条"
    (plan,) = apply_clauses(ledger, "administration", SINCE, {"制定年度依法行政工作计划"})
    assert plan.body == office.body.id  # the office's own papers, nobody else's
    known = known_rule(ledger, dataclasses.replace(plan, id="", name="别的名字"))
    assert known and known.id == plan.id


def test_refused_sets(ledger: Ledger) -> None:
    with pytest.raises(ClerkError, match="没有名为"):
        apply_clauses(ledger, "unknown", SINCE)
    with pytest.raises(ClerkError, match="勾选"):
        apply_clauses(ledger, "today", SINCE, set())
