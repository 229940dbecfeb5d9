"""The lights of each line of work as of a day: what of its open matters is overdue, near its limit, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from models.records.meeting import Meeting, Resolution
from models.rules.duties import Obligation, State
from models.rules.meetings import called_off, open_steps
from models.store.reader import Reader, remembered
from models.summaries.desk import Desk, Line, line_of
from models.summaries.listed import Listed, listed_duty
from models.summaries.organisation import Vacancy
from models.summaries.study import GapLine, gaps
from models.summaries.study_team import Certificate
from models.summaries.supervision import CaseLine


class Lamp(StrEnum):
    """Red, yellow, green in words."""

    RED = "逾期"
    AMBER = "临期"
    GREEN = "正常"


Told = Callable[[], Listed]
"""Makes the line of one matter when a list of them is opened; there may be thousands."""


@dataclass(frozen=True, slots=True)
class LineLights:
    """The open matters of one line of work by lamp."""

    line: Line
    matters: Mapping[Lamp, list[Told]]

    def count(self, lamp: Lamp) -> int:
        return len(self.matters[lamp])

    def records(self, lamp: Lamp) -> list[Listed]:
        """Return what *lamp* counts."""
        return [told() for told in self.matters[lamp]]


_OF_STATE = {State.OVERDUE: Lamp.RED, State.SOON: Lamp.AMBER, State.RUNNING: Lamp.GREEN}


def lights(desk: Desk) -> tuple[LineLights, ...]:
    """Return the lights of every line of work, in order."""
    found: dict[Line, dict[Lamp, list[Told]]] = {line: {lamp: [] for lamp in Lamp} for line in Line}
    for line, lamp, told in _lit(desk):
        found[line][lamp].append(told)
    return tuple(LineLights(line, by_lamp) for line, by_lamp in found.items())


def _lit(desk: Desk) -> Iterator[tuple[Line, Lamp, Told]]:
    for item in desk.duties:
        if lamp := _OF_STATE.get(item.state):
            yield line_of(item.clause), lamp, partial(_duty, desk, item)
    yield from _people(desk.reader, desk.as_of)
    for case in desk.cases:
        lamp = {"red": Lamp.RED, "amber": Lamp.AMBER}.get(case.light.colour, Lamp.GREEN)
        yield Line.CASES, lamp, partial(_case, case)
    for meeting in desk.meetings:
        yield from _of_meeting(desk, meeting)
    for resolution, _meeting in desk.resolutions:
        yield Line.MEETINGS, _lamp(resolution.due_on, desk), partial(_resolution, desk, resolution)
    for vacancy in desk.vacancies:
        yield Line.STAFF, Lamp.AMBER, partial(_vacancy, vacancy)
    for one in desk.certificates:
        # one that is not on file has no day to be late by
        lamp = _OF_STATE[one.state] if one.until else Lamp.AMBER
        yield Line.STAFF, lamp, partial(_certificate, one)


@remembered
def _people(reader: Reader, as_of: date) -> tuple[tuple[Line, Lamp, Told], ...]:
    return tuple(
        (Line.STUDY, lamp, partial(_person, line))
        for line in gaps(reader, as_of.year, as_of)
        if (lamp := _OF_STATE.get(line.standing.state))
    )


def _of_meeting(desk: Desk, meeting: Meeting) -> Iterator[tuple[Line, Lamp, Told]]:
    """Yield each step that a meeting still needs; one to come that needs none is in order."""
    steps = list(open_steps(meeting, desk.as_of))
    for step, due in steps:
        words = f"{step}：{_words(due, desk)}"
        yield (
            Line.MEETINGS,
            _lamp(due, desk),
            partial(Listed, "meeting", meeting.id, meeting.name, due, words),
        )
    if not (steps or meeting.held or called_off(meeting, desk.as_of)) and meeting.starts_at:
        on = meeting.starts_at.date()
        yield Line.MEETINGS, Lamp.GREEN, partial(Listed, "meeting", meeting.id, meeting.name, on, "已通知")


def _lamp(due: date | None, desk: Desk) -> Lamp:
    if due is None or due > desk.soon:
        return Lamp.GREEN
    return Lamp.RED if due < desk.as_of else Lamp.AMBER


# One line of a list each -----------------------------------------------------------------------


def _duty(desk: Desk, item: Obligation) -> Listed:
    return listed_duty(item, desk.names.of(item.owner.id))


def _person(line: GapLine) -> Listed:
    stands = line.standing
    return Listed("person", line.id, f"{line.name}（{line.unit_name}）", stands.special_due, stands.words)


def _case(line: CaseLine) -> Listed:
    return Listed("case", line.case.id, line.case.matter, line.due, line.light.words)


def _resolution(desk: Desk, item: Resolution) -> Listed:
    headline = item.headline(desk.reader.name_of)
    return Listed("resolution", item.id, headline, item.due_on, _words(item.due_on, desk))


def _vacancy(vacancy: Vacancy) -> Listed:
    unit = vacancy.unit.short_name or vacancy.unit.name
    return Listed("unit", vacancy.unit.id, f"{unit}{vacancy.post}", vacancy.since, "空缺")


def _certificate(one: Certificate) -> Listed:
    return Listed("person", one.person, f"{one.name}（{one.unit}）执法证", one.until, one.words)


def _words(due: date | None, desk: Desk) -> str:
    if due is None:
        return "没有时限"
    left = (due - desk.as_of).days
    return f"逾期 {-left} 天" if left < 0 else f"剩 {left} 天" if left else "今天到期"
