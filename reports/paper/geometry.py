"""The page of GB/T 9704-2012 《党政机关公文格式》 in points (pt); figures in mm where the standard gives mm.

A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm, 22 rows of 28 characters of 3号 (16 pt) that fill it: so the row
pitch is 225 mm / 22 = 28.99 pt and the character pitch 156 mm / 28 = 15.79 pt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MM: Final = 72 / 25.4

SIZE_2: Final = 22.0  # 2号, titles
SIZE_3: Final = 16.0  # 3号, everything not said otherwise
SIZE_4: Final = 14.0  # 4号, page number and 版记

ROWS: Final = 22
CHARS: Final = 28
ROW: Final = 225 * MM / ROWS  # row pitch of a portrait page
PITCH: Final = 156 * MM / CHARS  # character pitch of a portrait page

MARK_DROP: Final = 35 * MM  # top edge of the issuer's mark below the 版心
RED_LINE_DROP: Final = 4 * MM  # red line below the document number
NUMBER_DROP: Final = 7 * MM  # dash of the page number below the 版心
THICK_RULE: Final = 0.35 * MM  # first and last line of the 版记
CELL_PAD: Final = 1.5 * MM  # beside the text of a table cell
THIN_RULE: Final = 0.25 * MM  # lines between
CELL_RULE: Final = 0.5  # between the cells of a table


@dataclass(frozen=True, slots=True)
class PageGrid:
    """Where the 版心 lies on a page; *left* and *top* from the upper left corner, all in pt."""

    page_width: float
    page_height: float
    left: float
    top: float
    width: float
    height: float
    rows: int
    chars: int

    @property
    def row(self) -> float:
        """Row pitch in pt."""
        return self.height / self.rows

    @property
    def pitch(self) -> float:
        """Pitch of a 3号 character in pt."""
        return self.width / self.chars

    @property
    def bottom(self) -> float:
        """Lower edge of the 版心, from the top of the page."""
        return self.top + self.height


PORTRAIT: Final = PageGrid(
    page_width=210 * MM, page_height=297 * MM, left=28 * MM, top=37 * MM, width=156 * MM, height=225 * MM,
    rows=ROWS, chars=CHARS,
)  # fmt: skip


def landscape(page: int) -> PageGrid:
    """Return the grid of landscape *page* (from 1): the portrait sheet turned, its left edge on top.

    Odd pages have the head of a table at the binding edge (订口), even pages at the fore edge (切口),
    which is the same edge of the sheet; only the margins change (7.5 横排表格).
    """
    top = 28.0 if page % 2 else 26.0
    return PageGrid(
        page_width=297 * MM, page_height=210 * MM, left=35 * MM, top=top * MM, width=225 * MM, height=156 * MM,
        rows=15, chars=40,
    )  # fmt: skip


def grid(page: int, turned: bool) -> PageGrid:
    """Return the grid of *page* (from 1); *turned* for landscape."""
    return landscape(page) if turned else PORTRAIT
