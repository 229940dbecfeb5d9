"""Clauses of a real ledger: branches, members, merged units, missing reports, the settings."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.presets import apply_preset
from models.records.filing import Submission
from models.records.meeting import Meeting
from models.records.organisation import Membership, Unit
from models.records.rules import Clause
from models.rules.duties import State
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.calendar import OBLIGATION, calendar
from models.summaries.computed import COMPUTED
from models.summaries.desk import read_desk
from models.summaries.filing import filing_board
from models.summaries.obligations import (
    due_in,
    missing_meeting_reports,
    obligations,
    obligations_of_person,
    open_obligations,
)
from models.summaries.trend import trends
from tests.fixtures import LONG_AGO

AS_OF = date(2026, 11, 21)


@pytest.fixture
def bodies(ledger: Ledger) -> dict[str, str]:
    """The six offices of the old shape, from 2025 on."""
    with clock.held_at(LONG_AGO):
        return apply_preset(ledger, "offices", "澜州市", date(2025, 1, 1)).bodies


def hold(ledger: Ledger, body: str, category: str, on: datetime, **fields: object) -> Meeting:
    with ledger.action("登记会议") as action:
        meeting = Meeting(
            name=f"{category}{on:%m%d}", category=category, body=body, starts_at=on, state="召开"
        )
        return action.add(dataclasses.replace(meeting, **fields))  # type: ignore[arg-type]


def by_rule(ledger: Ledger, words: str, year: int = 2026, as_of: date = AS_OF) -> dict[str, State]:
    return {
        f"{item.owner.name}{item.period}": item.state
        for item in obligations(ledger, as_of, year)
        if words in item.clause.name
    }


def test_what_document_000_asks_for(ledger: Ledger, bodies: dict[str, str]) -> None:
    """Two joint meetings, six branch meetings, three papers of each of six branches, one fixed day."""
    found = obligations(ledger, AS_OF, 2026)
    assert len(found) == 2 + 6 + 3 * 6 + 1
    assert {item.due for item in found} == {
        date(2026, 6, 10), date(2026, 6, 30), date(2026, 11, 15), date(2026, 12, 4), date(2026, 12, 31),
    }  # fmt: skip


def test_half_years_each_need_their_joint_meeting(ledger: Ledger, bodies: dict[str, str]) -> None:
    hold(ledger, bodies["office"], "联席会议", datetime(2026, 3, 5, 9))
    states = by_rule(ledger, "联席会议")
    assert list(states.values()) == [State.DONE, State.RUNNING]
    assert list(by_rule(ledger, "联席会议", 2025).values()) == [State.OVERDUE, State.OVERDUE]


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, True),
        ({"state": "取消", "cancelled_on": date(2026, 3, 1)}, False),
        ({"state": "延期"}, False),
        ({"state": "计划"}, False),
        ({"state": "归档"}, True),
        ({"nature": "临时"}, False),
    ],
)
def test_only_held_regular_meetings_count(
    ledger: Ledger, bodies: dict[str, str], fields: dict[str, object], counts: bool
) -> None:
    hold(ledger, bodies["office"], "联席会议", datetime(2026, 3, 5, 9), **fields)
    assert (next(iter(by_rule(ledger, "联席会议").values())) is State.DONE) is counts


def test_setting_lets_irregular_meetings_count(ledger: Ledger, bodies: dict[str, str]) -> None:
    hold(ledger, bodies["office"], "联席会议", datetime(2026, 3, 5, 9), nature="临时")
    save_settings(ledger, OfficeSettings(irregular_counts=True))
    assert next(iter(by_rule(ledger, "联席会议").values())) is State.DONE


def test_six_branches_six_lights(ledger: Ledger, bodies: dict[str, str]) -> None:
    hold(ledger, bodies["justice"], "成员单位会议", datetime(2026, 5, 6, 9))
    states = by_rule(ledger, "成员单位会议")
    assert len(states) == 6
    assert [name for name, state in states.items() if state is State.DONE] == [
        "澜州市公正司法协调指导办公室2026年"
    ]


def test_member_units_owe_while_members_and_mergers_roll_up(ledger: Ledger, bodies: dict[str, str]) -> None:
    """Two units merge on 30 June: the new one owes by 15 November, and what the old one sent counts."""
    body = bodies["news"]
    with ledger.action("机构改革") as action:
        old = ledger.find(Membership, "body = ?", (body,))[1]
        unit = ledger.get(Unit, old.unit)
        assert unit is not None
        new = action.add(Unit(name="市文化广电局", category="政府", valid_from=date(2026, 7, 1)))
        action.change(dataclasses.replace(unit, valid_until=date(2026, 6, 30), successor=new.id))
        action.change(dataclasses.replace(old, valid_until=date(2026, 6, 30)))
        action.add(Membership(body=body, unit=new.id, valid_from=date(2026, 7, 1)))
        action.add(
            Clause(
                name="成员单位报送方案", body=body, owed_by="每个成员单位", answered_by="报送",
                submission_item="专项工作方案", deadline="11-15",
            )
        )  # fmt: skip
        action.add(Submission(item="专项工作方案", unit=unit.id, year=2026, received_on=date(2026, 5, 1)))
    states = by_rule(ledger, "报送方案")
    assert len(states) == 4
    assert unit.name not in " ".join(states)
    assert states["市文化广电局2026年"] is State.DONE


def test_returned_papers_do_not_count(ledger: Ledger, bodies: dict[str, str]) -> None:
    with ledger.action("登记报送") as action:
        paper = action.add(
            Submission(item="年度工作总结", body=bodies["news"], year=2026, received_on=date(2026, 11, 9))
        )
    name = "澜州市法治新闻宣传协调指导办公室2026年"
    assert by_rule(ledger, "年度工作总结")[name] is State.DONE
    with ledger.action("退改") as action:
        action.change(dataclasses.replace(paper, returned_on=date(2026, 11, 12)))
    assert by_rule(ledger, "年度工作总结")[name] is State.OVERDUE
    assert by_rule(ledger, "年度工作总结", as_of=date(2026, 11, 11))[name] is State.DONE


def test_a_body_that_is_gone_owes_nothing_later(ledger: Ledger, bodies: dict[str, str]) -> None:
    from models.records.organisation import Body

    with ledger.action("撤销机构") as action:
        body = ledger.get(Body, bodies["news"])
        assert body is not None
        action.change(dataclasses.replace(body, valid_until=date(2026, 9, 30)))
    assert len(by_rule(ledger, "半年度工作进展")) == 6
    assert len(by_rule(ledger, "年度工作总结")) == 5


def test_branch_meetings_owe_reports(ledger: Ledger, bodies: dict[str, str]) -> None:
    held_on = datetime(2026, 5, 6, 9)
    full = hold(
        ledger,
        bodies["news"],
        "成员单位会议",
        held_on,
        report_before=date(2026, 5, 1),
        report_after=date(2026, 5, 9),
    )
    half = hold(ledger, bodies["justice"], "成员单位会议", held_on, report_before=date(2026, 5, 1))
    found = {item.meeting: item.missing for item in missing_meeting_reports(ledger, AS_OF, 2026)}
    assert found == {half.id: ("会后情况",)}
    assert full.id not in found


def test_open_list_keeps_what_last_year_lacks(ledger: Ledger, bodies: dict[str, str]) -> None:
    found = open_obligations(ledger, date(2026, 1, 5))
    last_year = [item for item in found if item.due.year == 2025]
    assert last_year and all(item.state is State.OVERDUE for item in last_year)
    assert len({item.id for item in found}) == len(found)


@pytest.mark.parametrize("kind", COMPUTED)
def test_computed_kinds_fill_their_columns(ledger: Ledger, bodies: dict[str, str], kind: str) -> None:
    hold(ledger, bodies["justice"], "成员单位会议", datetime(2026, 5, 6, 9))
    rows = COMPUTED[kind].rows(ledger, AS_OF)
    assert rows or kind not in ("obligation", "missing_report")
    for row in rows:
        assert {column.name for column in COMPUTED[kind].columns} | {"id"} <= row.keys()


# Limits over New Year --------------------------------------------------------------------------


@pytest.fixture
def moved(ledger: Ledger) -> None:
    """A paper due on 31 December, moved by a weekend: of 2022 to 3 January, of 2023 to 2 January."""
    with clock.held_at(LONG_AGO), ledger.action("登记") as action:
        unit = action.add(Unit(name="县司法局"))
        action.add(
            Clause(
                name="总结", owed_by="每个单位", answered_by="报送", submission_item="年度工作总结",
                weekend="顺延", valid_from=date(2022, 1, 1), valid_until=date(2023, 12, 31),
            )
        )  # fmt: skip
        action.add(Submission(item="年度工作总结", unit=unit.id, year=2022, received_on=date(2023, 1, 3)))


@pytest.mark.parametrize(
    ("year", "due"), [(2022, []), (2023, [date(2023, 1, 3)]), (2024, [date(2024, 1, 2)]), (2025, [])]
)
def test_a_limit_moved_over_new_year_falls_due_in_the_next(
    ledger: Ledger, moved: None, year: int, due: list[date]
) -> None:
    as_of = date(2024, 2, 1)
    assert [item.due for item in due_in(ledger, as_of, year)] == due
    board = filing_board(ledger, year, as_of)
    assert [(column.label, column.due) for column in board.columns] == [
        (f"年度工作总结 {year - 1}年", on) for on in due
    ]
    days = calendar(ledger, date(year, 1, 1), date(year, 1, 31), as_of)
    assert [event.on for event in days.events if event.kind == OBLIGATION] == due


def test_a_limit_moved_over_new_year_stays_open_and_is_compared(ledger: Ledger, moved: None) -> None:
    assert [item.words for item in open_obligations(ledger, date(2024, 1, 1))] == ["剩 1 天"]
    papers = next(one for one in trends(read_desk(ledger, date(2024, 2, 1))) if one.name == "papers")
    assert (papers.now.value, papers.before.value) == (0, 100)


def test_what_one_person_owes_is_theirs_of_what_everybody_owes(county: Ledger) -> None:
    day = date(2026, 11, 21)
    everybody = obligations(county, day, 2026, people=True)
    owing = sorted({item.owner.id for item in everybody})[::7]
    assert owing
    for person in owing:
        theirs = [item for item in everybody if item.owner.id == person]
        assert obligations_of_person(county, day, 2026, person) == theirs
