"""The lights of each line of work: each open matter under one lamp, and the records are the count."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models import clock
from models.records.meeting import Resolution
from models.records.organisation import Person
from models.records.rules import Clause
from models.records.supervision import Case
from models.rules.filing import FILED
from models.store.ledger import Ledger
from models.summaries.desk import Line, line_of, read_desk
from models.summaries.lights import Lamp, lights
from tests.fixtures import SmallOffice

AS_OF = date(2026, 10, 21)


def counts(ledger: Ledger, line: Line, on: date = AS_OF) -> list[int]:
    shown = next(one for one in lights(read_desk(ledger, on)) if one.line is line)
    return [shown.count(lamp) for lamp in Lamp]


def test_every_line_of_work_is_there_with_nothing_entered(ledger: Ledger) -> None:
    shown = lights(read_desk(ledger, AS_OF))
    assert [one.line for one in shown] == list(Line)
    assert not any(one.count(lamp) for one in shown for lamp in Lamp)


def test_cases_shine_as_on_their_page(ledger: Ledger, office: SmallOffice) -> None:
    dues = {"late": date(2026, 10, 20), "near": date(2026, 10, 23), "fine": date(2026, 12, 31)}
    with ledger.action("立项") as action:
        cases = {
            name: action.add(
                Case(matter=name, source="领导批示", lead_units=(office.education.id,), opened_on=AS_OF, due_on=due)
                if due > AS_OF
                else Case(
                    matter=name, source="领导批示", lead_units=(office.education.id,), opened_on=date(2026, 10, 1), due_on=due
                )
            ).id
            for name, due in dues.items()
        }  # fmt: skip
    shown = next(one for one in lights(read_desk(ledger, AS_OF)) if one.line is Line.CASES)
    assert {lamp: [record.id for record in shown.records(lamp)] for lamp in Lamp} == {
        Lamp.RED: [cases["late"]], Lamp.AMBER: [cases["near"]], Lamp.GREEN: [cases["fine"]],
    }  # fmt: skip


def test_steps_of_meetings_and_resolutions(ledger: Ledger, office: SmallOffice) -> None:
    """On 10-21 the meeting of 10-13 was not marked as held; a resolution is near, another has no limit."""
    with ledger.action("议定") as action:
        for due in (date(2026, 10, 25), None):
            action.add(
                Resolution(
                    meeting=office.meeting.id,
                    content="公布清单",
                    lead_units=(office.education.id,),
                    due_on=due,
                )
            )
    assert counts(ledger, Line.MEETINGS) == [1, 1, 1]
    assert counts(ledger, Line.MEETINGS, date(2026, 10, 11)) == [
        1,
        0,
        0,
    ]  # the notice is late, nothing resolved yet


@pytest.mark.parametrize(
    ("answered_by", "line"),
    [("报送", Line.FILING), ("工作动态", Line.FILING), ("学法", Line.STUDY), ("考试", Line.STUDY), ("会议", Line.RULES),
     ("督办签收", Line.RULES)],
)  # fmt: skip
def test_a_clause_belongs_to_the_line_that_answers_it(answered_by: str, line: Line) -> None:
    assert line_of(Clause(name="x", answered_by=answered_by)) is line
    assert (line is Line.FILING) == (answered_by in FILED)


def test_who_is_short_of_study_and_whose_certificate_ends(ledger: Ledger, office: SmallOffice) -> None:
    with clock.held_at(datetime(2026, 1, 5)), ledger.action("登记") as action:
        action.add(
            Clause(
                name="40学时", owed_by="每名人员", answered_by="学法", staff_kinds="公务员", measure="学时", threshold=40,
                valid_from=date(2026, 1, 1),
            )
        )  # fmt: skip
        action.change(dataclasses.replace(office.head, staff_kind="公务员"))
        action.add(Person(name="叶雨桐", certificate="1", certificate_until=date(2026, 10, 1)))
    assert counts(ledger, Line.STUDY, date(2026, 6, 1)) == [0, 0, 1]
    assert counts(ledger, Line.STUDY, date(2026, 10, 1)) == [0, 1, 0]
    assert counts(ledger, Line.STUDY, date(2026, 12, 31)) == [0, 1, 0]
    assert counts(ledger, Line.STAFF) == [1, 0, 0]
