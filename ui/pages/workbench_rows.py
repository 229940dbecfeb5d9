"""The rows of the workbench: what each list shows of the frozen rows it is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from models.records.values import short_day, weekday
from models.rules.duties import State
from models.summaries.absence import Absence
from models.summaries.desk import AHEAD, Line
from models.summaries.lights import Lamp, LineLights
from models.summaries.listed import Listed
from models.summaries.todos import Group, Todo
from models.summaries.trend import Amount, Trend
from models.summaries.workbench import NextMeeting, Rule, Workbench
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
from ui.widgets.sentence import Words

TODO_HEADERS = ("状态", "事项", "来源", "谁来办", "期限")
RULE_HEADERS = ("条款要求", "周期", "完成", "证据", "状态")
LIGHT_HEADERS = ("工作", *(lamp.value for lamp in Lamp))
TREND_HEADERS = ("事项", "今年", "去年同期", "变化")
BEFORE_COLUMN = TREND_HEADERS.index("去年同期")
PROOF_COLUMN = RULE_HEADERS.index("证据")
MISSED = ("到期 {} 件", "转为逾期 {} 件", "召开 {} 次", "他人登记 {} 条")
"""What is told of days away."""
_GROUP_INK = {Group.OVERDUE: "red", Group.TODAY: "amber"}
LINE_ICONS = {
    Line.MEETINGS: "presentation", Line.STUDY: "graduation-cap", Line.CASES: "clipboard-check", Line.FILING: "send",
    Line.RULES: "flag", Line.STAFF: "users-round",
}  # fmt: skip


def day_words(day: date, as_of: date) -> str:
    """Write 10月15日 周四, with the year if it is not the year of *as_of*."""
    return f"{short_day(day, as_of)} 周{weekday(day)}"


def sentence(shown: Workbench, today: date) -> list[Words]:
    """Return the line at the top in parts: 您有 3 件逾期，2 件今天到期，7 天内还有 4 件. Each leads to its group."""
    parts: list[Words] = []
    words = {
        Group.OVERDUE: ("{} 件逾期", "red"), Group.TODAY: ("{} 件今天到期", "amber"),
        Group.SOON: ("7 天内还有 {} 件", "text2"), Group.WAITING: ("{} 件等待他人", "text2"),
        Group.VACANT: ("{} 个岗位空缺", "text2"),
    }  # fmt: skip
    for group, (pattern, ink) in words.items():
        if count := shown.count(group):
            parts += [Words("，")] if parts else []
            parts.append(Words(pattern.format(count), ink, group))
    opening = "" if shown.as_of == today else f"按 {day_words(shown.as_of, today)} 看，"
    if not parts:
        return [Words(f"{opening}7 天内没有要办的事。")]
    return [Words(f"{opening}有 " if opening else "您有 "), *parts, Words("。")]


def todo_rows(shown: Workbench) -> Iterator[CellRow]:
    """Yield a heading for each group that has something, and its lines."""
    for group in Group:
        found = [todo for todo in shown.todos if todo.group is group]
        if found:
            until = short_day(shown.as_of + AHEAD, shown.as_of)
            note = f"至 {until}" if group is Group.SOON else ""
            count = shown.count(group)
            yield CellRow((GroupCell(group.value, count, lights.OF_GROUP[group], note),), subject=group)
            yield from (_todo_row(todo, shown.as_of) for todo in found)


def _todo_row(todo: Todo, as_of: date) -> CellRow:
    due = "—"
    if todo.due:
        due = day_words(todo.due, as_of) if todo.due.year == as_of.year else short_day(todo.due, as_of)
    cells = (
        LightCell(lights.OF_GROUP[todo.group], todo.words),
        leading(todo.subject),
        TextCell(todo.source, "text2", 13, icon=LINE_ICONS[todo.line]),
        value(todo.who),
        TextCell(due, _GROUP_INK.get(todo.group, "text2"), 13, align="right"),
    )
    return CellRow(cells, subject=todo)


def rule_rows(rules: Iterable[Rule]) -> Iterator[CellRow]:
    """Yield a line for each clause."""
    for rule in rules:
        share = rule.done / rule.needed if rule.needed else float(rule.state is State.DONE)
        count = len(rule.evidence)
        cells = (
            leading(rule.clause.name),
            value(rule.period),
            BarCell(
                share, rule.figures,
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
        tile = TileCell(str(at.day), f"周{weekday(at)}", day_words(at.date(), as_of))
        when = f"{short_day(at.date(), as_of)} {at:%H:%M}"
        under = " · ".join(filter(None, (when, meeting.place)))
        mark = lights.OF_MEETING[meeting.state]
        yield CellRow(
            (tile, TwoLineCell(meeting.name, under, mark, meeting.state)), "meeting", meeting.id, meeting
        )


def light_rows(found: Iterable[LineLights]) -> Iterator[CellRow]:
    """Yield a line for each line of work: red, yellow, green with word and count."""
    for lights_of in found:
        shown = [(lamp, lights_of.count(lamp)) for lamp in Lamp]
        cells = [
            LightCell(lights.OF_LAMP[lamp], f"{lamp.value} {count}") if count else TextCell("—", "text3", 13)
            for lamp, count in shown
        ]
        yield CellRow((leading(lights_of.line.value), *cells), subject=lights_of)


def light_parts(found: Sequence[LineLights]) -> list[Part]:
    """Return the parts of the bar of all lines of work together."""
    return [
        Part(lights.OF_LAMP[lamp], lamp.value, sum(lights_of.count(lamp) for lights_of in found))
        for lamp in Lamp
    ]


def trend_rows(found: Iterable[Trend]) -> Iterator[CellRow]:
    """Yield a line for each figure: this year's, last year's, the change with its arrow."""
    for trend in found:
        arrow = "" if not trend.change else "↑ " if trend.change > 0 else "↓ "
        cells = (
            leading(trend.label), _amount(trend, trend.now), _amount(trend, trend.before),
            TextCell(f"{arrow}{trend.words}", "text2" if trend.change else "text3", 13, align="right"),
        )  # fmt: skip
        yield CellRow(cells, subject=trend)


def _amount(trend: Trend, amount: Amount) -> TextCell:
    if amount.value is None:
        return number("")
    measure = "%" if trend.measure == "%" else ""
    return TextCell(f"{amount.value:,.10g}{measure}", "accent", 13, align="right")


def absence_words(found: Absence, as_of: date) -> str:
    """Say when the clerk was away: 您不在的 3 个工作日（11月17日至11月19日）."""
    days = short_day(found.first, as_of)
    if found.last != found.first:
        days += f"至{short_day(found.last, as_of)}"
    return f"您不在的 {found.days} 个工作日（{days}）"


def absence_parts(found: Absence) -> list[tuple[str, tuple[Listed, ...]]]:
    """Return what happened in these days: the words of each count and its records."""
    lists = (found.due, found.overdue, found.held, found.entered)
    return [(words.format(len(records)), records) for words, records in zip(MISSED, lists, strict=True)]
