"""The dossier of a unit (S1-34)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from models.errors import ClerkError
from models.records.base import R
from models.records.filing import Dynamic, Submission, adopted_by
from models.records.meeting import Resolution
from models.records.organisation import Appointment, Body, Membership, Person, Unit
from models.records.study import Exam, ExamScore, StudySession
from models.records.supervision import Case
from models.records.values import show_day
from models.store.reader import Reader
from models.summaries.dossier.parts import (
    Dossier,
    DossierLine,
    Part,
    dossier_with,
    duties,
    marks,
    meetings,
    within,
)
from models.summaries.structure import chains
from models.summaries.study import GapLine, gaps, unit_of_people
from models.summaries.supervision import CaseLine, closed_lines, open_lines


def unit_dossier(reader: Reader, unit_id: str, as_of: date, year: int = 0) -> Dossier:
    """Return the dossier of a unit for *year*, 0 for that of the day; what the units merged into it did by then is
    its own (ideas 6)."""
    unit = reader.get(Unit, unit_id)
    if unit is None or unit.deleted_at:
        raise ClerkError("没有找到这个单位，请从名册里选择。")
    year = year or as_of.year
    own = _with_predecessors(reader, unit_id, as_of)
    parts = (
        _people(reader, unit_id, as_of),
        _bodies(reader, unit_id, as_of),
        meetings(reader, "unit", own, year, as_of),
        _study(gaps(reader, year, as_of), unit_id, year),
        _sessions(reader, own, year, as_of),
        _exams(reader, own, year, as_of),
        _resolutions(reader, own, year, as_of),
        _cases(reader, own, year, as_of),
        duties(reader, "unit", unit_id, year, as_of),
        _papers(reader, own, year, as_of),
        _news(reader, own, year, as_of),
    )
    return dossier_with(reader, unit, f"{unit.category or '单位'}", as_of, year, parts)


def _with_predecessors(reader: Reader, unit_id: str, as_of: date) -> list[str]:
    """Return the unit and those that had gone into it by the day."""
    return [one for one, chain in chains(reader.find(Unit), as_of).items() if unit_id in chain]


def _of_year(reader: Reader, kind: type[R], units: Sequence[str], year: int, as_of: date) -> list[R]:
    """Return the year's records of *kind* that name one of *units*, the earliest first."""
    happened = kind.KIND.happened
    return reader.find(
        kind, f"unit IN ({marks(units)}) AND {happened} BETWEEN ? AND ?", (*units, *within(year, as_of)),
        order=f"{happened}, id",
    )  # fmt: skip


def _people(reader: Reader, unit_id: str, as_of: date) -> Part:
    posts = reader.in_force(Appointment, as_of, "unit = ?", (unit_id,), order="position, id")
    lines = []
    for post in posts:
        person = reader.get(Person, post.person)
        if person and not person.deleted_at:
            cells = (person.name, post.title, post.post, person.staff_kind, post.valid_from)
            lines.append(DossierLine(cells, "person", person.id))
    return Part("人员", ("姓名", "职务", "岗位", "人员类别", "任职起"), tuple(lines), f"{len(lines)} 人")


def _bodies(reader: Reader, unit_id: str, as_of: date) -> Part:
    members = reader.in_force(Membership, as_of, "unit = ?", (unit_id,))
    lines = [
        DossierLine(
            (body.name, "牵头单位" if member.lead else "成员单位", member.valid_from), "body", body.id
        )
        for member in members
        if (body := reader.get(Body, member.body)) and not body.deleted_at
    ]
    hosted = [
        DossierLine((body.name, "办公室设在本单位", body.valid_from), "body", body.id)
        for body in reader.in_force(Body, as_of, "host_unit = ?", (unit_id,))
    ]
    return Part(
        "参加的机构", ("机构", "身份", "加入日期"), (*lines, *hosted), f"{len(lines) + len(hosted)} 个"
    )


def _study(people: Iterable[GapLine], unit_id: str, year: int) -> Part:
    own = [line for line in people if line.unit == unit_id]
    lines = [
        DossierLine(
            (line.name, line.staff_kind, line.standing.hours, line.standing.owed_hours, line.standing.words),
            "person", line.id,
        )
        for line in own
    ]  # fmt: skip
    met = sum(not line.standing.is_short and not line.standing.special_is_late for line in own)
    note = f"{year}年有学法要求 {len(own)} 人，达标 {met} 人"
    return Part("学法", ("姓名", "人员类别", "学时", "应学学时", "情况"), tuple(lines), note)


def _sessions(reader: Reader, units: Sequence[str], year: int, as_of: date) -> Part:
    found = _of_year(reader, StudySession, units, year, as_of)
    lines = [
        DossierLine(
            (one.starts_at.date(), one.subject, one.category, one.speaker, one.hours), "study_session", one.id
        )
        for one in found
        if one.starts_at
    ]
    columns = ("日期", "学习主题", "形式", "主讲人", "学时")
    return Part("组织的学法活动", columns, tuple(lines), f"{year}年 {len(lines)} 次")


