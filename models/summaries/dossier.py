"""档案: all that concerns one unit or one person as of a day, in parts whose lines open their records (S1-34).

Posts, memberships and facts are those of the day; meetings, study, cases and papers those of its year until then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.errors import ClerkError
from models.records.base import FieldType
from models.records.filing import Dynamic, Submission, adopted_by
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Body, Membership, Person, Seat, Unit
from models.records.study import Exam, ExamScore, StudySession
from models.records.supervision import Case
from models.records.values import show, show_day
from models.rules.attendance import Rates, rates
from models.rules.seats import IN_FORCE, holders
from models.store.reader import Reader
from models.summaries.obligations import obligations
from models.summaries.structure import chains
from models.summaries.study import GapLine, gaps
from models.summaries.study_file import PersonalFile, personal_file
from models.summaries.supervision import CaseLine, closed_lines, open_lines

_ENDING = ("valid_until", "successor", "left_on")
"""What is known of a unit or person only once it has gone."""
Shown = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part and the record it speaks of; *kind* is "" for what is computed and opens nothing."""

    cells: tuple[Shown, ...]
    kind: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A list under *title*; *note* sums it up in words."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The record (*kind*, *id*), what is known of it as (label, text), and the parts that hold something."""

    kind: str
    id: str
    name: str
    about: str
    as_of: date
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]


def dossier_of(reader: Reader, kind_id: str, record_id: str, as_of: date) -> Dossier:
    """Return the dossier of a ``unit`` or ``person``; raises ClerkError when it is gone."""
    return (unit_dossier if kind_id == "unit" else person_dossier)(reader, record_id, as_of)


def unit_dossier(reader: Reader, unit_id: str, as_of: date) -> Dossier:
    """Return the dossier of a unit; what the units merged into it did by then is its own (ideas 6)."""
    unit = reader.get(Unit, unit_id)
    if unit is None or unit.deleted_at:
        raise ClerkError("没有找到这个单位，请从名册里选择。")
    own = _with_predecessors(reader, unit_id, as_of)
    parts = (
        _unit_people(reader, unit_id, as_of),
        _unit_bodies(reader, unit_id, as_of),
        _meetings(reader, "unit", own, as_of),
        _unit_study(gaps(reader, as_of.year, as_of), unit_id, as_of),
        _unit_sessions(reader, own, as_of),
        _unit_exams(reader, own, as_of),
        _unit_resolutions(reader, own, as_of),
        _unit_cases(reader, own, as_of),
        _unit_duties(reader, unit_id, as_of),
        _unit_papers(reader, own, as_of),
        _unit_news(reader, own, as_of),
    )
    return _dossier(reader, unit, f"{unit.category or '单位'}", as_of, parts)


def person_dossier(reader: Reader, person_id: str, as_of: date) -> Dossier:
    """Return the dossier of a person."""
    person = reader.get(Person, person_id)
    if person is None or person.deleted_at:
        raise ClerkError("没有找到这个人员，请从名册里选择。")
    file = personal_file(reader, person_id, as_of)
    parts = (
        _person_posts(reader, person_id, as_of),
        _person_seats(reader, person_id, as_of),
        _meetings(reader, "person", [person_id], as_of),
        _person_hosted(reader, person_id, as_of),
        _person_study(file),
        _person_exams(file),
        _person_tests(file),
    )
    about = " ".join(filter(None, (file.unit, file.title))) or "没有任职"
    return _dossier(reader, person, about, as_of, parts)


def _dossier(
    reader: Reader, record: Unit | Person, about: str, as_of: date, parts: Iterable[Part]
) -> Dossier:
    facts = []
    end = record.valid_until if isinstance(record, Unit) else record.left_on
    to_come = _ENDING if end and end > as_of else ()
    for field in record.KIND.fields:
        if field.name in to_come:
            continue
        text = show(field, getattr(record, field.name), reader.name_of)
        if text and field.type is not FieldType.PHONE:
            facts.append((field.label, text))
    shown = tuple(part for part in parts if part.lines)
    return Dossier(record.KIND.id, record.id, record.name, about, as_of, tuple(facts), shown)


def _with_predecessors(reader: Reader, unit_id: str, as_of: date) -> list[str]:
    """Return the unit and those that had gone into it by the day."""
    return [one for one, chain in chains(reader.find(Unit), as_of).items() if unit_id in chain]


def _year(as_of: date) -> tuple[str, str]:
    """Return the first day of the year and the end of the day, as stored moments compare."""
    return f"{as_of.year}-01-01", f"{as_of.isoformat()} 23:59"


def _marks(ids: Sequence[str]) -> str:
    return ", ".join("?" * len(ids))


