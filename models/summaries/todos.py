"""What there is to do as of a day: duties, study, meetings whose next step is due, cases, resolutions, vacant posts."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.records.values import figure, short_day
from models.rules.duties import Obligation
from models.rules.meetings import open_steps
from models.store.reader import Reader, remembered
from models.summaries.desk import AHEAD, Desk, Line, line_of
from models.summaries.listed import Listed, listed_duty
from models.summaries.study import GapLine, gaps
from models.summaries.supervision import CaseLine

FEW = 4
"""Up to how many of the same stand in a line each."""
ASKED = timedelta(days=30)
"""How long before its limit a paper is waited for."""
WITH_UNIT = ("交办", "签收", "办理中")
"""States of a case in which its lead unit has to act."""
_STEP_WORDS = {
    "通知": "发出“{}”的通知", "召开": "登记“{}”的出席情况", "纪要拟稿": "起草“{}”的纪要", "签发": "等“{}”的纪要签发",
    "印发": "印发“{}”的纪要", "会前报告": "收“{}”的会前报告", "会后情况": "收“{}”的会后情况",
}  # fmt: skip


class Group(StrEnum):
    """Under which heading a thing to do stands."""

    OVERDUE = "逾期"
    TODAY = "今天"
    SOON = "7 天内"
    WAITING = "等待他人"
    VACANT = "空缺"


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of what there is to do. *source* says what asks for it, *who* has to act; *records* are what it
    stands for, several where many owe the same. *days* are left until *due*, negative when overdue, for a vacant
    post those since it fell vacant; what only waits for others, and a vacant post, may have no limit."""

    subject: str
    source: str
    who: str
    line: Line
    records: tuple[Listed, ...]
    due: date | None
    days: int
    group: Group

    @property
    def kind(self) -> str:
        """The kind of the records."""
        return self.records[0].kind

    @property
    def words(self) -> str:
        """The words beside the light: 逾期 6 天, 今天, 还有 2 天, 没有时限, 空缺 12 天."""
        match self.group:
            case Group.OVERDUE:
                return f"逾期 {-self.days} 天"
            case Group.TODAY:
                return "今天"
            case Group.SOON | Group.WAITING:
                return f"还有 {self.days} 天" if self.due else "没有时限"
            case Group.VACANT:
                return f"空缺 {self.days} 天" if self.days else "空缺"


def todos(desk: Desk) -> list[Todo]:
    """Return what is overdue, due on the day or within the next seven, what waits for others, the vacant posts."""
    found = [
        *_of_duties(desk),
        *_of_people(desk),
        *_of_meetings(desk),
        *_of_cases(desk),
        *_of_resolutions(desk),
    ]
    found += [*_of_certificates(desk), *_of_vacancies(desk)]
    order = list(Group)
    return sorted(
        found, key=lambda todo: (order.index(todo.group), todo.due or date.max, todo.subject, todo.who)
    )


def count(found: Iterable[Todo], *groups: Group, line: Line | None = None) -> int:
    """Return how many things stand in *groups*, of one *line* of work only where given."""
    return sum(len(todo.records) for todo in found if todo.group in groups and line in (None, todo.line))


def _todo(
    as_of: date,
    line: Line,
    subject: str,
    source: str,
    who: str,
    record: Listed,
    due: date | None,
    *,
    waits: bool = False,
) -> Iterator[Todo]:
    """Yield the line when it is due within seven days, or *waits* for somebody else."""
    left = (due - as_of).days if due else 0
    group = Group.OVERDUE if left < 0 else Group.SOON if left else Group.TODAY
    if due is None or left > AHEAD.days:
        if not waits:
            return
        group = Group.WAITING
    yield Todo(
        subject, f"{line.value} · {source}" if source else line.value, who, line, (record,), due, left, group
    )


def _gathered(found: Iterable[tuple[Hashable, Todo]], subject: str, measure: str) -> Iterator[Todo]:
    """Yield few lines of the same key as they are, many as one; *subject* "" leaves that of the first."""
    together: dict[Hashable, list[Todo]] = defaultdict(list)
    for key, todo in found:
        together[key].append(todo)
    for same in together.values():
        if len(same) <= FEW:
            yield from same
            continue
        first = min(same, key=lambda todo: todo.due or date.max)
        many = len({todo.who for todo in same})
        who = f"{first.who}等 {many} {measure}" if many > 1 else first.who
        records = tuple(record for todo in same for record in todo.records)
        yield dataclasses.replace(first, subject=subject or first.subject, who=who, records=records)


# One source each -------------------------------------------------------------------------------


def _of_duties(desk: Desk) -> Iterator[Todo]:
    near = desk.as_of + ASKED
    found = [
        pair for item in desk.duties if item.is_open and item.due <= near for pair in _of_duty(desk, item)
    ]
    return _gathered(found, "", "家")


