"""What the sample county has under supervision: cases from meetings, instructions, papers and proposals.

Each case runs through its steps as time passes, so that those opened lately stand in every state; some are
late, some were urged, extended or sent back (S0-32 … S0-36).
"""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import resources
from models import clock
from models.deeds.supervision import case_from_resolution, record_step
from models.demo.county import County
from models.records.meeting import Meeting, Resolution
from models.records.organisation import Appointment, Person
from models.records.supervision import Case
from models.rules.supervision import Entry
from models.rules.workdays import shift
from models.summaries.supervision import case_of_resolution, next_number

Deed = tuple[datetime, Callable[[], None]]
FATES = ("smooth", "late", "smooth", "extended", "returned", "smooth", "urged")
AFTER_MEETING = timedelta(days=5)
ASKED_MEETINGS = ("委员会会议", "联席会议", "主任办公会")
OPEN_NOW = (
    (1, "smooth", 0), (3, "smooth", 0), (6, "smooth", 0), (53, "smooth", 0), (24, "smooth", 0), (33, "stuck", 1),
    (38, "asking", 0), (47, "stuck", 2), (48, "extended", 0), (56, "smooth", 0), (64, "stuck", 3), (70, "stuck", 1),
)  # fmt: skip
"""Cases of the last weeks: opened so many days ago, their fate, how often urged."""
EARLIER = ("02-10", "03-18", "04-24", "05-29", "07-06", "08-12")


@dataclass
class _Track:
    """One case on its way; *id* is known once it is opened."""

    county: County
    data: dict[str, Any]
    shape: dict[str, Any]
    opened: date
    due: date
    number: int
    id: str = ""

    def at(self, day: date, hour: int = 10) -> datetime:
        return datetime.combine(shift(day, "顺延", {}), time(hour, 20))


def plan_cases(county: County) -> Iterator[Deed]:
    """Yield the deeds of some forty cases, of which a dozen are open today."""
    data = json.loads(resources.text("presets/demo/cases.json"))
    chance = random.Random(county.first_year)
    shapes, count = data["matters"], 0
    for year in range(county.first_year, county.today.year + 1):
        for on in EARLIER:
            opened = date.fromisoformat(f"{year}-{on}")
            if (county.today - opened).days > 90:
                shape = shapes[count % len(shapes)]
                yield from _deeds(
                    _track(county, data, shape, opened, count), FATES[count % len(FATES)], 1, chance
                )
                count += 1
        yield from _of_meetings(county, data, year, chance)
    for ago, fate, urged in OPEN_NOW:
        shape = {**shapes[count % len(shapes)], "days": 60 if fate == "smooth" else 32}
        opened = county.today - timedelta(days=ago)
        yield from _deeds(_track(county, data, shape, opened, count), fate, urged, chance)
        count += 1


def _track(county: County, data: dict[str, Any], shape: dict[str, Any], opened: date, number: int) -> _Track:
    return _Track(county, data, shape, opened, opened + timedelta(days=shape["days"]), number)


def _of_meetings(county: County, data: dict[str, Any], year: int, chance: random.Random) -> Iterator[Deed]:
    """Yield a case from the first resolution of each larger meeting, opened some days after it (S0-24)."""
    schedule = json.loads(resources.text("presets/demo/meetings.json"))["schedule"]
    for number, shape in enumerate(item for item in schedule if item["category"] in ASKED_MEETINGS):
        opened = date.fromisoformat(f"{year}-{shape['on'].split()[0]}") + AFTER_MEETING
        track = _track(county, data, {"days": 40}, opened, number)
        yield from _deeds(track, FATES[(number + year) % len(FATES)], 1, chance)


