"""Tasks in tables that were flattened on the way: one cell per line, or one row per line.

Rows are found by their number; columns by the head of the table where the counts agree. Where merged or
blank cells break the count, the units that follow a numbered text are taken: the first leads when the
head has a 牵头 column, a blank cell marks the border (reviewed by the clerk).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.documents.extract.roles import Roles, unit_line
from models.documents.parse import Item

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|号)$")),
    ("lead", re.compile(r"^(?:牵头|主办|主责)(?:单位|部门|责任单位)$")),
    ("responsible", re.compile(r"^(?:责任|配合|协办|参与|参加|协助|负责|承办|落实)(?:单位|部门|单位及责任人)$")),
    ("deadline", re.compile(r"^(?:完成|时间|办理)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点)?$")),
    ("title", re.compile(r"^(?:主要|重点|工作|具体|分解)?(?:工作)?(?:任务|内容|事项|措施|项目|举措)(?:分解|名称|内容)?$")),
    ("other", re.compile(r"^(?:类别|名称|备注|说明|目标|分值|考核内容|考核项目|评分标准|各项分值|责任人|工作目标|任务目标|板块|领域)$")),
)  # fmt: skip
BORDER_LOST = "原表牵头与责任单位的分栏已丢失，请核对角色。"


@dataclass(frozen=True, slots=True)
class Row:
    """One task row: indexes of its first and last line in the outline."""

    number: str
    title: str
    roles: Roles
    first: int
    last: int
    review: str = ""


def rows(items: tuple[Item, ...]) -> list[Row]:
    """Return the task rows of every flattened table in the outline."""
    found: list[Row] = []
    index = 0
    while index < len(items):
        columns, body = _head(items, index)
        if "number" in columns or {"lead", "responsible"} & set(columns):
            read = (
                _aligned(items, body, columns) or _unit_first(items, body) or _trailing(items, body, columns)
            )
            found += read
            index = read[-1].last + 1 if read else body
        else:
            index += 1
    return found


def _head(items: tuple[Item, ...], index: int) -> tuple[list[str], int]:
    """Return the kinds of columns of a table head that begins at line *index*, and where its body begins."""
    words = _cells(items[index].text)
    if len(words) >= 3 and sum(bool(_kind(word)) for word in words) >= 3:
        return [_kind(word) or "other" for word in words], index + 1
    columns: list[str] = []
    while index < len(items) and (kind := _kind(items[index].text.replace(" ", ""))):
        columns.append(kind)
        index += 1
    return (columns, index) if len(columns) >= 3 else ([], index)


def _kind(word: str) -> str:
    return next((kind for kind, pattern in _COLUMNS if pattern.match(word)), "")


def _cells(text: str) -> list[str]:
    return [word for word in text.split(" ") if word]


def _aligned(items: tuple[Item, ...], body: int, columns: list[str]) -> list[Row]:
    """Read rows whose number of cells equals the number of columns."""
    found: list[Row] = []
    if "number" not in columns or "title" not in columns:
        return found
    at = body
    while at < len(items):
        line = _number_and_rest(items[at])
        cells = _cells(line)
        if len(cells) == len(columns) and cells[0].isdigit():
            last = at
        elif items[at].text.strip().isdigit() and at + len(columns) <= len(items):
            cells = [_full(items[i]) for i in range(at, at + len(columns))]
            last = at + len(columns) - 1
        else:
            break
        if (row := _row(cells, columns, at, last)) is None:
            break
        found.append(row)
        at = last + 1
    return found


def _row(cells: list[str], columns: list[str], first: int, last: int) -> Row | None:
    """Make a row of aligned cells, or None when a column of units holds something else."""
    values = {"lead": "", "responsible": "", "title": "", "deadline": "", "number": ""}
    for column, cell in zip(columns, cells, strict=True):
        if column in values and not values[column]:
            values[column] = cell
    lead, responsible = (unit_line(values[column]) for column in ("lead", "responsible"))
    if (values["lead"].strip() and not lead) or (values["responsible"].strip() and not responsible):
        return None
    if not (lead or responsible):
        return None
    roles = Roles(lead, tuple(u for u in responsible if u not in lead), values["deadline"].strip())
    return Row(values["number"], values["title"].split("。")[0], roles, first, last)


def _trailing(items: tuple[Item, ...], body: int, columns: list[str]) -> list[Row]:
    """Read numbered texts followed by lines of units: one unit per line, the border between roles lost."""
    found: list[Row] = []
    at = body
    while at < len(items):
        item = items[at]
        if not item.mark or item.mark.style not in "345" or not item.text.strip():
            at += 1
            continue
        start = at + 1
        while (
            start < len(items)
            and not items[start].mark
            and not unit_line(items[start].text)
            and start - at <= 3
        ):
            start += 1
        groups, end = _groups(items, start)
        if groups:
            roles, review = _shares(groups, columns)
            found.append(Row(item.mark.digits, item.text.split("。")[0], roles, at, end - 1, review))
            at = end
        else:
            at += 1
    return found


def _groups(items: tuple[Item, ...], at: int) -> tuple[list[list[str]], int]:
    """Collect the unit lines from *at*; a blank cell between them begins a new group."""
    groups: list[list[str]] = []
    fresh = True
    while at < len(items) and not items[at].mark:
        text = items[at].text
        units = unit_line(text)
        if not units and text.strip():
            break
        if not units:
            fresh = True
        elif groups and units[0] in {"有关部门", "各部门", "相关部门", "有关单位"} and groups[-1]:
            groups[-1][-1] += units[0]
        else:
            if fresh:
                groups.append([])
            groups[-1] += units
            fresh = False
        at += 1
    return groups, at


def _shares(groups: list[list[str]], columns: list[str]) -> tuple[Roles, str]:
    if "lead" not in columns:
        return Roles((), tuple(unit for group in groups for unit in group)), ""
    if len(groups) > 1:
        return Roles(tuple(groups[0]), tuple(unit for group in groups[1:] for unit in group)), ""
    units = groups[0]
    review = BORDER_LOST if len(units) > 2 else ""
    return Roles(tuple(units[:1]), tuple(units[1:])), review


def _unit_first(items: tuple[Item, ...], body: int) -> list[Row]:
    """Read assessment tables whose unit stands before its tasks: number, unit, score, task, details …"""
    found: list[Row] = []
    number, at = "", body
    units: tuple[str, ...] = ()
    while at < len(items):
        text = items[at].text.strip()
        if text.isdigit() and at + 1 < len(items):
            ahead = next((i for i in (at + 1, at + 2) if i < len(items) and _is_holder(items[i].text)), None)
            title = items[at + 1].text
            if ahead is not None and not any(items[i].text.strip().isdigit() for i in range(at + 1, ahead)):
                number, units, at = text, unit_line(items[ahead].text), ahead
            elif units and not items[at + 1].mark and len(title) >= 6:
                found.append(Row(number, title.rstrip("。"), Roles((), units), at, at + 1))
                at += 1
        at += 1
    return found


def _is_holder(text: str) -> bool:
    """Tell whether a cell names the units of a row, not a group of rows (「重点考核部门」)."""
    return bool(unit_line(text)) and not re.search(r"(?:考核|责任|牵头|配合)(?:部门|单位)$", text)


def _number_and_rest(item: Item) -> str:
    return f"{item.mark.digits} {item.text}" if item.mark else item.text


def _full(item: Item) -> str:
    return (item.mark.text if item.mark else "") + item.text
