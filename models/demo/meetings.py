"""Three years of meetings of the sample county: called, held, recorded, resolved, issued."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import resources
from models import clock
from models.deeds.templates import fill_preparations
from models.demo.county import County
from models.records.meeting import AgendaItem, Attendance, Meeting, Preparation, Resolution
from models.records.organisation import LEADER_POSTS, Appointment
from models.records.rules import DocumentNumber
from models.rules.meetings import HOST_ROLES, advance, cancel, postpone
from models.rules.workdays import shift
from models.summaries.meeting import expected_attendance

Deed = tuple[datetime, Callable[[], None]]
PLANNED_AHEAD = timedelta(days=40)
"""How far ahead of today meetings are already on the calendar."""
FILED_AFTER, ISSUED_AFTER, DRAFTED_AFTER = timedelta(50), timedelta(16), timedelta(5)


@dataclass
class _Plan:
    """One meeting on its way: what the schedule says and, once entered, the record's id."""

    county: County
    shape: dict[str, Any]
    starts_at: datetime
    number: int
    topics: list[dict[str, Any]]
    id: str = ""

    @property
    def name(self) -> str:
        return str(self.shape["name"]).format(year=self.starts_at.year)

    def stored(self) -> Meeting:
        meeting = self.county.ledger.get(Meeting, self.id)
        assert meeting is not None
        return meeting


def plan_meetings(county: County) -> Iterator[Deed]:
    """Yield the deeds of all meetings up to today, and of those already on the calendar."""
    data = json.loads(resources.text("presets/demo/meetings.json"))
    held: dict[str, int] = {}
    for year in range(county.first_year, county.today.year + 1):
        issue = 0
        shapes = [shape for shape in data["schedule"] if _takes_place(county, shape, year)]
        if year == county.today.year:
            shapes.append(data["task_force"])
        for shape in sorted(shapes, key=lambda item: item["on"]):
            starts_at = _start(shape["on"], year)
            if starts_at.date() > county.today + PLANNED_AHEAD:
                continue
            body = shape["body"]
            turn = held[body] = held.get(body, -1) + 1
            issue += 1
            yield from _deeds(
                _Plan(county, shape, starts_at, issue, _topics(data["topics"][body], turn)), data
            )


def _takes_place(county: County, shape: dict[str, Any], year: int) -> bool:
    """One body misses its meeting in the first year; the case review is new this year."""
    if shape["body"] == "legislation" and year == county.first_year and year < county.today.year:
        return False
    return shape["category"] != "专题会" or year == county.today.year


def _start(on: str, year: int) -> datetime:
    day, clock_time = on.split()
    month, number = day.split("-")
    return datetime.combine(
        shift(date(year, int(month), int(number)), "顺延", {}), time.fromisoformat(clock_time)
    )


def _topics(pool: list[dict[str, Any]], turn: int) -> list[dict[str, Any]]:
    """Return two or three topics, other ones each time, those that look back first."""
    count = min(len(pool), 3)
    chosen = [pool[(turn * 2 + step) % len(pool)] for step in range(count)]
    unique = list({topic["subject"]: topic for topic in chosen}.values())
    return sorted(unique, key=lambda topic: pool.index(topic))


def _deeds(plan: _Plan, data: dict[str, Any]) -> Iterator[Deed]:
    today, on = plan.county.today, plan.starts_at.date()
    called_at = datetime.combine(min(shift(on - timedelta(days=8), "提前", {}), today), time(10, 20))
    yield called_at, partial(_call, plan, data)
    if fate := plan.shape.get("this_year", "") if on.year == today.year else "":
        if on <= today:
            yield called_at + timedelta(days=4), partial(_drop, plan, fate)
        return
    if on >= today:
        return
    yield plan.starts_at + timedelta(hours=4), partial(_hold, plan, data)
    if today - on >= DRAFTED_AFTER:
        yield _later(plan, 2), partial(_step, plan, "纪要拟稿")
    if today - on > ISSUED_AFTER:
        yield _later(plan, 6), partial(_issue, plan)
    if today - on > FILED_AFTER:
        yield _later(plan, 40), partial(_file, plan)


def _later(plan: _Plan, days: int) -> datetime:
    """Return the working day *days* or a few more after the meeting, in the afternoon."""
    return datetime.combine(shift(plan.starts_at.date() + timedelta(days=days), "顺延", {}), time(16, 30))


