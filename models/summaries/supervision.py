"""Supervised cases as lists, pages and papers show them, as of any day (S0-32 … S0-36; ideas 14).

Every figure carries the ids of the cases behind it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.errors import ClerkError
from models.records.meeting import Meeting, Resolution
from models.records.organisation import Unit
from models.records.rules import Holiday
from models.records.supervision import CLOSED_STATES, Case, CaseStep
from models.rules import supervision as rules
from models.rules.lights import Light, Lighting, Situation, preset_of
from models.rules.workdays import day_table
from models.settings import load_settings
from models.store.reader import Reader, remembered
from models.summaries.structure import successors

_AMONG = "IN (SELECT value FROM json_each(?))"
_OPEN = "opened_on <= ? AND coalesce(closed_on, '9999') > ?"
_SERIAL = re.compile(r"〔(\d{4})〕(\d+)号")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as of a day: *lead* is the short name of the unit that answers for it (S2-5), *unit* its id;
    *silent* counts the days since the unit was last heard of, *asked* is the application for more time that is not
    decided yet."""

    case: Case
    unit: str
    lead: str
    state: str
    due: date | None
    light: Light
    silent: int
    slips: int
    notify: bool
    asked: CaseStep | None = None


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """Everything about one case. *resolution* is what it came from, *meeting* where that was resolved."""

    line: CaseLine
    steps: tuple[CaseStep, ...]
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    resolution: Resolution | None
    meeting: Meeting | None
    feedback_days: int | None
    as_of: date

    @property
    def case(self) -> Case:
        return self.line.case

    @property
    def limit_resolved(self) -> date | None:
        """The limit that stands in the resolution now, when the case never had it."""
        resolved = self.resolution.due_on if self.resolution and not self.resolution.deleted_at else None
        return rules.limit_resolved(self.case, self.steps, resolved)


@dataclass(slots=True)
class UnitTotals:
    """What one unit had to do in a period: ids of the cases 应办, of these 办结 (and too late), 在办, 逾期 (S0-36)."""

    unit: str
    name: str
    position: int | None
    owed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    closed_late: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """办结率, 0 … 1."""
        return len(self.closed) / len(self.owed) if self.owed else 0.0


@dataclass(frozen=True, slots=True)
class Totals:
    """The cases of a period by unit. *lines* are all of them, *overdue* the open ones past their limit, the longest
    first, *notify* those urged so often that they are to be named."""

    since: date
    until: date
    units: tuple[UnitTotals, ...]
    lines: tuple[CaseLine, ...]
    overdue: tuple[CaseLine, ...]
    notify: tuple[CaseLine, ...]

    def count(self, name: str) -> int:
        """Return the sum over all units of one of the lists of :class:`UnitTotals`."""
        return sum(len(getattr(unit, name)) for unit in self.units)

    @property
    def rate(self) -> float:
        owed = self.count("owed")
        return self.count("closed") / owed if owed else 0.0


def lighting(reader: Reader, as_of: date) -> Lighting:
    """Return the office's lights on that day."""
    return Lighting(preset_of(load_settings(reader).lights), day_table(reader.find(Holiday)), as_of)


def open_lines(reader: Reader, as_of: date, among: Collection[str] | None = None) -> tuple[CaseLine, ...]:
    """Return the cases that were open at the end of the day, the worst light first, then by limit."""
    lines = _open_lines(reader, as_of)
    return lines if among is None else tuple(line for line in lines if line.case.id in among)


@remembered
def _open_lines(reader: Reader, as_of: date) -> tuple[CaseLine, ...]:
    day = as_of.isoformat()
    cases = _cases(reader, _OPEN, (day, day))
    steps = _steps_of(reader, [case.id for case in cases])
    lights, names = lighting(reader, as_of), _unit_names(reader)
    lines = (_line(case, steps.get(case.id, []), lights, names) for case in cases)
    return tuple(sorted(lines, key=_worst_first))


