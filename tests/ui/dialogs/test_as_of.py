"""The day a page looks at, and the year it stands in."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pytestqt.qtbot import QtBot

from models import clock
from ui.dialogs.as_of import AsOfButton, YearAsOf


def test_today_goes_on_with_the_clock_until_a_day_is_chosen(qtbot: QtBot) -> None:
    button = AsOfButton()
    qtbot.addWidget(button)
    for now in (datetime(2026, 11, 21, 9), datetime(2026, 11, 22, 9)):
        with clock.held_at(now):
            assert (button.on, button.text()) == (now.date(), "按日期看")
    with qtbot.waitSignal(button.changed):
        button.look_at(date(2026, 3, 1))
    assert (button.on, button.text()) == (date(2026, 3, 1), "按 2026年3月1日")


@pytest.mark.parametrize(
    ("chosen", "year", "on", "words"),
    [
        (None, 2026, date(2026, 11, 21), "按日期看"),
        (None, 2025, date(2026, 11, 21), "按日期看"),
        (date(2025, 6, 30), 2025, date(2025, 6, 30), "按 2025年6月30日"),
        (date(2025, 6, 30), 2024, date(2025, 6, 30), "按 2025年6月30日"),
        (date(2025, 6, 30), 2026, date(2026, 11, 21), "按日期看"),
    ],
)
def test_a_year_that_is_over_is_looked_at_as_of_today_or_the_day_chosen(
    qtbot: QtBot, chosen: date | None, year: int, on: date, words: str
) -> None:
    with clock.held_at(datetime(2026, 11, 21, 9)):
        when = YearAsOf()
        qtbot.addWidget(when)
        when.day.look_at(chosen)
        when.show_year(year)
        assert (when.on, when.day.text()) == (on, words)


@pytest.mark.parametrize(
    ("today", "year"), [((2027, 1, 6), 2026), ((2027, 2, 28), 2026), ((2027, 3, 1), 2027)]
)
def test_the_year_just_over_is_in_hand_until_the_end_of_february(
    qtbot: QtBot, today: tuple[int, int, int], year: int
) -> None:
    with clock.held_at(datetime(*today, 9)):
        when = YearAsOf()
        qtbot.addWidget(when)
        assert when.year == year
