"""Years to choose from: every one between the first record and what is planned."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.records.study import StudySession
from models.store.ledger import Ledger
from models.summaries.years import _DAYS, is_over, years_on_record
from tests.fixtures import SmallOffice


def study(ledger: Ledger, office: SmallOffice, year: int) -> None:
    with ledger.action("学法") as action:
        action.add(
            StudySession(
                subject="学习宪法",
                category="集体学法",
                body=office.body.id,
                starts_at=datetime(year, 3, 1, 9),
            )
        )


def test_an_empty_ledger_has_this_year(ledger: Ledger) -> None:
    assert years_on_record(ledger, 2026) == [2026]


def test_years_with_study_only_and_years_planned(ledger: Ledger, office: SmallOffice) -> None:
    study(ledger, office, 2023)
    study(ledger, office, 2027)
    assert years_on_record(ledger, 2026) == [2027, 2026, 2025, 2024, 2023]


def test_no_table_is_walked_through(ledger: Ledger) -> None:
    for table, day in _DAYS.items():
        plan = ledger.db.execute(
            f"EXPLAIN QUERY PLAN SELECT min({day}) FROM {table} WHERE deleted_at IS NULL"
        ).fetchall()
        assert any("USING" in row[3] and "INDEX" in row[3] for row in plan), (table, plan)


@pytest.mark.parametrize(
    ("as_of", "today", "over"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), True),
        (date(2026, 12, 31), date(2026, 12, 31), False),
        (date(2026, 6, 30), date(2027, 1, 1), False),
        (date(2027, 1, 6), date(2027, 1, 6), False),
    ],
)
def test_a_year_is_over_when_its_last_day_is_past(as_of: date, today: date, *, over: bool) -> None:
    assert is_over(2026, as_of, today) is over
