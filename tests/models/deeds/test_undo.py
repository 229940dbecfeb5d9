"""Deeds of different lines of work are undone in any order, and nothing of them is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import clock
from models.deeds.meeting import call_off
from models.deeds.study import add_people
from models.deeds.supervision import record_step
from models.deeds.year_turn import close_year
from models.records.base import all_kinds
from models.records.meeting import Meeting
from models.records.organisation import Body, Person, Unit
from models.records.study import StudySession
from models.records.supervision import Case
from models.rules.supervision import Entry
from models.store.ledger import Ledger
from tests.fixtures import KEY

NOW = datetime(2026, 11, 21, 9)


def prepared(ledger: Ledger) -> list[Callable[[], object]]:
    """Return deeds that touch nothing of one another: a meeting, a session, a case, a year."""
    with ledger.action("登记样例") as action:
        unit = action.add(Unit(name="县司法局", category="政府"))
        person = action.add(Person(name="陆怀谦"))
        body = action.add(Body(name="协调小组", category="协调小组"))
        meeting = action.add(
            Meeting(name="例会", category="专题会", body=body.id, starts_at=datetime(2026, 12, 8, 9))
        )
        session = action.add(
            StudySession(
                subject="学法", category="集体学法", unit=unit.id, starts_at=datetime(2026, 10, 9, 9)
            )
        )
        case = action.add(
            Case(matter="整改", source="领导批示", lead_units=(unit.id,), opened_on=date(2026, 9, 1))
        )
    return [
        lambda: call_off(ledger, meeting, date(2026, 11, 20)),
        lambda: add_people(ledger, session, [(person.id, unit.id)]),
        lambda: record_step(ledger, case.id, Entry(kind="交办", on=date(2026, 11, 3))),
        lambda: close_year(ledger, 2025),
    ]


def everything(ledger: Ledger) -> set[tuple[object, ...]]:
    """Return all live records by kind and described values."""
    return {
        (kind.id, record.id, *map(str, record.values().values()))
        for kind in all_kinds()
        for record in ledger.find(kind.record)
    }


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(range(4)))
def test_in_any_order(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    path = tmp_path_factory.mktemp("undo") / "ledger.db"
    ledger = Ledger(path, KEY, clerk="", before_migration=lambda: None)
    with clock.held_at(NOW):
        deeds = prepared(ledger)
        before = everything(ledger)
        seqs = []
        for deed in deeds:
            deed()
            seqs.append(ledger.undoable()[0].seq)
        assert everything(ledger) != before
        with ledger.correcting("试"):  # a year is not opened again without a reason
            for index in order:
                ledger.undo(seqs[index])
        assert everything(ledger) == before
    assert ledger.broken_history() is None
    ledger.close()
