"""Small words that several papers share: names in columns, lists, moments, leftovers of templates."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from models.documents.blocks import Block, Cell, Column, Document, Heading, Paragraph, Table
from models.documents.numbering import to_chinese
from models.errors import ClerkError
from models.records.values import show_day, weekday
from models.settings import OfficeSettings

VACANT = "（空缺）"
STOOD_IN = "（代）"
_LEAST, _WIDEST, _AROUND = 9, 16, 2
"""Between how many characters words go on in the next line; what stands around them."""
WRITING_LINE = "＿" * 28
_LEFTOVER = re.compile(r"(?<![0-9A-Za-z×＊*])[×＊*]+(?![0-9A-Za-z×＊*])|\{[a-z]+\}")
_LEFT_IN_CELL = re.compile(r"×{2,}|^\s*[×＊*]+\s*$")
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}")
_BLOCK_NAMES = {
    "Mark": "发文机关标志", "Number": "发文字号", "Title": "标题", "Addressee": "主送", "Heading": "小标题",
    "Paragraph": "正文", "People": "人员名单", "Table": "表格", "SignOff": "落款", "Imprint": "版记",
    "AttachmentHead": "附件标题", "AttachmentNote": "附件说明", "Chart": "图表", "YearWall": "年历", "Note": "附注",
}  # fmt: skip


def column_name(name: str) -> str:
    """Return a two-character name with U+3000 between, for name columns only (conventions 2.2)."""
    return f"{name[0]}　{name[1:]}" if _HAN_NAME.fullmatch(name) else name


def half_widths(text: str) -> int:
    """Return the width of *text* in characters of half width, two for every one that is not ASCII."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def by_content(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Return *columns*, the room of those of words (flush left) shared by what mostly stands in them."""
    wanted = {
        place: _wanted(column.label, [half_widths(str(row[place] or "")) / 2 for row in rows]) + _AROUND
        for place, column in enumerate(columns)
        if column.align == "left"
    }
    room = sum(columns[place].weight for place in wanted) / (sum(wanted.values()) or 1)
    return tuple(
        dataclasses.replace(column, weight=wanted[place] * room) if place in wanted else column
        for place, column in enumerate(columns)
    )


def _wanted(label: str, lengths: Sequence[float]) -> float:
    """Return how many characters a column is to take in a line: as many as its cells have on average, but its label,
    the longest cell up to :data:`_LEAST`, and not more than :data:`_WIDEST`."""
    mean, longest = sum(lengths) / (len(lengths) or 1), max(lengths, default=0)
    return min(max(mean, len(label), min(longest, _LEAST)), _WIDEST)


def numbered(level: int, number: int) -> str:
    """Return the number of a heading as printed: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""
    return (f"{to_chinese(number)}、", f"（{to_chinese(number)}）", f"{number}.", f"（{number}）")[level - 1]


def day_and_time(moment: datetime, until: datetime | None = None) -> str:
    """Return ``2026年10月15日（星期四）上午9:00``, with the end when it is given."""
    text = f"{day_and_weekday(moment.date())}{part_of_day(moment)}{moment.hour}:{moment:%M}"
    return f"{text}至{until.hour}:{until:%M}" if until and until.date() == moment.date() else text


def day_and_weekday(day: date) -> str:
    """Return ``2026年10月15日（星期四）``."""
    return f"{show_day(day)}（{weekday_name(day)}）"


def weekday_name(day: date) -> str:
    """Return ``星期四``."""
    return f"星期{weekday(day)}"


def part_of_day(moment: datetime) -> str:
    """Return 上午, 下午 or 晚上."""
    return "上午" if moment.hour < 12 else "下午" if moment.hour < 18 else "晚上"


def lines(text: str) -> list[str]:
    """Return the lines of *text* that hold something, without blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def writing_lines() -> list[Paragraph]:
    """Return ruled room for a text that is written by hand."""
    return [Paragraph(WRITING_LINE, indent=0)] * 5


def unwritten(document: Document) -> list[str]:
    """Return the headings under which the paper leaves room to write."""
    pairs = pairwise(document.blocks)
    return [
        above.text for above, below in pairs if isinstance(above, Heading) and below == writing_lines()[0]
    ]


def refuse_leftovers(document: Document) -> None:
    """Raise ClerkError naming the place when a × or * of a template was left in the paper (S4-12).

    A single * in a cell of a table is none: what records are called is the clerk's own.
    """
    for block in document.blocks:
        for place, text in _texts(block):
            if found := _LEFTOVER.search(text):
                near = text[max(found.start() - 8, 0) : found.end() + 8].replace("\n", " ")
                raise ClerkError(f"{place}里还有没有填写的“{found[0]}”：“{near}”，请改好后再打印。")


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    name = _BLOCK_NAMES.get(type(block).__name__, "正文")
    if isinstance(block, Table):
        for number, row in enumerate(block.rows, 1):
            for column, cell in zip(block.columns, row, strict=True):
                if isinstance(cell, str) and _LEFT_IN_CELL.search(cell):
                    yield f"表格第 {number} 行“{column.label}”", cell
        return
    for field in dataclasses.fields(block):
        value = getattr(block, field.name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                yield name, text


def page_numbers(office: OfficeSettings) -> Literal["outer", "center"]:
    """Return where the office wants page numbers: outside by GB/T 9704, or in the middle."""
    return "center" if office.page_numbers == "center" else "outer"
