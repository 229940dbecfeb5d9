"""Who counts as present: leave, substitutes and the two rates (S0-18 … S0-20; ideas 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from models.errors import Problem
from models.records.base import Look
from models.records.meeting import Attendance, Meeting
from models.records.organisation import LEADER_POSTS, Appointment, Person

EXCUSED = ("请假", "代")


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of one meeting or many. *own* counts persons in person, *unit* counts a substitute too.

    Vacant posts are not in *expected*; who was excused is still in it, shown apart.
    """

    expected: int = 0
    present: int = 0
    substituted: int = 0
    excused: int = 0
    absent: int = 0
    unmarked: int = 0
    guests: int = 0

    @property
    def own(self) -> float | None:
        """Share of the expected who came themselves, 0 … 1; None without anybody expected."""
        return self.present / self.expected if self.expected else None

    @property
    def unit(self) -> float | None:
        """Share of the expected who came or sent a proper substitute, 0 … 1."""
        return (self.present + self.substituted) / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class UnitsThere:
    """How many units had somebody expected at a meeting, and of how many somebody came, a substitute too."""

    expected: int = 0
    present: int = 0


class Seat(Protocol):
    """What of a row of attendance is counted."""

    @property
    def person(self) -> str: ...

    @property
    def expected(self) -> bool: ...

    @property
    def status(self) -> str: ...


def rates(rows: Iterable[Seat]) -> Rates:
    """Count attendance rows of one meeting, or of many for one person or unit."""
    counts = dict.fromkeys(("出席", "代", "请假", "缺席", ""), 0)
    guests = 0
    for row in rows:
        if not row.expected:
            guests += row.status in ("列席", "特邀", "出席")
        elif row.person:
            counts[row.status if row.status in counts else ""] += 1
    return Rates(
        expected=sum(counts.values()), present=counts["出席"], substituted=counts["代"], excused=counts["请假"],
        absent=counts["缺席"], unmarked=counts[""], guests=guests,
    )  # fmt: skip


def units_there(rows: Iterable[Attendance]) -> UnitsThere:
    """Count the units of the rows of one meeting, each once however many seats it has; vacancies expect nobody."""
    expected = [row for row in rows if row.expected and row.person and row.unit]
    return UnitsThere(
        len({row.unit for row in expected}),
        len({row.unit for row in expected if row.status in ("出席", "代")}),
    )


def asked_in_time(asked_at: datetime | None, starts_at: datetime | None) -> bool:
    """Tell whether leave was asked before the start (S0-19)."""
    return bool(asked_at and starts_at and asked_at < starts_at)


def attendance_problems(row: Attendance, look: Look) -> Iterator[Problem]:
    """Yield what the rules of leave and substitution say about one row of the grid."""
    meeting = look.get(Meeting, row.meeting)
    if row.status in EXCUSED:
        yield from _leave_problems(row, meeting)
    elif row.substitute:
        yield Problem("substitute", "本人出席或未请假，不能另填替代人；改为“代”再填")
    if row.status == "代" and not row.substitute:
        yield Problem("substitute", "“代”要填替代人：本单位其他领导")
    if row.substitute and meeting and meeting.starts_at:
        yield from substitute_problems(row, meeting.starts_at.date(), look)
    if row.signed and row.status in ("请假", "缺席"):
        yield Problem("signed", f"已{row.status}，不会有签到")


def _leave_problems(row: Attendance, meeting: Meeting | None) -> Iterator[Problem]:
    if row.leave_asked_at is None:
        yield Problem("leave_asked_at", "没有请假时间", "warning")
    elif meeting and not asked_in_time(row.leave_asked_at, meeting.starts_at):
        yield Problem("leave_asked_at", "未提前：请假时间不早于开会时间", "warning")
    if row.status == "请假":
        yield Problem("substitute", "未指定替代人", "warning")


def substitute_problems(row: Attendance, on: date, look: Look) -> Iterator[Problem]:
    """Yield why *row.substitute* may not stand in: same unit, a leader, another person, only once (S0-20)."""
    person = look.get(Person, row.substitute)
    name = person.name if person else "替代人"
    if row.substitute == row.person:
        yield Problem("substitute", "替代人不能是本人")
        return
    held = look.in_force(Appointment, on, "person = ? AND unit = ?", (row.substitute, row.unit))
    if not held:
        yield Problem("substitute", f"{name}当天不在本单位任职，替代人应为本单位其他领导")
    elif not any(post.post in LEADER_POSTS for post in held):
        yield Problem("substitute", f"{name}（{held[0].title}）不是本单位领导，替代人应为本单位其他领导")
    for other in look.find(Attendance, "meeting = ? AND id <> ?", (row.meeting, row.id)):
        if other.substitute == row.substitute:
            yield Problem("substitute", f"{name}已经替代另一位参会，不能再替代")
        elif other.person == row.substitute and other.status in ("", "出席"):
            yield Problem("substitute", f"{name}本人也应到会，不能替代他人")
