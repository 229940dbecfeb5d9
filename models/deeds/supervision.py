"""What the clerk does with supervised cases: each step one action that can be undone (S0-24, S0-32 … S0-36)."""

from __future__ import annotations

import dataclasses

from models import clock
from models.errors import ClerkError
from models.records.meeting import AgendaItem, Meeting, Resolution
from models.records.supervision import Case, CaseStep
from models.records.values import shortened
from models.rules.supervision import Entry, take
from models.store.action import Action
from models.store.ledger import Ledger
from models.summaries.supervision import (
    FollowUp,
    case_of_resolution,
    case_steps,
    follow_ups,
    last_meeting,
    next_number,
)  # fmt: skip

FOLLOW_UP = "上次会议议定事项落实情况"
_FULL_MEETING = "领导小组全体会议"


def record_step(ledger: Ledger, case_id: str, entry: Entry) -> CaseStep:
    """Take one step of a case and write down what happened; closing it also answers the resolution it came from.

    Raises ClerkError for a step out of order or in the future, InvalidRecord for what the checks refuse.
    """
    case = ledger.get(Case, case_id)
    if case is None or case.deleted_at:
        raise ClerkError("这件督办事项已不在台账里。")
    if entry.on > clock.today():
        raise ClerkError("日期还没有到，请改正。")
    moved, step = take(case, entry, case_steps(ledger, case_id))
    resolution = ledger.get(Resolution, case.resolution) if entry.kind == "办结" else None
    with ledger.action(f"督办「{shortened(case.matter, 30)}」{step.number}{entry.kind}") as action:
        written = action.add(step)  # first: a new limit is checked against the extension granted
        action.change(moved)
        if resolution and not resolution.deleted_at:
            _answer(action, resolution, moved)
        return written


def _answer(action: Action, resolution: Resolution, case: Case) -> None:
    outcome = case.result or resolution.outcome
    action.change(dataclasses.replace(resolution, done_on=case.closed_on, outcome=outcome))


def case_from_resolution(ledger: Ledger, resolution_id: str) -> Case:
    """Turn a resolution into a case, the link kept in it (S0-24); one past its limit was opened with its meeting.

    Raises ClerkError when there is one already or the resolution names no lead unit.
    """
    resolution = ledger.get(Resolution, resolution_id)
    meeting = ledger.get(Meeting, resolution.meeting) if resolution else None
    if resolution is None or resolution.deleted_at or meeting is None or meeting.starts_at is None:
        raise ClerkError("这条议定事项已不在台账里。")
    if case_of_resolution(ledger, resolution_id):
        raise ClerkError("这条议定事项已经转为督办事项。")
    if not resolution.lead_units:
        raise ClerkError("先给这条议定事项填上牵头单位，再转督办。")
    today, held = clock.today(), meeting.starts_at.date()
    if held > today:
        raise ClerkError("会议还没有召开，不能转督办。")
    late = resolution.due_on is not None and resolution.due_on < today
    first = resolution.content.strip().split("\n")[0]
    case = Case(
        number=next_number(ledger, today.year), matter=shortened(first, 60),
        source=_FULL_MEETING if meeting.category == _FULL_MEETING else "重要会议",
        basis=meeting.name, source_on=held, resolution=resolution.id, requirement=resolution.content,
        lead_units=resolution.lead_units, co_units=tuple(u for u in resolution.co_units if u not in resolution.lead_units),
        opened_on=held if late else today, due_on=resolution.due_on,
    )  # fmt: skip
    with ledger.action(f"议定事项转督办「{shortened(first, 30)}」") as action:
        return action.add(case)


def take_over_limit(ledger: Ledger, case_id: str) -> Case:
    """Give a case the limit its resolution was corrected to; one that was given out refuses (InvalidRecord)."""
    case = ledger.get(Case, case_id)
    resolution = ledger.get(Resolution, case.resolution) if case else None
    if case is None or case.deleted_at or resolution is None:
        raise ClerkError("这件督办事项已不在台账里。")
    with ledger.action(f"督办「{shortened(case.matter, 30)}」按议定事项改时限") as action:
        return action.change(dataclasses.replace(case, due_on=resolution.due_on))


def write_follow_up(ledger: Ledger, meeting: Meeting) -> AgendaItem:
    """Put 「上次会议议定事项落实情况」 on the agenda as item 1, filled from the cases; write it anew when it is there.

    Raises ClerkError when no meeting of the body came before, or none resolved anything.
    """
    before = last_meeting(ledger, meeting)
    if before is None:
        raise ClerkError("这个机构以前的会议没有议定事项，不用通报。")
    as_of = min(clock.today(), meeting.starts_at.date()) if meeting.starts_at else clock.today()
    record = _in_words(ledger, before, follow_ups(ledger, before, as_of))
    items = ledger.find(AgendaItem, "meeting = ?", (meeting.id,))
    there = next((item for item in items if item.subject == FOLLOW_UP), None)
    with ledger.action(f"会议「{meeting.name}」列入{FOLLOW_UP}") as action:
        if there:
            return action.change(dataclasses.replace(there, record=record))
        for item in items:
            action.change(dataclasses.replace(item, position=(item.position or 0) + 1))
        return action.add(
            AgendaItem(
                meeting=meeting.id, position=1, subject=FOLLOW_UP, content_class="听取汇报", record=record
            )
        )


def _in_words(ledger: Ledger, before: Meeting, items: list[FollowUp]) -> str:
    done = sum(item.done for item in items)
    lines = [f"{before.name}议定事项{len(items)}项，已办结{done}项，未办结{len(items) - done}项。"]
    for number, item in enumerate(items, 1):
        lead = f"（{'、'.join(item.leads)}）" if item.leads else ""
        lines.append(f"{number}.{item.resolution.headline(ledger.name_of)}{lead}：{item.words}。")
        if item.done and item.resolution.outcome:
            lines.append(item.resolution.outcome)
    return "\n".join(lines)
