"""The organisation as of a date: who sits where, which seat is vacant (S0-4, S0-5, S0-18).

Persons and units in the recycle bin are nowhere; a seat of theirs is vacant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.records.base import Look, R
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.rules.seats import holders
from models.store.rows import period_clause

_ORDER = "position NULLS LAST, id"


@dataclass(frozen=True, slots=True)
class Place:
    """One seat of a body on a day: who holds it, from which unit. *person* is None for a vacancy.

    *since_vacant* counts from the last holder's end, None when there never was one.
    """

    role: str
    unit: Unit | None
    person: Person | None
    title: str
    post: str
    seat: Seat | None
    lead: bool = False
    since_vacant: date | None = None


def members_of(look: Look, body_id: str, on: date) -> list[tuple[Membership, Unit]]:
    """Return the member units of a body that exist that day in order, the lead unit marked in its membership."""
    found = look.in_force(Membership, on, "body = ?", (body_id,), order=_ORDER)
    pairs = [(member, _live(look, Unit, member.unit)) for member in found]
    return [(member, unit) for member, unit in pairs if unit and unit.in_force(on)]


def post_on(look: Look, person_id: str, unit_id: str, on: date) -> Appointment | None:
    """Return the person's post that day, in *unit_id* first, else anywhere."""
    found = look.in_force(Appointment, on, "person = ?", (person_id,), order=_ORDER)
    return next((post for post in found if post.unit == unit_id), found[0] if found else None)


def places_of(look: Look, body_id: str, on: date) -> list[Place]:
    """Return who makes up a body that day: seats by order, vacancies shown (S0-18)."""
    body = look.get(Body, body_id)
    if body is None:
        return []
    leads = {member.unit for member, _ in members_of(look, body_id, on) if member.lead}
    places: list[Place] = []
    for seat in look.in_force(Seat, on, "body = ?", (body_id,), order=_ORDER):
        places += _places_of_seat(look, seat, on, leads)
    return places


def _places_of_seat(look: Look, seat: Seat, on: date, leads: set[str]) -> list[Place]:
    unit = _live(look, Unit, seat.unit)
    found = [_live(look, Person, person) for person in holders(look, seat, on)]
    people = [person for person in found if person and (seat.person or unit)]
    if not people:
        return [
            Place(
                seat.role, unit, None, seat.post, seat.post, seat, seat.unit in leads,
                _last_end(look, seat, on),
            )
        ]  # fmt: skip
    places = []
    for person in people:
        post = post_on(look, person.id, seat.unit, on)
        unit = _live(look, Unit, seat.unit or (post.unit if post else ""))
        places.append(
            Place(
                seat.role, unit, person, post.title if post else "", post.post if post else "", seat,
                bool(unit and unit.id in leads),
            )
        )  # fmt: skip
    return places


def _last_end(look: Look, seat: Seat, on: date) -> date | None:
    ended = look.find(
        Appointment, "unit = ? AND post = ? AND valid_until < ?", (seat.unit, seat.post, on.isoformat()),
        order="valid_until DESC",
    )  # fmt: skip
    return ended[0].valid_until if ended else None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post that a seat of a body names and nobody holds; *since* is the last holder's end, None for never."""

    body: Body
    unit: Unit
    post: str
    since: date | None


def vacancies(look: Look, on: date) -> list[Vacancy]:
    """Return the posts that seats of existing bodies name and nobody holds that day, each post once."""
    held, days = period_clause(Appointment.KIND, on, "a.")
    empty = look.in_force(
        Seat,
        on,
        "person IS NULL AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.deleted_at IS NULL "
        f"AND a.unit = seat.unit AND a.post = seat.post AND {held} "
        "AND EXISTS (SELECT 1 FROM person p WHERE p.id = a.person AND p.deleted_at IS NULL))",
        days,
    )
    found: dict[tuple[str, str], Vacancy] = {}
    for seat in empty:
        body, unit = _live(look, Body, seat.body), _live(look, Unit, seat.unit)
        if body and unit and body.in_force(on):
            vacancy = Vacancy(body, unit, seat.post, _last_end(look, seat, on))
            found.setdefault((unit.id, seat.post), vacancy)
    return list(found.values())


def _live(look: Look, kind: type[R], record_id: str) -> R | None:
    """Return the record, None also for one in the recycle bin."""
    found = look.get(kind, record_id)
    return found if found and found.deleted_at is None else None
