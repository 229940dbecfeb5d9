"""What study asks of a person: pro rata, conversion, several rules for one person, words and light, grades."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ClerkError
from models.records.rules import Clause
from models.rules.duties import State
from models.rules.study import (
    BANDS,
    Quota,
    credit,
    grade,
    months_in_service,
    pro_rata,
    quotas,
    read_bands,
    standing,
)

AS_OF = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("joined", "left", "months"),
    [
        (None, None, 12),
        (date(2026, 7, 9), None, 6),
        (date(2025, 12, 31), date(2026, 1, 1), 1),
        (date(2026, 3, 31), date(2026, 5, 1), 3),
        (date(2027, 1, 1), None, 0),
        (None, date(2025, 12, 31), 0),
    ],
)
def test_the_months_of_coming_and_leaving_count(joined: date | None, left: date | None, months: int) -> None:
    assert months_in_service(2026, joined, left) == months


@given(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.dates(date(2025, 6, 1), date(2027, 6, 1)))
def test_two_terms_that_meet_owe_no_less_than_a_year(left: date, joined: date) -> None:
    before, after = months_in_service(2026, None, left), months_in_service(2026, joined, None)
    assert 0 <= pro_rata(40, before) <= 40
    if joined <= left:
        assert before + after >= 12
    assert (before == 0) == (left.year < 2026)
    assert (after == 0) == (joined.year > 2026)


@pytest.mark.parametrize(
    ("own", "session", "counted"),
    [
        ((None, None), (2.0, None), (2.0, 0.25)),
        ((None, None), (None, 3.0), (24.0, 3.0)),
        ((None, None), (12.0, 2.0), (12.0, 2.0)),
        ((40.0, None), (12.0, 2.0), (40.0, 5.0)),
        ((0.0, None), (12.0, None), (0.0, 0.0)),
        ((None, None), (None, None), (0, 0)),
    ],
)
def test_own_figures_go_before_the_session(
    own: tuple[float | None, float | None], session: tuple[float | None, float | None], counted: tuple[float, float]
) -> None:  # fmt: skip
    assert credit(own, session, 8) == counted


def clause(kinds: str, measure: str, threshold: float | None, per: str = "年", **more: object) -> Clause:
    return Clause(
        name=measure, owed_by="每名人员", answered_by="学法", staff_kinds=kinds, measure=measure, threshold=threshold,
        per=per, **more,
    )  # type: ignore[arg-type]  # fmt: skip


SPECIAL_TRAINING = clause("执法人员", "次数", None, "三年", study_category="专门培训", rolling=True)


ENFORCER = Quota(40, 15, special=(SPECIAL_TRAINING,))


def test_several_rules_hold_for_one_kind_of_staff() -> None:
    clauses = [
        clause("公务员、执法人员", "学时", 40),
        clause("执法人员", "天数", 15),
        SPECIAL_TRAINING,
        clause("执法人员", "学时", 99, suspended=True),
        clause("公务员", "学时", 12, "半年"),
        Clause(name="开会", owed_by="每名人员", answered_by="会议", measure="学时", threshold=500),
    ]
    assert quotas(clauses) == {"公务员": Quota(40), "执法人员": ENFORCER}


@pytest.mark.parametrize(
    ("done", "last", "words", "state"),
    [
        ((28, 20), date(2024, 3, 20), "还差 12 学时，专门培训 2027-03 到期", State.SOON),
        ((40, 15), date(2025, 9, 1), "已达标", State.DONE),
        ((39.95, 15), date(2025, 9, 1), "已达标", State.DONE),
        ((10, 2), date(2025, 9, 1), "还差 30 学时、13 天", State.SOON),
        ((40, 15), date(2023, 11, 20), "已达标，专门培训 2026-11 已过期", State.OVERDUE),
        ((40, 15), None, "已达标，专门培训 2026-12 到期", State.SOON),
    ],
)
def test_the_gap_in_words(done: tuple[float, float], last: date | None, words: str, state: State) -> None:
    found = standing(ENFORCER, 2026, AS_OF, hours=done[0], days=done[1], special_last=last)
    assert (found.words, found.state) == (words, state)


@pytest.mark.parametrize(
    ("as_of", "over", "state"),
    [
        (date(2026, 5, 1), False, State.RUNNING),
        (date(2026, 10, 1), False, State.SOON),
        (date(2026, 12, 31), False, State.SOON),
        (date(2026, 12, 31), True, State.OVERDUE),
    ],
)
def test_what_is_missing_presses_towards_the_end_of_the_year(as_of: date, over: bool, state: State) -> None:
    assert standing(Quota(40), 2026, as_of, hours=12, days=0, over=over).state is state


def test_hours_that_only_some_sessions_count_for_are_told_by_name() -> None:
    asked = clause("公务员", "学时", 20, study_category="专题培训"), clause("公务员", "学时", 40)
    quota = quotas(asked)["公务员"]
    (narrow,) = quota.narrow
    found = standing(quota, 2026, AS_OF, hours=40, days=0, narrow={narrow.words: (12.0, 0.0)})
    assert (found.words, found.state) == ("还差 专题培训 8 学时", State.SOON)
    done = standing(quota, 2026, AS_OF, hours=40, days=0, narrow={narrow.words: (20.0, 0.0)})
    assert (done.words, done.state) == ("已达标", State.DONE)


def test_what_is_owed_once_is_no_matter_of_every_year() -> None:
    assert quotas([clause("公务员", "学时", 8, "一次"), clause("公务员", "学时", 99, "三年")]) == {}


def test_a_training_on_a_leap_day_falls_due_on_the_28th() -> None:
    found = standing(
        Quota(special=(SPECIAL_TRAINING,)), 2026, AS_OF, hours=0, days=0, special_last=date(2024, 2, 29)
    )
    assert found.special_due == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("joined", "last", "due"),
    [
        (date(2010, 5, 1), None, date(2029, 1, 1)),
        (None, None, date(2029, 1, 1)),
        (date(2027, 3, 1), None, date(2030, 3, 1)),
        (date(2010, 5, 1), date(2020, 6, 1), date(2029, 1, 1)),
        (date(2010, 5, 1), date(2024, 6, 1), date(2027, 6, 1)),
    ],
)
def test_a_new_rule_makes_nobody_late(joined: date | None, last: date | None, due: date) -> None:
    quota = Quota(special=(dataclasses.replace(SPECIAL_TRAINING, valid_from=date(2026, 1, 1)),))
    found = standing(quota, 2026, AS_OF, hours=0, days=0, special_last=last, joined=joined)
    assert found.special_due == due


def test_a_newcomer_owes_the_first_training_three_years_on() -> None:
    found = standing(
        Quota(40, special=(SPECIAL_TRAINING,)), 2026, AS_OF, hours=20, days=0, joined=date(2026, 7, 1)
    )
    assert (found.owed_hours, found.special_due, found.state) == (20, date(2029, 7, 1), State.DONE)


@pytest.mark.parametrize(
    ("score", "full", "pass_marks", "word"),
    [
        (90, 100, None, "优秀"), (89.5, 100, None, "良好"), (60, 100, None, "合格"), (59.9, 100, None, "不合格"),
        (108, 120, None, "优秀"), (65, 100, 70, "不合格"), (55, 100, 50, "合格"),
    ],
)  # fmt: skip
def test_grades(score: float, full: float, pass_marks: float | None, word: str) -> None:
    assert grade(score, full, pass_marks, read_bands(BANDS)) == word


@pytest.mark.parametrize("text", ["优秀", "优秀九十", "优秀190", "90"])
def test_grades_that_cannot_be_read_are_told(text: str) -> None:
    with pytest.raises(ClerkError, match="读不懂"):
        read_bands(text)
