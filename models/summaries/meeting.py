"""One meeting as screens and papers show it: who was expected, who came, what was resolved (S0-18 … S0-24)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from models.errors import ClerkError
from models.records.base import Look
from models.records.meeting import AgendaItem, Attendance, Meeting, Resolution
from models.records.organisation import ROLES, Body, Person, Unit, called
from models.records.rules import DocumentNumber
from models.rules.attendance import Rates, UnitsThere, rates, units_there
from models.summaries.organisation import Place, places_of
from models.summaries.structure import branches_of, siblings_of

JOINT = "联席会议"
_PLAIN_ROLES = ("委员", "成员", "联络员")
HEAD_ROLES = ("组长", "主任", "召集人", "第一组长", "办公室主任")


@dataclass(frozen=True, slots=True)
class Attendee:
    """One row of the grid with its names resolved as of the meeting; *row* is the record behind it.

    *unit_position* is the unit's place in the 建制顺序. *person* is "" for a vacant post, *substitute* ""
    when nobody stands in.
    """

    row: Attendance
    unit: str
    unit_position: int | None
    person: str
    substitute: str

    @property
    def present(self) -> bool:
        """Whether the expected person came, or a substitute for them."""
        return self.row.status in ("出席", "代")

    @property
    def came(self) -> str:
        """The name of who came for this row: the person or the substitute."""
        return self.substitute if self.row.status == "代" else self.person


@dataclass(frozen=True, slots=True)
class Resolved:
    """A resolution with the names of its units, lead units in order (the first is responsible, S2-5)."""

    record: Resolution
    leads: tuple[str, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """Everything about one meeting. *planned* tells that the grid is not entered yet and the rows are
    computed from the organisation on the day of the meeting; *number* is the 文号 of its notice or ""."""

    meeting: Meeting
    body: Body
    host: str
    host_duty: str
    convener: str
    agenda: tuple[AgendaItem, ...]
    attendees: tuple[Attendee, ...]
    resolutions: tuple[Resolved, ...]
    rates: Rates
    units: UnitsThere
    planned: bool
    number: str

    @property
    def on(self) -> date:
        """The day of the meeting."""
        assert self.meeting.starts_at is not None
        return self.meeting.starts_at.date()

    @property
    def expected(self) -> tuple[Attendee, ...]:
        return tuple(one for one in self.attendees if one.row.expected)

    @property
    def guests(self) -> tuple[Attendee, ...]:
        return tuple(one for one in self.attendees if not one.row.expected)


def meeting_sheet(look: Look, meeting_id: str) -> MeetingSheet:
    """Return the meeting with all that belongs to it; raises ClerkError when it cannot be shown."""
    meeting = look.get(Meeting, meeting_id)
    if meeting is None or meeting.deleted_at:
        raise ClerkError("没有找到这次会议，请从会议列表里选择。")
    body = look.get(Body, meeting.body)
    if meeting.starts_at is None or body is None:
        raise ClerkError(f"会议「{meeting.name}」还没有开始时间或所属机构，请先填写。")
    rows = look.find(Attendance, "meeting = ?", (meeting.id,), order="position NULLS LAST, id")
    planned = not rows
    shown = rows or expected_attendance(look, meeting)
    host = next((row for row in shown if row.person == meeting.host), None)
    return MeetingSheet(
        meeting, body,
        _person(look, meeting.host).name, _host_called(look, host, body) if host else "",
        _person(look, meeting.convener).name,
        tuple(look.find(AgendaItem, "meeting = ?", (meeting.id,), order="position NULLS LAST, id")),
        tuple(_attendee(look, row) for row in shown),
        tuple(
            Resolved(item, _units(look, item.lead_units), _units(look, item.co_units))
            for item in look.find(Resolution, "meeting = ?", (meeting.id,), order="position NULLS LAST, id")
        ),
        rates(shown), units_there(shown), planned,
        next((given.headline(_no_name) for given in look.find(DocumentNumber, "meeting = ?", (meeting.id,))), ""),
    )  # fmt: skip


def expected_attendance(look: Look, meeting: Meeting) -> list[Attendance]:
    """Return the rows of who is expected, from the organisation on the day of the meeting (S0-18).

    A joint meeting (联席会议) is of the body's own seats and the head of each branch body; held by one of
    several branches it is of the heads of them all. Vacancies
    are rows without a person; nobody is expected twice. The rows are not written.
    """
    if meeting.starts_at is None:
        return []
    on = meeting.starts_at.date()
    branches = branches_of(look, meeting.body, on) if meeting.category == JOINT else []
    siblings = siblings_of(look, meeting.body, on) if meeting.category == JOINT and not branches else []
    places = [] if siblings else places_of(look, meeting.body, on)
    for branch in branches or siblings:
        places += _heads(look, branch, on)
    rows: list[Attendance] = []
    seen: set[str] = set()
    for place in places:
        person = place.person.id if place.person else ""
        if person and person in seen:
            continue
        seen.add(person)
        rows.append(
            Attendance(
                meeting=meeting.id, position=len(rows) + 1, unit=place.unit.id if place.unit else "",
                person=person, duty=place.title or place.post, role=place.role, expected=True,
            )
        )  # fmt: skip
    return rows


def _heads(look: Look, branch: Body, on: date) -> list[Place]:
    places = places_of(look, branch.id, on)
    heads = [place for place in places if place.role in HEAD_ROLES] or places[:1]
    name = branch.short_name or branch.name
    return [dataclasses.replace(place, role=f"{name}{place.role}") for place in heads]


def _no_name(kind: str, record_id: str) -> str:
    return ""


def _host_called(look: Look, host: Attendance, body: Body) -> str:
    """Return what the host is called: 「县委依法治县办主任」 by leading the body that meets, else by the post."""
    if host.role in ROLES and host.role not in _PLAIN_ROLES:
        return f"{body.short_name or body.name}{host.role}"
    unit = look.get(Unit, host.unit)
    return called(unit.name if unit else "", host.duty) or host.role


def _attendee(look: Look, row: Attendance) -> Attendee:
    unit = look.get(Unit, row.unit)
    name, position = (unit.name, unit.position) if unit else ("", None)
    return Attendee(row, name, position, _person(look, row.person).name, _person(look, row.substitute).name)


def _person(look: Look, person_id: str) -> Person:
    return look.get(Person, person_id) or Person(name="")


def _units(look: Look, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit.name for unit in (look.get(Unit, unit_id) for unit_id in ids) if unit)
