"""Lists and search over a real file."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from models.records.meeting import AgendaItem, Resolution
from models.records.organisation import Appointment, Person, Unit
from models.store.ledger import Ledger
from models.store.reader import Filter, RowQuery
from tests.fixtures import SmallOffice

PEOPLE = ("单雄信", "仇和", "曾国华", "解晓东", "查良", "区伯", "翟天", "尉迟恭", "万俟雪", "重阳", "𬍛𬭚")


@pytest.fixture
def people(ledger: Ledger) -> None:
    with ledger.action("登记人员") as action:
        for name in PEOPLE:
            action.add(Person(name=name, phone="13800138000" if name == "仇和" else ""))


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("雄", ["单雄信"]),
        ("shanxiong", ["单雄信"]),
        ("sxx", ["单雄信"]),
        ("qiu", ["仇和"]),
        ("zgh", ["曾国华"]),
        ("xiexiao", ["解晓东"]),
        ("zhal", ["查良"]),
        ("ou b", ["区伯"]),
        ("ycg", ["尉迟恭"]),
        ("moqi", ["万俟雪"]),
        ("𬍛", ["𬍛𬭚"]),
        ("１３８０", ["仇和"]),
        ("SHAN　信", ["单雄信"]),
        ("%", []),
        ("查无此人", []),
    ],
)
def test_people_are_found_by_characters_pinyin_and_initials(
    ledger: Ledger, typed: str, found: list[str]
) -> None:
    query = RowQuery("person", ("name",), search=typed)
    assert [row[1] for row in ledger.rows(query)] == found
    assert ledger.count(query) == len(found)


def test_references_show_and_sort_by_what_they_point_to(ledger: Ledger, office: SmallOffice) -> None:
    query = RowQuery("appointment", ("person", "unit", "title"), sort=("-unit", "person"))
    rows = [row[1:] for row in ledger.rows(query)]
    assert rows[0] == ("罗屿", "县教育局", "副局长")
    assert [row[1] for row in rows[1:]] == ["县司法局"] * 3


def test_several_references_show_joined_in_order(ledger: Ledger, office: SmallOffice) -> None:
    units = (office.education.id, office.justice.id)
    with ledger.action("议定") as action:
        action.add(Resolution(meeting=office.meeting.id, content="开展案卷评查", lead_units=units))
    assert ledger.rows(RowQuery("resolution", ("lead_units",)))[0][1] == "县教育局、县司法局"
    assert ledger.count(RowQuery("resolution", (), filters=(Filter("lead_units", "=", units[0]),))) == 1


def test_chunks_of_parts_come_owner_by_owner_as_the_whole_list_does(
    ledger: Ledger, office: SmallOffice
) -> None:
    with ledger.action("登记议程") as action:
        for name in ("乙次会议", "甲次会议", "乙次会议", "丙次会议"):
            meeting = action.add(dataclasses.replace(office.meeting, id="", name=name))
            for place in (3, 1, None, 2):
                action.add(AgendaItem(meeting=meeting.id, subject=f"议题{place}", position=place))
    with ledger.action("删除") as action:
        action.remove(meeting)  # and its parts with it
    query = RowQuery("agenda_item", ("meeting", "position"))
    whole = ledger.rows(query)
    assert [row[1:] for row in whole] == sorted(
        (row[1:] for row in whole), key=lambda row: (row[0], row[1] is None, row[1] or 0)
    )
    assert len(whole) == 12
    for size in (1, 5, 12, 13):
        chunks = [ledger.rows(query, size, start) for start in range(0, 12, size)]
        assert [row for chunk in chunks for row in chunk] == whole


def test_a_person_stands_with_the_posts_held_that_day(ledger: Ledger, office: SmallOffice) -> None:
    def posts(**asked: Any) -> dict[str, str]:
        rows = ledger.rows(RowQuery("person", ("name", "posts"), **asked))
        return {str(row[1]): str(row[2] or "") for row in rows}

    with ledger.action("任职") as action:
        action.add(
            Appointment(
                person=office.teacher.id, unit=office.justice.id, title="挂职副局长", post="工作人员",
                valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30),
            )
        )  # fmt: skip
    assert posts(as_of=date(2026, 3, 1))["罗屿"] == "县司法局挂职副局长、县教育局副局长"
    assert posts(as_of=date(2026, 9, 1))["罗屿"] == "县教育局副局长"
    assert set(posts(filters=(Filter("posts", "contains", "教育"),))) == {"罗屿"}
    in_order = [words for words in posts(sort=("posts",)).values() if words]
    assert in_order == sorted(in_order) and len(in_order) > 2


@pytest.mark.parametrize(("day", "names"), [("2024-02-29", 0), ("2024-03-01", 4), ("2030-01-01", 4)])
def test_lists_are_as_of_a_date(ledger: Ledger, office: SmallOffice, day: str, names: int) -> None:
    on = date.fromisoformat(day)
    assert ledger.count(RowQuery("appointment", (), as_of=on)) == names
    assert len(ledger.in_force(Appointment, on)) == names


def test_who_left_is_gone_the_day_after(ledger: Ledger, office: SmallOffice) -> None:
    post = ledger.find(Appointment, "person = ?", (office.teacher.id,))[0]
    with ledger.action("免职") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 5, 31)))
    assert len(ledger.in_force(Appointment, date(2026, 5, 31))) == 4
    assert len(ledger.in_force(Appointment, date(2026, 6, 1))) == 3


@pytest.mark.parametrize(
    ("item", "names"),
    [
        (Filter("category", "=", "政府"), {"县司法局", "县教育局"}),
        (Filter("position", ">=", 2), {"县教育局"}),
        (Filter("name", "contains", "教育"), {"县教育局"}),
        (Filter("level", "empty"), {"县司法局", "县教育局"}),
        (Filter("category", "in", ("政府", "人大")), {"县司法局", "县教育局"}),
    ],
)
def test_filters(ledger: Ledger, office: SmallOffice, item: Filter, names: set[str]) -> None:
    assert {row[1] for row in ledger.rows(RowQuery("unit", ("name",), filters=(item,)))} == names


def test_a_new_name_is_found_through_what_refers_to_it(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("更名") as action:
        action.change(dataclasses.replace(office.teacher, name="曾屿"))
    found = ledger.rows(RowQuery("appointment", ("person",), search="zengyu"))
    assert [row[1] for row in found] == ["曾屿"]
    assert ledger.find(Appointment, "person = ?", (office.teacher.id,))


def test_search_over_everything_and_who_uses_a_record(ledger: Ledger, office: SmallOffice) -> None:
    assert {hit.kind for hit in ledger.search("sfj")} == {"unit", "appointment", "body"}
    assert ledger.referring("unit", office.education.id) == {"成员单位": 1, "任职": 1, "组内职务": 1}
    assert ledger.names("unit")[office.education.id] == "县教育局"


def test_a_name_that_is_no_column_is_refused(ledger: Ledger) -> None:
    with pytest.raises(KeyError):
        ledger.rows(RowQuery("unit", ("name; DROP TABLE unit",)))
    assert ledger.find(Unit) == []


def test_a_record_is_found_in_its_list(ledger: Ledger, office: SmallOffice) -> None:
    query = RowQuery("person", (), sort=("-name",), search="司法局")
    assert ledger.place_of(query, office.head.id) == -1
    query = RowQuery("person", ("name",), sort=("-name",))
    place = ledger.place_of(query, office.head.id)
    assert ledger.rows(query, 1, place) == [(office.head.id, "陆怀谦")]


def test_what_has_no_value_is_not_the_one_asked_for(ledger: Ledger, office: SmallOffice) -> None:
    named = Filter("person", "!=", office.head.id)
    assert ledger.count(RowQuery("seat", (), filters=(named,))) == 3
