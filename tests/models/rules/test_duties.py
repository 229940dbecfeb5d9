"""What a clause asks for: periods, limits, who owes, what counts, lights."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.rules import EACH, ONCE, PERIODS
from models.rules.duties import (
    SHOWN_AS,
    Evidence,
    Owner,
    State,
)
from models.rules.periods import nominal_due, periods
from models.rules.workdays import is_workday
from tests.models.rules.asked import (
    ANYWHEN,
    OFFICE,
    ask,
    came,
    clause,
    held,
    paper_clause,
    studied,
    study_clause,
    training,
)

# Periods and limits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "deadline", "expected"),
    [
        ("月", "", [("2024年1月", date(2024, 1, 31)), ("2024年2月", date(2024, 2, 29))]),
        ("季度", "", [("2024年第一季度", date(2024, 3, 31)), ("2024年第二季度", date(2024, 6, 30))]),
        ("季度", "01-10", [("2024年第一季度", date(2024, 1, 10)), ("2024年第二季度", date(2024, 4, 10))]),
        ("半年", "", [("2024年上半年", date(2024, 6, 30)), ("2024年下半年", date(2024, 12, 31))]),
        ("半年", "06-10", [("2024年上半年", date(2024, 6, 10)), ("2024年下半年", date(2024, 12, 10))]),
        ("年", "11-15", [("2024年", date(2024, 11, 15))]),
        ("年", "02-29", [("2024年", date(2024, 2, 29))]),
        ("两年", "", [("2024年至2025年", date(2025, 12, 31))]),
        ("三年", "", [("2022年至2024年", date(2024, 12, 31))]),
    ],
)
def test_periods_of_2024_and_their_limits(per: str, deadline: str, expected: list[tuple[str, date]]) -> None:
    rule = clause(per=per, deadline=deadline)
    found = [(period.label, nominal_due(period, rule)) for period in periods(rule, 2024)]
    assert found[:2] == expected[:2]


def test_a_leap_day_limit_in_a_common_year() -> None:
    rule = clause(per="年", deadline="02-29")
    assert nominal_due(periods(rule, 2025)[0], rule) == date(2025, 2, 28)


def test_periods_of_years_count_from_the_first_year_of_the_rule() -> None:
    rule = clause(per="三年", valid_from=date(2023, 5, 1))
    assert [period.label for period in periods(rule, 2027)] == ["2026年至2028年"]


@given(st.sampled_from([per for per in PERIODS if per not in (EACH, ONCE)]), st.integers(2000, 2060))
def test_periods_cover_the_year_without_gap_or_overlap(per: str, year: int) -> None:
    found = periods(clause(per=per), year)
    assert found[0].start <= date(year, 1, 1)
    assert found[-1].end >= date(year, 12, 31)
    for one, other in pairwise(found):
        assert other.start == one.end + timedelta(days=1)


@pytest.mark.parametrize(
    ("entered", "state", "words"),
    [
        (datetime(2026, 6, 10, 23), State.OVERDUE, "逾期 164 天"),
        (datetime(2026, 6, 11, 8), State.EARLIER, "登记前到期"),
    ],
)
def test_what_fell_due_before_its_clause_was_entered_is_not_called_for(
    entered: datetime, state: State, words: str
) -> None:
    rule = paper_clause("半年度进展", "06-10", per="年", entered_at=entered)
    [item] = ask(rule, [], 2026, date(2026, 11, 21))
    assert (item.state, item.words, item.is_open) == (state, words, state is State.OVERDUE)
    [done] = ask(rule, [came("半年度进展", date(2026, 6, 9), 2026)], 2026, date(2026, 11, 21))
    assert done.state is State.DONE


@pytest.mark.parametrize(
    ("as_of", "came_in", "owed"),
    [
        (date(2026, 11, 10), None, True),  # it has not ended yet
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 21), None, False),  # it ended before its limit
        (date(2026, 12, 31), date(2026, 6, 1), True),  # it was answered while in force
        (date(2026, 12, 31), date(2026, 12, 1), False),
    ],
)
def test_a_clause_that_ends_within_its_period(as_of: date, came_in: date | None, owed: bool) -> None:
    rule = paper_clause("年度工作总结", "12-31", per="年", valid_until=date(2026, 11, 20))
    papers = [came("年度工作总结", came_in, 2026)] if came_in else []
    assert bool(ask(rule, papers, 2026, as_of)) is owed


# Lights --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "held_on", "state", "words"),
    [
        (date(2025, 12, 31), None, State.AHEAD, "未开始"),
        (date(2026, 1, 1), None, State.RUNNING, "正常"),
        (date(2026, 6, 24), None, State.RUNNING, "正常"),
        (date(2026, 6, 25), None, State.SOON, "剩 5 天"),
        (date(2026, 6, 30), None, State.SOON, "今天到期"),
        (date(2026, 7, 3), None, State.OVERDUE, "逾期 3 天"),
        (date(2026, 7, 3), date(2026, 6, 30), State.DONE, "已完成"),
        (date(2026, 5, 1), date(2026, 5, 2), State.RUNNING, "正常"),  # the day before it is held
        (date(2026, 7, 3), date(2026, 7, 1), State.OVERDUE, "逾期 3 天"),  # belongs to the second half
        (date(2026, 7, 3), date(2025, 12, 31), State.OVERDUE, "逾期 3 天"),  # belongs to the year before
    ],
)
def test_light_of_the_first_half(as_of: date, held_on: date | None, state: State, words: str) -> None:
    first, _ = ask(clause(per="半年"), [held(held_on)] if held_on else [], 2026, as_of)
    assert (first.state, first.words, first.period) == (state, words, "2026年上半年")
    assert (first.colour, first.shape) == SHOWN_AS[state]


def test_late_papers_are_done_but_told() -> None:
    rule = paper_clause("年度工作总结", "11-15")
    (item,) = ask(rule, [came("年度工作总结", date(2026, 11, 18), 2026)], 2026, date(2027, 1, 5))
    assert (item.state, item.late_days, item.words) == (State.DONE, 3, "迟 3 天完成")


def test_weekend_rule_moves_the_limit() -> None:
    rule = paper_clause("年度工作计划", "11-15", weekend="顺延")  # 2026-11-15 is a Sunday
    (item,) = ask(rule, [came("年度工作计划", date(2026, 11, 16), 2026)], 2026, date(2026, 12, 1))
    assert (item.due, item.late_days) == (date(2026, 11, 16), 0)


def test_twice_a_year_needs_two() -> None:
    rule = clause(times=2)
    once, twice = [held(date(2026, 3, 1))], [held(date(2026, 3, 1)), held(date(2026, 10, 1))]
    assert ask(rule, once, 2026, date(2027, 1, 1))[0].state is State.OVERDUE
    assert ask(rule, twice, 2026, date(2027, 1, 1))[0].done == 2


# What counts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regular", "regular_only", "setting", "counts"),
    [
        (True, True, False, True),
        (False, True, False, False),  # S0-16
        (False, True, True, True),
        (False, False, False, True),
    ],
)
def test_irregular_meetings(regular: bool, regular_only: bool, setting: bool, counts: bool) -> None:
    rule = clause(per="半年", regular_only=regular_only)
    evidence = [held(date(2026, 3, 1), regular=regular)]
    first = ask(rule, evidence, 2026, date(2026, 7, 1), irregular_counts=setting)[0]
    assert (first.state is State.DONE) is counts


@pytest.mark.parametrize(
    ("item", "per", "deadline", "year", "half", "received", "counts"),
    [
        ("半年度进展", "年", "06-10", 2026, "上半年", date(2026, 6, 9), True),
        ("半年度进展", "年", "06-10", 2026, "下半年", date(2026, 6, 9), False),
        ("半年度进展", "年", "06-10", 2025, "上半年", date(2026, 6, 9), False),
        ("年度工作计划", "年", "11-15", 2026, "全年", date(2025, 12, 30), True),  # handed in before the year
        ("法治建设年度报告", "年", "03-01", 2025, "全年", date(2026, 2, 20), True),  # about the year before
        ("法治建设年度报告", "年", "03-01", 2026, "全年", date(2026, 2, 20), False),
        ("专项工作方案", "年", "03-01", 2026, "全年", date(2026, 2, 20), True),  # a plan looks ahead
        ("工作动态", "季度", "", 2026, "一季度", date(2026, 4, 5), True),
        ("工作动态", "季度", "", 2026, "全年", date(2026, 3, 5), True),  # by the day it came
        ("工作动态", "季度", "", 2026, "全年", date(2026, 4, 5), False),
        ("工作动态", "月", "", 2026, "全年", date(2026, 1, 5), True),
        ("年度工作总结", "三年", "", 2025, "全年", date(2025, 12, 5), True),
    ],
)
def test_the_period_a_paper_answers(
    item: str, per: str, deadline: str, year: int, half: str, received: date, counts: bool
) -> None:
    early_report = item == "法治建设年度报告"  # 上一年度
    rule = paper_clause(item, deadline, per=per, valid_from=date(2024, 1, 1), about_before=early_report)
    first = ask(rule, [came(item, received, year, half)], 2026, date(2026, 12, 31))[0]
    assert bool(first.evidence) is counts


def test_only_the_owners_own_records_count() -> None:
    evidence = [held(date(2026, 3, 1), body="other")]
    assert not ask(clause(), evidence, 2026, date(2026, 4, 1))[0].evidence
    assert ask(clause(), evidence, 2026, date(2026, 4, 1), ANYWHEN)[0].evidence


# Who owes when -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "labels"),
    [
        (None, None, ["2026年上半年", "2026年下半年"]),
        (date(2026, 7, 15), None, ["2026年下半年"]),
        (date(2026, 6, 30), None, ["2026年上半年", "2026年下半年"]),
        (None, date(2026, 6, 29), []),
        (None, date(2026, 9, 1), ["2026年上半年"]),
    ],
)
@pytest.mark.parametrize("whose", ["owner", "rule"])
def test_owed_while_the_owner_exists_and_the_rule_holds(
    since: date | None, until: date | None, labels: list[str], whose: str
) -> None:
    rule = clause(per="半年", valid_from=since, valid_until=until) if whose == "rule" else clause(per="半年")
    owner = Owner("body", "office", "办", since, until) if whose == "owner" else OFFICE
    assert [item.period for item in ask(rule, [], 2026, date(2026, 12, 31), owner)] == labels


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=6),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["月", "季度", "半年", "年"]),
)
def test_every_meeting_proves_at_most_one_period_and_nothing_from_the_future(
    days: list[date], as_of: date, per: str
) -> None:
    evidence = [held(day) for day in set(days)]
    found = ask(clause(per=per), evidence, 2026, as_of)
    proofs = [proof.id for item in found for proof in item.evidence]
    assert len(proofs) == len(set(proofs))
    assert set(proofs) == {item.id for item in evidence if item.on.year == 2026 and item.on <= as_of}
    for item in found:
        assert (item.state is State.DONE) is bool(item.evidence)
        assert (item.state is State.OVERDUE) is (not item.evidence and item.due < as_of)


# Sums, rates, ranges -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until", "needed"),
    [
        (None, None, 40),
        (date(2020, 1, 1), date(2030, 1, 1), 40),
        (date(2026, 7, 15), None, 20),  # the month of coming counts
        (None, date(2026, 3, 2), 10),
        (date(2026, 12, 31), None, 3.3),
        (date(2027, 1, 1), None, None),
        (None, date(2025, 12, 31), None),
    ],
)
def test_hours_are_owed_by_the_months_in_service(
    since: date | None, until: date | None, needed: float | None
) -> None:
    person = Owner("person", "p", "罗屿", since, until)
    found = ask(study_clause("学时", 40), [], 2026, date(2026, 6, 1), person)
    assert [item.needed for item in found] == ([] if needed is None else [needed])


def test_hours_add_up_and_the_day_they_suffice_counts() -> None:
    person = Owner("person", "p", "罗屿")
    sessions = [studied(date(2026, month, 1), hours=15) for month in (2, 5, 9)]
    (found,) = ask(study_clause("学时", 40, deadline="06-30"), sessions, 2026, date(2026, 12, 1), person)
    assert (found.done, found.figures, found.words) == (45, "45 / 40 学时", "迟 63 天完成")
    (found,) = ask(study_clause("天数", 15), sessions, 2026, date(2027, 1, 1), person)
    assert (found.figures, found.state) == ("0 / 15 天", State.OVERDUE)


@pytest.mark.parametrize(
    ("shares", "as_of", "done", "state"),
    [
        ([(1, 1), (0, 1)], date(2026, 12, 31), 50, State.SOON),  # on its last day it may still rise
        ([(1, 1), (0, 1)], date(2027, 1, 1), 50, State.OVERDUE),
        ([(9, 10)], date(2027, 1, 1), 90, State.DONE),
        ([(9, 10)], date(2026, 6, 1), 90, State.RUNNING),  # a rate stands at the end
        ([], date(2027, 1, 1), 100, State.DONE),  # nothing was missed
    ],
)
def test_a_rate_stands_at_the_end_of_its_period(
    shares: list[tuple[int, int]], as_of: date, done: float, state: State
) -> None:
    rule = clause(answered_by="督办", measure="比率", threshold=90, meeting_category="")
    cases = [Evidence("case", str(at), "", date(2026, 2, 1), share=share) for at, share in enumerate(shares)]
    (found,) = ask(rule, cases, 2026, as_of, ANYWHEN)
    assert (found.done, found.state) == (done, state)


@pytest.mark.parametrize(
    ("count", "words"), [(2, "逾期 1 天"), (3, "已完成"), (5, "已完成"), (6, "已完成，多于 5 份")]
)
def test_a_range_has_a_floor_and_a_top(count: int, words: str) -> None:
    """三至五件: below three it is missed, above five it is done and told (S3-4)."""
    papers = [came("开放式决策事项", date(2026, 1, day), 2026) for day in range(1, count + 1)]
    rule = paper_clause("开放式决策事项", times=3, upper=5)
    assert ask(rule, papers, 2026, date(2027, 1, 1))[0].words == words


# Whatever the figures ------------------------------------------------------------------------

DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))


@given(
    per=st.sampled_from([per for per in PERIODS if per not in (EACH, ONCE)]),
    deadline=st.sampled_from(["", "01-01", "02-29", "06-10", "11-15", "12-31"]),
    weekend=st.sampled_from(["不变", "提前", "顺延"]),
    year=st.integers(2019, 2031),
)
def test_every_limit_is_in_its_period_and_weekends_move_it_to_a_workday(
    per: str, deadline: str, weekend: str, year: int
) -> None:
    rule = clause(per=per, deadline=deadline, weekend=weekend)
    for period, item in zip(periods(rule, year), ask(rule, [], year, date(2025, 1, 1)), strict=True):
        nominal = nominal_due(period, rule)
        assert period.start <= nominal <= period.end
        if weekend == "不变":
            assert item.due == nominal
        else:
            assert is_workday(item.due, {})
            assert (item.due <= nominal) if weekend == "提前" else (item.due >= nominal)


@given(joined=DAYS, left=DAYS, year=st.integers(2019, 2032))
def test_the_years_of_a_service_owe_its_months(joined: date, left: date, year: int) -> None:
    """Hours owed over all years come to a twelfth of the year's for each month in service."""
    person = Owner("person", "p", "罗屿", joined, left)
    rule = study_clause("学时", 120)
    owed = sum(item.needed for y in range(2019, 2033) for item in ask(rule, [], y, date(2026, 1, 1), person))
    months = (left.year - joined.year) * 12 + left.month - joined.month + 1 if left >= joined else 0
    assert owed == pytest.approx(10 * months)


@given(st.lists(DAYS, max_size=8, unique=True), DAYS, st.integers(2019, 2032))
def test_rolling_terms_follow_one_another(days: list[date], as_of: date, year: int) -> None:
    rule = clause(
        answered_by="学法", owed_by="每名人员", per="三年", rolling=True, valid_from=date(2019, 1, 1)
    )
    person = Owner("person", "p", "罗屿")
    found = ask(rule, training(*days), year, as_of, person)
    assert len({item.id for item in found}) == len(found)
    assert sum(not item.evidence for item in found) <= 1
    for item in found:
        assert all(proof.on <= as_of for proof in item.evidence)
        assert item.due.year <= year or item.evidence
        assert (item.state is State.DONE) == bool(item.evidence)
