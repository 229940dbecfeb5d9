"""What a record must pass, whatever door it came through."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.errors import InvalidRecord
from models.records.base import Record
from models.records.checks import problems_of
from models.records.filing import Submission
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.records.rules import Clause, DocumentNumber
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (Unit(name=" "), ["name 单位名称没有填"]),
        (Unit(name="县", category="外企"), ["category 单位类别“外企”不在可选项里"]),
        (Unit(name="县", valid_from=date(2026, 2, 1), valid_until=date(2026, 1, 1)), ["valid_until 撤并日期早于设立日期"]),
        (Unit(name="秘密★10年"), ["name 含有密级标志“秘密★10年”：本系统不得存储国家秘密，请删去后再保存"]),
        (Person(name="罗屿", phone="1380013800"), ["phone 少 1 位：手机号应为 11 位"]),
        (Unit(name="长" * 20_001), ["name 单位名称太长：20001 字，最多 20000 字"]),
        (Seat(body="b", role="成员"), ["person 填姓名，或者填单位和岗位"]),
        (Submission(item="年度工作总结", year=26, received_on=date(2026, 1, 1), body="b"), ["year 年度应在 1949 到 2200 之间，如 2026"]),
        (Clause(name="报", answered_by="报送", deadline="2-30", submission_item="其他"), ["deadline 期限应为月日，如 11月15日"]),
        (Clause(name="开会"), ["meeting_category 用会议完成的条款要填会议类型或议程内容"]),
    ],
)  # fmt: skip
def test_problems_are_told_with_their_field(ledger: Ledger, record: Record, told: list[str]) -> None:
    assert [f"{problem.field} {problem.message}" for problem in problems_of(record, ledger)] == told


def test_a_unit_may_have_the_name_of_one_that_is_gone(ledger: Ledger) -> None:
    with ledger.action("旧单位") as action:
        action.add(Unit(name="县法制办", valid_until=date(2018, 12, 31)))
    assert not problems_of(Unit(name="县法制办", valid_from=date(2019, 1, 1)), ledger)
    assert problems_of(Unit(name="县法制办"), ledger)


def test_a_unit_is_a_member_once_at_a_time(ledger: Ledger, office: SmallOffice) -> None:
    again = Membership(body=office.body.id, unit=office.education.id)
    assert [problem.message for problem in problems_of(again, ledger)] == ["这个单位已经是成员单位"]


def test_two_holders_of_one_post_are_warned_of(ledger: Ledger, office: SmallOffice) -> None:
    second = Appointment(person=office.head.id, unit=office.education.id, title="副局长", post="分管负责人")
    assert [(p.level, p.message) for p in problems_of(second, ledger)] == [
        ("warning", "该单位已有分管负责人：罗屿")
    ]


def test_a_document_number_is_given_once(ledger: Ledger) -> None:
    number = DocumentNumber(code="依法治县办发", year=2026, serial=3, subject="关于召开会议的通知")
    with ledger.action("取号") as action:
        first = action.add(number)
    assert ledger.name_of("document_number", first.id) == "依法治县办发〔2026〕3号"
    assert "已经用过" in problems_of(number, ledger)[0].message


def test_nothing_is_its_own_parent(ledger: Ledger, office: SmallOffice) -> None:
    body = Body(id="x", name="甲", category="办公室", parent="x")
    unit = Unit(id="y", name="乙", successor="y")
    assert [p.message for record in (body, unit) for p in problems_of(record, ledger)] == [
        "上级机构不能是自己",
        "并入单位不能是自己",
    ]


def test_no_ring_is_made_by_a_change_or_an_undo(ledger: Ledger) -> None:
    with ledger.action("设三个机构") as action:
        top, middle = (action.add(Body(name=name, category="其他")) for name in ("甲组", "乙组"))
        low = action.add(Body(name="丙组", category="其他", parent=middle.id))
    with ledger.action("乙归甲") as action:
        under = action.change(dataclasses.replace(middle, parent=top.id))
    ring = dataclasses.replace(top, parent=low.id)
    assert [(p.field, p.message) for p in problems_of(ring, ledger)] == [
        ("parent", "上级机构绕成了圈：最后又回到自己，请改选")
    ]
    ledger.undo()
    with ledger.action("甲归丙") as action:
        action.change(ring)
    with pytest.raises(InvalidRecord, match="绕成了圈"):
        ledger.undo(ledger.undoable()[1].seq)
    kept = ledger.get(Body, under.id)
    assert kept is not None and kept.parent == ""
