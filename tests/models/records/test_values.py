"""What typed text means, and how values are written."""

from __future__ import annotations

import contextlib
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock
from models.records.base import Field, FieldType, Value
from models.records.values import (
    BadValue,
    clean,
    figure,
    from_column,
    holds,
    parse,
    parse_day,
    parse_moment,
    shortened,
    show,
    stored_span,
    to_column,
)

TODAY = datetime(2026, 11, 21, 9, 0)


def field(type_: FieldType, **options: object) -> Field:
    return Field("f", type_, "栏", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-10-15", date(2026, 10, 15)),
        ("2026年10月15日", date(2026, 10, 15)),
        ("2026.6.5", date(2026, 6, 5)),
        ("２０２６／６／５", date(2026, 6, 5)),
        ("20260605", date(2026, 6, 5)),
        ("6月5日", date(2026, 6, 5)),
        (" 今天 ", date(2026, 11, 21)),
        ("2024-2-29", date(2024, 2, 29)),
    ],
)
def test_dates_as_offices_write_them(typed: str, day: date) -> None:
    with clock.held_at(TODAY):
        assert parse_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2024年2月30日", "2024年2月没有 30 日"),
        ("2026-13-1", "没有 13 月"),
        ("明年", "不是日期"),
        ("1", "不是日期"),
    ],
)
def test_a_wrong_date_is_told(typed: str, told: str) -> None:
    with pytest.raises(BadValue, match=told):
        parse_day(typed)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("2026-10-13 09:30", datetime(2026, 10, 13, 9, 30)),
        ("2026年10月13日上午9时30分", datetime(2026, 10, 13, 9, 30)),
        ("10月13日 下午2点半", datetime(2026, 10, 13, 14, 30)),
        ("2026-10-13T09:30", datetime(2026, 10, 13, 9, 30)),
        ("2026-10-13", datetime(2026, 10, 13)),
        ("15:00", datetime(2026, 11, 21, 15, 0)),
    ],
)
def test_moments(typed: str, at: datetime) -> None:
    with clock.held_at(TODAY):
        assert parse_moment(typed) == at


@pytest.mark.parametrize("typed", ["2026-10-13 25:00", "下午茶", "2026-10-13 9:75"])
def test_a_wrong_moment_is_told(typed: str) -> None:
    with pytest.raises(BadValue):
        parse_moment(typed)


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        (FieldType.PHONE, "１３８ 0013 8000", "13800138000"),
        (FieldType.PHONE, "0512－68615555", "0512-68615555"),
        (FieldType.INTEGER, "１２", 12),
        (FieldType.INTEGER, "12.0", 12),
        (FieldType.INTEGER, "", None),
        (FieldType.NUMBER, "3.5", 3.5),
        (FieldType.FLAG, "√", True),
        (FieldType.FLAG, "否", False),
        (FieldType.MONTH_DAY, "6月25日", "06-25"),
        (FieldType.MONTH_DAY, "6.25", "06-25"),
        (FieldType.MONTH_DAY, "6-25", "06-25"),
        (FieldType.MONTH_DAY, "2月29日", "02-29"),
        (FieldType.MONTH_DAY, "2026-06-25", "06-25"),
        (FieldType.MONTH_DAY, "", ""),
        (FieldType.TEXT, " 张\x0b三\n李四 ", "张三 李四"),
        (FieldType.LONG, "一\n二\n", "一\n二"),
    ],
)
def test_values(type_: FieldType, typed: str, value: Value) -> None:
    assert parse(field(type_), typed) == value