def _call(plan: _Plan, data: dict[str, Any]) -> None:
    """Enter the meeting with its agenda, give the notice its number."""
    county = plan.county
    body_id = county.bodies[plan.shape["body"]]
    on = plan.starts_at.date()
    noticed = on - county.today < timedelta(days=14)
    with county.ledger.action(f"登记会议「{plan.name}」") as action:
        draft = Meeting(
            name=plan.name, category=plan.shape["category"], body=body_id, starts_at=plan.starts_at,
            nature="临时" if plan.shape["category"] == "专题会" else "定期",
            ends_at=plan.starts_at + timedelta(hours=1, minutes=45), place=plan.shape["place"],
            requirements=data["requirements"], contact="叶知秋", contact_phone="6200123",
            reply_by=shift(on - timedelta(days=3), "提前", {}), copy_to="县委、县人大常委会、县政府、县政协",
        )  # fmt: skip
        host = _host(plan, draft)
        meeting = action.add(dataclasses.replace(draft, host=host, convener=host))
        if noticed:
            meeting = action.change(advance(meeting, "通知", min(on - timedelta(days=7), county.today)))
            action.add(
                DocumentNumber(
                    code="澜法治办发", year=on.year, serial=plan.number, subject=f"关于召开{plan.name}的通知",
                    meeting=meeting.id, issued_on=meeting.notified_on,
                )
            )  # fmt: skip
        for position, topic in enumerate(plan.topics, 1):
            action.add(
                AgendaItem(
                    meeting=meeting.id, position=position, subject=topic["subject"],
                    content_class=topic["class"], reporter=topic["by"],
                )
            )  # fmt: skip
        if on >= county.today:
            _prepare(county, meeting, noticed)
    plan.id = meeting.id


def _prepare(county: County, meeting: Meeting, noticed: bool) -> None:
    """List what has to be got ready for a meeting to come; the notice is out when it was sent (S0-23)."""
    fill_preparations(county.ledger, meeting)
    with county.ledger.action("筹备会议") as action:
        for item in county.ledger.find(Preparation, "meeting = ?", (meeting.id,)):
            done = meeting.notified_on if noticed and item.item == "印发会议通知" else None
            action.change(dataclasses.replace(item, by="叶知秋", done_on=done))


def _host(plan: _Plan, draft: Meeting) -> str:
    rows = expected_attendance(plan.county.ledger, draft)
    return next((row.person for row in rows if row.role in HOST_ROLES and row.person), "")


def _drop(plan: _Plan, fate: str) -> None:
    meeting = plan.stored()
    with plan.county.ledger.action(f"会议「{plan.name}」{fate}") as action:
        if fate == "取消":
            action.change(cancel(meeting, meeting.starts_at.date() - timedelta(days=2)))  # type: ignore[union-attr]
        else:
            action.change(
                postpone(meeting, _start(plan.shape["postponed_to"], plan.starts_at.year), clock.today())
            )


def _hold(plan: _Plan, data: dict[str, Any]) -> None:
    """Enter who came, what was said, what was resolved."""
    county = plan.county
    meeting = advance(plan.stored(), "召开", plan.starts_at.date())
    if plan.shape["category"] == "成员单位会议":
        before = plan.starts_at.date() - timedelta(days=5)
        after = plan.starts_at.date() + timedelta(days=4)
        forgotten = after > county.today - timedelta(days=20)
        meeting = dataclasses.replace(
            meeting, report_before=before, report_after=None if forgotten else after
        )
    with county.ledger.action(f"登记会议「{plan.name}」出席情况和记录") as action:
        action.change(meeting)
        for row in _attendance(plan, meeting, data["leave_reasons"]):
            action.add(row)
        items = county.ledger.find(AgendaItem, "meeting = ?", (plan.id,))
        for item, topic in zip(items, plan.topics, strict=True):
            action.change(dataclasses.replace(item, record=topic["record"]))
        resolved = [topic for topic in plan.topics if topic["resolve"]]
        for position, topic in enumerate(resolved, 1):
            action.add(_resolution(plan, topic, position))


