"""What a calendar prints beside the number of a day: festival, solar term or lunar day; days fixed by law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

SOLAR_FESTIVALS = {
    (1, 1): "元旦", (3, 8): "妇女节", (5, 1): "劳动节", (5, 4): "青年节", (6, 1): "儿童节", (7, 1): "建党节",
    (8, 1): "建军节", (9, 10): "教师节", (10, 1): "国庆节",
}  # fmt: skip
LUNAR_FESTIVALS = {
    (1, 1): "春节", (1, 15): "元宵节", (5, 5): "端午节", (7, 7): "七夕节", (8, 15): "中秋节", (9, 9): "重阳节",
    (12, 8): "腊八节",
}  # fmt: skip
NEW_YEARS_EVE = "除夕"
FIXED_DAYS = {(4, 15): "全民国家安全教育日", (12, 4): "国家宪法日"}
"""Days that a law or a decision names (国家安全法 14条; 2014-11-01 全国人大常委会决定; S2-19)."""


def lunar_words(day: date) -> tuple[str, str]:
    """Return (short, whole): what stands in a month cell, and the lunar date in full.

    2026-10-08 → 寒露, 八月廿八. The short word is the festival, else the solar term, else the month on its
    first day, else the day.
    """
    return _year(day.year)[day]


def fixed_day(day: date) -> str:
    """Return the name of a day fixed by law, "" for other days."""
    return FIXED_DAYS.get((day.month, day.day), "")


@lru_cache(maxsize=16)
def _year(year: int) -> dict[date, tuple[str, str]]:
    """Return the words of every day of *year*: one computation of the sun and the moon, not one a day."""
    from lunar_python import Lunar, LunarYear
    from lunar_python.util import LunarUtil

    sky = LunarYear.fromYear(year)
    terms = {
        _day(julian): str(Lunar.JIE_QI[(place - 1) % len(Lunar.JIE_QI)])
        for place, julian in enumerate(sky.getJieQiJulianDays())
    }  # the list begins one term before 冬至, the names begin with it
    words = {}
    for month in sky.getMonths():
        name = f"{'闰' if month.getMonth() < 0 else ''}{LunarUtil.MONTH[abs(month.getMonth())]}月"
        for day, number, festival in _days(
            month.getMonth(), month.getDayCount(), _day(month.getFirstJulianDay())
        ):
            spoken = str(LunarUtil.DAY[number])
            solar = SOLAR_FESTIVALS.get((day.month, day.day), "")
            short = festival or solar or terms.get(day, "") or (name if number == 1 else spoken)
            words[day] = short, name + spoken
    return words


def _days(month: int, length: int, first: date) -> Iterator[tuple[date, int, str]]:
    """Yield each day of a lunar month (negative: a leap month) with its number and its festival."""
    for number in range(1, length + 1):
        eve = month == 12 and number == length
        festival = NEW_YEARS_EVE if eve else LUNAR_FESTIVALS.get((month, number), "")
        yield first + timedelta(days=number - 1), number, festival


def _day(julian: float) -> date:
    from lunar_python import Solar

    solar = Solar.fromJulianDay(julian)
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
