"""Numbers of official documents: 一、（一）1.（1）① and 第一章 第一条, Chinese numerals, Chinese dates.

Levels follow GB/T 9704-2012, 7.3.3. Marks are read from *cleaned* text (see :mod:`models.documents.text`)
and bear the usual slips: a missing or doubled bracket, ，for 、, the letter O or a circle for 〇.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Style = Literal["chapter", "article", "1", "2", "3", "4", "5"]

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "O": 0,
    "o": 0,
    "Ο": 0,
    "0": 0,
    "两": 2,
}
_HAN = "一二三四五六七八九十百"
_YEAR = r"[一二三四五六七八九〇零OoΟ0]"
_MARKS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第 ?([{_HAN}\d]{{1,5}}) ?(?:[章编节]|部分)(?=[ 、：]|[\u4e00-\u9fff]|$) ?")),
    ("article", re.compile(rf"第 ?([{_HAN}〇零\d]{{1,5}}) ?条(?=[ 、：]|[\u4e00-\u9fff]|$)[ 、：]?")),
    ("2", re.compile(rf"（?([{_HAN}]{{1,4}})）[、.，]? ?")),
    ("1", re.compile(rf"([{_HAN}]{{1,4}})[、.，] ?")),
    ("4", re.compile(r"（?(\d{1,3})）[、.，]? ?")),
    ("3", re.compile(r"(\d[\dO]{0,2})(?:[、，] ?|\. ?(?!\d))")),
    ("5", re.compile(r"([①-⑳]) ?")),
)
_LEVELS: dict[Style, int] = {"chapter": 1, "article": 2, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_FORMS: dict[Style, str] = {
    "chapter": "第{}章", "article": "第{}条", "1": "{}、", "2": "（{}）", "3": "{}.", "4": "（{}）", "5": "{}"
}  # fmt: skip
_DATE = re.compile(
    rf"(?:(?P<y>\d{{4}}) ?年 ?(?P<m>\d{{1,2}}) ?月 ?(?P<d>\d{{1,2}}) ?日"
    rf"|(?P<hy>{_YEAR}{{4}}) ?年 ?(?P<hm>[{_HAN}]{{1,3}}) ?月 ?(?P<hd>[{_HAN}]{{1,3}}) ?日)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the head of a line; *digits* alone is 「十一」 or 「3」, *end* its length."""

    style: Style
    value: int
    text: str
    digits: str
    end: int

    @property
    def level(self) -> int:
        """Level 1 to 5 by GB/T 9704 (a chapter counts as 1, an article as 2)."""
        return _LEVELS[self.style]

    def wanted(self, value: int) -> str:
        """Return how *value* would be printed in this style."""
        if self.style == "5":
            return chr(ord("①") + value - 1)
        return _FORMS[self.style].format(value if self.style in "34" else to_chinese(value))


@dataclass(frozen=True, slots=True)
class Break:
    """A number that does not follow the one before it; *index* counts the marks given."""

    index: int
    message: str


def read_mark(text: str) -> Mark | None:
    """Return the number *text* (one cleaned line) begins with, or None."""
    for style, pattern in _MARKS:
        match = pattern.match(text)
        if match and (value := to_int(match.group(1))):
            return Mark(style, value, match.group().strip(), match.group(1), match.end())
    return None


def to_int(digits: str) -> int:
    """Return the value of Arabic, circled or Chinese digits (「二十三」, 「二OO八」), 0 if there are none."""
    if len(digits) == 1 and "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    ascii_digits = digits.replace("O", "0")
    if ascii_digits.isascii() and ascii_digits.isdigit():
        return int(ascii_digits)
    if not any(unit in digits for unit in "十百"):
        value = 0
        for character in digits:
            if character not in _DIGITS:
                return 0
            value = value * 10 + _DIGITS[character]
        return value
    return _positional(digits)


def to_chinese(value: int) -> str:
    """Return 1…999 in Chinese digits as printed in headings (「二十三」)."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    names = "零一二三四五六七八九"
    head = f"{names[hundreds]}百" if hundreds else ""
    if tens:
        middle = ("" if tens == 1 and not hundreds else names[tens]) + "十"
    else:
        middle = "零" if hundreds and ones else ""
    return head + middle + (names[ones] if ones else "") or names[0]


def find_date(text: str) -> tuple[date, int, int] | None:
    """Return the first full date in *text* with its start and end, in figures or Chinese digits."""
    for match in _DATE.finditer(text):
        parts = match.group("y", "m", "d") if match.group("y") else match.group("hy", "hm", "hd")
        try:
            return date(*(to_int(part) for part in parts)), match.start(), match.end()
        except ValueError:
            continue
    return None


def breaks(marks: Iterable[Mark]) -> list[Break]:
    """Return the places where a sequence is broken, with one Chinese sentence each.

    A deeper level may start again at 1 or run on through the document (1…8 in （一）, 9…12 in （二）).
    """
    last: dict[Style, Mark] = {}
    open_styles: list[Style] = []
    found: list[Break] = []
    for index, mark in enumerate(marks):
        if mark.style in open_styles:
            del open_styles[open_styles.index(mark.style) + 1 :]
            restarted = False
        else:
            open_styles.append(mark.style)
            restarted = True
        before = last.get(mark.style)
        expected = before.value + 1 if before else 1
        if mark.value != expected and not (mark.value == 1 and (restarted or before)):
            after = f"“{before.text}”之后是“{mark.text}”" if before else f"第一个编号是“{mark.text}”"
            found.append(Break(index, f"{after}，按顺序应为“{mark.wanted(expected)}”，请核对原文。"))
        last[mark.style] = mark
    return found


def _positional(digits: str) -> int:
    total = current = 0
    for character in digits:
        if character in "十百":
            total += (current or 1) * (10 if character == "十" else 100)
            current = 0
        elif character in _DIGITS:
            current = _DIGITS[character]
        else:
            return 0
    return total + current
