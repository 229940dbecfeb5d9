"""Lists and totals of cases as of any day; totals equal a count made another way."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import clock
from models.deeds.supervision import case_from_resolution, record_step
from models.records.meeting import Resolution
from models.records.organisation import Unit
from models.records.supervision import Case
from models.rules.supervision import Entry
from models.settings import OfficeSettings, save_settings
from models.store.ledger import Ledger
from models.summaries.computed import COMPUTED
from models.summaries.supervision import case_sheet, closed_lines, next_number, open_lines, unit_totals
from models.summaries.todos import Group
from models.summaries.workbench import workbench
from tests.fixtures import SmallOffice

BEGIN = date(2025, 1, 1)


def add(ledger: Ledger, unit: str, opened: date, due: date | None, **values: object) -> Case:
    with ledger.action("立项") as action:
        return action.add(
            Case(matter="事项", source="领导批示", lead_units=(unit,), opened_on=opened, due_on=due, **values)  # type: ignore[arg-type]
        )


def step(ledger: Ledger, case: Case, kind: str, on: date, **values: object) -> None:
    with clock.held_at(datetime(2027, 12, 31)):
        record_step(ledger, case.id, Entry(kind=kind, on=on, said="x", **values))  # type: ignore[arg-type]


def close(ledger: Ledger, case: Case, on: date) -> None:
    for kind in ("交办", "签收", "进展", "报结", "审核", "办结"):
        extra = {"handler": "罗屿", "phone": "6200123"} if kind == "签收" else {}
        step(ledger, case, kind, on, **extra)


@pytest.fixture
def cases(ledger: Ledger, office: SmallOffice) -> list[tuple[str, date, date | None, date | None]]:
    """Forty cases of two years by chance: unit, opened, limit, closed; returned as plain facts."""
    chance, facts = random.Random(7), []
    units = (office.justice.id, office.education.id)
    for _ in range(40):
        unit, opened = chance.choice(units), BEGIN + timedelta(days=chance.randrange(700))
        due = chance.choice((None, opened + timedelta(days=chance.randrange(1, 90))))
        closed = chance.choice((None, opened + timedelta(days=chance.randrange(1, 150))))
        case = add(ledger, unit, opened, due)
        if closed:
            close(ledger, case, closed)
        facts.append((unit, opened, due, closed))
    return facts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(since=st.integers(0, 700), length=st.integers(0, 400))
def test_totals_equal_an_independent_count(
    ledger: Ledger, cases: list[tuple[str, date, date | None, date | None]], since: int, length: int
) -> None:
    start = BEGIN + timedelta(days=since)
    end = start + timedelta(days=length)
    expected: dict[str, Counter[str]] = {}
    for unit, opened, due, closed in cases:
        if opened > end or (closed and closed < start):
            continue
        own = expected.setdefault(unit, Counter())
        own["owed"] += 1
        if closed and closed <= end:
            own["closed"] += 1
            own["closed_late"] += bool(due and closed > due)
        else:
            own["running"] += 1
            own["overdue"] += bool(due and due < end)
    names = ("owed", "closed", "closed_late", "running", "overdue")
    totals = unit_totals(ledger, start, end)
    got = {one.unit: {name: len(getattr(one, name)) for name in names} for one in totals.units}
    assert got == {unit: {name: counts[name] for name in names} for unit, counts in expected.items()}
    assert totals.count("owed") == totals.count("closed") + totals.count("running")


def test_totals_stand_as_they_stood(ledger: Ledger, office: SmallOffice) -> None:
    case = add(ledger, office.justice.id, date(2026, 3, 1), date(2026, 4, 1))
    step(ledger, case, "交办", date(2026, 3, 2))
    before = unit_totals(ledger, date(2026, 1, 1), date(2026, 4, 10))
    step(ledger, case, "延期申请", date(2026, 4, 12), new_due_on=date(2026, 5, 1))
    step(ledger, case, "延期批准", date(2026, 4, 13))
    assert before.units[0].overdue == [case.id]
    assert unit_totals(ledger, date(2026, 1, 1), date(2026, 4, 10)).units[0].overdue == [case.id]
    assert unit_totals(ledger, date(2026, 1, 1), date(2026, 4, 20)).units[0].overdue == []


def test_a_merged_unit_is_answered_for_by_the_one_it_went_into(ledger: Ledger, office: SmallOffice) -> None:
    add(ledger, office.education.id, date(2026, 3, 1), None)
    with ledger.action("合并") as action:
        stored = ledger.get(Unit, office.education.id)
        assert stored
        action.change(dataclasses.replace(stored, valid_until=date(2026, 6, 30), successor=office.justice.id))
    totals = unit_totals(ledger, date(2026, 1, 1), date(2026, 12, 31))
    assert [(one.name, len(one.owed)) for one in totals.units] == [("县司法局", 1)]


def test_worst_light_first(ledger: Ledger, office: SmallOffice) -> None:
    for due in (date(2026, 12, 1), date(2026, 10, 1), date(2026, 10, 17), None):
        add(ledger, office.justice.id, date(2026, 9, 1), due)
    shown = [(line.light.word, line.light.words) for line in open_lines(ledger, date(2026, 10, 15))]
    assert shown == [("逾期", "逾期 14 天"), ("临期", "剩 2 天"), ("在办", "剩 47 天"), ("在办", "没有时限")]


def test_the_list_of_a_past_day_knows_nothing_later(ledger: Ledger, office: SmallOffice) -> None:
    case = add(ledger, office.justice.id, date(2026, 9, 1), date(2026, 10, 1))
    close(ledger, case, date(2026, 10, 10))
    (line,) = open_lines(ledger, date(2026, 10, 5))
    assert (line.state, line.light.words, line.slips) == ("立项", "逾期 4 天", 0)
    assert not open_lines(ledger, date(2026, 10, 10))
    (done,) = closed_lines(ledger, date(2026, 1, 1), date(2026, 10, 10))
    assert (done.state, done.light.words) == ("办结", "迟 9 天办结")


def test_three_slips_are_told(ledger: Ledger, office: SmallOffice) -> None:
    case = add(ledger, office.justice.id, date(2026, 9, 1), date(2026, 9, 10))
    step(ledger, case, "交办", date(2026, 9, 2))
    for day in (12, 14, 16):
        step(ledger, case, "催办", date(2026, 9, day))
    totals = unit_totals(ledger, date(2026, 1, 1), date(2026, 9, 30))
    assert [(line.slips, line.notify) for line in totals.notify] == [(3, True)]
    sheet = case_sheet(ledger, case.id, date(2026, 9, 30))
    assert (sheet.line.silent, sheet.leads, sheet.feedback_days) == (28, ("县司法局",), None)


def test_numbers_count_through_the_year(ledger: Ledger, office: SmallOffice) -> None:
    add(ledger, office.justice.id, date(2026, 9, 1), None, number="督办〔2026〕9号")
    add(ledger, office.justice.id, date(2026, 9, 1), None, number="督办〔2026〕10号")
    assert (next_number(ledger, 2026), next_number(ledger, 2027)) == ("督办〔2026〕11号", "督办〔2027〕1号")


def test_lights_are_listed_like_a_register(ledger: Ledger, office: SmallOffice) -> None:
    save_settings(ledger, OfficeSettings(office_name="县依法治县办"))
    case = add(ledger, office.justice.id, date(2026, 9, 1), date(2026, 10, 1), number="督办〔2026〕1号")
    (row,) = COMPUTED["light"].rows(ledger, date(2026, 10, 15))
    assert {column.name for column in COMPUTED["light"].columns} <= set(row)
    assert (row["id"], row["light"], row["shape"], row["unit"]) == (case.id, "逾期", "◆", "县司法局")


def test_what_is_due_is_to_be_done_once(ledger: Ledger, office: SmallOffice) -> None:
    """A resolution that became a case is on the list as the case; an extension moves it."""
    with ledger.action("议定") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        item = action.add(
            Resolution(
                meeting=office.meeting.id, position=1, content="印发清单", lead_units=(office.justice.id,),
                due_on=date(2026, 10, 20),
            )
        )  # fmt: skip

    def to_do(on: date) -> list[tuple[str, str, str]]:
        shown = workbench(ledger, on).todos
        return [
            (todo.kind, todo.who, todo.words)
            for todo in shown
            if todo.due and todo.group is not Group.WAITING
        ]

    assert ("resolution", "县司法局", "还有 5 天") in to_do(date(2026, 10, 15))
    with clock.held_at(datetime(2026, 10, 15, 9)):
        case = case_from_resolution(ledger, item.id)
    assert [todo for todo in to_do(date(2026, 10, 15)) if todo[0] in ("case", "resolution")] == [
        ("case", "县司法局", "还有 5 天")
    ]
    step(ledger, case, "交办", date(2026, 10, 15))
    step(ledger, case, "延期申请", date(2026, 10, 18), new_due_on=date(2026, 11, 30))
    step(ledger, case, "延期批准", date(2026, 10, 19))
    assert "case" not in {kind for kind, _who, _words in to_do(date(2026, 10, 19))}
    assert ("case", "县司法局", "还有 2 天") in to_do(date(2026, 10, 18))
