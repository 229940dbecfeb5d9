"""What the office's clauses ask for in a year, and the branch meetings that still owe a report (S0-26)."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from models.records.meeting import Meeting
from models.records.organisation import Body, Membership, Unit
from models.records.rules import EACH, Clause, Holiday, Waiver
from models.records.values import stored_day
from models.rules.clause_words import words_of
from models.rules.duties import (
    Counting,
    Evidence,
    Obligation,
    Occasion,
    Owner,
    asked_by,
    limits,
    obligations_of,
    occasions_of,
)
from models.rules.filing import FILED
from models.rules.meetings import missing_reports
from models.rules.periods import before, is_rolling, periods
from models.rules.workdays import SHIFTS, day_table
from models.settings import load_settings
from models.store.reader import Reader, remembered
from models.summaries.answers import EVIDENCE, OCCASIONS, PERSONAL
from models.summaries.answers.sources import Bears, Places, Sources
from models.summaries.structure import branches_among
from models.summaries.study import left_service, unit_of_people

_HOLIDAYS = timedelta(days=30)
"""More than weekends and holidays can add to a limit in working days, which are counted twice besides."""
_LONG_AGO = date(1949, 10, 1)
_LEADING = ("{}人民政府", "中共{}委", "中共{}委员会")
"""Who leads an area: what its units hand in goes to them, they hand in nothing to their own office."""


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A branch meeting that owes 会前报告 or 会后情况 on a day."""

    meeting: str
    name: str
    body: str
    on: date
    missing: tuple[str, ...]


class _Organisation:
    """Who there is to owe something, read once for all clauses."""

    def __init__(self, reader: Reader, as_of: date) -> None:
        self._reader, self._as_of = reader, as_of
        self._bodies = reader.find(Body)
        self._units = reader.find(Unit)
        self.places = Places(self._units, self._bodies, as_of)
        self._memberships = reader.find(Membership)
        office = load_settings(reader)
        self._office_name = office.office_name or "本办公室"
        self._reported_to = frozenset(name.format(office.area_name) for name in _LEADING if office.area_name)

    def owners(self, clause: Clause, person: str = "") -> list[Owner]:
        """Return who owes a clause as known on the day, of people *person* only where given: who came later is left
        out, an end that had not come yet is none. So what is said of a day stays the same whatever is entered later."""
        found = self._all_owners(clause, person)
        there = (owner for owner in found if (owner.since or date.min) <= self._as_of)
        return [
            owner if not owner.until or owner.until < self._as_of else dataclasses.replace(owner, until=None)
            for owner in there
        ]

    def _all_owners(self, clause: Clause, person: str) -> list[Owner]:
        """Return who ever owes a clause, with the days they exist or belong to its body."""
        match clause.owed_by:
            case "本机构":
                own = [body for body in self._bodies if body.id == clause.body]
                return [_owner("body", body) for body in own] or [Owner("office", "", self._office_name)]
            case "每个分支机构":
                return [_owner("body", body) for body in branches_among(self._bodies, clause.body)]
            case "每个成员单位":
                return list(self._members(clause.body))
            case "每名人员":
                kinds = words_of(clause.staff_kinds)
                people = (
                    _people(self._reader, self._as_of, person)
                    if person
                    else _everybody(self._reader, self._as_of)
                )
                return [owner for kind, owner in people if not kinds or kind in kinds]
        categories = words_of(clause.unit_category)
        return [
            _owner("unit", unit)
            for unit in self._units
            if (not categories or unit.category in categories) and (unit.enforcement or not clause.enforcement_only)
            and not (clause.answered_by in FILED and unit.name in self._reported_to)
        ]  # fmt: skip

    def _members(self, body: str) -> Iterator[Owner]:
        """Yield the member units of *body* while they exist; of all bodies for "", each unit once for as long as it
        is in any."""
        units = {unit.id: unit for unit in self._units}
        spells: dict[str, list[Membership]] = defaultdict(list)
        for member in self._memberships:
            if member.body == body or not body:
                spells[member.unit if not body else member.id].append(member)
        for own in spells.values():
            if unit := units.get(own[0].unit):
                since = min(member.valid_from or date.min for member in own)
                until = max(member.valid_until or date.max for member in own)
                since, until = max(since, unit.valid_from or since), min(until, unit.valid_until or until)
                yield Owner("unit", unit.id, unit.name, since, until, entered=unit.entered_at)


@remembered
def _organisation(reader: Reader, as_of: date) -> _Organisation:
    return _Organisation(reader, as_of)


@remembered
def _everybody(reader: Reader, as_of: date) -> tuple[tuple[str, Owner], ...]:
    return tuple(_people(reader, as_of))