def closed_lines(
    reader: Reader, since: date, as_of: date, among: Collection[str] | None = None
) -> tuple[CaseLine, ...]:
    """Return the cases closed from *since* to *as_of*, in the order of :func:`open_lines`."""
    days = (since.isoformat(), as_of.isoformat())
    cases = _cases(reader, "closed_on BETWEEN ? AND ?", days, among)
    lights, names = lighting(reader, as_of), _unit_names(reader)
    return tuple(sorted((_closed_line(case, lights, names) for case in cases), key=_worst_first))


def _worst_first(line: CaseLine) -> tuple[int, date, str]:
    return line.light.order, line.due or date.max, line.case.number


def _cases(
    reader: Reader, where: str, params: Sequence[str], among: Collection[str] | None = None
) -> list[Case]:
    if among is not None:
        where, params = f"{where} AND id {_AMONG}", (*params, json.dumps(sorted(among)))
    return reader.find(Case, where, params, order="+id")  # by id the planner would walk all of them


def supervised_among(reader: Reader, resolutions: Iterable[str], as_of: date) -> frozenset[str]:
    """Return which of *resolutions* had become cases by the end of a day."""
    rows = reader.db.execute(
        f"SELECT resolution FROM supervised_case WHERE resolution {_AMONG} AND opened_on <= ? AND deleted_at IS NULL",
        (json.dumps(list(resolutions)), as_of.isoformat()),
    )
    return frozenset(str(row[0]) for row in rows)


def cases_of_units(reader: Reader, units: Collection[str]) -> frozenset[str]:
    """Return the cases, open or closed, that any of *units* leads or takes part in."""
    rows = reader.db.execute(
        "SELECT c.id FROM supervised_case c WHERE c.deleted_at IS NULL AND EXISTS (SELECT 1 FROM json_each(?) u "
        "WHERE instr(c.lead_units, u.value) OR instr(c.co_units, u.value))",
        (json.dumps(sorted(units)),),
    )
    return frozenset(str(row[0]) for row in rows)


def _steps_of(reader: Reader, ids: Iterable[str]) -> dict[str, list[CaseStep]]:
    """Return the steps of many cases in order, with their day, kind and new limit only."""
    found: dict[str, list[CaseStep]] = {}
    rows = reader.db.execute(
        f"SELECT matter, happened_on, kind, new_due_on FROM case_step WHERE matter {_AMONG} "
        "AND deleted_at IS NULL ORDER BY happened_on, id",
        (json.dumps(list(ids)),),
    )
    for matter, on, kind, due in rows:
        step = CaseStep(
            matter=matter, happened_on=date.fromisoformat(on), kind=kind,
            new_due_on=date.fromisoformat(due) if due else None,
        )  # fmt: skip
        found.setdefault(matter, []).append(step)
    return found


def _unit_names(reader: Reader) -> dict[str, str]:
    return {unit.id: unit.short_name or unit.name for unit in reader.find(Unit)}


def _line(
    case: Case, steps: Sequence[CaseStep], lights: Lighting, names: dict[str, str], last: str = ""
) -> CaseLine:
    on = lights.as_of
    known, due = rules.until(steps, on, last), rules.due_as_of(case, steps, on, last)
    heard, slips = rules.last_word(case, known, on), rules.slips(known)
    closed = case.closed_on if case.closed_on and case.closed_on <= on else None
    extended = bool(rules.granted(known))
    unit, limit = case.lead_units[0] if case.lead_units else "", lights.preset.notify_after
    light = lights.light_of(Situation(due, extended, heard, slips, closed))
    return CaseLine(
        case, unit, names.get(unit, ""), rules.state_as_of(case, steps, on, last), due, light, (on - heard).days, slips,
        closed is None and 0 < limit <= slips, rules.pending_extension(known),
    )  # fmt: skip


