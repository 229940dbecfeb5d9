"""The rows of the workbench: what each list shows of the frozen rows it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from models.records.base import kind_of
from models.rules.duties import State
from models.summaries.todos import AHEAD, Group, Todo, short_day
from models.summaries.workbench import NextMeeting, Resolutions, Rule, Workbench
from ui import lights
from ui.tables.cell_model import CellRow
from ui.tables.cells import (
    BarCell,
    GroupCell,
    LightCell,
    TextCell,
    TileCell,
    TwoLineCell,
    leading,
    number,
    value,
)
from ui.widgets.charts import Part
from ui.widgets.paint import Mark

TODO_HEADERS = ("状态", "事项", "来源", "谁来办", "期限")
RULE_HEADERS = ("条款要求", "周期", "完成", "证据", "状态")
PROOF_COLUMN = RULE_HEADERS.index("证据")
_WEEKDAYS = "一二三四五六日"
_GROUP_INK = {Group.OVERDUE: "red", Group.TODAY: "amber", Group.SOON: "text2", Group.VACANT: "text2"}


def day_words(day: date, as_of: date) -> str:
    """Write 10月15日 周四, with the year if it is not the year of *as_of*."""
    return f"{short_day(day, as_of)} 周{_WEEKDAYS[day.weekday()]}"


def sentence(shown: Workbench, today: date) -> list[tuple[str, str]]:
    """Return the line at the top in parts of one colour each: 你有 3 件逾期，2 件今天到期，7 天内还有 4 件。"""
    parts: list[tuple[str, str]] = []
    words = {
        Group.OVERDUE: ("{} 件逾期", "red"), Group.TODAY: ("{} 件今天到期", "amber"),
        Group.SOON: ("7 天内还有 {} 件", "text2"), Group.VACANT: ("{} 个岗位空缺", "text2"),
    }  # fmt: skip
    for group, (pattern, ink) in words.items():
        if count := shown.count(group):
            parts += [("，", "text2")] if parts else []
            parts.append((pattern.format(count), ink))
    opening = "" if shown.as_of == today else f"按 {day_words(shown.as_of, today)} 看，"
    if not parts:
        return [(f"{opening}7 天内没有要办的事。", "text2")]
    return [(f"{opening}你有 " if not opening else f"{opening}有 ", "text2"), *parts, ("。", "text2")]


def todo_rows(shown: Workbench) -> Iterator[CellRow]:
    """Yield a heading for each group that has something, and its lines."""
    for group in Group:
        found = [todo for todo in shown.todos if todo.group is group]
        if found:
            until = short_day(shown.as_of + AHEAD, shown.as_of)
            note = f"至 {until}" if group is Group.SOON else ""
            yield CellRow((GroupCell(group.value, len(found), lights.OF_GROUP[group], note),))
            yield from (_todo_row(todo, shown.as_of) for todo in found)


def _todo_row(todo: Todo, as_of: date) -> CellRow:
    due = "—"
    if todo.due:
        due = day_words(todo.due, as_of) if todo.due.year == as_of.year else short_day(todo.due, as_of)
    cells = (
        LightCell(lights.OF_GROUP[todo.group], todo.words),
        leading(todo.subject),
        TextCell(todo.source, "text2", 13, icon=kind_of(todo.kind).icon),
        value(todo.who),
        TextCell(due, _GROUP_INK[todo.group], 13, align="right"),
    )
    return CellRow(cells, todo.kind, todo.record_id, todo)


def rule_rows(rules: Iterable[Rule]) -> Iterator[CellRow]:
    """Yield a line for each clause."""
    for rule in rules:
        share = rule.done / rule.needed if rule.needed else 0.0
        count = len(rule.evidence)
        cells = (
            leading(rule.clause.name),
            value(rule.period),
            BarCell(
                share, f"{rule.done:g} / {rule.needed:g} {rule.measure}",
                "green_mark" if rule.state is State.DONE else "accent",
            ),
            TextCell(
                f"{count} 件", "accent" if count else "text3", 13, icon="paperclip",
                icon_ink="accent" if count else "text3",
            ),
            LightCell(lights.OF_STATE[rule.state], rule.words),
        )  # fmt: skip
        yield CellRow(cells, "clause", rule.clause.id, rule)


def meeting_rows(meetings: Iterable[NextMeeting], as_of: date) -> Iterator[CellRow]:
    """Yield a date tile and two lines for each meeting to come."""
    for meeting in meetings:
        at = meeting.starts_at
        tile = TileCell(str(at.day), f"周{_WEEKDAYS[at.weekday()]}", day_words(at.date(), as_of))
        when = f"{short_day(at.date(), as_of)} {at:%H:%M}"
        under = " · ".join(filter(None, (when, meeting.place)))
        mark = lights.OF_MEETING[meeting.state]
        yield CellRow(
            (tile, TwoLineCell(meeting.name, under, mark, meeting.state)), "meeting", meeting.id, meeting
        )


def resolution_parts(found: Resolutions) -> list[Part]:
    """Return the parts of the bar of resolutions."""
    return [
        Part(Mark.DONE, "办结", found.done), Part(Mark.BLUE, "在办", found.running), Part(Mark.AMBER, "临期", found.soon),
        Part(Mark.RED, "逾期", found.overdue),
    ]  # fmt: skip


def late_rows(found: Resolutions) -> Iterator[CellRow]:
    """Yield the units with most resolutions past their limit."""
    for unit in found.late_units:
        late = TextCell(f"最长逾期 {unit.longest} 天", "red", 12, align="right")
        yield CellRow(
            (LightCell(Mark.RED, unit.name), number(f"{unit.count} 项"), late), "unit", unit.id, unit
        )
