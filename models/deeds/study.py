"""Filling the list of a study session: every key press is one saved action."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from models.errors import ClerkError
from models.records.meeting import Meeting
from models.records.organisation import Appointment, Person
from models.records.study import StudyAttendance, StudySession
from models.records.values import stored_span
from models.store.ledger import Ledger


def save_row(ledger: Ledger, row: StudyAttendance) -> StudyAttendance:
    """Write one line of the list; one computed from the meeting becomes the session's own. Raises InvalidRecord."""
    with ledger.action(f"登记学法：{ledger.name_of('person', row.person)} {row.presence}") as action:
        return action.change(row) if row.id else action.add(row)


def take_off(ledger: Ledger, row: StudyAttendance) -> None:
    """Take somebody off the session's own list; who came to its meeting stands there again as from the meeting."""
    if not row.id:
        raise ClerkError("这一行取自会议出席，不能移出；没有参加学法的，登记为“缺席”。")
    with ledger.action(f"移出学法名单：{ledger.name_of('person', row.person)}") as action:
        action.remove(row)


def add_people(ledger: Ledger, session: StudySession, people: Iterable[tuple[str, str]]) -> int:
    """Add persons, each with the unit they come from, as 参加; those on the list stay. Return how many came on."""
    known = {row.person for row in ledger.find(StudyAttendance, "session = ?", (session.id,))}
    added = 0
    with ledger.action(f"添加学法人员「{session.subject}」") as action:
        for person, unit in dict(people).items():
            if person not in known:
                action.add(StudyAttendance(session=session.id, person=person, unit=unit))
                added += 1
        action.sentence = f"添加学法人员 {added} 人「{session.subject}」"
    return added


def add_units(ledger: Ledger, session: StudySession, units: Iterable[str]) -> int:
    """Add everybody who holds a post in one of *units* on the day of the session; return how many came on."""
    assert session.starts_at is not None
    on = session.starts_at.date()
    posts = [post for unit in units for post in ledger.in_force(Appointment, on, "unit = ?", (unit,))]
    return add_people(ledger, session, [(post.person, post.unit) for post in posts])


def set_staff_kind(ledger: Ledger, people: Iterable[str], staff_kind: str) -> int:
    """Give several persons their 人员类别 in one deed; return how many."""
    found = [person for person in (ledger.get(Person, one) for one in people) if person]
    with ledger.action(f"人员类别定为{staff_kind}：{len(found)} 人") as action:
        for person in found:
            action.change(dataclasses.replace(person, staff_kind=staff_kind))
    return len(found)


def meeting_that_day(ledger: Ledger, session: StudySession) -> str:
    """Return the one meeting held on the session's day, "" when there is none or several."""
    if session.starts_at is None:
        return ""
    on = session.starts_at.date()
    found = ledger.find(Meeting, "starts_at BETWEEN ? AND ?", stored_span(on, on))
    return found[0].id if len(found) == 1 else ""


def tie_to_meeting(ledger: Ledger, session: StudySession, meeting_id: str) -> StudySession:
    """Let those who come to a meeting be the participants; "" unties. Raises ClerkError."""
    meeting = ledger.get(Meeting, meeting_id)
    if meeting_id and (meeting is None or meeting.deleted_at):
        raise ClerkError("没有找到这次会议，请从会议列表里选择。")
    deed = f"取自会议「{meeting.name}」出席" if meeting else "不再取自会议出席"
    with ledger.action(f"学法「{session.subject}」{deed}") as action:
        return action.change(dataclasses.replace(session, meeting=meeting_id))