def _term(post: Appointment, as_of: date) -> str:
    """Return from when until when, as known on the day."""
    until = post.valid_until if post.valid_until and post.valid_until <= as_of else None
    return "—".join(show_day(day) if day else "" for day in (post.valid_from, until)).rstrip("—")


# A unit ----------------------------------------------------------------------------------------


def _unit_people(reader: Reader, unit_id: str, as_of: date) -> Part:
    day = as_of.isoformat()
    posts = reader.find(Appointment, f"unit = ? AND {IN_FORCE}", (unit_id, day, day), order="position, id")
    lines = []
    for post in posts:
        person = reader.get(Person, post.person)
        if person and not person.deleted_at:
            cells = (person.name, post.title, post.post, person.staff_kind, post.valid_from)
            lines.append(Line(cells, "person", person.id))
    return Part("人员", ("姓名", "职务", "岗位", "人员类别", "任职起"), tuple(lines), f"{len(lines)} 人")


def _unit_bodies(reader: Reader, unit_id: str, as_of: date) -> Part:
    members = reader.in_force(Membership, as_of, "unit = ?", (unit_id,))
    lines = [
        Line((body.name, "牵头单位" if member.lead else "成员单位", member.valid_from), "body", body.id)
        for member in members
        if (body := reader.get(Body, member.body)) and not body.deleted_at
    ]
    hosted = [
        Line((body.name, "办公室设在本单位", body.valid_from), "body", body.id)
        for body in reader.in_force(Body, as_of, "host_unit = ?", (unit_id,))
    ]
    return Part(
        "参加的机构", ("机构", "身份", "加入日期"), (*lines, *hosted), f"{len(lines) + len(hosted)} 个"
    )


def _unit_study(people: Iterable[GapLine], unit_id: str, as_of: date) -> Part:
    own = [line for line in people if line.unit == unit_id]
    lines = [
        Line(
            (line.name, line.staff_kind, line.standing.hours, line.standing.owed_hours, line.standing.words),
            "person", line.id,
        )
        for line in own
    ]  # fmt: skip
    met = sum(not line.standing.is_short and not line.standing.special_is_late for line in own)
    note = f"{as_of.year}年有学法要求 {len(own)} 人，达标 {met} 人"
    return Part("学法", ("姓名", "人员类别", "学时", "应学学时", "情况"), tuple(lines), note)


def _unit_sessions(reader: Reader, units: Sequence[str], as_of: date) -> Part:
    found = reader.find(
        StudySession, f"unit IN ({_marks(units)}) AND starts_at BETWEEN ? AND ?", (*units, *_year(as_of)),
        order="starts_at, id",
    )  # fmt: skip
    lines = [
        Line(
            (one.starts_at.date(), one.subject, one.category, one.speaker, one.hours), "study_session", one.id
        )
        for one in found
        if one.starts_at
    ]
    columns = ("日期", "学习主题", "形式", "主讲人", "学时")
    return Part("组织的学法活动", columns, tuple(lines), f"{as_of.year}年 {len(lines)} 次")


def _unit_exams(reader: Reader, units: Sequence[str], as_of: date) -> Part:
    """Return the year's exams that people of the unit sat."""
    sat = Counter(
        exam
        for exam, _person in {
            (score.exam, score.person)
            for score in reader.find(ExamScore, f"unit IN ({_marks(units)}) AND score IS NOT NULL", units)
        }
    )
    within = reader.find(Exam, "held_on BETWEEN ? AND ?", _year(as_of), order="held_on, id")
    lines = [
        Line((exam.held_on, exam.name, exam.audience, sat[exam.id]), "exam", exam.id)
        for exam in within
        if sat[exam.id]
    ]
    return Part("法律考试", ("日期", "考试", "考试对象", "参加人数"), tuple(lines), f"{len(lines)} 次")


def _unit_resolutions(reader: Reader, units: Sequence[str], as_of: date) -> Part:
    """Return what meetings up to the day resolved for the unit: of the year, and what was still open of before."""
    day, first = as_of.isoformat(), f"{as_of.year}-01-01"
    found = reader.find(
        Resolution,
        f"EXISTS (SELECT 1 FROM json_each(lead_units) WHERE value IN ({_marks(units)})) AND meeting IN "
        "(SELECT id FROM meeting WHERE starts_at < ? AND deleted_at IS NULL) AND (done_on IS NULL OR done_on >= ?)",
        (*units, f"{day}T", first),
        order="due_on NULLS LAST, id",
    )
    lines = [
        Line((item.content, reader.name_of("meeting", item.meeting), item.due_on, _standing(item, as_of)), "resolution", item.id)
        for item in found
    ]  # fmt: skip
    done = sum(item.done_on is not None and item.done_on <= as_of for item in found)
    note = f"未办结 {len(found) - done} 项，{as_of.year}年办结 {done} 项"
    return Part("议定事项", ("议定内容", "会议", "办理时限", "情况"), tuple(lines), note)


