"""One value of one field: to a column and back, from typed text, to the text a clerk reads.

Form, table, Excel, command line and history all pass here, so that 2026-10-15, 2026年10月15日
and 10月15日 mean the same everywhere.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from models import clock
from models.errors import ClerkError
from models.records.base import Field, FieldType, NameOf, Value

YES = ("是", "有", "√", "✓", "1", "y", "yes", "true", "对")
NO = ("否", "无", "", "0", "×", "n", "no", "false", "不")
LONGEST = 20_000
WEEKDAYS = "一二三四五六日"
YEARS = range(1949, 2201)
YEAR_FAULT = f"年度应在 {YEARS[0]} 到 {YEARS[-1]} 之间，如 2026"
_CONTROLS = {code: None for code in range(32) if code not in (9, 10)} | {
    0xFFFE: None,
    0xFFFF: None,
    127: None,
}


class BadValue(ClerkError, ValueError):
    """Typed text that cannot become a value; the sentence says what is wrong and what is right."""


def clean(typed: str) -> str:
    """Return *typed* without control characters and lone surrogates, otherwise as written."""
    kept = typed.translate(_CONTROLS).replace("\r", "")
    return "".join(char for char in kept if not 0xD800 <= ord(char) <= 0xDFFF)


_HELD: dict[FieldType, tuple[type, ...]] = {
    FieldType.INTEGER: (int, type(None)),
    FieldType.NUMBER: (int, float, type(None)),
    FieldType.FLAG: (bool,),
    FieldType.DATE: (date, type(None)),
    FieldType.MOMENT: (datetime, type(None)),
    FieldType.REFERENCES: (tuple,),
}


def holds(field: Field, value: Value) -> bool:
    """Tell whether *value* is of the type that *field* holds; all types not named hold text."""
    if isinstance(value, bool | datetime):  # which Python counts as int and date
        return field.type is (FieldType.FLAG if isinstance(value, bool) else FieldType.MOMENT)
    return isinstance(value, _HELD.get(field.type, (str,)))


def to_column(field: Field, value: Value) -> str | int | float | None:
    """Return what the database stores for *value*."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(list(value))
    if field.type is FieldType.REFERENCE:
        return value or None
    return value


def from_column(field: Field, stored: str | int | float | None) -> Value:
    """Return the value that the stored column means."""
    return reader_of(field)(stored)


def reader_of(field: Field) -> Callable[[Any], Value]:
    """Return what makes the value of *field* from a stored column."""
    return _FROM_COLUMN.get(field.type, _as_text)


@lru_cache(maxsize=4096)
def _ids_in(stored: str) -> tuple[str, ...]:
    """Return the ids in a column; the same few units stand in thousands of rows."""
    return tuple(json.loads(stored))


def _as_text(stored: str | int | float | None) -> Value:
    return "" if stored is None else stored


_FROM_COLUMN: dict[FieldType, Callable[[Any], Value]] = {
    FieldType.FLAG: bool,
    FieldType.DATE: lambda stored: date.fromisoformat(stored) if stored else None,
    FieldType.MOMENT: lambda stored: datetime.fromisoformat(stored) if stored else None,
    FieldType.REFERENCES: lambda stored: _ids_in(stored) if stored else (),
    FieldType.INTEGER: lambda stored: stored,
    FieldType.NUMBER: lambda stored: stored,
}
"""Looked up, not matched: lists read thousands of columns."""


def show(field: Field, value: Value, name_of: NameOf | None = None) -> str:
    """Return *value* as a clerk reads it; references need *name_of*."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, datetime):
        return f"{show_day(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, tuple):
        return "、".join(name_of(field.target, item) if name_of else item for item in value)
    if field.type is FieldType.REFERENCE:
        return name_of(field.target, str(value)) if name_of else str(value)
    if isinstance(value, float):
        return figure(value, 6)
    if field.type is FieldType.MONTH_DAY:
        return show_month_day(str(value))
    return str(value)


def figure(amount: float, places: int = 2) -> str:
    """Return an amount as people write it: 12, 12.5, 1234567; never in powers of ten."""
    return f"{round(amount, places) + 0.0:.{places}f}".rstrip("0").rstrip(".")


def shortened(text: str, most: int) -> str:
    """Return the first *most* characters of *text*, but never half the name of a document: 《… without its 》."""
    cut = text[:most]
    begun = cut.rfind("《")
    if len(text) <= most or begun <= cut.rfind("》"):
        return cut
    return cut[:begun] or f"{cut[:-2]}…》"


def weekday(day: date) -> str:
    """Return the character of the day of the week: 一 … 日, for 周一 and 星期一."""
    return WEEKDAYS[day.weekday()]


def show_day(day: date | None) -> str:
    """Return ``2026年6月5日``: Arabic, full year, no 0-fill (GB/T 9704 成文日期); "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def short_day(day: date | None, beside: date) -> str:
    """Return ``6月5日``, with its year where that is not the one of *beside*; "" for none."""
    return f"{day.month}月{day.day}日" if day and day.year == beside.year else show_day(day)


def show_month_day(stored: str) -> str:
    """Return ``6月5日`` for ``06-05``; what is no day stays as it is."""
    return re.sub(r"^0?(\d{1,2})-0?(\d{1,2})$", r"\1月\2日", stored)


def stored_day(stored: str | None) -> date | None:
    """Return the day that a column holds, None for none."""
    return date.fromisoformat(stored) if stored else None


def stored_span(first: date, last: date) -> tuple[str, str]:
    """Return between what the days and moments of *first* … *last* are stored: the T comes after every hour."""
    return first.isoformat(), f"{last.isoformat()}T"