def _exams(reader: Reader, units: Sequence[str], year: int, as_of: date) -> Part:
    """Return the year's exams that people of the unit sat."""
    held = reader.find(Exam, "held_on BETWEEN ? AND ?", within(year, as_of), order="held_on, id")
    lines = [
        DossierLine((exam.held_on, exam.name, exam.audience, sat), "exam", exam.id)
        for exam in held
        if (sat := _sat(reader, exam, units))
    ]
    return Part("法律考试", ("日期", "考试", "考试对象", "参加人数"), tuple(lines), f"{len(lines)} 次")


def _sat(reader: Reader, exam: Exam, units: Sequence[str]) -> int:
    """Return how many people of *units* have a score: of the unit it names, else of their post that day."""
    scores = reader.find(
        ExamScore, f"exam = ? AND score IS NOT NULL AND coalesce(unit, '') IN ('', {marks(units)})", (exam.id, *units)
    )  # fmt: skip
    places = {} if all(score.unit for score in scores) else unit_of_people(reader, exam.held_on or date.max)
    return len({one.person for one in scores if (one.unit or places.get(one.person, ("",))[0]) in units})


def _resolutions(reader: Reader, units: Sequence[str], year: int, as_of: date) -> Part:
    """Return what meetings up to the day resolved for the unit: of the year, and what was still open of before."""
    first, last = within(year, as_of)
    found = reader.find(
        Resolution,
        f"EXISTS (SELECT 1 FROM json_each(lead_units) WHERE value IN ({marks(units)})) AND meeting IN "
        "(SELECT id FROM meeting WHERE starts_at < ? AND deleted_at IS NULL) AND (done_on IS NULL OR done_on >= ?)",
        (*units, last, first),
        order="due_on NULLS LAST, id",
    )
    lines = [
        DossierLine((item.content, reader.name_of("meeting", item.meeting), item.due_on, _standing(item, as_of)), "resolution", item.id)
        for item in found
    ]  # fmt: skip
    done = sum(item.done_on is not None and item.done_on <= as_of for item in found)
    note = f"未办结 {len(found) - done} 项，{_since(year, as_of)}办结 {done} 项"
    return Part("议定事项", ("议定内容", "会议", "办理时限", "情况"), tuple(lines), note)


def _since(year: int, as_of: date) -> str:
    """Return since when what is done by the day is counted."""
    return f"{year}年" if year == as_of.year else f"{year}年以来"


def _standing(item: Resolution, as_of: date) -> str:
    if item.done_on and item.done_on <= as_of:
        return "✓ 办结"
    if item.due_on and item.due_on < as_of:
        return f"◆ 逾期 {(as_of - item.due_on).days} 天"
    return "■ 在办"


def _cases(reader: Reader, units: Sequence[str], year: int, as_of: date) -> Part:
    tests = " OR ".join(
        f"EXISTS (SELECT 1 FROM json_each({name}) WHERE value IN ({marks(units)}))"
        for name in ("lead_units", "co_units")
    )
    last = date(year, 12, 31)
    own = {case.id for case in reader.find(Case, tests, (*units, *units)) if (case.opened_on or last) <= last}
    lines = [*open_lines(reader, as_of, own), *closed_lines(reader, date(year, 1, 1), as_of, own)]
    closed = sum(line.case.closed_on is not None and line.case.closed_on <= as_of for line in lines)
    note = f"在办 {len(lines) - closed} 件，{_since(year, as_of)}办结 {closed} 件"
    columns = ("督办编号", "督办事项", "身份", "办理时限", "办理状态", "情况")
    return Part("督办", columns, tuple(_case_line(line, units) for line in lines), note)


def _case_line(line: CaseLine, units: Sequence[str]) -> DossierLine:
    role = "承办" if set(units) & set(line.case.lead_units) else "协办"
    words = f"{line.light.shape} {line.light.words}".strip()
    return DossierLine(
        (line.case.number, line.case.matter, role, line.due, line.state, words), "case", line.case.id
    )


def _papers(reader: Reader, units: Sequence[str], year: int, as_of: date) -> Part:
    found = _of_year(reader, Submission, units, year, as_of)
    lines = [
        DossierLine((paper.received_on, paper.item, f"{paper.year}年{paper.half}", paper.subject, _fate(paper, as_of)), "submission", paper.id)
        for paper in found
    ]  # fmt: skip
    return Part(
        "报送", ("收到日期", "报送事项", "所属时段", "标题", "情况"), tuple(lines), f"{len(lines)} 件"
    )


def _fate(paper: Submission, as_of: date) -> str:
    if paper.returned_on and paper.returned_on <= as_of:
        return f"{show_day(paper.returned_on)}退改"
    return "采用" if adopted_by(paper, as_of) else "已收"


def _news(reader: Reader, units: Sequence[str], year: int, as_of: date) -> Part:
    found = _of_year(reader, Dynamic, units, year, as_of)
    lines = [
        DossierLine(
            (news.received_on, news.title, news.dynamic_class, "采用" if adopted_by(news, as_of) else ""),
            "dynamic",
            news.id,
        )
        for news in found
    ]
    note = f"{len(found)} 条，采用 {sum(adopted_by(news, as_of) for news in found)} 条"
    return Part("工作动态", ("收到日期", "标题", "类别", "采用"), tuple(lines), note)
