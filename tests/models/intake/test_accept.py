"""From text to organisation, in one action."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.documents.extract import extract
from models.errors import InvalidRecord
from models.intake.accept import Decisions, accept
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.records.rules import Clause
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.organisation import places_of
from tests.models.documents import texts

NOTICE = """关于调整全县法治建设协调指导办公室的通知
一、机构组成
（一）澜溪县依法行政协调指导办公室
澜溪县依法行政协调指导办公室由县监察局、县财政局、县政府法制办等部门组成。办公室设在县政府法制办，县政府法制办主要负责同志担任办公室主任，各成员单位分管负责同志为成员。
主要职责：研究制定依法行政规划；组织对依法行政工作的考核；办理交办的其他事项。
（二）澜溪县公正司法协调指导办公室
澜溪县公正司法协调指导办公室由县人民法院、县检察院、县公安局、县财政局等部门组成。办公室设在县人民法院，县人民法院分管负责同志担任办公室主任，各成员单位分管负责同志为成员。
主要职责：检查、指导公正司法各项措施；办理交办的其他事项。
二、工作制度
1.联席会议
每半年召开一次协调指导办公室联席会议，根据工作需要可临时召开。
2.分支机构会议
各协调指导办公室成员单位会议每年不少于一次，根据工作需要可临时召开。
3.报告制度
各协调指导办公室应定期书面报送下列事项：
（1）年度工作计划和工作总结（11月15日前）
（2）半年度工作进展情况（6月10日前）
澜溪县依法治县领导小组办公室
2008年7月15日"""
ON = date(2008, 7, 15)


def test_a_notice_becomes_bodies_units_members_seats_and_clauses(ledger: Ledger) -> None:
    done = accept(ledger, extract(NOTICE), on=ON)
    assert {kind: done.count(kind) for kind in done.ids} == {
        "body": 2, "unit": 6, "membership": 7, "seat": 8, "clause": 5,
    }  # fmt: skip
    office = ledger.find(Body, "name = '澜溪县依法行政协调指导办公室'")[0]
    assert ledger.name_of("unit", office.host_unit) == "县政府法制办"
    assert office.duties.splitlines()[0] == "研究制定依法行政规划"
    assert (office.basis, office.valid_from) == ("《关于调整全县法治建设协调指导办公室的通知》", ON)
    members = ledger.find(Membership, "body = ?", (office.id,))
    assert [ledger.name_of("unit", member.unit) for member in members] == [
        "县监察局",
        "县财政局",
        "县政府法制办",
    ]
    places = [
        (place.role, place.unit and place.unit.name, place.post) for place in places_of(ledger, office.id, ON)
    ]
    assert places == [
        ("办公室主任", "县政府法制办", "主要负责人"),
        ("成员", "县监察局", "分管负责人"),
        ("成员", "县财政局", "分管负责人"),
        ("成员", "县政府法制办", "分管负责人"),
    ]


def test_a_post_that_heads_a_body_is_not_its_member_too(ledger: Ledger) -> None:
    accept(ledger, extract(NOTICE), on=ON)
    court = ledger.find(Body, "name LIKE '%公正司法%'")[0]
    places = [(p.role, p.unit and p.unit.name) for p in places_of(ledger, court.id, ON)]
    assert places.count(("成员", "县人民法院")) == 0
    assert places[0] == ("办公室主任", "县人民法院")


def test_duties_become_clauses_that_records_can_answer(ledger: Ledger) -> None:
    accept(ledger, extract(NOTICE), on=ON)
    clauses = ledger.find(Clause)
    assert [
        (c.owed_by, c.answered_by, c.meeting_category or c.submission_item, c.times, c.per, c.deadline, c.regular_only)
        for c in clauses
    ] == [
        ("本机构", "会议", "联席会议", 1, "半年", "", True),
        ("每个分支机构", "会议", "成员单位会议", 1, "年", "", True),
        ("每个分支机构", "报送", "年度工作计划", 1, "年", "11-15", False),
        ("每个分支机构", "报送", "年度工作总结", 1, "年", "11-15", False),
        ("每个分支机构", "报送", "半年度进展", 1, "年", "06-10", False),
    ]  # fmt: skip
    assert clauses[0].quotation.startswith("每半年召开一次")


def test_accepting_twice_changes_nothing(ledger: Ledger) -> None:
    accept(ledger, extract(NOTICE), on=ON)
    again = accept(ledger, extract(NOTICE), on=ON)
    assert not again.ids
    assert again.units_recognised == 6
    assert len(ledger.history()) == 1
    assert again.sentence() == "没有新内容：文中的机构和条款都已登记。"


def test_one_undo_takes_all_of_it_back(ledger: Ledger) -> None:
    accept(ledger, extract(NOTICE), on=ON)
    ledger.undo()
    assert not any(ledger.find(kind) for kind in (Body, Unit, Membership, Seat, Clause))


def test_units_on_record_are_recognised_in_other_forms_of_their_names(ledger: Ledger) -> None:
    save_settings(ledger, OfficeSettings(area_name="澜溪县"))
    with ledger.action("登记单位") as action:
        for name, short in (("澜溪县财政局", ""), ("中共澜溪县纪委", "县监察局"), ("县公安局", "")):
            action.add(Unit(name=name, short_name=short))
    done = accept(ledger, extract(NOTICE), on=ON)
    assert (done.count("unit"), done.units_recognised) == (3, 3)
    assert len(ledger.find(Unit)) == 6


def test_the_clerk_decides_which_unit_is_meant(ledger: Ledger) -> None:
    with ledger.action("登记单位") as action:
        other = action.add(Unit(name="县法治政府建设中心"))
    accept(ledger, extract(NOTICE), on=ON, decisions=Decisions(units={"县政府法制办": other.id}))
    body = ledger.find(Body, "name LIKE '%依法行政%'")[0]
    assert body.host_unit == other.id


def test_a_refused_body_is_left_out(ledger: Ledger) -> None:
    proposals = extract(NOTICE)
    done = accept(ledger, dataclasses.replace(proposals, bodies=proposals.bodies[:1], duties=()), on=ON)
    assert (done.count("body"), done.count("unit"), done.count("clause")) == (1, 3, 0)


def test_new_members_join_a_body_on_record(ledger: Ledger) -> None:
    accept(ledger, extract(NOTICE), on=ON)
    wider = NOTICE.replace("县监察局、县财政局、", "县监察局、县财政局、县人社局、")
    done = accept(ledger, extract(wider), on=date(2009, 1, 1))
    assert {kind: done.count(kind) for kind in done.ids} == {"unit": 1, "membership": 1, "seat": 1}


def test_named_people_get_seats_and_posts(ledger: Ledger) -> None:
    text = """关于成立澜溪县执法监督工作领导小组的通知
