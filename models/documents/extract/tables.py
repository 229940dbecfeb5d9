"""Tasks in tables that were flattened on the way: one cell per line, or one row per line.

Where every row has as many cells as the head has columns, cells are read by column. Where merged, blank
or many-lined cells break the count, the units that follow a numbered text are taken: the first leads when
the head has a 牵头 column, a blank cell marks the border (told to the clerk for review).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from models.documents.extract.people import is_name
from models.documents.extract.roles import Roles, unit_line
from models.documents.parse import Item
from models.documents.text import CleanText, clean

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|号)$")),
    ("lead", re.compile(r"^(?:牵头|主办|主责)(?:单位|部门|责任单位)$")),
    (
        "responsible",
        re.compile(
            r"^(?:(?:主要)?责任|配合|协办|参与|参加|协助|负责|承办|落实|考核)?(?:单位|部门|责任主体)(?:及责任人)?$"
        ),
    ),
    (
        "deadline",
        re.compile(r"^(?:计划|预计)?(?:完成|时间|办理)?(?:时限|时间|期限|节点|进度)(?:要求|安排|节点)?$"),
    ),
    (
        "title",
        re.compile(
            r"^(?:主要|重点|工作|具体|分解|决策)?(?:工作)?(?:任务|内容|事项|措施|项目|举措|要点|名称)(?:分解|名称|内容)?$"
        ),
    ),
    (
        "other",
        re.compile(
            r"^(?:类别|备注|说明|各?项?分值|板块|领域|(?:责任|牵头|分管|包保|联系)(?:领导|人)|责任县领导"
            r"|[\u4e00-\u9fff]{0,4}(?:内容|对象|形式|方式|目标|标准|依据|项目|名称))$"
        ),
    ),
)
_UNITS = {"lead", "responsible"}
_TIME = re.compile(
    r"^(?:(?:\d{4}年|\d{1,2}月|年底|立即)[^，。]{0,14}|全年|(?:长期|持续)[^，。]{0,4}|每[年月周]|每季度|按[^，。]{2,8})$"
)
_GROUP = re.compile(r"(?:考核|责任|牵头|配合)(?:部门|单位)$")
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


def rows(text: CleanText, items: tuple[Item, ...]) -> list[Row]:
    """Return the task rows of every flattened table in the outline."""
    readers: tuple[Callable[[CleanText, tuple[Item, ...], int, list[str]], list[Row]], ...]
    readers = (_aligned, _unit_first, _unit_column, _loose)
    found: list[Row] = []
    index = 0
    while index < len(items):
        columns, body = _head(text, items, index)
        read = (
            next((rows for reader in readers if (rows := reader(text, items, body, columns))), [])
            if columns
            else []
        )
        found += read
        index = read[-1].last + 1 if read else max(body, index + 1)
    return found


def _head(text: CleanText, items: tuple[Item, ...], index: int) -> tuple[list[str], int]:
    """Return the kinds of columns of a table head that begins at line *index*, and where its body begins."""
    kinds = [_kind(word) for word in _cells(text, items[index])]
    known = sum(map(bool, kinds))
    if len(kinds) >= 3 and (known * 3 >= len(kinds) * 2 or (known >= 3 and _UNITS & set(kinds))):
        return [kind or "other" for kind in kinds], index + 1
    columns: list[str] = []
    while index < len(items) and (kind := _kind(items[index].text.replace(" ", ""))):
        columns.append(kind)
        index += 1
    telling = "title" in columns and _UNITS & set(columns)
    return (columns, index) if len(columns) >= 3 or telling else ([], index)


def _kind(word: str) -> str:
    return next((kind for kind, pattern in _COLUMNS if pattern.match(word)), "")


def _cells(text: CleanText, item: Item) -> list[str]:
    """Return the cells of a row on one line: between tabs in the source, else between blanks."""
    start = item.start - (item.mark.end if item.mark else 0)
    span = text.span(start, item.end)
    line = text.source[text.source.rfind("\n", 0, span.start) + 1 :].split("\n", 1)[0].rstrip("\r")
    if "\t" in line.strip():
        return [clean(cell).text.strip() for cell in line.split("\t")]
    number = [item.mark.digits] if item.mark else []
    return number + [word for word in item.text.split(" ") if word]


def _aligned(text: CleanText, items: tuple[Item, ...], body: int, columns: list[str]) -> list[Row]:
    """Read rows that have a cell for every column; none if one row is broken.

    The heading of a group of rows may stand between them, the one column of units may have many lines.
    """
    found: list[Row] = []
    start = columns.index("number") + 1 if "number" in columns else 0
    kind = next((kind for kind in ("title", "other") if kind in columns[start:]), "")
    if not kind or not _UNITS & set(columns) or columns[0] in _UNITS:
        return found
    title = columns.index(kind, start)
    columns = [
        "title" if at == title else "other" if kind == "title" else kind for at, kind in enumerate(columns)
    ]
    at = body
    while at < len(items):
        cells, last = _cells(text, items[at]), at
        if _heads_group(items[at], cells):
            at += 1
            continue
        if len(cells) == 1:
            cells, last = _stacked(items, at, columns)
        row = _row(cells, columns, at, last) if len(cells) == len(columns) else None
        if row is None:
            break
        found.append(row)
        at = last + 1
    words = items[at].text.strip() if at < len(items) else ""
    return [] if words.isdigit() or unit_line(words) or _TIME.match(words) else found


def _stacked(items: tuple[Item, ...], at: int, columns: list[str]) -> tuple[list[str], int]:
    """Return the cells of a row printed one per line, and its last line; empty cells at its end may be missing."""
    units = [index for index, column in enumerate(columns) if column in _UNITS]
    more = 0
    if len(units) == 1:
        lines = (items[index].text for index in range(at + units[0], len(items)))
        more = max(len(list(takewhile(unit_line, lines))) - 1, 0)
    width = len(columns) + more
    words = [_full(item).strip().rstrip(".、") for item in items[at : at + width + 1]]
    following = str(int(words[0]) + 1) if words[0].isdigit() else ""
    if following in words[units[-1] + 1 : width] and words[-1] != following:
        words = words[: words.index(following, units[-1] + 1)]
    cells = [_full(item) for item in items[at : at + min(len(words), width)]]
    last = at + len(cells) - 1
    cells += [""] * (width - len(cells))
    cells[units[0] : units[0] + more + 1] = ["、".join(cells[units[0] : units[0] + more + 1])]
    return cells, last


def _heads_group(item: Item, cells: list[str]) -> bool:
    """Tell whether a line between rows is 「一、健全机制」 or, with its empty cells, 「一 健全机制」."""
    if item.mark:
        return item.mark.style in {"chapter", "1", "2"}
    return len(cells) > 2 and sum(map(bool, cells)) <= 2 and not cells[0].isdigit()


def _row(cells: list[str], columns: list[str], first: int, last: int) -> Row | None:
    """Make a row of aligned cells, or None when a column of units holds something else."""
    values: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=True):
        values.setdefault(column, cell.strip())
    lead, responsible = (unit_line(values.get(column, "")) for column in ("lead", "responsible"))
    number = values.get("number", "").rstrip(".、")
    broken = (values.get("lead") and not lead) or (values.get("responsible") and not responsible)
    if ("number" in columns and not number.isdigit()) or not values["title"]:
        return None
    if broken or unit_line(values.get("deadline", "")) or not (lead or responsible):
        return None
    roles = Roles(lead, tuple(u for u in responsible if u not in lead), values.get("deadline", ""))
    return Row(number, values["title"].split("。")[0], roles, first, last)


def _unit_first(text: CleanText, items: tuple[Item, ...], body: int, columns: list[str]) -> list[Row]:
    """Read assessment tables whose unit stands before its tasks: number, unit, score, task, details …"""
    found: list[Row] = []
    number, at = "", body
    units: tuple[str, ...] = ()
    while at + 1 < len(items) and not _UNITS & set(columns):
        words = items[at].text.strip()
        ahead = at + 2 if _GROUP.search(items[at + 1].text) and at + 2 < len(items) else at + 1
        if (
            words.isdigit()
            and (named := unit_line(items[ahead].text))
            and not _GROUP.search(items[ahead].text)
        ):
            number, units, at = words, named, ahead
        elif words.isdigit() and units and not items[at + 1].mark and len(items[at + 1].text) >= 6:
            found.append(Row(number, items[at + 1].text.rstrip("。"), Roles((), units), at, at + 1))
            at += 1
        at += 1
    return found


def _unit_column(text: CleanText, items: tuple[Item, ...], body: int, columns: list[str]) -> list[Row]:
    """Read tables without numbers whose first column is the unit, printed once for its rows."""
    found: list[Row] = []
    units: tuple[str, ...] = ()
    if columns[0] not in _UNITS or "title" not in columns:
        return found
    for at in range(body, len(items)):
        words = items[at].text.strip()
        if named := unit_line(words):
            units = named
        elif units and len(words) >= 6 and not items[at].mark and not _TIME.match(words):
            lead = units if columns[0] == "lead" else ()
            found.append(Row("", words.rstrip("。"), Roles(lead, () if lead else units), at, at))
        elif not words.isdigit():
            break
    return found


def _loose(text: CleanText, items: tuple[Item, ...], body: int, columns: list[str]) -> list[Row]:
    """Read numbered texts followed by lines of units, wherever the border between roles was."""
    found: list[Row] = []
    at = body
    while at < len(items):
        item = items[at]
        alone = item.text.strip().isdigit() and at + 1 < len(items)
        if not alone and not (item.mark and item.mark.style in "345" and item.text.strip()):
            at += 1
            continue
        title = items[at + 1] if alone else item
        start = at + 1 + alone
        while start < len(items) and start - at <= 6 and _is_text(items[start]):
            start += 1
        groups, end = _groups(text, items, start)
        if not groups:
            at += 1
            continue
        roles, review = _shares(groups, columns)
        if "deadline" in columns and end < len(items) and _TIME.match(items[end].text):
            roles = Roles(roles.lead, roles.responsible, items[end].text)
            end += 1
        number = item.mark.digits if item.mark else item.text.strip()
        found.append(Row(number, title.text.split("。")[0], roles, at, end - 1, review))
        at = end
    return found


def _is_text(item: Item) -> bool:
    """Tell whether a line between a task and its units is still text (or the name of a leader)."""
    words = item.text.strip()
    return not item.mark and not words.isdigit() and (is_name(words) or not unit_line(words))


def _groups(text: CleanText, items: tuple[Item, ...], at: int) -> tuple[list[list[str]], int]:
    """Collect the unit lines from *at*; a blank cell between them begins a new group.

    So does an empty line, where other lines of the run follow each other without one.
    """
    groups: list[list[str]] = []
    run = range(at + 1, at + len(list(takewhile(lambda item: unit_line(item.text), items[at:]))))
    apart = {index for index in run if "\n\n" in text.text[items[index - 1].end : items[index].start]}
    apart = apart if len(apart) < len(run) else set()
    fresh = True
    while at < len(items) and not items[at].mark:
        words = items[at].text
        units = unit_line(words)
        if not units and words.strip():
            break
        if not units:
            fresh = True
        elif groups and units[0] in {"有关部门", "各部门", "相关部门", "有关单位"}:
            groups[-1][-1] += units[0]
        else:
            if fresh or at in apart:
                groups.append([])
            groups[-1] += units
            fresh = False
        at += 1
    return groups, at


def _shares(groups: list[list[str]], columns: list[str]) -> tuple[Roles, str]:
    """Share the units out between lead and others as the head and the blank cells tell."""
    units = [unit for group in groups for unit in group]
    if "lead" not in columns:
        return Roles((), tuple(units)), ""
    if "responsible" not in columns:
        return Roles(tuple(units)), ""
    if len(groups) > 1:
        return Roles(tuple(groups[0]), tuple(units[len(groups[0]) :])), ""
    return Roles(tuple(units[:1]), tuple(units[1:])), BORDER_LOST if len(units) > 2 else ""


def _full(item: Item) -> str:
    return (item.mark.text if item.mark else "") + item.text