def _of_duty(desk: Desk, item: Obligation) -> Iterator[tuple[Hashable, Todo]]:
    """Yield the line of one duty; a body or unit that owes a paper before long is waited for."""
    line, who = line_of(item.clause), desk.names.of(item.owner.id) or item.owner.name
    waits = line is Line.FILING and item.owner.kind != "office"
    done = f"（{figure(item.done)} / {figure(item.needed)}）" if item.done else ""
    subject, record = f"{item.clause.name}{done}", listed_duty(item, who)
    for todo in _todo(desk.as_of, line, subject, item.period, who, record, item.due, waits=waits):
        yield (item.clause.id, item.period, item.due), todo


def _of_people(desk: Desk) -> tuple[Todo, ...]:
    return _people(desk.reader, desk.as_of)


@remembered
def _people(reader: Reader, as_of: date) -> tuple[Todo, ...]:
    """Return whose study is short at the end of the year, or whose special training falls due."""
    lines = gaps(reader, as_of.year, as_of)
    found = [(todo.group, todo) for line in lines for todo in _of_person(line, as_of)]
    return tuple(_gathered(found, "人员学法没有达标", "人"))


def _of_person(line: GapLine, as_of: date) -> Iterator[Todo]:
    stands = line.standing
    if stands.due and stands.due <= as_of + AHEAD:
        record = Listed("person", line.id, f"{line.name}（{line.unit_name}）", stands.due, stands.words)
        subject = f"{line.name}{stands.words}"
        yield from _todo(as_of, Line.STUDY, subject, f"{stands.year}年", line.name, record, stands.due)


def _of_meetings(desk: Desk) -> Iterator[Todo]:
    for meeting in desk.meetings:
        for step, due in open_steps(meeting, desk.as_of):
            assert meeting.starts_at is not None
            if step == "印发" and (meeting.signed_on is None or meeting.signed_on > desk.as_of):
                step = "签发"
            who = meeting.signer if step == "签发" else ""
            subject = _STEP_WORDS[step].format(meeting.name)
            record = Listed("meeting", meeting.id, subject, due)
            yield from _todo(
                desk.as_of, Line.MEETINGS, subject, short_day(meeting.starts_at.date(), desk.as_of),
                who or desk.names.of(meeting.body), record, due, waits=step == "签发",
            )  # fmt: skip


def _of_cases(desk: Desk) -> Iterator[Todo]:
    found = [todo for line in desk.cases for todo in _of_case(desk, line)]
    yield from (todo for todo in found if todo.group is not Group.WAITING)
    waiting = [(todo.group, todo) for todo in found if todo.group is Group.WAITING]
    yield from _gathered(waiting, "督办事项在承办单位办理", "家")
    asked = [(Group.WAITING, todo) for line in desk.cases for todo in _of_extension(desk, line)]
    yield from _gathered(asked, "批复延期申请", "人")


def _of_case(desk: Desk, line: CaseLine) -> Iterator[Todo]:
    case = line.case
    record = Listed("case", case.id, case.matter, line.due, f"{line.state}，{line.light.words}")
    return _todo(
        desk.as_of, Line.CASES, case.matter, case.number.removeprefix("督办"), line.lead, record, line.due,
        waits=line.state in WITH_UNIT and line.asked is None,
    )  # fmt: skip


def _of_extension(desk: Desk, line: CaseLine) -> Iterator[Todo]:
    """Yield the application for more time that waits for its decision (S0-34)."""
    if line.asked is None or line.asked.happened_on is None:
        return
    subject = f"批复“{line.case.matter}”的延期申请"
    record = Listed("case", line.case.id, subject, line.asked.happened_on, line.light.words)
    source = f"{short_day(line.asked.happened_on, desk.as_of)}申请"
    yield from _todo(desk.as_of, Line.CASES, subject, source, "批准人", record, None, waits=True)


def _of_resolutions(desk: Desk) -> Iterator[Todo]:
    for item, meeting in desk.resolutions:
        assert meeting.starts_at is not None
        who = desk.names.of(item.lead_units[0]) if item.lead_units else ""
        headline = item.headline(desk.reader.name_of)
        record = Listed("resolution", item.id, headline, item.due_on)
        source = f"{short_day(meeting.starts_at.date(), desk.as_of)}议定"
        yield from _todo(desk.as_of, Line.MEETINGS, headline, source, who, record, item.due_on)


def _of_certificates(desk: Desk) -> Iterator[Todo]:
    found = [
        (todo.group, todo)
        for one in desk.certificates
        if one.until and one.until <= desk.as_of + AHEAD
        for todo in _todo(
            desk.as_of, Line.STAFF, f"{one.name}的执法证到期", "执法证", one.unit,
            Listed("person", one.person, f"{one.name}（{one.unit}）执法证", one.until, one.words), one.until,
        )
    ]  # fmt: skip
    return _gathered(found, "执法证到期", "家")


def _of_vacancies(desk: Desk) -> Iterator[Todo]:
    for item in desk.vacancies:
        unit = item.unit.short_name or item.unit.name
        days = (desk.as_of - item.since).days if item.since else 0
        subject = f"{unit}{item.post}空缺，补报任职"
        yield Todo(
            subject, f"名册 · {item.body.short_name or item.body.name}", unit, Line.STAFF,
            (Listed("unit", item.unit.id, f"{unit}{item.post}空缺", item.since),), None, days, Group.VACANT,
        )  # fmt: skip
