"""Festivals, solar terms and lunar days beside the number of a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from lunar_python import Solar

from models.rules.almanac import fixed_day, lunar_words


@pytest.mark.parametrize(
    ("on", "short", "whole"),
    [
        ("2026-10-01", "国庆节", "八月廿一"),
        ("2026-10-08", "寒露", "八月廿八"),
        ("2026-10-10", "九月", "九月初一"),
        ("2026-10-15", "初六", "九月初六"),
        ("2026-10-18", "重阳节", "九月初九"),
        ("2026-02-16", "除夕", "腊月廿九"),
        ("2026-02-17", "春节", "正月初一"),
        ("2025-07-25", "闰六月", "闰六月初一"),
        ("2026-12-25", "十七", "冬月十七"),
    ],
)
def test_the_word_of_a_day(on: str, short: str, whole: str) -> None:
    assert lunar_words(date.fromisoformat(on)) == (short, whole)


def test_days_fixed_by_law_come_each_year() -> None:
    assert {fixed_day(date(year, 12, 4)) for year in (2015, 2026, 2040)} == {"国家宪法日"}
    assert fixed_day(date(2026, 12, 5)) == ""


@pytest.mark.parametrize("year", [1950, 2033, 2099])
def test_every_day_agrees_with_the_library(year: int) -> None:
    for step in range(0, 365, 13):
        day = date(year, 1, 1) + timedelta(days=step)
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        short, whole = lunar_words(day)
        assert whole == f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"
        assert not lunar.getJieQi() or short == lunar.getJieQi() or short.endswith(("节", "元旦", "除夕"))
