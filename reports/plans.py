"""周安排表 and 工作年历: the week and the year of the office, each on one landscape sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from models.documents.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Paragraph,
    Table,
    Title,
    WallDay,
    YearWall,
)
from models.records.values import short_day, show_day
from models.settings import OfficeSettings
from models.summaries.calendar import LEVELS, Calendar, kind_label
from models.summaries.week import PlannedDay, PlannedItem, WeekPlan
from reports.wall import LIMIT, MEETING, OVERDUE
from reports.words import page_numbers, weekday_name

COLUMNS = (
    Column("日期", 1.4, "center"), Column("星期", 1.1, "center"), Column("时间", 1.3, "center"), Column("事项", 4.4),
    Column("地点", 1.9), Column("参加", 3.2),
)  # fmt: skip
NAMED = 3
"""How many who take part, or limits of one kind on one day, are named."""
_SHARE = 0.8
"""How much of the page is left under title and dates."""
UNTIL = "截止"
NOTHING = "无安排"


def build_week(plan: WeekPlan, office: OfficeSettings) -> Document:
    """Return the sheet: a row for each thing by time, then the limits of the day, one for each who has to act."""
    title = f"{office.office_name}周安排表"
    until = short_day(plan.last, plan.first)
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(f"（{show_day(plan.first)}至{until}）", indent=0, align="center"),
        Table(
            COLUMNS, tuple(row for day in plan.days for row in _rows(day)), sheet="周安排", page_share=_SHARE
        ),
    )
    return Document(f"{title} {plan.first}", blocks, landscape=True, page_numbers=page_numbers(office))


def _rows(day: PlannedDay) -> Iterator[tuple[Cell, ...]]:
    found = [_item(one) for one in day.items]
    found += _limits(day.limits)
    off = f"（{day.day.mark.mark}）" if day.day.mark else ""
    on = day.day.on
    head: tuple[Cell, ...] = (f"{on.month}月{on.day}日", f"{weekday_name(on)}{off}")
    for row in found or [("", NOTHING, "", "")]:
        yield (*head, *row)
        head = ("", "")


def _item(item: PlannedItem) -> tuple[Cell, ...]:
    event, starts = item.event, item.event.starts_at
    when = f"{starts.hour}:{starts:%M}" if starts else "全天"
    host = f"{item.host}主持；" if item.host else ""
    return (when, event.title, event.place, host + _named(item.units))


def _limits(items: Sequence[PlannedItem]) -> Iterator[tuple[Cell, ...]]:
    together: dict[tuple[str, str], list[str]] = {}
    for item in items:
        together.setdefault((kind_label(item.event.kind), _named(item.units)), []).append(item.event.title)
    for (kind, who), titles in together.items():
        yield (UNTIL, f"{_named(titles, '项')}（{kind}）", "", who)


def _named(names: Sequence[str], measure: str = "家") -> str:
    rest = f"等 {len(names)} {measure}" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + rest


# 工作年历 --------------------------------------------------------------------------------------


def build_wall(
    shown: Calendar, year: int, as_of: date, office: OfficeSettings, left_out: str = ""
) -> Document:
    """Return the year; lights are as of a day. *left_out* are the words for what *shown* does not hold."""
    title = f"{office.area_name}{year}年工作年历"
    days = []
    for day in shown.days:
        load = shown.load(day.on)
        late = OVERDUE if load.overdue else LIMIT if load.limit else ""
        signs = (MEETING if load.meeting else "") + late
        days.append(WallDay(day.on, load.level, day.workday, day.mark.mark if day.mark else "", signs))
    footer = f"截至{show_day(as_of)}" + (f"　没有列出：{left_out}" if left_out else "")
    return Document(
        title, (Title(title), YearWall(title, tuple(days), LEVELS)), landscape=True, footer=footer, page_numbers="none"
    )  # fmt: skip