@pytest.mark.parametrize(
    ("type_", "typed", "told"),
    [
        (FieldType.PHONE, "1380013800", "少 1 位"),
        (FieldType.PHONE, "138001380001", "多 1 位"),
        (FieldType.PHONE, "电话", "11 位手机号"),
        (FieldType.MONTH_DAY, "2-30", "应为月日，如 11月15日"),
        (FieldType.INTEGER, "三", "不是整数"),
        (FieldType.NUMBER, "1e5", "不是数字"),
        (FieldType.FLAG, "也许", "是 或 否"),
    ],
)
def test_what_cannot_be_is_told(type_: FieldType, typed: str, told: str) -> None:
    with pytest.raises(BadValue, match=told):
        parse(field(type_), typed)


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("印发清单", 30, "印发清单"), ("印发任务清单", 4, "印发任务"), ("落实《行政执法办法》专项", 8, "落实"),
        ("落实《办法》专项督察", 8, "落实《办法》专项"), ("《行政执法监督办法》", 6, "《行政执…》"),
    ],
)  # fmt: skip
def test_a_text_is_not_shortened_inside_the_name_of_a_document(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


def test_choices_are_held_unless_open() -> None:
    closed = field(FieldType.CHOICE, choices=("定期", "临时"))
    with pytest.raises(BadValue, match="可选：定期、临时"):
        parse(closed, "随时")
    assert parse(field(FieldType.CHOICE, choices=("定期",), open_choices=True), "随时") == "随时"


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (FieldType.DATE, date(2026, 1, 2)),
        (FieldType.MOMENT, datetime(2026, 1, 2, 3, 4)),
        (FieldType.FLAG, True),
        (FieldType.REFERENCES, ("b", "a")),
        (FieldType.REFERENCE, ""),
        (FieldType.NUMBER, 2.5),
        (FieldType.DATE, None),
    ],
)
def test_columns_round_trip(type_: FieldType, value: Value) -> None:
    assert from_column(field(type_), to_column(field(type_), value)) == value


def test_values_are_shown_as_an_office_writes_them() -> None:
    assert show(field(FieldType.DATE), date(2026, 6, 5)) == "2026年6月5日"
    assert show(field(FieldType.MOMENT), datetime(2026, 6, 5, 9, 5)) == "2026年6月5日 09:05"
    assert show(field(FieldType.MONTH_DAY), "06-05") == "6月5日"
    assert show(field(FieldType.NUMBER), 12.0) == "12"
    assert (
        show(field(FieldType.REFERENCES, target="unit"), ("1", "2"), lambda _, i: f"单位{i}")
        == "单位1、单位2"
    )


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (12, "12"),
        (12.5, "12.5"),
        (1234567.0, "1234567"),
        (33.333, "33.33"),
        (-0.001, "0"),
        (0, "0"),
        (100.0, "100"),
    ],
)
def test_amounts_are_written_out(amount: float, written: str) -> None:
    assert figure(amount) == written


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_any_typing_is_a_value_or_is_told(typed: str) -> None:
    for type_ in (FieldType.DATE, FieldType.MOMENT, FieldType.INTEGER, FieldType.NUMBER, FieldType.PHONE):
        with contextlib.suppress(BadValue):
            parse(field(type_), typed)
    assert not any(ord(char) < 32 and char not in "\t\n" for char in clean(typed))
    clean(typed).encode()


@pytest.mark.parametrize(
    ("type_", "held", "refused"),
    [
        (FieldType.TEXT, "", None), (FieldType.CHOICE, "出席", False), (FieldType.REFERENCE, "", None),
        (FieldType.FLAG, False, 0), (FieldType.INTEGER, 0, False), (FieldType.NUMBER, 1.5, "1.5"),
        (FieldType.DATE, date(2026, 6, 5), datetime(2026, 6, 5)), (FieldType.MOMENT, None, date(2026, 6, 5)),
        (FieldType.REFERENCES, (), []),
    ],
)  # fmt: skip
def test_a_field_holds_values_of_its_type_only(type_: FieldType, held: Value, refused: Value) -> None:
    assert holds(field(type_), held)
    assert not holds(field(type_), refused)


@pytest.mark.parametrize(("value", "within"), [
    (date(2026, 1, 1), True), (date(2026, 6, 5), True), (datetime(2026, 1, 1), True), (datetime(2026, 6, 5, 23, 59), True),
    (date(2025, 12, 31), False), (date(2026, 6, 6), False), (datetime(2026, 6, 6), False),
])  # fmt: skip
def test_days_and_moments_as_stored_lie_in_the_span_to_the_end_of_its_last_day(
    value: Value, within: bool
) -> None:
    since, until = stored_span(date(2026, 1, 1), date(2026, 6, 5))
    stored = to_column(field(FieldType.MOMENT if isinstance(value, datetime) else FieldType.DATE), value)
    assert (since <= str(stored) <= until) is within
