"""Study counted from sessions and meetings: nobody twice, in order of persons and heads, as of any day."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from models.deeds.study import add_units, save_row, take_off, tie_to_meeting
from models.errors import ClerkError, InvalidRecord
from models.records.meeting import Attendance
from models.records.organisation import Appointment, Person, Unit
from models.records.rules import Clause
from models.records.study import Exam, ExamScore, StudyAttendance, StudySession
from models.rules.duties import State
from models.store.ledger import Ledger
from models.summaries.computed import COMPUTED, ComputedRow
from models.summaries.exams import exam_sheet, results_of
from models.summaries.obligations import obligations
from models.summaries.study import gaps, session_sheet, unit_of_people
from models.summaries.study_file import personal_file
from models.summaries.study_team import certificates, moves, teams
from models.summaries.study_year import study_year
from tests.fixtures import LONG_AGO, SmallOffice

AS_OF = date(2026, 11, 21)


@dataclass(frozen=True)
class Studied:
    """A session of 2 hours on 2026-10-13; everybody of the office is a civil servant who owes 40 hours."""

    session: StudySession


@pytest.fixture
def studied(ledger: Ledger, office: SmallOffice) -> Studied:
    with ledger.action("学法") as action:
        action.add(
            Clause(
                name="40学时", owed_by="每名人员", answered_by="学法", staff_kinds="公务员", measure="学时", threshold=40
            )
        )  # fmt: skip
        for person in (office.head, office.deputy, office.staff, office.teacher):
            action.change(dataclasses.replace(person, staff_kind="公务员"))
        session = action.add(
            StudySession(
                subject="学习宪法", category="会前学法", before_meeting="政府常务会", unit=office.justice.id,
                starts_at=datetime(2026, 10, 13, 9), hours=2, headcount=30,
            )
        )  # fmt: skip
    return Studied(session)


def hours(ledger: Ledger, as_of: date = AS_OF) -> dict[str, float]:
    return {line.name: line.standing.hours for line in gaps(ledger, as_of.year, as_of)}


def attend(ledger: Ledger, office: SmallOffice) -> None:
    """The head comes to the meeting, the staff member stands in for the teacher, the deputy is absent."""
    with ledger.action("出席") as action:
        rows = (
            Attendance(meeting=office.meeting.id, person=office.head.id, unit=office.justice.id, expected=True, status="出席"),
            Attendance(meeting=office.meeting.id, person=office.deputy.id, unit=office.justice.id, expected=True, status="缺席"),
        )  # fmt: skip
        for row in rows:
            action.add(row)


def test_a_unit_joins_with_everybody_in_post_once(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    assert add_units(ledger, studied.session, [office.justice.id, office.education.id]) == 4
    assert add_units(ledger, studied.session, [office.justice.id]) == 0
    assert hours(ledger) == {"高书瑶": 2, "陆怀谦": 2, "尹素": 2, "罗屿": 2}
    assert ledger.history()[0].sentence == "添加学法人员 4 人「学习宪法」"


def test_who_came_to_the_meeting_studied_and_nobody_counts_twice(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    attend(ledger, office)
    session = tie_to_meeting(ledger, studied.session, office.meeting.id)
    assert {name: done for name, done in hours(ledger).items() if done} == {"陆怀谦": 2}
    add_units(ledger, session, [office.justice.id])
    assert hours(ledger) == {"高书瑶": 2, "陆怀谦": 2, "尹素": 2, "罗屿": 0}
    sheet = session_sheet(ledger, session.id)
    assert (sheet.persons, sheet.heads, sheet.hours) == (3, 33, 6)


def test_a_substitute_studies_for_himself(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    with ledger.action("代会") as action:
        leader = action.add(Person(name="范柏舟", staff_kind="公务员"))
        action.add(Appointment(person=leader.id, unit=office.education.id, title="副局长", post="班子成员"))
        action.add(
            Attendance(
                meeting=office.meeting.id, person=office.teacher.id, unit=office.education.id, expected=True,
                status="代", substitute=leader.id, leave_asked_at=datetime(2026, 10, 12, 9), leave_reason="出差",
            )
        )  # fmt: skip
    tie_to_meeting(ledger, studied.session, office.meeting.id)
    assert {name: done for name, done in hours(ledger).items() if done} == {"范柏舟": 2}


def test_a_row_of_the_list_goes_before_the_meeting(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    attend(ledger, office)
    session = tie_to_meeting(ledger, studied.session, office.meeting.id)
    (line,) = session_sheet(ledger, session.id).participants
    absent = save_row(ledger, dataclasses.replace(line.row, presence="缺席"))
    assert hours(ledger)["陆怀谦"] == 0
    with pytest.raises(ClerkError, match="取自会议出席"):
        take_off(ledger, line.row)
    take_off(ledger, absent)
    assert hours(ledger)["陆怀谦"] == 2


def test_own_hours_and_later_study_count(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    own = StudyAttendance(session=studied.session.id, person=office.head.id, presence="补学", hours=28)
    save_row(ledger, own)
    with pytest.raises(InvalidRecord, match="已在这次学法的名单里"):
        save_row(ledger, dataclasses.replace(own, id=""))
    (line,) = [line for line in gaps(ledger, 2026, AS_OF) if line.name == "陆怀谦"]
    assert line.standing.words == "还差 12 学时"
    assert gap_row(ledger, "陆怀谦")["records"] == tuple(row.id for row in ledger.find(StudyAttendance))


def test_as_of_a_day_before_nothing_was_done(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    add_units(ledger, studied.session, [office.justice.id])
    assert set(hours(ledger, date(2026, 10, 12)).values()) == {0}
    assert hours(ledger, date(2026, 10, 13))["陆怀谦"] == 2


def owed(ledger: Ledger, name: str, year: int = 2026) -> float | None:
    found = [line for line in gaps(ledger, year, date(year, 12, 31)) if line.name == name]
    return found[0].standing.owed_hours if found else None


def test_who_came_or_left_owes_by_months(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    with ledger.action("来去") as action:
        head = action.change(
            dataclasses.replace(office.head, staff_kind="公务员", joined_on=date(2026, 10, 5))
        )
        post = ledger.find(Appointment, "person = ?", (office.deputy.id,))[0]
        action.change(dataclasses.replace(post, valid_until=date(2026, 3, 2)))
    assert (owed(ledger, head.name), owed(ledger, "高书瑶"), owed(ledger, "尹素")) == (10, 10, 40)
    assert owed(ledger, head.name, 2025) is None
    assert owed(ledger, "高书瑶", 2027) is None
    (line,) = [line for line in gaps(ledger, 2026, AS_OF) if line.name == "高书瑶"]
    assert line.unit_name == "县司法局"


def test_a_leave_yet_to_come_changes_nothing_before(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    post = ledger.find(Appointment, "person = ?", (office.deputy.id,))[0]
    with ledger.action("离岗") as action:
        action.change(dataclasses.replace(post, valid_until=date(2026, 9, 30)))
    owed_on = {
        as_of: next(
            line.standing.owed_hours for line in gaps(ledger, 2026, as_of) if line.id == office.deputy.id
        )
        for as_of in (date(2026, 6, 30), date(2026, 9, 30))
    }
    assert list(owed_on.values()) == [40, 30]


def test_a_post_without_a_place_in_the_order_comes_last(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    with ledger.action("兼职") as action:
        (post,) = ledger.find(Appointment, "person = ?", (office.head.id,))
        action.change(dataclasses.replace(post, position=1))
        action.add(
            Appointment(person=office.head.id, unit=office.education.id, title="督学", post="工作人员")
        )
    assert unit_of_people(ledger, AS_OF)[office.head.id][1] == "县司法局"


def test_the_gap_and_the_duty_say_the_same(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    add_units(ledger, studied.session, [office.justice.id])
    asked = {"owed_by": "每名人员", "answered_by": "学法", "entered_at": LONG_AGO}
    with ledger.action("条款") as action:
        for more in (
            {"measure": "学时", "threshold": 2, "study_category": "会前学法"},
            {"measure": "学时", "threshold": 3, "before_meeting": "政府常务会"},
            {"measure": "天数", "threshold": 1, "leader_speaks": True},
            {"per": "三年", "rolling": True, "study_category": "专门培训", "valid_from": date(2026, 1, 1)},
        ):
            action.add(Clause(name=str(more), **asked, **more))  # type: ignore[arg-type]
    duties: dict[str, dict[str, bool]] = defaultdict(dict)
    for item in obligations(ledger, AS_OF, 2026, people=True):
        duties[item.owner.id][item.clause.name] = item.state is State.DONE
    for line in gaps(ledger, 2026, AS_OF):
        yearly = {name: done for name, done in duties[line.id].items() if "rolling" not in name}
        assert line.standing.is_short == (not all(yearly.values()))
        assert len(line.standing.narrow) == sum(not done for name, done in yearly.items() if name != "40学时")
    assert {line.standing.special_due for line in gaps(ledger, 2026, AS_OF)} == {date(2029, 1, 1)}


def test_the_rule_holds_from_its_day(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    (clause,) = ledger.find(Clause)
    with ledger.action("生效") as action:
        action.change(dataclasses.replace(clause, valid_from=date(2026, 1, 1)))
    assert len(gaps(ledger, 2026, AS_OF)) == 4
    assert not gaps(ledger, 2025, AS_OF)


def test_the_personal_file_agrees_with_the_list(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    attend(ledger, office)
    tie_to_meeting(ledger, studied.session, office.meeting.id)
    file = personal_file(ledger, office.head.id, AS_OF)
    (line,) = [line for line in gaps(ledger, 2026, AS_OF) if line.id == office.head.id]
    assert file.now == line.standing
    assert tuple(one.id for one in file.studies) == gap_row(ledger, office.head.name)["records"]


def gap_row(ledger: Ledger, name: str) -> ComputedRow:
    return next(row for row in COMPUTED["gap"].rows(ledger, AS_OF) if row["name"] == name)


def test_the_computed_list_says_the_same(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    add_units(ledger, studied.session, [office.justice.id])
    row = gap_row(ledger, "尹素")
    assert (row["hours"], row["missing_hours"], row["words"]) == (2, 38, "还差 38 学时")
    assert ledger.get(StudyAttendance, row["records"][0]).person == row["id"]  # type: ignore[index,union-attr]


def test_persons_and_heads_are_told_apart(ledger: Ledger, office: SmallOffice, studied: Studied) -> None:
    with ledger.action("再学一次") as action:
        again = action.add(
            dataclasses.replace(studied.session, id="", starts_at=datetime(2026, 11, 3, 9), headcount=None)
        )
    for session in (studied.session, again):
        add_units(ledger, session, [office.justice.id])
    year = study_year(ledger, 2026, AS_OF)
    assert (year.persons, year.heads, len(year.sessions)) == (3, 36, 2)
    assert [(line.label, len(line.ids), line.heads) for line in year.before] == [("政府常务会", 2, 36)]
    assert study_year(ledger, 2026, date(2026, 6, 30)).period == "2026年上半年"
    assert sum(unit.owed for unit in year.units) == len(year.people) == 4


# Exams -----------------------------------------------------------------------------------------


def test_the_best_attempt_counts_and_who_is_missing_is_named(
    ledger: Ledger, office: SmallOffice, studied: Studied
) -> None:
    with ledger.action("考试") as action:
        exam = action.add(Exam(name="学法考试", held_on=date(2026, 10, 28), audience="公务员"))
        for person, score, attempt in ((office.head, 55, 1), (office.head, 82, 2), (office.deputy, 40, 1)):
            action.add(ExamScore(exam=exam.id, person=person.id, score=score, attempt=attempt))
        action.add(ExamScore(exam=exam.id, person=office.staff.id, exempt=True))
    sheet = exam_sheet(ledger, exam.id)
    found = {result.name: (result.best, result.attempts, result.word) for result in sheet.results}
    assert found == {
        "陆怀谦": (82, 2, "良好"), "高书瑶": (40, 1, "不合格"), "尹素": (None, 0, "免试"), "罗屿": (None, 0, "未参加"),
    }  # fmt: skip
    assert (sheet.sat, sheet.pass_rate) == (2, 0.5)
    assert [result.word for result in results_of(ledger, office.head.id, AS_OF)] == ["良好"]
    with pytest.raises(InvalidRecord, match="补考的另填第几次"), ledger.action("重复") as action:
        action.add(ExamScore(exam=exam.id, person=office.head.id, score=90, attempt=2))


# The people who do legal work ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("officers", "state"),
    [(0, State.OVERDUE), (1, State.DONE), (2, State.DONE), (3, State.SOON)],
)
def test_a_town_has_one_or_two_legal_officers(ledger: Ledger, officers: int, state: State) -> None:
    with ledger.action("镇") as action:
        town = action.add(Unit(name="青塘镇", category="镇街"))
        for number in range(officers):
            person = action.add(Person(name=f"人员{number}", law_degree="本科" if number == 0 else "无"))
            action.add(Appointment(person=person.id, unit=town.id, title="法制员", post="法制员"))
    (team,) = teams(ledger, AS_OF)
    assert (len(team.officers), team.state) == (officers, state)
    assert len(team.law_legal) == min(officers, 1)


def test_enforcement_asks_for_a_legal_section(ledger: Ledger) -> None:
    with ledger.action("局") as action:
        unit = action.add(Unit(name="县水利局", category="政府", enforcement=True))
    assert teams(ledger, AS_OF)[0].words == "有执法职能，没有单独设立法制机构"
    with ledger.action("设立") as action:
        action.change(dataclasses.replace(unit, legal_section=True))
    assert teams(ledger, AS_OF)[0].state is State.DONE


@pytest.mark.parametrize(
    ("posts", "words"), [(None, ""), (1, ""), (2, "法制机构缺编 1 名"), (0, "法制机构超编 1 名")]
)
def test_authorised_posts_are_held_against_those_filled_that_day(
    ledger: Ledger, posts: int | None, words: str
) -> None:
    with ledger.action("局") as action:
        unit = action.add(Unit(name="县水利局", category="政府", legal_rank="股级", legal_posts=posts))
        for name, until in (("在任", None), ("已离任", date(2026, 11, 20))):
            person = action.add(Person(name=name, staff_kind="法制工作人员"))
            action.add(
                Appointment(person=person.id, unit=unit.id, title="科员", post="工作人员", valid_until=until)
            )
    (team,) = teams(ledger, AS_OF)
    assert (team.rank, team.posts, len(team.legal), team.words) == ("股级", posts, 1, words)


def test_legal_staff_who_move_in_the_year_are_named(ledger: Ledger, office: SmallOffice) -> None:
    with ledger.action("交流") as action:
        officer = action.add(Person(name="甲"))
        clerk = action.add(Person(name="乙", staff_kind="公务员"))
        for person, post, since, until in (
            (officer, "法制员", date(2024, 1, 5), date(2026, 3, 1)), (officer, "法制员", date(2026, 3, 2), None),
            (officer, "法制员", date(2026, 11, 22), None), (clerk, "工作人员", date(2026, 3, 2), None),
        ):  # fmt: skip
            action.add(
                Appointment(
                    person=person.id, unit=office.justice.id, title=post, post=post, valid_from=since, valid_until=until
                )
            )  # fmt: skip
    found = moves(ledger, AS_OF)
    assert [(move.person, move.record.on, move.record.words) for move in found] == [
        (officer.id, date(2026, 3, 2), "到任"), (officer.id, date(2026, 3, 1), "离任"),
    ]  # fmt: skip


def test_certificates_most_urgent_first(ledger: Ledger) -> None:
    with ledger.action("证") as action:
        for name, number, until in (
            ("甲", "1号", date(2028, 1, 1)), ("乙", "2号", date(2026, 11, 20)), ("丙", "", None), ("丁", "3号", date(2027, 2, 19)),
        ):  # fmt: skip
            action.add(Person(name=name, staff_kind="执法人员", certificate=number, certificate_until=until))
    assert [(one.name, one.words) for one in certificates(ledger, AS_OF)] == [
        ("乙", "已过期 1 天"), ("丙", "没有登记执法证"), ("丁", "还有 90 天到期"), ("甲", "有效"),
    ]  # fmt: skip