def _closed_line(case: Case, lights: Lighting, names: dict[str, str]) -> CaseLine:
    """Return the line of a case that was closed by the day of *lights*; nothing happens to its limit any more."""
    assert case.closed_on is not None
    unit, gone = case.lead_units[0] if case.lead_units else "", case.written_off_on
    state = "销号" if gone and gone <= lights.as_of else "办结"
    light = lights.light_of(Situation(case.due_on, False, case.closed_on, 0, case.closed_on))
    return CaseLine(case, unit, names.get(unit, ""), state, case.due_on, light, 0, 0, False)


def case_steps(reader: Reader, case_id: str) -> list[CaseStep]:
    """Return what happened to a case, oldest first."""
    return reader.find(CaseStep, "matter = ?", (case_id,), order="happened_on, id")


def case_sheet(reader: Reader, case_id: str, as_of: date, last: str = "") -> CaseSheet:
    """Return one case with all that belongs to it; raises ClerkError when it is not there.

    *last* is the id of the step of *as_of* after which it stands so; the steps entered later that day do not count yet.
    """
    case = reader.get(Case, case_id)
    if case is None or case.deleted_at:
        raise ClerkError("没有找到这件督办事项，请从督办列表里选择。")
    steps = case_steps(reader, case_id)
    resolution = reader.get(Resolution, case.resolution)
    meeting = reader.get(Meeting, resolution.meeting) if resolution else None
    line = _line(case, steps, lighting(reader, as_of), _unit_names(reader), last)
    return CaseSheet(
        line, tuple(steps), _names(reader, case.lead_units), _names(reader, case.co_units), resolution, meeting,
        rules.feedback_days(case, as_of), as_of,
    )  # fmt: skip


def next_slip(sheet: CaseSheet) -> CaseStep:
    """Return the slip that would be sent on the day of the sheet, numbered after those sent before; not written."""
    number = sheet.line.slips + 1
    return CaseStep(matter=sheet.case.id, happened_on=sheet.as_of, kind="催办", number=f"第{number}次")


