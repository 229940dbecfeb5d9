"""The sample county: big enough, true to the rules, the same for the same seed, with a real past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.demo import make_county
from models.records.base import all_kinds
from models.records.checks import problems_of
from models.records.filing import Submission
from models.records.meeting import Attendance, Meeting, Resolution
from models.records.organisation import Appointment, Person, Unit
from models.records.rules import DocumentNumber
from models.records.supervision import CASE_STATES, STEP_KINDS, Case, CaseStep
from models.rules.duties import State
from models.settings import load_settings
from models.store.ledger import Ledger
from models.summaries.obligations import missing_meeting_reports, obligations
from models.summaries.organisation import places_of
from models.summaries.structure import successors
from models.summaries.study import gaps
from models.summaries.supervision import open_lines
from models.summaries.year_figures import year_figures
from models.summaries.year_text import part_texts, sentences
from tests.fixtures import KEY

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    yield from made(tmp_path_factory.mktemp("county"), TODAY)


def made(folder: Path, today: date, **options: int) -> Iterator[Ledger]:
    ledger = Ledger(folder / "ledger.db", KEY, clerk="苏映川", before_migration=lambda: None)
    make_county(ledger, today=today, **options)
    yield ledger
    ledger.close()


def test_size_of_a_county(county: Ledger) -> None:
    counts = {kind.id: len(county.find(kind.record)) for kind in all_kinds()}
    assert 55 <= counts["unit"] <= 70
    assert 280 <= counts["person"] <= 340
    assert counts["meeting"] >= 40 and counts["attendance"] >= 400
    assert (
        counts["preparation"] >= 6
        and counts["resolution"] >= 80
        and counts["submission"] >= 80
        and counts["dynamic"] >= 50
        and counts["attachment"] == 3
        and counts["clause"] >= 8
    )


def test_two_years_are_told_in_words_and_this_one_is_to_be_written(county: Ledger) -> None:
    for year, blank in ((2024, False), (2025, False), (2026, True)):
        assert {text.is_blank for text in part_texts(county, year)} == {blank}
    figures = year_figures(county, 2025, TODAY)
    told = [one.standing_in(part_texts(county, 2025)[0].record.content) for one in sentences(figures)]
    assert sum(bool(words) for words in told) >= 5


def test_every_record_passes_its_checks(county: Ledger) -> None:
    for kind in all_kinds():
        for record in county.find(kind.record):
            errors = [problem for problem in problems_of(record, county) if problem.level == "error"]
            assert not errors, (record.headline(county.name_of), errors)


def test_substitutes_are_there_and_follow_the_rules(county: Ledger) -> None:
    rows = county.find(Attendance)
    counts = Counter(row.status for row in rows if row.expected and row.person)
    assert min(counts[word] for word in ("出席", "代", "请假", "缺席")) >= 3
    for row in rows:
        if row.status == "代":
            warnings = {problem.field for problem in problems_of(row, county)}
            assert warnings <= {"leave_asked_at"}


def test_history_is_dated_when_it_happened(county: Ledger) -> None:
    moments = [entry.at for entry in reversed(county.history(limit=2000))]
    assert moments == sorted(moments)
    assert moments[0].year == 2024 and moments[-1].date() <= TODAY
    assert county.broken_history() is None
    for paper in county.find(Submission):
        assert paper.entered_at and paper.received_on == paper.entered_at.date()


def test_nothing_is_entered_from_the_future(county: Ledger) -> None:
    for meeting in county.find(Meeting):
        assert meeting.entered_at and meeting.entered_at.date() <= TODAY
        if meeting.starts_at and meeting.starts_at.date() >= TODAY:
            assert not meeting.held
    states = {meeting.state for meeting in county.find(Meeting)}
    assert states >= {"计划", "通知", "纪要拟稿", "印发", "归档", "取消"}
    assert not county.find(Resolution, "done_on > ?", (TODAY.isoformat(),))


def test_units_were_renamed_and_merged(county: Ledger) -> None:
    ends = successors(county.find(Unit), TODAY)
    names = county.names("unit")
    moved = {names[old]: names[new] for old, new in ends.items() if old != new}
    assert moved == {"县城市管理局": "县综合行政执法局", "县商务局": "县工业和信息化局"}


def test_posts_changed_and_one_is_vacant(county: Ledger) -> None:
    assert len(county.find(Appointment, "valid_until IS NOT NULL")) >= 20
    body = next(body for body in county.names("body").items() if "司法协调小组" in body[1])[0]
    vacant = [place for place in places_of(county, body, TODAY) if place.person is None]
    assert [(place.unit.name, place.post) for place in vacant if place.unit] == [("县财政局", "分管负责人")]


def test_rare_names_and_surnames_read_otherwise(county: Ledger) -> None:
    names = [person.name for person in county.find(Person)]
    assert len(set(names)) == len(names)
    for part in ("䶮", "𬍛", "喆", "单", "仇", "曾", "田富", "田大利"):
        assert any(part in name for name in names)


def test_numbers_run_without_gap_or_double(county: Ledger) -> None:
    for year in (2024, 2025, 2026):
        serials = sorted(number.serial or 0 for number in county.find(DocumentNumber, "year = ?", (year,)))
        assert serials == list(range(1, len(serials) + 1))
        issues = sorted(
            meeting.minutes_issue
            for meeting in county.find(Meeting, "minutes_issue IS NOT NULL")
            if meeting.minutes_issue and meeting.issued_on and meeting.issued_on.year == year
        )
        assert issues == list(range(1, len(issues) + 1))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_hours_owed_and_done_are_the_same_by_clause_and_by_person(county: Ledger, year: int) -> None:
    """Two ways to count the same: obligations of the clauses, and the gap list of study."""
    by_clause = {
        item.owner.id: (item.needed, item.done)
        for item in obligations(county, TODAY, year, people=True)
        if item.clause.measure == "学时"
    }
    by_person = {
        line.id: (line.standing.owed_hours, line.standing.hours)
        for line in gaps(county, year, TODAY)
        if line.standing.owed_hours
    }
    assert by_clause == by_person
    assert by_clause


def test_one_duty_was_waived_and_one_remarked_on(county: Ledger) -> None:
    decided = [item for year in (2024, 2026) for item in obligations(county, TODAY, year, people=False)]
    assert [item.reason for item in decided if item.state is State.WAIVED] == [
        "当年组建，全年未安排立法协调事项"
    ]
    assert [item.remark for item in decided if item.remark] == ["已电话催报，该镇承诺年底前补报"]


def test_duties_show_every_kind_of_light(county: Ledger) -> None:
    found = obligations(county, TODAY, 2026)
    assert {item.state for item in found} >= {State.DONE, State.OVERDUE, State.RUNNING}
    assert any(item.late_days for item in found)
    assert len(missing_meeting_reports(county, TODAY, 2026)) == 1


def test_settings_name_the_office(county: Ledger) -> None:
    settings = load_settings(county)
    assert settings.area_name == "澜溪县"
    assert county.name_of("body", settings.main_body) == settings.office_name


def test_the_same_seed_makes_the_same_county(county: Ledger, tmp_path: Path) -> None:
    (again,) = [sorted(person.name for person in ledger.find(Person)) for ledger in made(tmp_path, TODAY)]
    assert again == sorted(person.name for person in county.find(Person))


@pytest.mark.parametrize("today", [date(2026, 1, 2), date(2028, 2, 29)])
def test_any_day_and_a_single_year_will_do(tmp_path: Path, today: date) -> None:
    for ledger in made(tmp_path, today, years=1, seed=7):
        assert ledger.find(Unit)
        assert all(entry.at.date() <= today for entry in ledger.history())


def test_cases_stand_in_every_state_and_under_every_light(county: Ledger) -> None:
    assert len(county.find(Case)) >= 40
    assert {case.state for case in county.find(Case)} == set(CASE_STATES)
    steps = Counter(step.kind for step in county.find(CaseStep))
    assert min(steps[kind] for kind in STEP_KINDS if kind not in ("批示", "延期不批")) >= 1
    lines = open_lines(county, TODAY)
    assert {line.light.word for line in lines} == {"逾期", "临期", "延期", "在办"}
    assert max(line.slips for line in lines) == 3


def test_closed_cases_answer_their_resolutions(county: Ledger) -> None:
    linked = [case for case in county.find(Case, "resolution IS NOT NULL") if case.closed_on]
    assert len(linked) >= 10
    for case in linked:
        answered = county.get(Resolution, case.resolution)
        assert answered and (answered.done_on, answered.outcome) == (case.closed_on, case.result)
