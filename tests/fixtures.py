"""A real ledger for every test that wants one, and a small office to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from models import clock
from models.demo import make_county
from models.records.meeting import Meeting
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.store.ledger import Ledger

KEY = bytes(range(32))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in a file of its own; the clerk is 苏映川."""
    opened = Ledger(tmp_path / "ledger.db", KEY, clerk="苏映川", before_migration=lambda: None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One year of the sample county up to 2026-11-21, one for a whole module: its tests leave it as it was."""
    path = tmp_path_factory.mktemp("county") / "data.db"
    opened = Ledger(path, KEY, clerk="苏映川", before_migration=lambda: None)
    make_county(opened, years=1, today=date(2026, 11, 21))
    yield opened
    opened.close()


LONG_AGO = datetime(2020, 1, 2, 9, 0)
"""When clauses of tests are entered: before any of their limits."""


@dataclass(frozen=True)
class SmallOffice:
    """One body of two units: 县司法局 (lead; 陆怀谦 head, 高书瑶 deputy in charge, 尹素 clerk) and 县教育局 (罗屿)."""

    body: Body
    justice: Unit
    education: Unit
    head: Person
    deputy: Person
    staff: Person
    teacher: Person
    meeting: Meeting


@pytest.fixture
def office(ledger: Ledger) -> SmallOffice:
    """The small office, with a joint meeting on 2026-10-13 09:30, written in one action."""
    with clock.held_at(LONG_AGO), ledger.action("登记样例") as action:
        justice = action.add(Unit(name="县司法局", category="政府", position=1))
        education = action.add(Unit(name="县教育局", category="政府", position=2))
        body = action.add(Body(name="澜溪县依法行政协调小组", category="协调小组", host_unit=justice.id))
        head, deputy, staff, teacher = (
            action.add(Person(name=name)) for name in ("陆怀谦", "高书瑶", "尹素", "罗屿")
        )
        since = date(2024, 3, 1)
        for person, unit, title, post in (
            (head, justice, "局长", "主要负责人"),
            (deputy, justice, "副局长", "分管负责人"),
            (staff, justice, "科员", "工作人员"),
            (teacher, education, "副局长", "分管负责人"),
        ):
            action.add(Appointment(person=person.id, unit=unit.id, title=title, post=post, valid_from=since))
        action.add(Seat(body=body.id, role="主任", unit=justice.id, post="主要负责人", position=1))
        for place, unit in enumerate((justice, education), start=1):
            action.add(Membership(body=body.id, unit=unit.id, position=place, lead=unit is justice))
            action.add(Seat(body=body.id, role="成员", unit=unit.id, post="分管负责人", position=place + 1))
        meeting = action.add(
            Meeting(
                name="第三季度联席会议",
                category="联席会议",
                body=body.id,
                starts_at=datetime(2026, 10, 13, 9, 30),
                host=head.id,
            )
        )
    return SmallOffice(body, justice, education, head, deputy, staff, teacher, meeting)