def _people(reader: Reader, as_of: date, person: str = "") -> Iterator[tuple[str, Owner]]:
    """Yield people, or one *person*, with their kind of staff."""
    units, left = unit_of_people(reader, as_of), left_service(reader, as_of, person)
    found = reader.db.execute(
        "SELECT staff_kind, id, name, joined_on, entered_at FROM person WHERE deleted_at IS NULL AND ? IN ('', id) "
        "ORDER BY headline, id",
        (person,),
    )
    for kind, one, name, joined, entered in found:
        unit = units.get(one, ("", ""))[1]
        yield (
            kind,
            Owner(
                "person", one, name, stored_day(joined), left.get(one), unit, datetime.fromisoformat(entered)
            ),
        )


_ByClause = dict[tuple[str, int], tuple[Obligation, ...]]
"""What is asked for by clause and year."""


class _Duties:
    """What *clauses* of one answer ask for; their records are read once. With *pending* of what is owed each time
    only the open, with *person* of people only this one."""

    def __init__(
        self, reader: Reader, as_of: date, years: tuple[int, ...], clauses: Sequence[Clause],
        *, pending: bool = False, over: bool = False, person: str = "",
    ) -> None:  # fmt: skip
        self._years, self._clauses, self._person = years, clauses, person
        self._organisation = _organisation(reader, as_of)
        settings = load_settings(reader)
        self._counting = Counting(
            as_of, day_table(reader.find(Holiday)), settings.soon_days, settings.irregular_counts, over
        )
        self._waivers: dict[str, list[Waiver]] = defaultdict(list)
        for waiver in reader.find(Waiver):
            self._waivers[waiver.clause].append(waiver)
        self._read(
            Sources(
                reader, self._organisation.places, _since(clauses, years), as_of, clauses, pending, person
            )
        )

    def _read(self, sources: Sources) -> None:
        self._evidence: dict[Bears, list[Evidence]] = {}
        self._occasions: list[Occasion] = []
        answer, personal, _ = _answer(self._clauses[0])
        if answer in OCCASIONS:
            self._occasions = list(OCCASIONS[answer](sources))
        elif found := (PERSONAL if personal else EVIDENCE).get(answer):
            self._evidence = _by_words(found(sources))

    def asked(self) -> _ByClause:
        """Return what the periods that touch each of the years ask for."""
        found: _ByClause = {}
        for clause in self._clauses:
            owners, waivers = self._organisation.owners(clause, self._person), self._waivers[clause.id]
            bearing = list(self._bearing(clause))
            for year in self._years:
                if clause.per == EACH:
                    made = occasions_of(clause, owners, self._occasions, year, self._counting, waivers)
                else:
                    made = obligations_of(clause, owners, bearing, year, self._counting, waivers)
                found[clause.id, year] = tuple(made)
        return found

    def _bearing(self, clause: Clause) -> Iterator[Evidence]:
        """Yield the records that bear what *clause* asks for; of thousands most answer another one."""
        asked = asked_by(clause, self._counting)
        for bears, found in self._evidence.items():
            if asked <= bears:
                yield from found


def _asked(
    reader: Reader, as_of: date, years: Iterable[int], clauses: Sequence[Clause], *, pending: bool = False, over: bool = False
) -> dict[int, list[Obligation]]:  # fmt: skip
    """Return by year what *clauses* ask for, in their order; remembered by answer, so that a saved case costs only
    what cases answer."""
    years = tuple(years)
    found: _ByClause = {}
    for answer, asking in _by_answer(clauses).items():
        key = ("asked", answer, tuple(one.id for one in asking), as_of, years, pending, over)
        duties = partial(_Duties, reader, as_of, years, asking, pending=pending, over=over)
        found |= reader.remembered(key, lambda duties=duties: duties().asked())  # type: ignore[misc]
    return {year: [item for clause in clauses for item in found[clause.id, year]] for year in years}


def _by_answer(clauses: Iterable[Clause]) -> dict[tuple[str, bool, bool], list[Clause]]:
    found: dict[tuple[str, bool, bool], list[Clause]] = defaultdict(list)
    for clause in clauses:
        found[_answer(clause)].append(clause)
    return found


def obligations(
    reader: Reader, as_of: date, *years: int, people: bool | None = None, over: bool = False
) -> list[Obligation]:
    """Return what every clause asks of everyone in the periods that touch *years*, as of a day, each once.

    *people* keeps only what each person owes (True) or leaves it out (False): there may be thousands of them.
    With *over* the day has passed, and what was due on it is missed.
    """
    by_year = _asked(reader, as_of, years, _clauses(reader, people), over=over)
    return list({item.id: item for year in years for item in by_year[year]}.values())


