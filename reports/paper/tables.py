"""Ruled tables as strips: wrapped cells, head repeated on each page, rows cut only where none would hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise

from models.documents.blocks import Cell, Column, Table
from reports.paper.flow import Cells, Strip
from reports.paper.fonts import Role
from reports.paper.geometry import CELL_PAD, MM, SIZE_3, SIZE_4, PageGrid
from reports.paper.rows import BASELINE, text_row
from reports.paper.text import cell_text, lines, plain
from reports.paper.typeset import Alignment, Run, SetLine, set_text, text_width

_SIZES = (SIZE_4, 12.0, 10.5, 9.0)
_PAD_Y = 1.2 * MM
_LEADING = 1.3  # row pitch inside a cell, in sizes
_SHORT = 5  # characters of a name or a word that should stay on one line, as figures, dates and numbers do
_LOOKED_AT = 60  # rows that decide the size
_TOGETHER = 3  # the last rows, so that none opens a page alone

Lines = tuple[SetLine, ...]


@dataclass(frozen=True, slots=True)
class TableLook:
    """The measures of one table: *edges* of its columns, text *size*, page *height*."""

    edges: tuple[float, ...]
    size: float
    page: float

    @property
    def widths(self) -> list[float]:
        """Widths of the columns."""
        return [right - left for left, right in pairwise(self.edges)]

    @property
    def rooms(self) -> list[float]:
        """Widths of what stands in the columns."""
        return [max(width - 2 * CELL_PAD, self.size) for width in self.widths]

    @property
    def leading(self) -> float:
        return self.size * _LEADING

    @property
    def most_lines(self) -> int:
        """Lines of a cell that still fit on a page below a head."""
        return max(1, int((self.page * 0.6 - 2 * _PAD_Y) / self.leading))


def table_strips(table: Table, page: PageGrid) -> list[Strip]:
    """Return the strips of *table* over the whole width of *page*.

    Raises ValueError for a row that has not as many cells as there are columns.
    """
    return _strips(table, page, table_look(table, page))


def _strips(table: Table, page: PageGrid, look: TableLook) -> list[Strip]:
    strips = _line(table.title, Role.HEI, SIZE_3 if look.size > 10.5 else SIZE_4, page, "center")
    for strip in strips:
        strip.keep = True
    if table.columns:
        head_cells = [
            _set_cell(column.label, Role.HEI, look.size, room, "center")
            for column, room in zip(table.columns, look.rooms, strict=True)
        ]
        heads = _row(head_cells, 0.0, look)
        heads[-1].keep = True
        strips += heads
        head = _cut(look)
        for strip in heads:
            strip.head = head
        if len(heads) == 1 and heads[0].height < page.height / 4:
            head = heads[0]
        body = list(_body(table, look))
        for strip in body:
            strip.head = head
        for strip in body[-_TOGETHER:-1]:
            strip.keep = True
        strips += body
    notes = _line(table.note, Role.BODY, look.size, page, "left")
    for strip in (strips[-1:] + notes)[:-1] if notes else ():  # the last row and its note stay together
        strip.keep = True
    strips += notes
    if strips:
        strips[-1].snap = True
    return strips


def _body(table: Table, look: TableLook) -> Iterator[Strip]:
    columns = [
        (one.number_format, room, one.align) for one, room in zip(table.columns, look.rooms, strict=True)
    ]
    size, least = look.size, table.row_height_mm * MM
    for row in table.rows:
        cells = [
            _set_cell(cell_text(value, form), Role.BODY, size, room, align)
            for value, (form, room, align) in zip(row, columns, strict=True)
        ]
        yield from _row(cells, least, look)


@lru_cache(maxsize=16_384)
def _set_cell(text: str, role: Role, size: float, room: float, align: Alignment) -> Lines:
    """Set what stands in a cell; names, dates and states come again and again down a column."""
    parts = [set_text([Run(role, part)], size, room, align=align) for part in lines(text)]
    return tuple(chain.from_iterable(parts))


def _row(cells: list[Lines], least: float, look: TableLook) -> list[Strip]:
    """Return the strips of one row: one with its frame, or one a line where the row is too tall to be kept whole."""
    tallest = max(map(len, cells))
    if tallest <= look.most_lines:
        height = min(max(least, tallest * look.leading + 2 * _PAD_Y), look.page * 0.9)
        return [_framed(cells, height, (0.0, height), look)]
    strips = []
    for number in range(tallest):
        line = [cell[number : number + 1] for cell in cells]
        last = number == tallest - 1
        levels = ((0.0,) if number == 0 else ()) + ((look.leading,) if last else ())
        strip = _framed(line, look.leading, levels, look)
        if not last:
            strip.tail = tuple(_cut(look).items)
        strips.append(strip)
    return strips


def _framed(cells: list[Lines], height: float, levels: tuple[float, ...], look: TableLook) -> Strip:
    return Strip(height, [Cells(look.edges, cells, height, levels, look.leading, look.size * BASELINE)])


def _cut(look: TableLook) -> Strip:
    """Return the rule across the table where a page ends in the middle of a row."""
    return _framed([], 0.0, (0.0,), look)


def _line(text: str, role: Role, size: float, page: PageGrid, align: Alignment) -> list[Strip]:
    """Return the title or the note of a table as strips on the grid; none for an empty one."""
    if not text.strip():
        return []
    strips: list[Strip] = []
    for part in lines(text):
        set_lines = set_text([Run(role, part)], size, page.width, align=align)
        strips += [text_row(line, size, page) for line in set_lines]
    return strips


def table_look(table: Table, page: PageGrid) -> TableLook:
    """Choose the largest size at which heads take two lines at most, figures and names one, few cells a third.

    A table with a share of the page gets the first such size at which it keeps to it, else the smallest.
    """
    widths = _widths([column.weight for column in table.columns], page.width)
    edges = (0.0, *accumulate(widths))
    rooms = [right - left - 2 * CELL_PAD for left, right in pairwise(edges)]
    smallest = max(4.0, min(rooms, default=_SIZES[0]))
    for size in _SIZES:
        look = TableLook(edges, min(size, smallest), page.height)
        if _suits(table.columns, table.rows[:_LOOKED_AT], rooms, size) and _keeps_to(table, page, look):
            break
    return look


def _keeps_to(table: Table, page: PageGrid, look: TableLook) -> bool:
    most = table.page_share * page.height
    return not most or sum(strip.height for strip in _strips(table, page, look)) <= most


def _widths(weights: list[float], room: float) -> list[float]:
    """Share *room* by *weights*, but leave each column room for one character."""
    least = min(_SIZES[-1] + 2 * CELL_PAD, room / max(1, len(weights)))
    free = room - least * len(weights)
    total = sum(max(weight, 0.0) for weight in weights) or 1.0
    wanted = [room * max(weight, 0.0) / total for weight in weights]
    over = sum(max(0.0, width - least) for width in wanted) or 1.0
    return [least + free * max(0.0, width - least) / over for width in wanted]


def _suits(
    columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], rooms: list[float], size: float
) -> bool:
    for column, room in zip(columns, rooms, strict=True):
        label = plain(column.label, 99)
        if text_width([Run(Role.HEI, label)], size) > (room if len(label) <= _SHORT else 2 * room - size):
            return False
    cells = long = 0
    for row in rows:
        for value, column, room in zip(row, columns, rooms, strict=False):
            text = plain(cell_text(value, column.number_format), 300)
            whole = not isinstance(value, str) or len(text) <= _SHORT or text.isascii()
            if text and len(text) * size > room:
                wide = text_width([Run(Role.BODY, text)], size)
                if whole and wide > room:
                    return False
                long += wide > 2 * room
            cells += 1
    return long * 10 <= cells
