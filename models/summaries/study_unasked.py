"""Who studied in a year without being asked to: by their 人员类别 no clause counts them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from models.records.organisation import Person
from models.store.reader import Reader, remembered
from models.summaries.study import credits_between, gaps, unit_of_people


@dataclass(frozen=True, slots=True)
class Unasked:
    """One person who studied in the year and stands in no list of what is owed; *staff_kind* is mostly ""."""

    id: str
    name: str
    staff_kind: str
    unit_name: str
    hours: float
    days: float

    @property
    def why(self) -> str:
        """Say why nothing is asked."""
        return f"{self.staff_kind}没有学时要求" if self.staff_kind else "没有填人员类别，不知道要多少学时"


@remembered
def unasked(reader: Reader, year: int, as_of: date) -> tuple[Unasked, ...]:
    """Return everybody with study in *year* whom :func:`gaps` does not list, by unit order and name."""
    last = min(as_of, date(year, 12, 31))
    asked = {line.id for line in gaps(reader, year, as_of)}
    hours: dict[str, float] = defaultdict(float)
    days: dict[str, float] = defaultdict(float)
    for one in credits_between(reader, date(year, 1, 1), last):
        if one.person not in asked:
            hours[one.person] += one.hours
            days[one.person] += one.days
    places = unit_of_people(reader, last)
    found = []
    for person in hours:
        known = reader.get(Person, person)
        if known and known.deleted_at is None:
            _, unit, position = places.get(person, ("", "", None))
            line = Unasked(person, known.name, known.staff_kind, unit, hours[person], days[person])
            found.append((position is None, position or 0, unit, known.name, line))
    return tuple(line for *_, line in sorted(found, key=lambda placed: placed[:-1]))