组　长：周　岑（副县长）
副组长：陆怀谦（县司法局局长）
成　员：高书瑶（县司法局副局长）
"""
    with ledger.action("登记单位") as action:
        action.add(Unit(name="县司法局"))
    done = accept(ledger, extract(text), on=ON)
    assert [person.name for person in ledger.find(Person, order="id")] == ["周岑", "陆怀谦", "高书瑶"]
    assert [(p.title, p.post) for p in ledger.find(Appointment, order="id")] == [
        ("局长", "主要负责人"),
        ("副局长", "班子成员"),
    ]
    assert [seat.role for seat in ledger.find(Seat)] == ["组长", "副组长", "成员"]
    assert done.remarks == ("周岑的职务“副县长”没有对应的单位，请在任职里补填",)


def test_seats_by_post_minutes_and_hours_come_in_from_one_notice(ledger: Ledger) -> None:
    done = accept(ledger, extract(f"{texts.POSTS}领导干部每年集中学法不少于40学时。"), on=ON)
    seats = [(seat.role, ledger.name_of("unit", seat.unit), seat.post) for seat in ledger.find(Seat)]
    assert ("成员", "松岭镇", "主要负责人") in seats
    assert ("副召集人", "县司法局", "主要负责人") in seats
    summary, minutes, study = ledger.find(Clause, order="position")
    assert (summary.owed_by, ledger.name_of("body", summary.body)) == (
        "每个成员单位",
        "澜溪县法治建设领导小组",
    )
    assert (minutes.answered_by, minutes.meeting_category) == ("纪要印发", "联席会议")
    assert (minutes.per, minutes.within_days, minutes.workdays) == ("每次", 5, True)
    assert (study.answered_by, study.measure, study.threshold) == ("学法", "学时", 40)
    assert (study.owed_by, study.staff_kinds) == ("每名人员", "领导干部")
    assert [appointment.title for appointment in ledger.find(Appointment)] == ["局长"]
    assert done.remarks == ("周岑的职务“县委副书记、县长”没有对应的单位，请在任职里补填",)


def test_a_fault_anywhere_leaves_nothing(ledger: Ledger) -> None:
    proposals = extract(NOTICE)
    secret = dataclasses.replace(proposals.bodies[1], duties=("绝密★10年的事项",))
    with pytest.raises(InvalidRecord):
        accept(ledger, dataclasses.replace(proposals, bodies=(proposals.bodies[0], secret)), on=ON)
    assert not ledger.find(Body) and not ledger.find(Unit) and not ledger.history()


@pytest.mark.parametrize(
    ("said", "owed_by", "category", "enforcement", "staff"),
    [
        ("各镇（街道）每季度报送工作动态", "每个单位", "镇街", False, ""),
        ("各乡镇、各部门每季度报送工作动态", "每个单位", "", False, ""),
        ("各行政执法单位每季度报送工作动态", "每个单位", "", True, ""),
        ("各部门主要负责人每年学法不少于40学时", "每名人员", "", False, "领导干部"),
    ],
)
def test_a_clause_asks_those_the_text_asks(
    ledger: Ledger, said: str, owed_by: str, category: str, enforcement: bool, staff: str
) -> None:
    accept(ledger, extract(f"关于做好有关工作的通知\n一、工作要求\n{said}。\n"), on=date(2026, 3, 1))
    (clause,) = ledger.find(Clause)
    told = (clause.owed_by, clause.unit_category, clause.enforcement_only, clause.staff_kinds)
    assert told == (owed_by, category, enforcement, staff)