def _resolution(plan: _Plan, topic: dict[str, Any], position: int) -> Resolution:
    """A resolution; most are done in time, some late, a few recent ones still open past their limit."""
    county, on = plan.county, plan.starts_at.date()
    due = on + timedelta(days=topic["days"])
    done = due + timedelta(days=county.chance.choice((-9, -6, -4, -2, 0, 5)))
    open_still = done >= county.today or (county.today - due < timedelta(days=60) and position == 2)
    return Resolution(
        meeting=plan.id, position=position, content=topic["resolve"],
        lead_units=tuple(county.units[name] for name in topic["lead"]),
        co_units=tuple(county.units[name] for name in topic["with"]), due_on=due,
        done_on=None if open_still else done,
        outcome="" if open_still else f"{topic['lead'][0]}已按要求完成，并书面报告。",
    )  # fmt: skip


def _attendance(plan: _Plan, meeting: Meeting, reasons: list[str]) -> Iterator[Attendance]:
    rows = expected_attendance(plan.county.ledger, meeting)
    busy = {row.person for row in rows}
    for row in rows:
        yield _marked(plan, row, meeting, reasons, busy) if row.person else row
    yield from _guests(plan, len(rows), busy)


def _marked(plan: _Plan, row: Attendance, meeting: Meeting, reasons: list[str], busy: set[str]) -> Attendance:
    """Mark one expected row: present, excused with or without a substitute, seldom absent."""
    luck = plan.county.chance.random()
    if luck < 0.86 or row.person == meeting.host:
        return dataclasses.replace(row, status="出席", signed=True, late=0.80 < luck < 0.83)
    if luck > 0.985:
        return dataclasses.replace(row, status="缺席")
    hours = -2 if luck > 0.975 else plan.county.chance.choice((3, 20, 26, 49))
    leave = dataclasses.replace(
        row, status="请假", leave_asked_at=plan.starts_at - timedelta(hours=hours),
        leave_reason=plan.county.chance.choice(reasons), leave_approver="叶知秋",
    )  # fmt: skip
    stand_in = _stand_in(plan, row, busy) if luck < 0.955 else None
    if stand_in is None:
        return leave
    busy.add(stand_in.person)
    return dataclasses.replace(
        leave, status="代", substitute=stand_in.person, substitute_duty=stand_in.title, signed=True
    )


def _stand_in(plan: _Plan, row: Attendance, busy: set[str]) -> Appointment | None:
    """Return another leader of the same unit who is not expected himself (S0-20)."""
    posts = plan.county.ledger.in_force(
        Appointment, plan.starts_at.date(), "unit = ?", (row.unit,), "position, id"
    )
    return next((post for post in posts if post.post in LEADER_POSTS and post.person not in busy), None)


def _guests(plan: _Plan, count: int, busy: set[str]) -> Iterator[Attendance]:
    """Two or three who are heard without belonging to the body (S0-21)."""
    county = plan.county
    names = county.chance.sample(
        ("县审计局", "县税务局", "县统计局", "县医疗保障局", "青塘镇", "石桥镇", "澜城街道"), 2
    )
    for step, name in enumerate(names, 1):
        posts = county.ledger.in_force(
            Appointment, plan.starts_at.date(), "unit = ?", (county.units[name],), "position, id"
        )
        post = next((post for post in posts if post.post == "分管负责人" and post.person not in busy), None)
        if post is None:
            continue
        yield Attendance(
            meeting=plan.id, position=count + step, unit=post.unit, person=post.person, duty=post.title,
            status="特邀" if step == 2 and plan.number % 4 == 0 else "列席", signed=True,
        )  # fmt: skip


def _step(plan: _Plan, step: str) -> None:
    with plan.county.ledger.action(f"会议「{plan.name}」{step}") as action:
        action.change(advance(plan.stored(), step, clock.today()))


def _issue(plan: _Plan) -> None:
    """Sign and issue the minutes; their 期号 counts through the year."""
    today, ledger = clock.today(), plan.county.ledger
    before = ledger.find(Meeting, "minutes_issue IS NOT NULL AND issued_on >= ?", (f"{today.year}-01-01",))
    signed = dataclasses.replace(
        advance(plan.stored(), "签发", shift(today - timedelta(days=1), "提前", {})),
        minutes_issue=len(before) + 1, signer="严以宁",
    )  # fmt: skip
    with ledger.action(f"印发会议「{plan.name}」纪要") as action:
        action.change(advance(signed, "印发", today))


def _file(plan: _Plan) -> None:
    with plan.county.ledger.action(f"会议「{plan.name}」归档") as action:
        action.change(advance(plan.stored(), "归档", clock.today()))
