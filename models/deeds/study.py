"""Filling the list of a study session: every key press is one saved action."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import cast

from models import clock
from models.errors import ClerkError
from models.records.meeting import Meeting
from models.records.organisation import Appointment, Person
from models.records.study import Exam, ExamScore, StudyAttendance, StudySession
from models.records.values import parse, stored_span
from models.rules.study import EXEMPT
from models.store.ledger import Ledger
from models.summaries.organisation import post_on


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
    return add_people(ledger, session, people_of(ledger, units, session.starts_at.date()))


def set_staff_kind(ledger: Ledger, people: Iterable[str], staff_kind: str) -> int:
    """Give several persons their 人员类别 in one deed; return how many."""
    found = [person for person in (ledger.get(Person, one) for one in people) if person]
    with ledger.action(f"人员类别定为{staff_kind}：{len(found)} 人") as action:
        for person in found:
            action.change(dataclasses.replace(person, staff_kind=staff_kind))
    return len(found)


def save_score(ledger: Ledger, exam: Exam, person: str, typed: str) -> None:
    """Write what was typed as one person's score: marks, 免试, or nothing to take it away.

    The unit is that of the post on the day. Raises BadValue, InvalidRecord, and ClerkError for one who sat it
    several times.
    """
    known = ledger.find(ExamScore, "exam = ? AND person = ?", (exam.id, person))
    if len(known) > 1:
        raise ClerkError("这个人登记了几次成绩，请在“成绩登记”里改。")
    exempt = typed.strip() == EXEMPT
    marks = None if exempt else cast("float | None", parse(ExamScore.KIND.field("score"), typed))
    with ledger.action(f"登记成绩：{ledger.name_of('person', person)} {typed.strip() or '清除'}") as action:
        if marks is None and not exempt:
            for score in known:
                action.remove(score)
        elif known:
            action.change(dataclasses.replace(known[0], score=marks, exempt=exempt))
        else:
            post = post_on(ledger, person, "", exam.held_on or clock.today())
            unit = post.unit if post else ""
            action.add(ExamScore(exam=exam.id, person=person, unit=unit, score=marks, exempt=exempt))


def people_of(ledger: Ledger, units: Iterable[str], on: date) -> list[tuple[str, str]]:
    """Return everybody who holds a post in one of *units* that day, with the unit."""
    posts = [post for unit in units for post in ledger.in_force(Appointment, on, "unit = ?", (unit,))]
    return [(post.person, post.unit) for post in posts]


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