def obligations_of_person(reader: Reader, as_of: date, year: int, person: str) -> list[Obligation]:
    """Return what the clauses ask of one person in the periods that touch *year*, as of a day."""
    clauses = _clauses(reader, people=True)
    found: _ByClause = {}
    for asking in _by_answer(clauses).values():
        found |= _Duties(reader, as_of, (year,), asking, person=person).asked()
    return [item for clause in clauses for item in found[clause.id, year]]


def due_in(reader: Reader, as_of: date, *years: int, over: bool = False) -> list[Obligation]:
    """Return what falls due from bodies and units in *years*, each once: of :func:`obligations`, and
    :func:`moved_into`."""
    found = (
        *obligations(reader, as_of, *years, people=False, over=over),
        *moved_into(reader, as_of, *years, over=over),
    )
    return list({item.id: item for item in found if item.due.year in years}.values())


def moved_into(reader: Reader, as_of: date, *years: int, over: bool = False) -> list[Obligation]:
    """Return what bodies and units owe in *years* because a weekend or holiday moved the limit of a period of the
    year before or after; mostly there is nothing of the kind."""
    beside = tuple(sorted({year + step for year in years for step in (-1, 1)} - set(years)))
    days = day_table(reader.find(Holiday))
    clauses = [
        clause
        for clause in _clauses(reader, people=False)
        if clause.weekend in SHIFTS and any(due.year in years for year in beside for due in limits(clause, year, days))
    ]  # fmt: skip
    if not clauses:
        return []
    by_year = _asked(reader, as_of, beside, clauses, over=over)
    return [item for year in beside for item in by_year[year] if item.due.year in years]


def pending_obligations(reader: Reader, as_of: date, years: Iterable[int]) -> dict[int, list[Obligation]]:
    """Return for each of *years* what its periods ask of bodies and units, done or not; of what is owed each time
    (after every meeting, for every case) only what is still open: there may be thousands."""
    return _asked(reader, as_of, years, _clauses(reader, people=False), pending=True)


def open_obligations(reader: Reader, as_of: date, *, people: bool | None = None) -> list[Obligation]:
    """Return what is to be done on a day: the year's, and what the year before still lacks.

    *people* as for :func:`obligations`.
    """
    years = (as_of.year - 1, as_of.year)
    return open_among(_asked(reader, as_of, years, _clauses(reader, people)))


def open_among(by_year: Mapping[int, Iterable[Obligation]]) -> list[Obligation]:
    """Return everything of the last of the years, and what those before it still lack, each once."""
    *before, last = sorted(by_year)
    late = [item for year in before for item in by_year[year] if item.is_open]
    return list({item.id: item for item in (*late, *by_year[last])}.values())


def missing_meeting_reports(reader: Reader, as_of: date, year: int) -> list[MissingReport]:
    """Return the branch meetings of *year* that lack a report before or after, newest first (S0-26)."""
    names = reader.names("body")
    found = []
    for meeting in reader.find(Meeting, "starts_at BETWEEN ? AND ?", (f"{year}-01-01", f"{year}-12-31T")):
        missing = missing_reports(meeting, as_of)
        if missing and meeting.starts_at:
            found.append(
                MissingReport(
                    meeting.id, meeting.name, names.get(meeting.body, ""), meeting.starts_at.date(), missing
                )
            )
    return found


def _clauses(reader: Reader, people: bool | None) -> list[Clause]:
    """Return the clauses that ask for something: of bodies and units, of each person (*people*), of all for None."""
    found = reader.find(Clause)
    return [one for one in found if not one.suspended and people in (None, one.owed_by == "每名人员")]


def _by_words(found: Iterable[Evidence]) -> dict[Bears, list[Evidence]]:
    by_words: dict[Bears, list[Evidence]] = defaultdict(list)
    for item in found:
        by_words[item.bears].append(item)
    return by_words


def _owner(kind: str, record: Body | Unit) -> Owner:
    return Owner(
        kind, record.id, record.name, record.valid_from, record.valid_until, entered=record.entered_at
    )


def _answer(clause: Clause) -> tuple[str, bool, bool]:
    """Return what tells apart which records are read: the answer, whether of persons, whether of long ago."""
    return clause.answered_by, clause.owed_by == "每名人员", is_rolling(clause)


def _since(clauses: Iterable[Clause], years: tuple[int, ...]) -> date:
    """Return the first day from which records may answer *clauses* in *years*."""
    first = date(min(years), 1, 1)
    for clause in clauses:
        if is_rolling(clause):
            return _LONG_AGO
        if clause.per == EACH:
            back = timedelta(days=2 * abs(clause.within_days or 0)) + _HOLIDAYS
            first = min(first, date(min(years), 1, 1) - back)
        for year in years:
            for period in periods(clause, year):
                start = before(period, clause).start if clause.about_before else period.start
                first = min(first, start)
    return first
