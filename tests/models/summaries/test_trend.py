"""This year beside last year until the same day: equal to the figures of the year and to a count from outside."""

from __future__ import annotations

import dataclasses
import random
from datetime import date, datetime, timedelta

import pytest

from models import clock
from models.records.filing import Submission
from models.records.meeting import Attendance, Meeting
from models.records.rules import Clause
from models.records.study import StudyAttendance, StudySession
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.desk import read_desk
from models.summaries.trend import Trend, behind, trends
from models.summaries.year_figures import year_figures
from tests.fixtures import SmallOffice


def figures(ledger: Ledger, on: date) -> dict[str, Trend]:
    return {one.name: one for one in trends(read_desk(ledger, on))}


@pytest.fixture
def worked(ledger: Ledger, office: SmallOffice) -> list[date]:
    """Two years of meetings, study and cases by chance, one of each every ten days; returns their days."""
    chance = random.Random(11)
    days = [date(2025, 1, 3) + timedelta(days=10 * step) for step in range(70)]
    with clock.held_at(datetime(2024, 12, 1)), ledger.action("登记两年") as action:
        for on in days:
            at = datetime(on.year, on.month, on.day, 9)
            meeting = action.add(
                dataclasses.replace(office.meeting, id="", name=f"会 {on}", starts_at=at, state=chance.choice(("召开", "取消")))
            )  # fmt: skip
            for person in (office.head, office.deputy, office.teacher):
                status = chance.choice(("出席", "出席", "请假", "缺席"))
                action.add(Attendance(meeting=meeting.id, person=person.id, expected=True, status=status))
            session = action.add(
                StudySession(
                    subject=f"学 {on}", category="集体学法", unit=office.justice.id, starts_at=at, hours=2
                )
            )
            action.add(
                StudyAttendance(session=session.id, person=office.staff.id, hours=chance.choice((None, 3.5)))
            )
            closed = on + timedelta(days=chance.randrange(1, 60)) if chance.random() < 0.7 else None
            action.add(
                Case(matter=f"事 {on}", source="领导批示", lead_units=(office.justice.id,), opened_on=on, closed_on=closed)
            )  # fmt: skip
    return days


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 3, 1), date(2026, 11, 21), date(2026, 12, 31)])
def test_the_figures_are_those_of_the_annual_summary(ledger: Ledger, worked: list[date], on: date) -> None:
    found, year = figures(ledger, on), year_figures(ledger, on.year, on)
    named = {one.name: one.value for one in year.figures}
    for trend, figure in (
        ("meetings", "meetings"),
        ("attendance", "attendance.own_rate"),
        ("cases", "cases.rate"),
    ):
        assert (found[trend].now.value, found[trend].before.value) == (named[figure], year.before[figure])


def test_the_hours_are_those_of_who_took_part(ledger: Ledger, worked: list[date]) -> None:
    found = figures(ledger, date(2026, 5, 20))["study"]
    for amount in (found.now, found.before):
        first, last = amount.period
        rows = ledger.find(StudyAttendance, "session IN (SELECT id FROM study_session WHERE starts_at BETWEEN ? AND ?)",
                           (first.isoformat(), f"{last.isoformat()} 24"))  # fmt: skip
        assert amount.value == sum(row.hours if row.hours is not None else 2 for row in rows)


def test_every_figure_lists_what_it_counts(ledger: Ledger, worked: list[date]) -> None:
    found = figures(ledger, date(2026, 5, 20))
    for amount in (found["meetings"].now, found["meetings"].before):
        records = behind(ledger, found["meetings"], amount)
        assert len(records) == amount.value
        assert all(record.on and amount.period[0] <= record.on <= amount.period[1] for record in records)
    came = [record.words.split() for record in behind(ledger, found["attendance"], found["attendance"].now)]
    own = sum(int(words[0]) for words in came) / sum(int(words[2]) for words in came)
    assert found["attendance"].now.value == round(100 * own, 1)
    cases = behind(ledger, found["cases"], found["cases"].now)
    closed = sum(record.words == "办结" for record in cases)
    assert found["cases"].now.value == round(100 * closed / len(cases), 1)


@pytest.mark.parametrize(
    ("on", "last"), [("2028-02-29", "2027-02-28"), ("2029-02-28", "2028-02-28"), ("2026-12-31", "2025-12-31")]
)
def test_the_same_day_of_the_year_before(ledger: Ledger, on: str, last: str) -> None:
    found = figures(ledger, date.fromisoformat(on))["meetings"]
    assert found.before.period == (date(int(on[:4]) - 1, 1, 1), date.fromisoformat(last))
    assert found.now.period == (date(int(on[:4]), 1, 1), date.fromisoformat(on))


def test_papers_on_time(ledger: Ledger, office: SmallOffice) -> None:
    """Due on 06-10 by both units: last year one came in time and one late, this year one in time."""
    with clock.held_at(datetime(2025, 1, 5)), ledger.action("登记") as action:
        action.add(
            Clause(
                name="半年进展", body=office.body.id, owed_by="每个成员单位", answered_by="报送", submission_item="半年度进展",
                deadline="06-10", valid_from=date(2025, 1, 1),
            )
        )  # fmt: skip
        for unit, on in (
            (office.justice, date(2025, 6, 9)), (office.education, date(2025, 6, 12)), (office.justice, date(2026, 6, 10))
        ):  # fmt: skip
            action.add(
                Submission(item="半年度进展", unit=unit.id, year=on.year, half="上半年", received_on=on)
            )
    before_limit, after = (figures(ledger, date(2026, 6, day))["papers"] for day in (9, 11))
    assert (before_limit.now.value, before_limit.change) == (None, None)
    assert (after.now.value, after.before.value, after.words) == (50, 50, "持平")
    assert {record.headline for record in behind(ledger, after, after.now)} == {
        "县司法局：半年进展", "县教育局：半年进展",
    }  # fmt: skip


def test_the_change_in_words(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("登记") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        action.add(
            Meeting(
                name="旧会",
                category="联席会议",
                body=office.body.id,
                starts_at=datetime(2025, 12, 1, 9),
                state="召开",
            )
        )
    words = {on: figures(ledger, date(2026, *on))["meetings"].words for on in ((10, 12), (10, 13), (12, 31))}
    assert words == {(10, 12): "持平", (10, 13): "多 1 次", (12, 31): "持平"}
    assert figures(ledger, date(2026, 12, 31))["attendance"].words == "无可比"