def stored_year(until: date) -> tuple[str, str]:
    """Return :func:`stored_span` of the year of *until* up to that day."""
    return stored_span(date(until.year, 1, 1), until)


def parse(field: Field, typed: str) -> Value:
    """Return the value that *typed* means for a field that is no reference; raises BadValue."""
    kept = clean(typed).strip()
    match field.type:
        case FieldType.DATE:
            return parse_day(kept) if kept else None
        case FieldType.MOMENT:
            return parse_moment(kept) if kept else None
        case FieldType.MONTH_DAY:
            return parse_month_day(kept) if kept else ""
        case FieldType.INTEGER:
            return _parse_integer(kept)
        case FieldType.NUMBER:
            return _parse_number(kept)
        case FieldType.FLAG:
            return _parse_flag(kept)
        case FieldType.PHONE:
            return parse_phone(kept)
        case FieldType.CHOICE:
            return _parse_choice(field, kept)
        case FieldType.LONG:
            return clean(typed).rstrip()
        case _:
            return " ".join(kept.split("\n"))


def parse_day(typed: str, *, year: int | None = None) -> date:
    """Return the date meant by 2026-10-15, 2026年10月15日, 2026.10.15, 20261015, 10月15日, 今天.

    A day without a year is in *year*, or in the current one. Raises BadValue.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", typed)).rstrip("日号")
    if plain in ("今天", "今"):
        return clock.today()
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain) or re.fullmatch(
        r"(?:(\d{4})[-年./])?(\d{1,2})[-月./](\d{1,2})", plain
    )
    if not found:
        raise BadValue(f"“{typed}”不是日期，应如 2026-10-15 或 10月15日")
    return _real_day(int(found[1] or year or clock.today().year), int(found[2]), int(found[3]))


def parse_month_day(typed: str) -> str:
    """Return MM-DD for a day typed as in :func:`parse_day`, 02-29 included; its year does not count. Raises BadValue."""
    try:
        return f"{parse_day(typed, year=2024):%m-%d}"
    except BadValue:
        raise BadValue(f"“{typed}”应为月日，如 11月15日") from None


def _real_day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise BadValue(f"没有 {month} 月，月份应为 1 到 12")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(f"{year}年{month}月没有 {day} 日") from None


def parse_moment(typed: str, day: date | None = None) -> datetime:
    """Return the moment meant by a date, optionally with 9:30, 09时30分, 下午2点; 00:00 without one.

    A time alone is one of *day*, a day without a year one of its year; else of today. Raises BadValue.
    """
    plain = unicodedata.normalize("NFKC", typed).strip().replace("T", " ")
    found = re.search(
        r"(上午|下午|晚上)?\s*(\d{1,2})\s*(?::|时|点)\s*(?:(\d{1,2})(?::\d{2})?分?|(半))?\s*$", plain
    )
    if not found:
        return datetime.combine(parse_day(plain), time())
    hour, minute = int(found[2]), 30 if found[4] else int(found[3] or 0)
    if found[1] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise BadValue(f"“{typed}”不是时间，应如 2026-10-15 09:30")
    day_part = plain[: found.start()].strip()
    year = day.year if day else None
    on = parse_day(day_part, year=year) if day_part else day or clock.today()
    return datetime.combine(on, time(hour, minute))


def parse_phone(typed: str) -> str:
    """Return a telephone number in half-width digits; raises BadValue when it cannot be one."""
    plain = re.sub(r"[\s　]+", "", unicodedata.normalize("NFKC", typed)).replace("—", "-").replace("–", "-")
    if not plain or re.fullmatch(r"1[3-9]\d{9}|(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?|\d{3,6}", plain):
        return plain
    if plain.isdigit() and plain.startswith("1") and len(plain) != 11:
        missing = 11 - len(plain)
        raise BadValue(f"{'少' if missing > 0 else '多'} {abs(missing)} 位：手机号应为 11 位")
    raise BadValue("电话应为 11 位手机号，或 区号-号码")


def _parse_integer(kept: str) -> int | None:
    plain = unicodedata.normalize("NFKC", kept).replace(",", "").strip()
    if not plain:
        return None
    if re.fullmatch(r"[-+]?\d{1,12}(\.0+)?", plain):
        return int(float(plain))
    raise BadValue(f"“{kept}”不是整数")


def _parse_number(kept: str) -> float | None:
    plain = unicodedata.normalize("NFKC", kept).replace(",", "").strip()
    if not plain:
        return None
    if re.fullmatch(r"[-+]?\d{1,12}(\.\d{1,6})?", plain):
        return float(plain)
    raise BadValue(f"“{kept}”不是数字")


def _parse_flag(kept: str) -> bool:
    plain = unicodedata.normalize("NFKC", kept).strip().lower()
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise BadValue(f"“{kept}”应为 是 或 否")


def _parse_choice(field: Field, kept: str) -> str:
    if not kept or kept in field.choices:
        return kept
    if meant := dict(field.synonyms).get(re.sub(r"[\s()]+", "", unicodedata.normalize("NFKC", kept))):
        return meant
    if field.open_choices:
        return kept
    raise BadValue(f"“{kept}”不在可选项里，可选：{'、'.join(field.choices)}")


def parse_tolerant_choice(field: Field, kept: str) -> str:
    """Return the choice that *kept* means when it differs only in width or blanks; raises BadValue."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", kept))
    for word in field.choices:
        if re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)) == plain:
            return word
    return _parse_choice(field, kept)
