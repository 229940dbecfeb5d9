"""Ready-made organisations: complete, for any region, without doubling what is there."""

from __future__ import annotations

from datetime import date

import pytest

import resources
from models.errors import ClerkError, InvalidRecord
from models.presets import FOLDER, apply_preset, category_of, plan_preset, presets
from models.records.organisation import Body, Membership, Seat, Unit
from models.records.rules import Clause
from models.settings import load_settings
from models.store.ledger import Ledger
from models.summaries.structure import branches_of

ON = date(2026, 1, 1)


def test_four_shapes_are_shipped() -> None:
    assert {preset.id for preset in presets()} == {"committee", "offices", "work_groups", "eight_plus_one"}


@pytest.mark.parametrize(
    ("name", "area", "branches", "memberships", "units", "clauses"),
    [
        ("committee", "澜溪县", 4, 57, 36, 8),
        ("offices", "澜州市", 6, 44, 35, 6),  # 33 member units, and the two of the leaders
        ("work_groups", "南屏区", 4, 21, 22, 4),
        ("eight_plus_one", "澜州市", 8, 33, 26, 4),
    ],
)
def test_a_preset_makes_the_whole_organisation(
    ledger: Ledger, name: str, area: str, branches: int, memberships: int, units: int, clauses: int
) -> None:
    applied = apply_preset(ledger, name, area, ON)
    upper = next(key for key in ("committee", "group") if key in applied.bodies)
    assert len(branches_of(ledger, applied.bodies[upper], ON)) == branches
    assert (applied.memberships, len(ledger.find(Membership))) == (memberships, memberships)
    assert (applied.new_units, len(ledger.find(Unit))) == (units, units)
    assert len(ledger.find(Clause)) == clauses
    assert len(ledger.find(Seat)) == applied.seats
    texts = [record.name for kind in (Unit, Body) for record in ledger.find(kind)]
    assert not [text for text in texts if "{" in text or "×" in text or "*" in text]
    leads = [member for member in ledger.find(Membership) if member.lead]
    assert {(body.id, body.host_unit) for body in ledger.find(Body) if body.host_unit} >= {
        (member.body, member.unit) for member in leads
    }


@pytest.mark.parametrize("name", [preset.id for preset in presets()])
def test_the_settings_then_name_the_office_and_the_body_it_serves(ledger: Ledger, name: str) -> None:
    plan_preset(ledger, name, "澜溪县", ON)
    assert load_settings(ledger).main_body == ""
    applied = apply_preset(ledger, name, "澜溪县", ON)
    office = ledger.get(Body, applied.bodies["office"])
    assert office is not None
    named = load_settings(ledger)
    assert (named.main_body, named.group_name) == (office.id, ledger.name_of("body", office.parent))
    ledger.undo()
    again = apply_preset(ledger, name, "澜溪县", ON)
    assert load_settings(ledger).main_body == again.bodies["office"]


def test_it_is_one_deed_that_can_be_undone(ledger: Ledger) -> None:
    apply_preset(ledger, "work_groups", "南屏区", ON)
    assert ledger.undo() == "套用机构方案「工作委员会（推进办公室和工作组）」"
    assert not ledger.find(Body) and not ledger.find(Unit) and not ledger.find(Clause)


def test_units_that_exist_are_used(ledger: Ledger) -> None:
    with ledger.action("登记单位") as action:
        known = action.add(Unit(name="县司法局", category="政府"))
        short = action.add(Unit(name="澜溪县公安局", short_name="县公安局", category="政府"))
    apply_preset(ledger, "committee", "澜溪县", ON)
    assert [unit.id for unit in ledger.find(Unit, "name LIKE '%司法局'")] == [known.id]
    assert ledger.find(Membership, "unit = ?", (short.id,))


@pytest.mark.parametrize(
    ("name", "area", "sentence"),
    [
        ("unknown", "澜溪县", "没有名为“unknown”的机构方案"),
        ("committee", "澜溪", "应以省、市、县"),
        ("committee", "", "应以省"),
    ],
)
def test_refusals(ledger: Ledger, name: str, area: str, sentence: str) -> None:
    with pytest.raises(ClerkError, match=sentence):
        apply_preset(ledger, name, area, ON)


def test_a_second_time_is_refused_whole(ledger: Ledger) -> None:
    apply_preset(ledger, "committee", "澜溪县", ON)
    with pytest.raises(InvalidRecord, match="已有同名机构"):
        apply_preset(ledger, "committee", "澜溪县", ON)
    assert len(ledger.find(Body)) == 6


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("县委宣传部", "党委"), ("县政府办公室", "政府"), ("市经贸委", "政府"), ("澜州日报报业集团", "媒体"), ("县水务集团", "企业"),
        ("团县委", "群团"), ("县人大监察和司法委员会", "人大"), ("县纪委监委", "纪委监委"), ("县人民检察院", "法检"),
        ("青塘镇", "镇街"), ("县融媒体中心", "媒体"), ("县水利局", "政府"), ("县委党校", "事业单位"),
    ],
)  # fmt: skip
def test_category_by_name(name: str, category: str) -> None:
    assert category_of(name) == category


def test_clauses_of_the_official_shape_are_there(ledger: Ledger) -> None:
    apply_preset(ledger, "offices", "澜州市", ON)
    rules = {
        (clause.answered_by, clause.meeting_category or clause.submission_item): clause
        for clause in ledger.find(Clause)
    }
    assert rules["会议", "联席会议"].per == "半年" and rules["会议", "联席会议"].regular_only
    assert rules["会议", "成员单位会议"].per == "年"
    deadlines = {item: clause.deadline for (_, item), clause in rules.items() if clause.deadline}
    assert deadlines == {
        "半年度进展": "06-10", "年度工作计划": "11-15", "年度工作总结": "11-15", "宪法宣传活动情况": "12-04",
    }  # fmt: skip


def test_files_hold_no_region() -> None:
    for name in resources.names(FOLDER, ".json"):
        assert not [word for word in ("苏州", "哈尔滨", "成都", "澜溪") if word in resources.text(name)]


def test_a_plan_tells_what_would_be_made_and_makes_nothing(ledger: Ledger) -> None:
    plan = plan_preset(ledger, "committee", "澜溪县", date(2026, 1, 1))
    assert ledger.history() == []
    applied = apply_preset(ledger, "committee", "澜溪县", date(2026, 1, 1))
    assert len(plan.bodies) == len(applied.bodies)
    assert sum(body.members for body in plan.bodies) == applied.memberships
    assert sum(body.seats for body in plan.bodies) == applied.seats
    assert len(plan.clauses) == applied.clauses
    with pytest.raises(ClerkError):
        plan_preset(ledger, "committee", "澜溪县", date(2026, 1, 1))
