"""What is said of a day stays the same whatever happens later (design: 同一截止日期什么时候印都一样)."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.errors import InvalidRecord
from models.records.base import Record
from models.records.filing import Submission
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Body, Membership, Person, Unit
from models.records.rules import Clause
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.dossier import unit_dossier
from models.summaries.obligations import obligations
from models.summaries.supervision import unit_totals
from models.summaries.year import year_summary
from models.summaries.year_figures import figures_of
from tests.fixtures import LONG_AGO

PAPER = {
    "answered_by": "报送",
    "submission_item": "年度工作总结",
    "per": "年",
    "valid_from": date(2024, 1, 1),
}


def put(ledger: Ledger, *records: Record) -> list[str]:
    with clock.held_at(LONG_AGO), ledger.action("登记") as action:
        return [action.add(record).id for record in records]


def alter(ledger: Ledger, kind: type[Record], record_id: str, **fields: object) -> None:
    record = ledger.get(kind, record_id)
    assert record is not None
    with ledger.action("修改") as action:
        action.change(dataclasses.replace(record, **fields))


def ask(ledger: Ledger, **fields: object) -> None:
    put(ledger, Clause(name="要求", **fields))  # type: ignore[arg-type]


def owing(ledger: Ledger, as_of: date, year: int = 2026) -> dict[str, str]:
    """Return how everyone stands, by name; nobody owes twice."""
    found = [(item.owner.name, item.words) for item in obligations(ledger, as_of, year)]
    assert len(dict(found)) == len(found)
    return dict(found)


@pytest.fixture
def merged(ledger: Ledger) -> tuple[str, str]:
    """甲局 became part of 乙局, which there was before, in mid-2026."""
    (into,) = put(ledger, Unit(name="乙局", category="政府", position=2))
    gone = Unit(name="甲局", category="政府", position=1, valid_until=date(2026, 6, 30), successor=into)
    return put(ledger, gone)[0], into


# The end of a year ------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [date(2025, 12, 31), date(2026, 2, 3)])
def test_a_past_year_is_told_as_of_its_end(ledger: Ledger, as_of: date) -> None:
    """What was done in January, and what was due on 31 December, was missed in the year."""
    (body,) = put(ledger, Body(name="小组", category="领导小组"))
    meeting = Meeting(
        name="例会", category="专题会", body=body, starts_at=datetime(2025, 12, 1, 9), state="召开"
    )
    due = {"due_on": date(2025, 12, 20), "done_on": date(2026, 1, 20)}
    put(ledger, Resolution(meeting=put(ledger, meeting)[0], content="事项", **due))
    ask(ledger, owed_by="本机构", answered_by="会议", meeting_category="联席会议", per="年", times=2)
    summary = year_summary(ledger, 2025, as_of)
    assert summary.as_of == date(2025, 12, 31)
    assert [(line.state, line.days) for line in summary.resolutions] == [("逾期未办结", 11)]
    assert [item.words for item in summary.obligations] == ["逾期"]


# Mergers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "name"), [(date(2026, 6, 30), "甲局"), (date(2026, 7, 1), "乙局"), (date(2027, 1, 1), "乙局")]
)
def test_work_stands_under_the_unit_of_the_day(
    ledger: Ledger, merged: tuple[str, str], as_of: date, name: str
) -> None:
    body, person = put(ledger, Body(name="小组", category="领导小组"), Person(name="某人"))
    start = datetime(2026, 3, 2, 9)
    (meeting,) = put(
        ledger, Meeting(name="例会", category="专题会", body=body, starts_at=start, state="召开")
    )
    put(
        ledger,
        Attendance(meeting=meeting, unit=merged[0], person=person, expected=True, status="出席"),
        Resolution(meeting=meeting, content="事项", lead_units=(merged[0],)),
        Case(matter="事", source="其他", lead_units=(merged[0],), opened_on=date(2026, 2, 1)),
        Submission(item="年度工作总结", unit=merged[0], year=2026, received_on=date(2026, 3, 1)),
    )
    assert [unit.name for unit in unit_totals(ledger, date(2026, 1, 1), as_of).units] == [name]
    assert [unit.name for unit in year_summary(ledger, 2026, as_of).units] == [name]
    into = {part.title for part in unit_dossier(ledger, merged[1], min(as_of, date(2026, 12, 31))).parts}
    assert ("报送" in into) is (name == "乙局")


@pytest.mark.parametrize(
    ("assigned", "owner"),
    [(date(2026, 3, 2), "甲局"), (date(2026, 6, 30), "甲局"), (date(2026, 7, 1), "乙局")],
)
def test_what_is_owed_each_time_is_owed_once(
    ledger: Ledger, merged: tuple[str, str], assigned: date, owner: str
) -> None:
    ask(
        ledger,
        owed_by="每个单位",
        answered_by="督办签收",
        per="每次",
        within_days=3,
        valid_from=date(2026, 1, 1),
    )
    case = Case(
        matter="事",
        source="其他",
        lead_units=(merged[0],),
        opened_on=assigned,
        assigned_on=assigned,
        state="交办",
    )
    put(ledger, case)
    assert set(owing(ledger, date(2026, 11, 20))) == {owner}


@pytest.mark.parametrize("owed_by", ["每个成员单位", "每个单位"])
def test_a_merged_unit_owes_no_more(ledger: Ledger, merged: tuple[str, str], owed_by: str) -> None:
    (body,) = put(ledger, Body(name="小组", category="领导小组"))
    put(ledger, *(Membership(body=body, unit=unit) for unit in merged))
    ask(ledger, owed_by=owed_by, body=body if "成员" in owed_by else "", deadline="11-15", **PAPER)
    assert owing(ledger, date(2026, 6, 30)) == {"甲局": "正常", "乙局": "正常"}
    assert owing(ledger, date(2026, 11, 20)) == {"乙局": "逾期 5 天"}


def test_whoever_begins_later_is_not_asked_yet(ledger: Ledger) -> None:
    put(ledger, Unit(name="新局", valid_from=date(2026, 9, 1)))
    ask(ledger, owed_by="每个单位", **PAPER)
    assert (owing(ledger, date(2026, 8, 31)), set(owing(ledger, date(2026, 9, 1)))) == ({}, {"新局"})


def test_who_came_into_the_ledger_later_missed_nothing_before(ledger: Ledger) -> None:
    with clock.held_at(datetime(2026, 11, 18, 9)), ledger.action("登记") as action:
        action.add(Unit(name="新登记的局"))
    ask(ledger, owed_by="每个单位", deadline="11-15", **PAPER)
    assert owing(ledger, date(2026, 11, 20)) == {"新登记的局": "登记前到期"}
    assert owing(ledger, date(2027, 11, 20), 2027) == {"新登记的局": "逾期 5 天"}


# What became of papers and meetings -------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "before", "since"),
    [
        ({"returned_on": date(2026, 8, 1)}, "已收", "2026年8月1日退改"),
        ({"adopted": True, "adopted_on": date(2026, 8, 1)}, "已收", "采用"),
        ({"adopted": True}, "采用", "采用"),
    ],
)
def test_the_fate_of_a_paper(ledger: Ledger, fields: dict[str, object], before: str, since: str) -> None:
    (unit,) = put(ledger, Unit(name="甲局"))
    paper = Submission(item="其他", unit=unit, year=2026, received_on=date(2026, 5, 1))
    put(ledger, dataclasses.replace(paper, **fields))
    for on, word in ((date(2026, 7, 31), before), (date(2026, 8, 1), since)):
        (part,) = (part for part in unit_dossier(ledger, unit, on).parts if part.title == "报送")
        assert [line.cells[-1] for line in part.lines] == [word]
        figures = {one.name: one.value for one in figures_of(ledger, year_summary(ledger, 2026, on))}
        assert figures["submissions.returned"] == ("退改" in word)
        assert figures["submissions.adopted"] == (word == "采用")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"adopted": True}, "填采用日期"),
        ({"adopted_on": date(2026, 8, 1)}, "勾选“采用”"),
        ({"adopted": True, "adopted_on": date(2026, 4, 1)}, "早于收到日期"),
    ],
)
def test_adopting_wants_its_day(ledger: Ledger, fields: dict[str, object], told: str) -> None:
    (unit,) = put(ledger, Unit(name="甲局"))
    (paper,) = put(ledger, Submission(item="其他", unit=unit, year=2026, received_on=date(2026, 5, 1)))
    with pytest.raises(InvalidRecord, match=told):
        alter(ledger, Submission, paper, **fields)


@pytest.mark.parametrize(
    ("fields", "cancelled"),
    [
        ({"state": "取消", "cancelled_on": date(2026, 7, 1)}, 1),
        ({"state": "延期", "postponed_on": date(2026, 7, 1)}, 0),
    ],
)
def test_a_meeting_is_called_off_from_that_day_on(
    ledger: Ledger, fields: dict[str, object], cancelled: int
) -> None:
    (unit,) = put(ledger, Unit(name="甲局"))
    (body,) = put(ledger, Body(name="协调组", category="协调小组", host_unit=unit))
    start = datetime(2026, 6, 20, 9)
    put(ledger, Meeting(name="会", category="成员单位会议", body=body, starts_at=start, **fields))  # type: ignore[arg-type]
    ask(
        ledger,
        owed_by="每个分支机构",
        answered_by="会前报告",
        per="每次",
        within_days=-1,
        valid_from=date(2026, 1, 1),
    )
    for on, off in ((date(2026, 6, 30), False), (date(2026, 7, 1), True)):
        summary = year_summary(ledger, 2026, on)
        assert summary.cancelled.number == (cancelled if off else 0)
        assert (len(summary.missing_reports), len(summary.obligations)) == ((0, 0) if off else (1, 1))