def _names(reader: Reader, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(unit.name for unit in (reader.get(Unit, unit_id) for unit_id in ids) if unit)


def case_of_resolution(reader: Reader, resolution_id: str) -> Case | None:
    """Return the case a resolution was turned into, None while there is none."""
    found = reader.find(Case, "resolution = ?", (resolution_id,), order="id") if resolution_id else []
    return found[0] if found else None


def limits_apart(reader: Reader, meeting_id: str) -> list[tuple[Resolution, Case]]:
    """Return the resolutions of a meeting whose limit their case never had, in their order."""
    items = reader.find(Resolution, "meeting = ?", (meeting_id,), order="position NULLS LAST, id")
    pairs = ((item, case_of_resolution(reader, item.id)) for item in items if item.due_on)
    return [
        (item, case)
        for item, case in pairs
        if case and rules.limit_resolved(case, case_steps(reader, case.id), item.due_on)
    ]


def next_number(reader: Reader, year: int) -> str:
    """Return the next free 督办编号 of the year: 督办〔2026〕17号, no 0-fill."""
    rows = reader.db.execute(
        "SELECT number FROM supervised_case WHERE deleted_at IS NULL AND number LIKE ?", (f"督办〔{year}〕%",)
    )
    used = [int(found[2]) for (number,) in rows if (found := _SERIAL.search(number))]
    return f"督办〔{year}〕{max(used, default=0) + 1}号"


# Totals by unit (S0-36) -----------------------------------------------------------------------


def unit_totals(reader: Reader, since: date, until: date) -> Totals:
    """Return who had what to do from *since* to *until*, as it stood at the end of that time.

    应办 is what was open at some time of the period: carried over, or opened in it. The first lead unit
    answers for a case, after a merger the unit it went into. Units stand in their 建制顺序.
    """
    lines = [*open_lines(reader, until), *closed_lines(reader, since, until)]
    units = {unit.id: unit for unit in reader.find(Unit)}
    unit_then = successors(units.values(), until)
    totals: dict[str, UnitTotals] = {}
    for line in lines:
        owner = unit_then.get(line.unit, line.unit)
        if owner not in totals:
            unit = units.get(owner)
            totals[owner] = UnitTotals(
                owner, unit.name if unit else "（单位已删除）", unit.position if unit else None
            )
        _count(totals[owner], line.case.id, line.due, line.case.closed_on, until)
    ordered = sorted(totals.values(), key=lambda unit: (unit.position is None, unit.position or 0, unit.name))
    overdue = {case_id for total in ordered for case_id in total.overdue}
    late = sorted((line for line in lines if line.case.id in overdue), key=lambda line: line.due or until)
    return Totals(
        since, until, tuple(ordered), tuple(lines), tuple(late), tuple(line for line in lines if line.notify)
    )


def sum_total(reader: Reader, since: date, until: date) -> UnitTotals:
    """Return the same of all units together: of the thousands that were closed only their days are read."""
    total = UnitTotals("", "", None)
    for line in open_lines(reader, until):
        _count(total, line.case.id, line.due, line.case.closed_on, until)
    closed = reader.db.execute(
        "SELECT id, due_on, closed_on FROM supervised_case WHERE deleted_at IS NULL AND closed_on BETWEEN ? AND ?",
        (since.isoformat(), until.isoformat()),
    )
    for case, due, closed_on in closed:
        _count(total, case, date.fromisoformat(due) if due else None, date.fromisoformat(closed_on), until)
    return total


def _count(total: UnitTotals, case: str, due: date | None, closed_on: date | None, until: date) -> None:
    total.owed.append(case)
    if closed_on and closed_on <= until:
        total.closed.append(case)
        if due and closed_on > due:
            total.closed_late.append(case)
        return
    total.running.append(case)
    if due is not None and due < until:
        total.overdue.append(case)


# What became of the last meeting (ideas 14) ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of one resolution: *words* 办结, 在办, 逾期 … with its day."""

    resolution: Resolution
    case: Case | None
    leads: tuple[str, ...]
    done: bool
    words: str


def last_meeting(reader: Reader, meeting: Meeting) -> Meeting | None:
    """Return the meeting of the same body that was held before *meeting* and resolved something."""
    if meeting.starts_at is None:
        return None
    found = reader.find(
        Meeting,
        "body = ? AND starts_at < ? AND id <> ? AND "
        "EXISTS (SELECT 1 FROM resolution r WHERE r.meeting = meeting.id AND r.deleted_at IS NULL)",
        (meeting.body, meeting.starts_at.isoformat(" ", "minutes"), meeting.id),
        order="starts_at DESC",
    )
    return next((one for one in found if one.held), None)


def follow_ups(reader: Reader, meeting: Meeting, as_of: date) -> list[FollowUp]:
    """Return how the resolutions of *meeting* stand on a day, in their order."""
    found = reader.find(Resolution, "meeting = ?", (meeting.id,), order="position NULLS LAST, id")
    return [_follow_up(reader, item, as_of) for item in found]


def _follow_up(reader: Reader, item: Resolution, as_of: date) -> FollowUp:
    case = case_of_resolution(reader, item.id)
    leads = _names(reader, item.lead_units)
    closed = case.closed_on if case else item.done_on
    if closed and closed <= as_of:
        return FollowUp(item, case, leads, True, f"已于{closed.month}月{closed.day}日办结")
    if case:
        line = _line(case, case_steps(reader, case.id), lighting(reader, as_of), {})
        state = "办理中" if line.state in CLOSED_STATES else line.state
        return FollowUp(item, case, leads, False, f"{state}，{line.light.words}")
    if item.due_on and item.due_on < as_of:
        return FollowUp(item, None, leads, False, f"尚未办结，逾期 {(as_of - item.due_on).days} 天")
    return FollowUp(item, None, leads, False, "正在办理")
