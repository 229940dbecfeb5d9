"""A day and a closed year are told the same before and after what happens later (the help: 同一截止日期什么时候印都一样)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.deeds.year_turn import changed_since, close_year
from models.demo import make_county
from models.records.base import Record
from models.records.filing import Dynamic, Submission
from models.records.meeting import Meeting, Resolution
from models.records.organisation import Appointment, Membership, Person, Seat, Unit
from models.records.supervision import Case
from models.records.year import ClosedYear
from models.rules.meetings import cancel, postpone
from models.store.ledger import Ledger
from models.summaries.dossier import person_dossier, unit_dossier
from models.summaries.filing import filing_board, news_lines
from models.summaries.obligations import obligations
from models.summaries.supervision import unit_totals
from models.summaries.workbench import workbench
from models.summaries.year import year_summary
from models.summaries.year_figures import figures_of
from tests.fixtures import KEY

TODAY, DAY = date(2026, 11, 21), date(2026, 9, 30)
LATER = DAY + timedelta(days=15)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder: Path = tmp_path_factory.mktemp("county")
    ledger = Ledger(folder / "ledger.db", KEY, clerk="苏映川", before_migration=lambda: None)
    make_county(ledger, today=TODAY)
    close_year(ledger, 2025)
    yield ledger
    ledger.close()


def alter(ledger: Ledger, *records: Record) -> None:
    with ledger.action("以后的事") as action:
        for record in records:
            action.change(record)


def unit_named(ledger: Ledger, name: str) -> Unit:
    (unit,) = ledger.find(Unit, "name = ?", (name,))
    return unit


def merge(ledger: Ledger) -> None:
    into = unit_named(ledger, "县民政局")
    alter(ledger, dataclasses.replace(unit_named(ledger, "县教育局"), valid_until=LATER, successor=into.id))


def rename(ledger: Ledger) -> None:
    """县财政局 gets another name: a new unit with its people, memberships and seats."""
    old, since = unit_named(ledger, "县财政局"), LATER + timedelta(days=1)
    held = [
        record
        for kind in (Appointment, Membership, Seat)
        for record in ledger.in_force(kind, LATER, "unit = ?", (old.id,))  # type: ignore[type-var]
    ]
    with ledger.action("更名") as action:
        new = action.add(dataclasses.replace(old, id="", name="县财税局", valid_from=since))
        for record in held:
            action.add(dataclasses.replace(record, id="", unit=new.id, valid_from=since))  # type: ignore[call-arg]
    ended = [dataclasses.replace(record, valid_until=LATER) for record in held]  # type: ignore[call-arg]
    alter(ledger, *ended, dataclasses.replace(old, valid_until=LATER, successor=new.id))


def leave(ledger: Ledger) -> None:
    posts = ledger.in_force(Appointment, LATER)[::20]
    people = [person for post in posts if (person := ledger.get(Person, post.person))]
    alter(ledger, *(dataclasses.replace(post, valid_until=LATER) for post in posts))
    alter(ledger, *(dataclasses.replace(one, left_on=LATER) for one in people[::2]))


def take_back(ledger: Ledger) -> None:
    papers = ledger.find(Submission, "returned_on IS NULL AND received_on <= ?", (DAY.isoformat(),))
    alter(ledger, *(dataclasses.replace(paper, returned_on=LATER) for paper in papers[::3]))


def adopt(ledger: Ledger) -> None:
    for kind in (Submission, Dynamic):
        found = ledger.find(kind, "NOT adopted AND received_on <= ?", (DAY.isoformat(),))
        alter(ledger, *(dataclasses.replace(one, adopted=True, adopted_on=LATER) for one in found[::3]))


def call_off(ledger: Ledger) -> None:
    planned = [one for one in ledger.find(Meeting) if not one.held and one.state != "取消"]
    assert len(planned) > 1
    alter(ledger, *(cancel(one, LATER) for one in planned[::2]))
    alter(ledger, *(postpone(one, None, LATER) for one in planned[1::2]))


def finish(ledger: Ledger) -> None:
    resolutions = ledger.find(Resolution, "done_on IS NULL")
    alter(ledger, *(dataclasses.replace(one, done_on=LATER) for one in resolutions[::2]))
    cases = ledger.find(Case, "closed_on IS NULL")
    done = [dataclasses.replace(one, closed_on=TODAY, state="办结", handler="甲", handler_phone="13800000000") for one in cases]  # fmt: skip
    alter(ledger, *done[::2])


DEEDS: list[Callable[[Ledger], None]] = [merge, rename, leave, take_back, adopt, call_off, finish]


def told(ledger: Ledger, day: date) -> dict[str, Any]:
    """Return what is said as of the day, line by line."""
    totals, board = unit_totals(ledger, date(2026, 1, 1), day), filing_board(ledger, day.year, day)
    units = [unit_named(ledger, name).id for name in ("县教育局", "县民政局", "县财政局")]
    people = [person.id for person in ledger.find(Person)[:20]]
    dossiers = [unit_dossier(ledger, one, day) for one in units] + [person_dossier(ledger, one, day) for one in people]  # fmt: skip
    return {
        "figures": [
            (year, one.name, one.value, sorted(one.ids))
            for year in (2025, 2026)
            for one in figures_of(ledger, year_summary(ledger, year, day))
        ],
        "duties": sorted((one.id, one.words, one.figures) for one in obligations(ledger, day, 2026)),
        "cases": [(unit.name, unit.owed, unit.closed, unit.overdue) for unit in totals.units],
        "lights": [(line.case.id, line.state, line.due, line.light.words) for line in totals.lines],
        "board": [
            (row.owner.name, [cell.words for cell in row.cells.values()]) for row in board.rows
        ],
        "todos": [(one.group, one.subject, one.words) for one in workbench(ledger, day).todos],
        "news": news_lines(ledger, 2026, day),
        "dossiers": [(one.facts, one.parts) for one in dossiers],
    }  # fmt: skip


def test_later_deeds_change_nothing_of_a_day(county: Ledger) -> None:
    (closed,) = county.find(ClosedYear)
    before, now = told(county, DAY), told(county, TODAY)
    for deed in DEEDS:
        deed(county)
        after = told(county, DAY)
        changed = {name for name in before if before[name] != after[name]}
        assert (changed, changed_since(county, closed)) == (set(), []), deed.__name__
    later = told(county, TODAY)
    assert not [name for name in now if now[name] == later[name]]
