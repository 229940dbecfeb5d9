"""The dossier of a person (S1-34)."""

from __future__ import annotations

from datetime import date

from models.errors import ClerkError
from models.records.meeting import Meeting
from models.records.organisation import Appointment, Body, Person, Seat
from models.records.values import show_day
from models.rules.seats import holders
from models.store.reader import Reader
from models.summaries.dossier.parts import Dossier, DossierLine, Part, dossier_with, duties, meetings, within
from models.summaries.study_file import PersonalFile, personal_file


def person_dossier(reader: Reader, person_id: str, as_of: date, year: int = 0) -> Dossier:
    """Return the dossier of a person for *year*, 0 for that of the day."""
    person = reader.get(Person, person_id)
    if person is None or person.deleted_at:
        raise ClerkError("没有找到这个人员，请从名册里选择。")
    year = year or as_of.year
    file = personal_file(reader, person_id, as_of)
    parts = (
        _posts(reader, person_id, as_of),
        _seats(reader, person_id, as_of),
        meetings(reader, "person", [person_id], year, as_of),
        _hosted(reader, person_id, year, as_of),
        _study(file, year),
        _exams(file),
        _tests(file),
        duties(reader, "person", person_id, year, as_of),
    )
    about = " ".join(filter(None, (file.unit, file.title))) or "没有任职"
    return dossier_with(reader, person, about, as_of, year, parts)


def _posts(reader: Reader, person_id: str, as_of: date) -> Part:
    posts = reader.find(
        Appointment, "person = ? AND coalesce(valid_from, '') <= ?", (person_id, as_of.isoformat()),
        order="valid_from DESC, id",
    )  # fmt: skip
    lines = [
        DossierLine(
            (reader.name_of("unit", post.unit), post.title, post.post, _term(post, as_of)),
            "appointment",
            post.id,
        )
        for post in posts
    ]
    return Part("任职", ("单位", "职务", "岗位", "起止"), tuple(lines))


def _term(post: Appointment, as_of: date) -> str:
    """Return from when until when, as known on the day."""
    until = post.valid_until if post.valid_until and post.valid_until <= as_of else None
    return "—".join(map(show_day, (post.valid_from, until))).rstrip("—")


def _seats(reader: Reader, person_id: str, as_of: date) -> Part:
    seats = [seat for seat in reader.in_force(Seat, as_of) if person_id in holders(reader, seat, as_of)]
    lines = [
        DossierLine((body.name, seat.role, f"{seat.unit and reader.name_of('unit', seat.unit)}{seat.post}"), "body", body.id)
        for seat in seats
        if (body := reader.get(Body, seat.body)) and not body.deleted_at
    ]  # fmt: skip
    return Part("组内职务", ("机构", "组内职务", "按岗位"), tuple(lines))


def _hosted(reader: Reader, person_id: str, year: int, as_of: date) -> Part:
    found = reader.find(
        Meeting, "(host = ? OR convener = ?) AND starts_at BETWEEN ? AND ?", (person_id, person_id, *within(year, as_of)),
        order="starts_at DESC, id",
    )  # fmt: skip
    lines = [
        DossierLine(
            (one.starts_at.date(), one.name, "主持" if one.host == person_id else "召集"), "meeting", one.id
        )
        for one in found
        if one.starts_at and one.held
    ]
    note = f"{year}年 {len(lines)} 次"
    return Part("主持和召集的会议", ("日期", "会议", "身份"), tuple(lines), note)


def _study(file: PersonalFile, year: int) -> Part:
    found = [study for study in file.studies if study.on.year == year]
    lines = [
        DossierLine(
            (study.on, study.session.subject, study.session.category, study.hours, study.presence),
            "study_session", study.session.id,
        )
        for study in found
    ]  # fmt: skip
    told = [one for one in file.standings if one.year == year]
    note = "".join(
        f"{year}年 {one.hours:g} 学时、{one.days:g} 天" + (f"，{one.words}" if file.owes else "")
        for one in told
    )
    return Part("学法", ("日期", "学习主题", "形式", "学时", "参加情况"), tuple(lines), note)


def _exams(file: PersonalFile) -> Part:
    lines = [
        DossierLine((result.exam.held_on, result.exam.name, result.best, result.word), "exam", result.exam.id)
        for result in file.results
    ]
    return Part("法律考试", ("日期", "考试", "成绩", "等次"), tuple(lines))


def _tests(file: PersonalFile) -> Part:
    lines = [
        DossierLine((test.tested_on, f"拟任{test.post}", test.score, "合格" if test.passed else "不合格"), "appointment_test", test.id)
        for test in file.tests
    ]  # fmt: skip
    return Part("任前考法", ("日期", "拟任职务", "成绩", "结果"), tuple(lines))