def _deeds(track: _Track, fate: str, urged: int, chance: random.Random) -> Iterator[Deed]:
    """Yield the steps of one case on their days; those still to come are left out by the caller."""
    opened, due = track.opened, track.due
    yield track.at(opened, 9), partial(_open, track)
    yield track.at(opened + timedelta(days=2)), _step(track, "交办")
    yield track.at(opened + timedelta(days=4)), _step(track, "签收")
    yield (
        track.at(opened + timedelta(days=10)),
        _step(track, "进展", chance.choice(track.data["progress"][:1])),
    )
    yield (
        track.at(opened + timedelta(days=20), 15),
        _step(track, "进展", chance.choice(track.data["progress"][1:])),
    )
    if fate in ("extended", "asking"):
        yield track.at(due - timedelta(days=6)), partial(_ask_more_time, track)
        if fate == "asking":
            return
        yield track.at(due - timedelta(days=4)), _step(track, "延期批准")
        due += timedelta(days=30)
    if fate in ("stuck", "urged", "late"):
        for turn in range(urged):
            yield track.at(due + timedelta(days=2 + 6 * turn), 11), _step(track, "催办")
    if fate == "stuck":
        return
    closed = due + timedelta(days=9 if fate in ("late", "urged") else -3)
    if fate == "returned":
        yield track.at(closed - timedelta(days=12)), _step(track, "报结", track.data["result"])
        yield track.at(closed - timedelta(days=10)), _step(track, "退回", track.data["returned"])
    yield track.at(closed - timedelta(days=5), 14), _step(track, "报结", track.data["result"])
    yield track.at(closed - timedelta(days=2), 15), _step(track, "审核")
    yield track.at(closed, 16), _step(track, "办结")
    yield track.at(closed + timedelta(days=chance.randint(2, 9)), 17), _step(track, "反馈")
    yield track.at(closed + timedelta(days=14), 17), _step(track, "销号")


def _open(track: _Track) -> None:
    county, shape = track.county, track.shape
    if "matter" not in shape:
        track.id = _from_meeting(track)
        return
    with county.ledger.action(f"督办立项「{shape['matter']}」") as action:
        made = Case(
            number=next_number(county.ledger, clock.today().year), matter=shape["matter"], source=shape["source"],
            basis=shape["basis"], source_on=track.opened - timedelta(days=1), requirement=shape["requirement"],
            lead_units=tuple(county.units[name] for name in shape["lead"]),
            co_units=tuple(county.units[name] for name in shape["with"]), urgency=shape["urgency"],
            opened_on=clock.today(), due_on=track.due,
        )  # fmt: skip
        track.id = action.add(made).id


def _from_meeting(track: _Track) -> str:
    """Open the case of the first resolution passed in the last days, "" when there was none."""
    ledger, today = track.county.ledger, clock.today()
    since = today - AFTER_MEETING - timedelta(days=4)
    for meeting in ledger.find(Meeting, "starts_at BETWEEN ? AND ?", (since.isoformat(), today.isoformat())):
        passed = ledger.find(Resolution, "meeting = ?", (meeting.id,), order="position, id")
        for item in passed[:1]:
            if meeting.held and item.lead_units and not case_of_resolution(ledger, item.id):
                with ledger.action("议定事项转督办", reason="转督办") as action:
                    action.change(dataclasses.replace(item, due_on=track.due, done_on=None, outcome=""))
                    return case_from_resolution(ledger, item.id).id
    return ""


def _step(track: _Track, kind: str, said: str = "") -> Callable[[], None]:
    return partial(_take, track, kind, said)


def _take(track: _Track, kind: str, said: str) -> None:
    case = track.county.ledger.get(Case, track.id)
    if case is None:
        return
    name, phone = _handler(track.county, case) if kind == "签收" else ("", "")
    by = case.handler if kind in ("进展", "报结") else "叶知秋"
    record_step(
        track.county.ledger,
        case.id,
        Entry(kind=kind, on=clock.today(), said=said, by=by, handler=name, phone=phone),
    )


def _ask_more_time(track: _Track) -> None:
    case = track.county.ledger.get(Case, track.id)
    if case is None or case.due_on is None:
        return
    entry = Entry(
        kind="延期申请", on=clock.today(), said=track.data["extension"], by=case.handler,
        new_due_on=case.due_on + timedelta(days=30),
    )  # fmt: skip
    record_step(track.county.ledger, case.id, entry)


def _handler(county: County, case: Case) -> tuple[str, str]:
    """Return name and phone of somebody of the lead unit."""
    posts = county.ledger.in_force(
        Appointment, clock.today(), "unit = ?", (case.lead_units[0],), "position DESC, id"
    )
    person = county.ledger.get(Person, posts[0].person) if posts else None
    return (person.name, person.office_phone or person.phone) if person else ("值班室", "6200100")
