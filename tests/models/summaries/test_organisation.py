"""Who belongs to a body and sits in it on a day."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from models.records.organisation import Appointment, Person, Unit
from models.store.ledger import Ledger
from models.summaries.meeting import expected_attendance
from models.summaries.organisation import members_of, places_of, post_on, vacancies
from tests.fixtures import SmallOffice

ON = date(2026, 10, 13)


def named(ledger: Ledger, office: SmallOffice) -> list[str]:
    return [place.person.name if place.person else "空缺" for place in places_of(ledger, office.body.id, ON)]


def expected(ledger: Ledger, office: SmallOffice) -> list[str]:
    rows = expected_attendance(ledger, office.meeting)
    return [ledger.name_of("person", row.person) or "空缺" for row in rows]


@pytest.mark.parametrize(
    ("gone", "people", "units"),
    [
        ("head", ["空缺", "高书瑶", "罗屿"], ["县司法局", "县教育局"]),
        ("teacher", ["陆怀谦", "高书瑶", "空缺"], ["县司法局", "县教育局"]),
        ("education", ["陆怀谦", "高书瑶", "空缺"], ["县司法局"]),
        ("justice", ["空缺", "空缺", "罗屿"], ["县教育局"]),
    ],
)
def test_who_was_deleted_is_on_no_roster(
    ledger: Ledger, office: SmallOffice, gone: str, people: list[str], units: list[str]
) -> None:
    with ledger.action("删除") as action:
        action.remove(getattr(office, gone))
    assert named(ledger, office) == people == expected(ledger, office)
    assert [unit.name for _, unit in members_of(ledger, office.body.id, ON)] == units


def test_the_post_of_a_deleted_person_is_vacant(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("删除") as action:
        action.remove(office.teacher)
    assert [(found.unit.name, found.post) for found in vacancies(ledger, ON)] == [("县教育局", "分管负责人")]


@pytest.mark.parametrize(("until", "there"), [(date(2026, 10, 12), False), (ON, True)])
def test_a_unit_that_is_gone_is_no_member(
    ledger: Ledger, office: SmallOffice, until: date, there: bool
) -> None:
    with ledger.action("撤并") as action:
        action.change(dataclasses.replace(office.education, valid_until=until))
    members = [unit.name for _, unit in members_of(ledger, office.body.id, ON)]
    assert ("县教育局" in members) is there


def test_a_post_without_place_is_the_last(ledger: Ledger) -> None:
    with ledger.action("登记") as action:
        person = action.add(Person(name="张三"))
        for name, place in (("兼职单位", None), ("主单位", 1)):
            unit = action.add(Unit(name=name))
            action.add(
                Appointment(person=person.id, unit=unit.id, title=name, post="班子成员", position=place)
            )
    found = post_on(ledger, person.id, "", ON)
    assert found and found.title == "主单位"
