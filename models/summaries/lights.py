"""The lights of each line of work as of a day: what of its open matters is overdue, near its limit, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.duties import State
from models.rules.meetings import called_off, open_steps
from models.summaries.desk import Desk, Line, line_of
from models.summaries.listed import Listed, listed_duty


class Lamp(StrEnum):
    """Red, yellow, green in words."""

    RED = "逾期"
    AMBER = "临期"
    GREEN = "正常"


@dataclass(frozen=True, slots=True)
class LineLights:
    """The open matters of one line of work by lamp."""

    line: Line
    records: dict[Lamp, tuple[Listed, ...]]

    def count(self, lamp: Lamp) -> int:
        return len(self.records[lamp])


_OF_STATE = {State.OVERDUE: Lamp.RED, State.SOON: Lamp.AMBER, State.RUNNING: Lamp.GREEN}


def lights(desk: Desk) -> tuple[LineLights, ...]:
    """Return the lights of every line of work, in order."""
    found: dict[Line, dict[Lamp, list[Listed]]] = {line: {lamp: [] for lamp in Lamp} for line in Line}
    for line, lamp, record in _lit(desk):
        found[line][lamp].append(record)
    return tuple(
        LineLights(line, {lamp: tuple(records) for lamp, records in by_lamp.items()})
        for line, by_lamp in found.items()
    )


def _lit(desk: Desk) -> Iterator[tuple[Line, Lamp, Listed]]:
    for item in desk.called:
        if item.state in _OF_STATE:
            who = desk.names.of(item.owner.id) or item.owner.name
            yield line_of(item.clause), _OF_STATE[item.state], listed_duty(item, who)
    for person in desk.people:
        stands = person.standing
        if stands.state in _OF_STATE:
            record = Listed(
                "person", person.id, f"{person.name}（{person.unit_name}）", stands.special_due, stands.words
            )
            yield Line.STUDY, _OF_STATE[stands.state], record
    for case in desk.cases:
        lamp = {"red": Lamp.RED, "amber": Lamp.AMBER}.get(case.light.colour, Lamp.GREEN)
        yield Line.CASES, lamp, Listed("case", case.case.id, case.case.matter, case.due, case.light.words)
    yield from _of_meetings(desk)
    yield from _of_staff(desk)


def _of_meetings(desk: Desk) -> Iterator[tuple[Line, Lamp, Listed]]:
    """Yield each step that meetings still need, the meetings to come that need none, and open resolutions."""
    for meeting in desk.meetings:
        steps = list(open_steps(meeting, desk.as_of))
        for step, due in steps:
            words = f"{step}：{_words(due, desk)}"
            yield Line.MEETINGS, _lamp(due, desk), Listed("meeting", meeting.id, meeting.name, due, words)
        if not (steps or meeting.held or called_off(meeting, desk.as_of)) and meeting.starts_at:
            on = meeting.starts_at.date()
            yield Line.MEETINGS, Lamp.GREEN, Listed("meeting", meeting.id, meeting.name, on, "已通知")
    for item, _meeting in desk.resolutions:
        headline = item.headline(desk.reader.name_of)
        record = Listed("resolution", item.id, headline, item.due_on, _words(item.due_on, desk))
        yield Line.MEETINGS, _lamp(item.due_on, desk), record


def _of_staff(desk: Desk) -> Iterator[tuple[Line, Lamp, Listed]]:
    """Yield the vacant posts, and the certificates of those who serve."""
    for vacancy in desk.vacancies:
        unit = vacancy.unit.short_name or vacancy.unit.name
        yield (
            Line.STAFF,
            Lamp.AMBER,
            Listed("unit", vacancy.unit.id, f"{unit}{vacancy.post}", vacancy.since, "空缺"),
        )
    for one in desk.certificates:
        record = Listed("person", one.person, f"{one.name}（{one.unit}）执法证", one.until, one.words)
        yield Line.STAFF, _OF_STATE[one.state], record


def _lamp(due: date | None, desk: Desk) -> Lamp:
    if due is None or due > desk.soon:
        return Lamp.GREEN
    return Lamp.RED if due < desk.as_of else Lamp.AMBER


def _words(due: date | None, desk: Desk) -> str:
    if due is None:
        return "没有时限"
    left = (due - desk.as_of).days
    return f"逾期 {-left} 天" if left < 0 else f"剩 {left} 天" if left else "今天到期"