def _standing(item: Resolution, as_of: date) -> str:
    if item.done_on and item.done_on <= as_of:
        return "✓ 办结"
    if item.due_on and item.due_on < as_of:
        return f"◆ 逾期 {(as_of - item.due_on).days} 天"
    return "■ 在办"


def _unit_cases(reader: Reader, units: Sequence[str], as_of: date) -> Part:
    tests = " OR ".join(
        f"EXISTS (SELECT 1 FROM json_each({name}) WHERE value IN ({_marks(units)}))"
        for name in ("lead_units", "co_units")
    )
    own = {case.id for case in reader.find(Case, tests, (*units, *units))}
    lines = [
        *open_lines(reader, as_of, own),
        *closed_lines(reader, date(as_of.year, 1, 1), as_of, own),
    ]  # fmt: skip
    closed = sum(line.case.closed_on is not None and line.case.closed_on <= as_of for line in lines)
    note = f"在办 {len(lines) - closed} 件，{as_of.year}年办结 {closed} 件"
    columns = ("督办编号", "督办事项", "身份", "办理时限", "办理状态", "情况")
    return Part("督办", columns, tuple(_case_line(line, units) for line in lines), note)


def _case_line(line: CaseLine, units: Sequence[str]) -> Line:
    role = "承办" if set(units) & set(line.case.lead_units) else "协办"
    words = f"{line.light.shape} {line.light.words}".strip()
    return Line((line.case.number, line.case.matter, role, line.due, line.state, words), "case", line.case.id)


def _unit_duties(reader: Reader, unit_id: str, as_of: date) -> Part:
    found = [
        item
        for item in obligations(reader, as_of, as_of.year, people=False)
        if item.owner.kind == "unit" and item.owner.id == unit_id
    ]
    lines = [
        Line((item.clause.name, item.period, item.due, item.figures, f"{item.shape} {item.words}"), "clause", item.clause.id)
        for item in found
    ]  # fmt: skip
    open_ones = sum(item.is_open for item in found)
    note = f"{as_of.year}年 {len(found)} 项，{len(found) - open_ones} 项已完成或免办"
    return Part("制度要求", ("条款要求", "周期", "期限", "完成", "情况"), tuple(lines), note)


def _unit_papers(reader: Reader, units: Sequence[str], as_of: date) -> Part:
    found = reader.find(
        Submission, f"unit IN ({_marks(units)}) AND received_on BETWEEN ? AND ?", (*units, *_year(as_of)),
        order="received_on, id",
    )  # fmt: skip
    lines = [
        Line((paper.received_on, paper.item, f"{paper.year}年{paper.half}", paper.subject, _fate(paper, as_of)), "submission", paper.id)
        for paper in found
    ]  # fmt: skip
    return Part(
        "报送", ("收到日期", "报送事项", "所属时段", "标题", "情况"), tuple(lines), f"{len(lines)} 件"
    )


def _fate(paper: Submission, as_of: date) -> str:
    if paper.returned_on and paper.returned_on <= as_of:
        return f"{show_day(paper.returned_on)}退改"
    return "采用" if adopted_by(paper, as_of) else "已收"


def _unit_news(reader: Reader, units: Sequence[str], as_of: date) -> Part:
    found = reader.find(
        Dynamic, f"unit IN ({_marks(units)}) AND received_on BETWEEN ? AND ?", (*units, *_year(as_of)),
        order="received_on, id",
    )  # fmt: skip
    lines = [
        Line(
            (news.received_on, news.title, news.dynamic_class, "采用" if adopted_by(news, as_of) else ""),
            "dynamic",
            news.id,
        )
        for news in found
    ]
    note = f"{len(found)} 条，采用 {sum(adopted_by(news, as_of) for news in found)} 条"
    return Part("工作动态", ("收到日期", "标题", "类别", "采用"), tuple(lines), note)


# Both ------------------------------------------------------------------------------------------


