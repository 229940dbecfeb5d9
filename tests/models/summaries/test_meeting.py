"""One meeting with its people: who is expected, planned rows before the grid, names of the day."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

import pytest

from models.errors import ClerkError
from models.presets import apply_preset
from models.records.meeting import AgendaItem, Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Person, Unit
from models.records.rules import DocumentNumber
from models.rules.attendance import Rates
from models.store.ledger import Ledger
from models.summaries.meeting import expected_attendance, meeting_sheet
from tests.fixtures import SmallOffice


def test_expected_are_the_seats_of_the_day(ledger: Ledger, office: SmallOffice) -> None:
    rows = expected_attendance(ledger, office.meeting)
    assert [(row.person, row.role, row.duty, row.position) for row in rows] == [
        (office.head.id, "主任", "局长", 1),
        (office.deputy.id, "成员", "副局长", 2),
        (office.teacher.id, "成员", "副局长", 3),
    ]
    assert all(row.expected and not row.status and row.meeting == office.meeting.id for row in rows)


def test_a_vacant_post_is_a_row_without_a_person(ledger: Ledger, office: SmallOffice) -> None:
    post = ledger.find(Appointment, "person = ?", (office.teacher.id,))[0]
    with ledger.action("离任") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 9, 1)))
    last = expected_attendance(ledger, office.meeting)[-1]
    assert (last.person, last.unit, last.duty) == ("", office.education.id, "分管负责人")


def test_two_vacancies_are_two_rows(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("离任") as action:
        for post in ledger.find(Appointment, "post = '分管负责人'"):
            action.change(dataclasses.replace(post, valid_until=date(2026, 9, 1)))
    rows = expected_attendance(ledger, office.meeting)
    assert [row.person for row in rows] == [office.head.id, "", ""]


@pytest.mark.parametrize(("convened_by", "own"), [("office", ["市司法局主要", "市司法局分管"]), ("news", [])])
def test_joint_meeting_calls_the_heads_of_the_branches_once(
    ledger: Ledger, convened_by: str, own: list[str]
) -> None:
    """S0-18: the office's own seats, then who leads each coordinating office; the same without an office."""
    bodies = apply_preset(ledger, "offices", "澜州市", date(2026, 1, 1)).bodies
    with ledger.action("任职") as action:
        for unit in ledger.find(Unit):
            for post, title in (("主要负责人", "主要"), ("分管负责人", "分管")):
                person = action.add(Person(name=f"{unit.name}{title}"))
                action.add(Appointment(person=person.id, unit=unit.id, title=title, post=post))
        meeting = action.add(
            Meeting(
                name="联席会议",
                category="联席会议",
                body=bodies[convened_by],
                starts_at=datetime(2026, 3, 5, 9),
            )
        )
    sheet = meeting_sheet(ledger, meeting.id)
    heads = [
        "市政府法制办主要",
        "市中级人民法院分管",
        "市司法局主要",
        "市经贸委主要",
        "市民政局主要",
        "市委宣传部分管",
    ]
    assert [one.person for one in sheet.attendees] == own + [name for name in heads if name not in own]
    assert sheet.attendees[len(own)].row.role == "依法行政协调指导办公室主任"


def test_sheet_before_and_after_the_grid_is_filled(ledger: Ledger, office: SmallOffice) -> None:
    planned = meeting_sheet(ledger, office.meeting.id)
    assert planned.planned and len(planned.expected) == 3 and planned.rates == Rates(expected=3, unmarked=3)
    assert (planned.host, planned.host_duty) == ("陆怀谦", "澜溪县依法行政协调小组主任")
    with ledger.action("登记出席") as action:
        for row in expected_attendance(ledger, office.meeting):
            action.add(dataclasses.replace(row, status="出席"))
        guest = Attendance(
            meeting=office.meeting.id, unit=office.justice.id, person=office.staff.id, status="列席"
        )
        action.add(guest)
        action.add(AgendaItem(meeting=office.meeting.id, position=2, subject="研究二"))
        action.add(AgendaItem(meeting=office.meeting.id, position=1, subject="研究一"))
        action.add(
            Resolution(
                meeting=office.meeting.id, content="办事", lead_units=(office.education.id, office.justice.id)
            )
        )
        action.add(
            DocumentNumber(code="澜法", year=2026, serial=3, subject="通知", meeting=office.meeting.id)
        )
    sheet = meeting_sheet(ledger, office.meeting.id)
    assert not sheet.planned
    assert (sheet.rates.expected, sheet.rates.present, sheet.rates.guests) == (3, 3, 1)
    assert (sheet.units.present, sheet.units.expected) == (2, 2)
    assert [item.subject for item in sheet.agenda] == ["研究一", "研究二"]
    assert sheet.resolutions[0].leads == ("县教育局", "县司法局")
    assert [one.person for one in sheet.guests] == ["尹素"]
    assert sheet.number == "澜法〔2026〕3号"


@pytest.mark.parametrize(
    ("role", "unit", "duty", "called"),
    [
        ("主任", "县司法局", "局长", "澜溪县依法行政协调小组主任"),
        ("成员", "县司法局", "局长", "县司法局局长"),
        ("司法协调小组组长", "县委政法委", "县委常委、政法委书记", "县委常委、政法委书记"),
        ("司法协调小组组长", "县司法局", "", "县司法局"),
    ],
)
def test_the_host_is_called_by_leading_the_body_that_meets_or_by_the_post(
    ledger: Ledger, office: SmallOffice, role: str, unit: str, duty: str, called: str
) -> None:
    with ledger.action("登记出席") as action:
        known = ledger.find(Unit, "name = ?", (unit,))
        place = known[0] if known else action.add(Unit(name=unit))
        action.add(
            Attendance(meeting=office.meeting.id, person=office.head.id, unit=place.id, role=role, duty=duty)
        )
    assert meeting_sheet(ledger, office.meeting.id).host_duty == called


def test_what_cannot_be_shown_is_told(ledger: Ledger, office: SmallOffice) -> None:
    with pytest.raises(ClerkError, match="没有找到这次会议"):
        meeting_sheet(ledger, "nothing")
