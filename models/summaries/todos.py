"""What there is to do as of a day: duties, meetings whose next step is due, resolutions, vacant posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.records.meeting import Meeting, Resolution
from models.records.organisation import Body, Unit
from models.rules.duties import Obligation
from models.rules.meetings import open_steps
from models.store.reader import Reader
from models.summaries.organisation import vacancies
from models.summaries.supervision import cases_due, supervised_among

AHEAD = timedelta(days=7)
FEW = 4
"""Up to how many who owe the same stand in a line each."""
_BACK_YEARS = 1
_STEP_WORDS = {
    "通知": "发出“{}”的通知", "召开": "登记“{}”的出席情况", "纪要拟稿": "起草“{}”的纪要", "印发": "印发“{}”的纪要",
    "会前报告": "收“{}”的会前报告", "会后情况": "收“{}”的会后情况",
}  # fmt: skip


class Group(StrEnum):
    """Under which heading a thing to do stands."""

    OVERDUE = "逾期"
    TODAY = "今天"
    SOON = "7 天内"
    VACANT = "空缺"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do. *source* says what asks for it, *who* has to act; *kind* and *record_id* name the
    record behind it. *days* are left until *due*, negative when overdue; a vacant post has no limit."""

    subject: str
    source: str
    who: str
    kind: str
    record_id: str
    due: date | None
    days: int
    group: Group

    @property
    def words(self) -> str:
        """The words beside the light: 逾期 6 天, 今天, 还有 2 天, 空缺 12 天."""
        match self.group:
            case Group.OVERDUE:
                return f"逾期 {-self.days} 天"
            case Group.TODAY:
                return "今天"
            case Group.SOON:
                return f"还有 {self.days} 天"
            case Group.VACANT:
                return f"空缺 {self.days} 天" if self.days else "空缺"


class Names:
    """Short names of bodies and units, read once."""

    def __init__(self, reader: Reader) -> None:
        self.bodies = {body.id: body for body in reader.find(Body)}
        self._names = {unit.id: unit.short_name or unit.name for unit in reader.find(Unit)}
        self._names |= {body.id: body.short_name or body.name for body in self.bodies.values()}

    def of(self, record_id: str) -> str:
        """Return the short name, "" for an unknown id."""
        return self._names.get(record_id, "")


def todos(
    reader: Reader, names: Names, duties: Sequence[Obligation], meetings: Sequence[Meeting], as_of: date
) -> list[Todo]:
    """Return what is overdue, due on the day or within the next seven, by date, then the vacant posts."""
    dated = [*_of_duties(names, duties, as_of), *_of_meetings(names, meetings, as_of)]
    dated += _of_cases(reader, names, as_of)
    dated += _of_resolutions(reader, names, as_of)
    near = [todo for todo in dated if todo.due and todo.due <= as_of + AHEAD]
    near.sort(key=lambda todo: (todo.due or date.max, todo.subject, todo.who))
    return near + list(_of_vacancies(reader, as_of))


def meetings_around(reader: Reader, as_of: date) -> list[Meeting]:
    """Return the meetings from the beginning of the year before *as_of* on, oldest first."""
    since = date(as_of.year - _BACK_YEARS, 1, 1)
    return reader.find(Meeting, "starts_at >= ?", (since.isoformat(),), order="starts_at")


def open_resolutions(reader: Reader, as_of: date) -> list[tuple[Resolution, Meeting]]:
    """Return the resolutions of meetings up to *as_of* that were not done by then, with their meeting."""
    day = as_of.isoformat()
    found = reader.find(
        Resolution,
        "(done_on IS NULL OR done_on > ?) AND meeting IN "
        "(SELECT id FROM meeting WHERE starts_at < ? AND deleted_at IS NULL)",
        (day, f"{day}T"),
        order="due_on NULLS LAST, id",
    )
    asked = {meeting_id: reader.get(Meeting, meeting_id) for meeting_id in {item.meeting for item in found}}
    return [(item, meeting) for item in found if (meeting := asked[item.meeting])]


def short_day(day: date, as_of: date) -> str:
    """Write 10月15日, with the year if it is not the year of *as_of*."""
    return f"{day.year}年{day.month}月{day.day}日" if day.year != as_of.year else f"{day.month}月{day.day}日"


def _todo(
    subject: str, source: str, who: str, opens: tuple[str, str], due: date, as_of: date
) -> Todo:  # fmt: skip
    left = (due - as_of).days
    group = Group.OVERDUE if left < 0 else Group.SOON if left else Group.TODAY
    return Todo(subject, source, who, *opens, due, left, group)


def _of_duties(names: Names, duties: Sequence[Obligation], as_of: date) -> Iterator[Todo]:
    """Yield a line for each open duty; where many owe the same by the same day, one for all of them."""
    together: dict[tuple[str, str, date], list[Obligation]] = {}
    for item in duties:
        if item.is_open:
            together.setdefault((item.clause.id, item.period, item.due), []).append(item)
    for (clause, period, due), items in together.items():
        opens, source = ("clause", clause), f"制度 · {period}"
        if len(items) > FEW:
            first, measure = items[0].owner, "人" if items[0].owner.kind == "person" else "家"
            who = f"{names.of(first.id) or first.name}等 {len(items)} {measure}"
            yield _todo(items[0].clause.name, source, who, opens, due, as_of)
            continue
        for item in items:
            done = f"（{item.done:g} / {item.needed:g}）" if item.done else ""
            who = names.of(item.owner.id) or item.owner.name
            yield _todo(f"{item.clause.name}{done}", source, who, opens, due, as_of)


def _of_meetings(names: Names, meetings: Sequence[Meeting], as_of: date) -> Iterator[Todo]:
    for meeting in meetings:
        for step, due in open_steps(meeting, as_of):
            assert meeting.starts_at is not None
            source = f"会议 · {short_day(meeting.starts_at.date(), as_of)}"
            subject = _STEP_WORDS[step].format(meeting.name)
            yield _todo(subject, source, names.of(meeting.body), ("meeting", meeting.id), due, as_of)


def _of_cases(reader: Reader, names: Names, as_of: date) -> Iterator[Todo]:
    for case, due in cases_due(reader, as_of, as_of + AHEAD):
        who = names.of(case.lead_units[0]) if case.lead_units else ""
        source = f"督办 · {case.number.removeprefix('督办')}" if case.number else "督办"
        yield _todo(case.matter, source, who, ("case", case.id), due, as_of)


def _of_resolutions(reader: Reader, names: Names, as_of: date) -> Iterator[Todo]:
    """Yield the resolutions that are open; one that became a case is told as that case."""
    still_open = open_resolutions(reader, as_of)
    supervised = supervised_among(reader, [item.id for item, _ in still_open], as_of)
    for item, meeting in still_open:
        if item.due_on is not None and meeting.starts_at is not None and item.id not in supervised:
            who = names.of(item.lead_units[0]) if item.lead_units else ""
            source = f"议定事项 · {short_day(meeting.starts_at.date(), as_of)}"
            yield _todo(
                item.headline(reader.name_of), source, who, ("resolution", item.id), item.due_on, as_of
            )


def _of_vacancies(reader: Reader, as_of: date) -> Iterator[Todo]:
    for item in vacancies(reader, as_of):
        unit = item.unit.short_name or item.unit.name
        source = f"名册 · {item.body.short_name or item.body.name}"
        days = (as_of - item.since).days if item.since else 0
        yield Todo(
            f"{unit}{item.post}空缺，补报任职", source, unit, "unit", item.unit.id, None, days, Group.VACANT
        )