def _meetings(reader: Reader, owner: str, ids: Sequence[str], as_of: date) -> Part:
    """Return the year's meetings at which the unit or person was expected, invited or stood in."""
    first, last = _year(as_of)
    meetings = {
        meeting.id: meeting
        for meeting in reader.find(Meeting, "starts_at BETWEEN ? AND ?", (first, last))
        if meeting.held
    }
    whose = f"{owner} IN ({_marks(ids)})" + (" OR substitute = ?" if owner == "person" else "")
    given = (*ids, *ids) if owner == "person" else ids
    found = [row for row in reader.find(Attendance, whose, given) if row.meeting in meetings]
    found.sort(key=lambda row: (str(meetings[row.meeting].starts_at), row.position or 0), reverse=True)
    people = reader.names("person", {key for row in found for key in (row.person, row.substitute) if key})
    lines = [_meeting_line(row, meetings[row.meeting], people) for row in found]
    counted = rates(row for row in found if getattr(row, owner) in ids)
    return Part("会议", ("日期", "会议", "应到人", "职务", "出席情况"), tuple(lines), _rate_words(counted))


def _meeting_line(row: Attendance, meeting: Meeting, people: dict[str, str]) -> Line:
    status = row.status or "未登记"
    if row.status == "代":
        status = f"代（{people.get(row.substitute, '')}）"
    name = people.get(row.person, "（空缺）")
    on = meeting.starts_at.date() if meeting.starts_at else None
    return Line((on, meeting.name, name, row.duty, status), "meeting", meeting.id)


def _rate_words(counts: Rates) -> str:
    if not counts.expected:
        return ""
    return (
        f"应到 {counts.expected} 人次，本人出席 {counts.present}、代会 {counts.substituted}、请假 {counts.excused}、"
        f"缺席 {counts.absent}；本人出席率 {counts.own:.1%}，单位出席率 {counts.unit:.1%}"
    )


# A person --------------------------------------------------------------------------------------


def _person_posts(reader: Reader, person_id: str, as_of: date) -> Part:
    posts = reader.find(
        Appointment, "person = ? AND coalesce(valid_from, '') <= ?", (person_id, as_of.isoformat()),
        order="valid_from DESC, id",
    )  # fmt: skip
    lines = [
        Line(
            (reader.name_of("unit", post.unit), post.title, post.post, _term(post, as_of)),
            "appointment",
            post.id,
        )
        for post in posts
    ]
    return Part("任职", ("单位", "职务", "岗位", "起止"), tuple(lines))


def _person_seats(reader: Reader, person_id: str, as_of: date) -> Part:
    seats = [seat for seat in reader.in_force(Seat, as_of) if person_id in holders(reader, seat, as_of)]
    lines = [
        Line((body.name, seat.role, f"{seat.unit and reader.name_of('unit', seat.unit)}{seat.post}"), "body", body.id)
        for seat in seats
        if (body := reader.get(Body, seat.body)) and not body.deleted_at
    ]  # fmt: skip
    return Part("组内职务", ("机构", "组内职务", "按岗位"), tuple(lines))


def _person_hosted(reader: Reader, person_id: str, as_of: date) -> Part:
    found = reader.find(
        Meeting, "(host = ? OR convener = ?) AND starts_at BETWEEN ? AND ?", (person_id, person_id, *_year(as_of)),
        order="starts_at DESC, id",
    )  # fmt: skip
    lines = [
        Line((one.starts_at.date(), one.name, "主持" if one.host == person_id else "召集"), "meeting", one.id)
        for one in found
        if one.starts_at and one.held
    ]
    note = f"{as_of.year}年 {len(lines)} 次"
    return Part("主持和召集的会议", ("日期", "会议", "身份"), tuple(lines), note)


def _person_study(file: PersonalFile) -> Part:
    year = [study for study in file.studies if study.on.year == file.as_of.year]
    lines = [
        Line(
            (study.on, study.session.subject, study.session.category, study.hours, study.presence),
            "study_session", study.session.id,
        )
        for study in year
    ]  # fmt: skip
    now = file.now
    note = f"{now.year}年 {now.hours:g} 学时、{now.days:g} 天" + (f"，{now.words}" if file.owes else "")
    return Part("学法", ("日期", "学习主题", "形式", "学时", "参加情况"), tuple(lines), note)


def _person_exams(file: PersonalFile) -> Part:
    lines = [
        Line((result.exam.held_on, result.exam.name, result.best, result.word), "exam", result.exam.id)
        for result in file.results
    ]
    return Part("法律考试", ("日期", "考试", "成绩", "等次"), tuple(lines))


def _person_tests(file: PersonalFile) -> Part:
    lines = [
        Line((test.tested_on, f"拟任{test.post}", test.score, "合格" if test.passed else "不合格"), "appointment_test", test.id)
        for test in file.tests
    ]  # fmt: skip
    return Part("任前考法", ("日期", "拟任职务", "成绩", "结果"), tuple(lines))
