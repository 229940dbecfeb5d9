"""Who makes up a body on a day, in the order asked for, with the records behind each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.errors import ClerkError
from models.records.base import Look
from models.records.organisation import Body
from models.records.values import show_day
from models.rules.name_order import BY_POST, ORDERS, ordered
from models.summaries.organisation import places_of


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One seat on the day; *name* is "" for a vacancy, *person_id* the record behind it."""

    role: str
    name: str
    unit: str
    title: str
    reading: str
    seat_position: int | None
    unit_position: int | None
    person_id: str
    since_vacant: date | None


@dataclass(frozen=True, slots=True)
class Roster:
    """A body's members on a day, in *order*; *rule* is the sentence printed under the list."""

    body: Body
    as_of: date
    order: str
    rule: str
    lines: tuple[RosterLine, ...]

    @property
    def vacancies(self) -> int:
        return sum(not line.name for line in self.lines)


def roster_of(look: Look, body_id: str, as_of: date, order: str = BY_POST) -> Roster:
    """Return the roster; raises ClerkError for an unknown order or a body that did not exist that day."""
    order = order or BY_POST
    if order not in ORDERS:
        raise ClerkError(f"没有“{order}”这种排序，可选：{'、'.join(ORDERS)}。")
    body = look.get(Body, body_id)
    if body is None or body.deleted_at:
        raise ClerkError("没有找到这个机构，请从名册里选择。")
    if not body.in_force(as_of):
        raise ClerkError(f"“{body.name}”在{show_day(as_of)}还没有成立或已经撤销，请改日期。")
    lines = [
        RosterLine(
            place.role, place.person.name if place.person else "", place.unit.name if place.unit else "",
            place.title, place.person.reading if place.person else "",
            place.seat.position if place.seat else None, place.unit.position if place.unit else None,
            place.person.id if place.person else "", place.since_vacant,
        )
        for place in places_of(look, body_id, as_of)
    ]  # fmt: skip
    rule = ORDERS[order]
    if not any(line.role == "成员" for line in lines):
        rule = rule.replace("成员", "委员")
    return Roster(body, as_of, order, rule, tuple(ordered(lines, order)))
