"""From blocks to strips: each element of an official paper at its place (GB/T 9704-2012, clause 7)."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from models.documents import blocks
from models.documents.blocks import Block, Document
from reports.charts import draw_chart
from reports.paper.closing import attachment_note, imprint, note, sign_off
from reports.paper.flow import NewPage, Page, Picture, Rule, Strip, Text, paginate
from reports.paper.fonts import Role
from reports.paper.geometry import MARK_DROP, RED_LINE_DROP, SIZE_2, SIZE_3, PageGrid, grid
from reports.paper.rows import blank_rows, rows, text_row
from reports.paper.tables import table_strips
from reports.paper.text import addressee_text, lines, people_text, plain
from reports.paper.title import break_title
from reports.paper.typeset import Run, set_text, text_width
from reports.wall import draw_wall

HEADING_ROLES = {1: Role.HEI, 2: Role.KAI, 3: Role.BODY, 4: Role.BODY}
RED_LINE = 1.4  # pt; the standard gives no thickness
_NAME = re.compile(r"(?:^|(?<=[ 、；]))([^ 、；]{2,7})(?=[、；]|$)")  # what ends an entry: 尹永康, 王某（代）
_LEAST_SCALE = 0.7  # a mark is condensed so far before its type gets smaller


def lay_out(document: Document) -> list[Page]:
    """Return the pages of *document*: 版记 at the foot of the last page, wherever it stands among the blocks."""
    page = grid(1, document.landscape)
    flow: list[Strip | NewPage] = []
    foot: list[Strip] = []
    previous: Block | None = None
    for index, block in enumerate(document.blocks):
        if isinstance(block, blocks.Imprint):
            foot += imprint(block, page)
            continue
        following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
        if isinstance(block, blocks.AttachmentNote | blocks.SignOff):
            _hold_last_rows(flow)
        flow += _strips(block, previous, following, page)
        previous = block
    return paginate(flow, foot, document.landscape)


def _strips(
    block: Block, previous: Block | None, following: Block | None, page: PageGrid
) -> Sequence[Strip | NewPage]:
    match block:
        case blocks.Mark(text):
            return _mark(text, page, line=not isinstance(following, blocks.Number))
        case blocks.Number():
            return _number(block, page)
        case blocks.Title(text):
            headed = isinstance(previous, blocks.Mark | blocks.Number)
            return [*(blank_rows(2, page) if headed else []), *_title(text, page), *blank_rows(1, page)]
        case blocks.Addressee(text):
            return rows([Run(Role.BODY, addressee_text(text))], page)
        case blocks.Heading():
            return _heading(block, page)
        case blocks.Paragraph():
            return _paragraph(block, page)
        case blocks.People():
            ahead = isinstance(previous, None | blocks.People | blocks.Title | blocks.BlankLines)
            return [*([] if ahead else blank_rows(1, page)), *_people(block, page)]
        case blocks.Table():
            return table_strips(block, page)
        case blocks.Chart():
            return [_chart(block, page)]
        case blocks.YearWall():
            height = wall_height(page)
            return [Strip(height, [Picture(0, 0, draw_wall(block, page.width, height))])]
        case blocks.SignOff():
            return sign_off(block, page)
        case blocks.AttachmentNote():
            return attachment_note(block, page)
        case blocks.AttachmentHead(label, title):
            head = rows([Run(Role.HEI, plain(label))], page)
            return [NewPage(), *head, *blank_rows(1, page), *_title(title, page), *blank_rows(1, page)]
        case blocks.Note(text):
            return note(text, page)
        case blocks.BlankLines(count):
            return blank_rows(count, page)
        case blocks.PageBreak():
            return [NewPage()]
        case _:
            return []


def mark_size(text: str, page: PageGrid) -> tuple[float, float]:
    """Return size (pt) and horizontal scale of the mark: as large as whole rows allow, condensed to the width."""
    size = math.ceil((MARK_DROP + SIZE_2) / page.row) * page.row - MARK_DROP
    room, run = page.width - 2 * page.pitch, [Run(Role.TITLE, text)]
    scale = min(1.0, room / max(text_width(run, size), 1.0))
    if scale < _LEAST_SCALE:  # a very long mark: smaller type first, then narrower
        size = max(SIZE_2, size * scale / _LEAST_SCALE)
        scale = min(1.0, room / text_width(run, size))
    return size, scale


def _mark(text: str, page: PageGrid, line: bool) -> list[Strip]:
    """Return the red mark, its top edge 35 mm below the 版心, and the red *line* where no number follows."""
    text = plain(text, 200)
    size, scale = mark_size(text, page)
    set_line = set_text([Run(Role.TITLE, text)], size, math.inf)[0]
    x = (page.width - set_line.width * scale) / 2
    height = math.ceil((MARK_DROP + size - 0.1) / page.row) * page.row
    strip = Strip(height, [Text(x, MARK_DROP + size * 0.86, set_line, red=True, condense=scale)])
    return [strip, _red_line(page)] if line else [strip]


def _red_line(page: PageGrid) -> Strip:
    """Return the red line 4 mm below the characters of the row above it; it takes no room of its own."""
    y = RED_LINE_DROP - (page.row - SIZE_3) / 2
    return Strip(0.0, [Rule(0, y, page.width, y, RED_LINE, red=True)])


def _number(number: blocks.Number, page: PageGrid) -> list[Strip]:
    """Return 发文字号 two empty rows below the mark: centred, or 左空一字 with 签发人 on the same row."""
    strips = blank_rows(2, page)
    text = [Run(Role.BODY, plain(number.text))]
    if not number.signer:
        return [*strips, *rows(text, page, align="center"), _red_line(page)]
    signer = [Run(Role.BODY, "签发人："), Run(Role.KAI, plain(number.signer))]
    right = page.pitch + text_width(signer, SIZE_3, page.pitch)
    room = page.width - page.pitch
    if right > page.width / 2:  # no room beside the number
        upper = rows(text, page, first=1, hang=1, align="left")
        return [*strips, *upper, *rows(signer, page, align="right", room=room), _red_line(page)]
    left = rows(text, page, first=1, hang=1, align="left", room=room - right)
    left[-1].items += rows(signer, page, align="right", room=room)[0].items
    return [*strips, *left, _red_line(page)]


def _title(text: str, page: PageGrid) -> list[Strip]:
    strips: list[Strip] = []
    for line in break_title("\n".join(lines(text)), math.floor(page.width / SIZE_2)):
        set_lines = set_text([Run(Role.TITLE, line)], SIZE_2, page.width, align="center")
        strips += [text_row(set_line, SIZE_2, page) for set_line in set_lines]
    return strips


def _heading(heading: blocks.Heading, page: PageGrid) -> list[Strip]:
    """Return a heading, on one page with what it is over."""
    role = HEADING_ROLES.get(heading.level, Role.BODY)
    strips = rows([Run(role, plain(heading.text)), Run(Role.BODY, plain(heading.run_on))], page, first=2)
    for strip in strips:
        strip.keep = not heading.run_on
    return strips


def _paragraph(block: blocks.Paragraph, page: PageGrid) -> list[Strip]:
    strips: list[Strip] = []
    for part in lines(block.text):
        runs = [Run(Role.BODY, part)]
        if block.align == "left":
            strips += rows(runs, page, first=block.indent)
        else:
            strips += rows(runs, page, align=block.align)
    for strip in strips[:-1]:
        strip.keep = block.whole
    return strips


def _people(people: blocks.People, page: PageGrid) -> list[Strip]:
    """Return 出席：… with run-over lines aligned to the first character after the colon (10.3), names kept whole."""
    label, entries = people_text(people)
    label_run = Run(Role.HEI, label)
    hang = 2 + text_width([label_run], SIZE_3, page.pitch) / page.pitch
    parts = _NAME.split(entries)
    names = [Run(Role.BODY, part, whole=bool(place % 2)) for place, part in enumerate(parts) if part]
    return rows([label_run, *names], page, first=2, hang=hang if hang < page.chars / 2 else 2)


def _chart(chart: blocks.Chart, page: PageGrid) -> Strip:
    height = page.row * math.floor(min(page.height * 0.8, page.width * 0.55) / page.row)
    shapes = draw_chart(chart, page.width, height - 0.5 * page.row)
    return Strip(height, [Picture(0, 0.25 * page.row, shapes)], snap=True)


def wall_height(page: PageGrid) -> float:
    """Return the height that a year has under its title, pt."""
    return page.row * (page.rows - 2)


def _hold_last_rows(flow: list[Strip | NewPage]) -> None:
    """Keep the last two rows of the body with what closes it, so that no page holds nothing but that."""
    for item in flow[-2:]:
        if isinstance(item, Strip):
            item.keep = True
