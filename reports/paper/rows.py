"""Rows of the grid: 3号 text at the pitch of the page, one strip a row; indents in characters."""

from __future__ import annotations

from collections.abc import Sequence

from reports.paper.flow import Strip, Text
from reports.paper.geometry import SIZE_3, PageGrid
from reports.paper.typeset import Alignment, Run, SetLine, set_text

BASELINE = 0.38  # of the size, below the middle of a row: the em box of Han faces is centred


def rows(
    runs: Sequence[Run],
    page: PageGrid,
    *,
    first: float = 0,
    hang: float = 0,
    align: Alignment = "justify",
    room: float = 0.0,
) -> list[Strip]:
    """Set *runs* on the grid: the first row starts *first* characters in, the others *hang*.

    *room* (pt) ends the rows before the right edge of the 版心.
    """
    pitch = page.pitch
    lines = set_text(
        runs, SIZE_3, room or page.width, pitch=pitch, first=first * pitch, hang=hang * pitch, align=align
    )
    return [text_row(line, SIZE_3, page) for line in lines]


def text_row(line: SetLine, size: float, page: PageGrid, x: float = 0.0) -> Strip:
    """Return one row of the grid with *line*, set in *size*, on it."""
    return Strip(page.row, [Text(x, page.row / 2 + size * BASELINE, line)])


def blank_rows(count: int, page: PageGrid) -> list[Strip]:
    """Return *count* empty rows."""
    return [Strip(page.row) for _ in range(max(0, count))]
