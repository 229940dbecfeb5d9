"""Every figure of the year's tables opens what it counts."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from models import clock
from models.records.meeting import Attendance
from models.records.rules import Clause
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.year_figures import year_figures
from models.summaries.year_tables import YearTables, year_tables
from tests.fixtures import LONG_AGO, SmallOffice

AS_OF = date(2026, 11, 21)


@pytest.fixture
def tables(ledger: Ledger, office: SmallOffice) -> YearTables:
    with clock.held_at(LONG_AGO), ledger.action("一年") as action:
        action.change(dataclasses.replace(office.meeting, state="召开"))
        for person, unit, status in (
            (office.head, office.justice, "出席"),
            (office.teacher, office.education, "缺席"),
        ):
            action.add(
                Attendance(
                    meeting=office.meeting.id, person=person.id, unit=unit.id, expected=True, status=status
                )
            )
        action.add(
            Case(
                matter="修路", source="领导批示", requirement="修好", opened_on=date(2026, 3, 2),
                due_on=date(2026, 5, 1), lead_units=(office.justice.id,),
            )
        )  # fmt: skip
        action.add(
            Clause(
                name="半年一次会", owed_by="本机构", body=office.body.id, answered_by="会议", meeting_category="联席会议", per="半年",
            )
        )  # fmt: skip
        action.change(dataclasses.replace(office.teacher, staff_kind="公务员"))
        action.add(
            Clause(
                name="40学时", owed_by="每名人员", answered_by="学法", staff_kinds="公务员", measure="学时", threshold=40
            )
        )  # fmt: skip
    return year_tables(ledger, 2026, AS_OF)


def test_every_figure_lists_as_many_records_as_it_says(tables: YearTables, ledger: Ledger) -> None:
    opened = 0
    for table in tables.tables:
        for line in table.rows:
            for one in line.figures:
                if one and not one.words.endswith("%"):
                    said = float(re.findall(r"[\d.]+", one.words)[0])
                    assert len(one.records(ledger)) == said, (table.title, line.label)
                    opened += 1
    assert opened > 15


def test_all_figures_of_the_year_are_there(tables: YearTables, ledger: Ledger) -> None:
    found = year_figures(ledger, 2026, AS_OF)
    named = {one.label for one in found.figures if one.value}
    assert named == {line.label for line in tables.tables[0].rows if any(line.figures)}


def test_a_unit_stands_in_one_line(tables: YearTables) -> None:
    by_unit = {line.label: [one.words for one in line.figures] for line in tables.tables[2].rows}
    assert by_unit == {
        "县司法局": ["1 人次", "100%", "1 件", "", "1 件", "", ""],
        "县教育局": ["1 人次", "0%", "", "", "", "1 人", ""],
    }


def test_an_obligation_opens_itself(tables: YearTables, ledger: Ledger) -> None:
    (late,) = (line for line in tables.tables[0].rows if line.label == "逾期未完成")
    (record,) = late.figures[0].records(ledger)
    assert record.duty is not None
    assert record.duty.clause.name == "半年一次会"
