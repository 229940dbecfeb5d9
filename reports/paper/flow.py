"""Blocks become strips, strips fill pages. A strip is a band of a page that is never cut; measures in pt.

The page is strictly the grid of GB/T 9704-2012: full pages have 22 rows, and after anything that leaves the
grid (a table, a chart) the text goes on at the next row. 版记 goes to the foot of the last page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.charts import Shape
from reports.paper.geometry import PageGrid, grid
from reports.paper.typeset import SetLine

_TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Text:
    """A set line with its left edge at *x* and its baseline at *y* (downwards from the top of the strip)."""

    x: float
    y: float
    line: SetLine
    red: bool = False
    condense: float = 1.0  # horizontal scale


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    red: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its upper left corner at (*x*, *y*)."""

    x: float
    y: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of a table, *height* high: upright rules at *edges*, level ones at *levels*, between the edges the set
    lines of each cell, *leading* apart and half way up, each baseline *drop* below the middle of its line.

    One item for it all: a long table has ten thousand rows.
    """

    edges: tuple[float, ...]
    cells: Sequence[tuple[SetLine, ...]]
    height: float
    levels: tuple[float, ...]
    leading: float
    drop: float


Item = Text | Rule | Picture | Cells


@dataclass(slots=True)
class Strip:
    """A band of the page.

    *keep* holds it on one page with the next strip. *head* is repeated above it when it opens a page.
    *tail* is painted below it when it ends a page. *snap* moves on to the next row of the grid after it.
    """

    height: float
    items: list[Item] = field(default_factory=list)
    keep: bool = False
    head: Strip | None = None
    tail: tuple[Item, ...] = ()
    snap: bool = False


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a new page."""


@dataclass(slots=True)
class Page:
    """A filled page: strips with their top edge, from the top of the 版心."""

    number: int
    grid: PageGrid
    strips: list[tuple[float, Strip]] = field(default_factory=list)


class _Pages:
    def __init__(self, turned: bool) -> None:
        self.turned = turned
        self.pages = [Page(1, grid(1, turned))]
        self.y = 0.0

    @property
    def room(self) -> float:
        return self.pages[-1].grid.height - self.y

    def turn(self, following: Strip | None = None) -> None:
        """Close the page and open the next, with the head of what is *following*."""
        page = self.pages[-1]
        if page.strips and page.strips[-1][1].tail:
            page.strips.append((self.y, Strip(0.0, list(page.strips[-1][1].tail))))
        self.pages.append(Page(page.number + 1, grid(page.number + 1, self.turned)))
        self.y = 0.0
        if following and following.head:
            self.put(following.head)

    def put(self, strip: Strip) -> None:
        if strip.height > self.room + _TOLERANCE and self.pages[-1].strips:
            self.turn(strip)
        self.pages[-1].strips.append((self.y, strip))
        self.y += strip.height
        if strip.snap:
            row = self.pages[-1].grid.row
            self.y = -(-(self.y - _TOLERANCE) // row) * row


def paginate(flow: Iterable[Strip | NewPage], foot: list[Strip], turned: bool) -> list[Page]:
    """Return the pages that hold *flow*, with *foot* (版记) at the foot of the last; *turned* for landscape."""
    pages = _Pages(turned)
    group: list[Strip] = []
    for item in flow:
        if isinstance(item, NewPage):
            _put_group(pages, group)
            group = []
            if pages.pages[-1].strips:
                pages.turn()
            continue
        group.append(item)
        blank = (
            not item.items and len(group) > 1
        )  # between what is kept: a heading goes with what follows the gap
        if not item.keep and not blank:
            _put_group(pages, group)
            group = []
    _put_group(pages, group)
    _put_foot(pages, foot)
    return pages.pages


def _put_group(pages: _Pages, group: list[Strip]) -> None:
    height = sum(strip.height for strip in group)
    page = pages.pages[-1]
    if group and page.strips and pages.room + _TOLERANCE < height <= page.grid.height:
        pages.turn(group[0])
    for strip in group:
        pages.put(strip)


def _put_foot(pages: _Pages, foot: list[Strip]) -> None:
    height = sum(strip.height for strip in foot)
    if height > pages.room + _TOLERANCE and pages.pages[-1].strips:
        pages.turn()
    pages.y = max(pages.y, pages.pages[-1].grid.height - height)
    for strip in foot:
        pages.put(strip)
