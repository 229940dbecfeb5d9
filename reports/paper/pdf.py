"""Write a document as PDF: pages of the exact GB/T 9704-2012 grid, every face embedded, text that can be searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from models.documents.blocks import Document
from reports import charts
from reports.charts import Box, Label, Shape, Stroke, hatch_lines
from reports.paper.flow import Cells, Page, Picture, Rule, Text
from reports.paper.fonts import Role, faces
from reports.paper.geometry import CELL_PAD, CELL_RULE, NUMBER_DROP, PORTRAIT, SIZE_4, PageGrid
from reports.paper.layout import lay_out
from reports.paper.text import plain
from reports.paper.typeset import Run, SetLine, set_text

RED, BLACK = HexColor("#C8161D"), HexColor("#000000")
_FOOTER_SIZE = 9.0
_TOUCHING = 0.01  # pt between the ends of two rules that are one

Segment = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a rule."""
Lines = tuple[SetLine, ...]

rl_config.useA85 = 0  # plain compressed streams: smaller by a fifth, and no encoder in Python


def render_pdf(document: Document, stream: BinaryIO) -> None:
    """Write *document* into *stream* as PDF; characters no face can draw print as 〓."""
    first = lay_out(document)
    canvas = _canvas(stream, first[0].grid, document)
    ink = _Ink(canvas)
    for page in first:
        canvas.setPageSize((page.grid.page_width, page.grid.page_height))
        _Painter(ink, page.grid).page(page)
        _page_foot(ink, page, document)
        canvas.showPage()
    canvas.save()


def render_chart(shapes: tuple[Shape, ...], width: float, height: float, stream: BinaryIO) -> None:
    """Write a drawing alone as a one-page PDF of its own size (pt)."""
    page = PageGrid(width, height, 0.0, 0.0, width, height, 1, 1)
    canvas = _canvas(stream, page, None)
    _Painter(_Ink(canvas), page).picture(Picture(0, 0, shapes), 0)
    canvas.showPage()
    canvas.save()


def _canvas(stream: BinaryIO, page: PageGrid, document: Document | None) -> Canvas:
    face, _ = faces().pick(Role.SONG, "1")
    canvas = Canvas(
        stream,
        pagesize=(page.page_width, page.page_height),
        initialFontName=face.name,
        lang="zh-CN",
        pageCompression=1,
    )
    if document:
        canvas.setTitle(plain(document.title, 500))
        canvas.setAuthor(plain(document.properties.get("author", ""), 500))
        canvas.setSubject(plain(document.properties.get("subject", ""), 500))
        canvas.setKeywords(plain(document.properties.get("keywords", ""), 500))
        canvas.setCreator(plain(document.properties.get("creator", "法治台账"), 500))
    return canvas


def joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield upright and level *segments* with those joined that touch or cover one another: the frame of a table
    is drawn as long lines, not cell by cell."""
    upright: dict[float, list[tuple[float, float]]] = {}
    level: dict[float, list[tuple[float, float]]] = {}
    for x0, y0, x1, y1 in segments:
        if x0 == x1:
            upright.setdefault(round(x0, 2), []).append((y0, y1))
        else:
            level.setdefault(round(y0, 2), []).append((x0, x1))
    yield from ((x, start, x, end) for x, spans in upright.items() for start, end in _merged(spans))
    yield from ((start, y, end, y) for y, spans in level.items() for start, end in _merged(spans))


def frames(rows: Iterable[tuple[float, Cells]]) -> Iterator[Segment]:
    """Yield the rules of table *rows*, each with its top edge: those between columns as long as rows go on."""
    for edges, group in groupby(rows, lambda row: row[1].edges):
        part = list(group)
        for start, end in _merged([(top, top + row.height) for top, row in part if row.height]):
            yield from [(x, start, x, end) for x in edges]
        yield from [
            (edges[0], top + level, edges[-1], top + level) for top, row in part for level in row.levels
        ]


def _merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + _TOUCHING:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Ink:
    """Shows set lines on a canvas, in operators of its own, each text encoded once.

    reportlab's text object takes five times as long, and a long table has 100,000 texts, many of them the same.
    """

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self._codes = cache(partial(_Codes, vars(canvas)["_doc"]))
        self._encoded: dict[tuple[int, float, float], tuple[Lines, str]] = {}

    def show(self, lines: Lines, x: float, y: float, leading: float = 0.0, condense: float = 1.0) -> None:
        """Show *lines* from (*x*, *y*) on, the first baseline, upwards from the foot of the page."""
        key = (id(lines), leading, condense)
        if key not in self._encoded:  # the lines are kept, so that no others get their id
            self._encoded[key] = lines, " ".join(self._operators(lines, leading, condense))
        if shown := self._encoded[key][1]:
            self.canvas.addLiteral(f"BT {x:.3f} {y:.3f} Td {shown} ET")

    def _operators(self, lines: Lines, leading: float, condense: float) -> Iterator[str]:
        x = down = 0.0
        if condense != 1:
            yield f"{100 * condense:g} Tz"
        for line in lines:
            for piece in line.pieces:
                if piece.x or x or down:
                    yield f"{piece.x * condense - x:.3f} {down:.3f} Td"
                x, down = piece.x * condense, 0.0
                yield f"{piece.spacing:g} Tc"
                codes = self._codes(piece.font)
                for face, part in groupby(map(codes.__getitem__, piece.text), itemgetter(0)):
                    yield f"{face} {piece.size:g} Tf <{''.join([code for _, code in part])}> Tj"
            down -= leading
        if condense != 1:
            yield "100 Tz"


class _Codes(dict[str, tuple[str, str]]):
    """Subset and code in it (in hexadecimal) of each character of a face so far, as the document numbers them."""

    def __init__(self, document: Any, face: str) -> None:
        self._font: Any = getFont(face)
        self._document = document

    def __missing__(self, char: str) -> tuple[str, str]:
        ((subset, code),) = self._font.splitString(char, self._document)
        self[char] = self._font.getSubsetInternalName(subset, self._document), code.hex()
        return self[char]


class _Painter:
    """Paints strips on a canvas; turns "down from the top of the 版心" into reportlab's "up from the foot"."""

    def __init__(self, ink: _Ink, page: PageGrid) -> None:
        self._ink = ink
        self.canvas = ink.canvas
        self.left = page.left
        self.origin = page.page_height - page.top

    def page(self, page: Page) -> None:
        rules: dict[tuple[float, bool], list[Segment]] = defaultdict(list)
        table: list[tuple[float, Cells]] = []
        for top, strip in page.strips:
            for item in strip.items:
                match item:
                    case Cells():
                        self.cells(item, top)
                        table.append((top, item))
                    case Text():
                        self.text(item.line, item.x, top + item.y, red=item.red, condense=item.condense)
                    case Rule():
                        segment = (item.x0, top + item.y0, item.x1, top + item.y1)
                        rules[item.width, item.red].append(segment)
                    case Picture():
                        self.picture(item, top)
        rules[CELL_RULE, False] += frames(table)
        for (width, red), segments in rules.items():
            self.rules(joined(segments), width, red)

    def text(self, line: SetLine, x: float, y: float, red: bool = False, condense: float = 1.0) -> None:
        if red:
            self.canvas.setFillColor(RED)
        self._ink.show((line,), self.left + x, self.origin - y, condense=condense)
        if red:
            self.canvas.setFillColor(BLACK)

    def cells(self, row: Cells, top: float) -> None:
        """Show the texts of a row."""
        show, left = self._ink.show, self.left + CELL_PAD
        middle, leading = self.origin - top - row.height / 2 - row.drop, row.leading
        for edge, cell in zip(row.edges, row.cells, strict=False):
            show(cell, left + edge, middle + (len(cell) - 1) * leading / 2, leading)

    def rules(self, segments: Iterable[Segment], width: float, red: bool) -> None:
        """Draw rules of one look in one stroke."""
        canvas = self.canvas
        canvas.setLineWidth(width)
        canvas.setStrokeColor(RED if red else BLACK)
        canvas.setLineCap(2)
        left, origin = self.left, self.origin
        path = (
            f"{left + x0:.2f} {origin - y0:.2f} m {left + x1:.2f} {origin - y1:.2f} l"
            for x0, y0, x1, y1 in segments
        )
        canvas.addLiteral(" ".join((*path, "S")))

    def picture(self, picture: Picture, top: float) -> None:
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(self.left + picture.x, self.origin - top - picture.y)
        for shape in picture.shapes:
            match shape:
                case Box():
                    self._box(shape)
                case Stroke():
                    canvas.setStrokeColor(HexColor(shape.colour))
                    canvas.setLineWidth(shape.width)
                    canvas.setDash(*shape.dash) if shape.dash else canvas.setDash()
                    path = canvas.beginPath()
                    for number, (x, y) in enumerate(shape.points):
                        (path.lineTo if number else path.moveTo)(x, -y)
                    canvas.drawPath(path)
                case Label():
                    self._label(shape)
        canvas.restoreState()

    def _box(self, box: Box) -> None:
        canvas = self.canvas
        canvas.setDash()
        canvas.setStrokeColor(HexColor(charts.ACCENT))
        canvas.setFillColor(HexColor(box.fill))
        canvas.setLineWidth(0.6)
        canvas.rect(box.x, -box.y - box.height, box.width, box.height, fill=1)
        for (x0, y0), (x1, y1) in hatch_lines(box):
            canvas.line(x0, -y0, x1, -y1)

    def _label(self, label: Label) -> None:
        role = Role.HEI if label.strong else Role.BODY
        line = set_text([Run(role, label.text)], label.size, 1e6, align="left")[0]
        share = {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
        self.canvas.setFillColor(HexColor(charts.INK))
        self._ink.show((line,), label.x - share * line.width, -label.y)


def _page_foot(ink: _Ink, page: Page, document: Document) -> None:
    """Paint the page number, 7 mm below the 版心, and the footer line at the other side of the same row.

    A landscape page carries the number where the upright sheet has it (7.5): turned, at its left edge; a centred
    number stays at the foot as it is read.
    """
    turned = document.landscape and document.page_numbers == "outer"
    base = PORTRAIT if turned else page.grid
    canvas = ink.canvas
    canvas.saveState()
    if turned:
        canvas.translate(0, page.grid.page_height)
        canvas.rotate(-90)
    painter = _Painter(ink, base)
    y = base.height + NUMBER_DROP + SIZE_4 / 2
    right_side = page.number % 2 == 1
    room = base.width - 2 * SIZE_4
    if document.page_numbers != "none":
        number = set_text([Run(Role.SONG, f"— {page.number} —")], SIZE_4, base.width, align="left")[0]
        room -= number.width + SIZE_4
        x = base.width - SIZE_4 - number.width if right_side else SIZE_4
        if document.page_numbers == "center":
            x, right_side, room = (base.width - number.width) / 2, True, room / 2
        painter.text(number, x, y)
    footer = set_text([Run(Role.SONG, plain(document.footer, 200))], _FOOTER_SIZE, room, align="left")
    for index, line in enumerate(footer[:2]):
        x = SIZE_4 if right_side else base.width - SIZE_4 - line.width
        painter.text(line, x, y + index * _FOOTER_SIZE * 1.3)
    canvas.restoreState()
