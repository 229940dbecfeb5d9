"""The document model: a paper (公文) is a list of typed blocks.

One model in both directions: reports build it and three renderers write it (PDF, DOCX, XLSX);
the reader of official documents parses text into it; the checker checks it.
All text is plain data: renderers escape it, blocks never carry markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Cell = str | int | float | date | None
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Issuer's mark (发文机关标志) in red on the first page, e.g. 「××县依法治县办会议纪要」."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """Document number (发文字号) under the mark, e.g. 「依法治县办发〔2026〕3号」; *signer* on upward papers."""

    text: str
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """Title (标题): 2号小标宋 centred, broken by sense into a 梯形 or 菱形."""

    text: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Main addressees (主送机关), flush left, closed by a full-width colon."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """Numbered heading, level 1 一、 2 （一） 3 1. 4 （1）; *text* includes its number as printed.

    *run_on* is body text that follows in the same paragraph in the body face.
    """

    level: int
    text: str
    run_on: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body paragraph; *indent* is the first-line indent in characters. A *whole* one is not cut by the end of a page."""

    text: str
    indent: int = 2
    align: Align = "left"
    whole: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """A 出席/请假/列席 block: bold label, then entries, run-over aligned after the colon."""

    label: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; *weight* is its share of the width, *number_format* an Excel format for figures."""

    label: str
    weight: float = 1.0
    align: Align = "left"
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head is repeated on each page.

    *row_height_mm* is a minimum (sign-in sheets leave room for a pen); *note* is printed below.
    *sheet* names its worksheet in XLSX. *page_share* is how much of a page it may take (0: any), so that its text
    gets smaller until it fits.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    note: str = ""
    row_height_mm: float = 0.0
    sheet: str = ""
    page_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; one value per category."""

    label: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar or stacked bar chart from zero; drawn in PDF and DOCX, native in XLSX."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Literal["bar", "stacked", "line"] = "bar"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class WallDay:
    """A day of a :class:`YearWall`: how full it is (from 0), 休 or 班, a character for each thing there is."""

    on: date
    level: int
    workday: bool
    mark: str
    signs: str


@dataclass(frozen=True, slots=True)
class YearWall:
    """Twelve months as a picture that fills a landscape page under its title; *levels* are the words of the shades."""

    title: str
    days: tuple[WallDay, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignOff:
    """署名 and 成文日期; *sealed* leaves room for a seal (date right 空四字)."""

    organisation: str
    on: date | None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明 below the body: 附件：1. ××× (no mark at the end)."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttachmentHead:
    """Starts an attachment on a new page: 「附件1」 flush left, title on line 3."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Note:
    """附注 below the date, in full-width brackets, e.g. 「（此件公开发布）」 (brackets included in *text*)."""

    text: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 at the foot of the last page: 抄送, 印发机关, 印发日期."""

    copy_to: tuple[str, ...]
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class BlankLines:
    """Empty rows of the 22-row grid, e.g. room to write on a form."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


Block = (
    Mark | Number | Title | Addressee | Heading | Paragraph | People | Table | Chart | YearWall | SignOff
    | AttachmentNote | AttachmentHead | Note | Imprint | BlankLines | PageBreak
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A paper: its blocks and the few facts a renderer needs besides them.

    *title* names the file and its properties; *footer* is a short line beside the page number
    (as-of time and serial of a report); *landscape* turns A4 on its side. *sheets* are lists that only a workbook
    holds, after the tables of the paper. *outdated* are words of the paper that its figures no longer say, each with
    what they say now.
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    page_numbers: Literal["outer", "center", "none"] = "outer"
    footer: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    sheets: tuple[Table, ...] = ()
    outdated: tuple[tuple[str, str], ...] = ()

    def tables(self) -> Iterator[Table]:
        """Yield the tables of the paper in order."""
        return (block for block in self.blocks if isinstance(block, Table))
