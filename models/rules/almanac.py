"""What a calendar prints beside the number of a day: festival, solar term or lunar day; days fixed by law."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

SOLAR_FESTIVALS = {
    (1, 1): "元旦", (3, 8): "妇女节", (5, 1): "劳动节", (5, 4): "青年节", (6, 1): "儿童节", (7, 1): "建党节",
    (8, 1): "建军节", (9, 10): "教师节", (10, 1): "国庆节",
}  # fmt: skip
LUNAR_FESTIVALS = frozenset(("除夕", "春节", "元宵节", "端午节", "七夕节", "中秋节", "重阳节", "腊八节"))
FIXED_DAYS = {(4, 15): "全民国家安全教育日", (12, 4): "国家宪法日"}
"""Days that a law or a decision names (国家安全法 14条; 2014-11-01 全国人大常委会决定; S2-19)."""


@lru_cache(maxsize=2048)
def lunar_words(day: date) -> tuple[str, str]:
    """Return (short, whole): what stands in a month cell, and the lunar date in full.

    2026-10-08 → 寒露, 八月廿八. The short word is the festival, else the solar term, else the month on its
    first day, else the day.
    """
    from lunar_python import Solar

    lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    month, number = f"{lunar.getMonthInChinese()}月", str(lunar.getDayInChinese())
    lunar_festival = next((name for name in lunar.getFestivals() if name in LUNAR_FESTIVALS), "")
    festival = lunar_festival or SOLAR_FESTIVALS.get((day.month, day.day), "")
    term = str(lunar.getJieQi())
    return festival or term or (month if number == "初一" else number), month + number


def fixed_day(day: date) -> str:
    """Return the name of a day fixed by law, "" for other days."""
    return FIXED_DAYS.get((day.month, day.day), "")
