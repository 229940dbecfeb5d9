"""Write a document as PDF: pages of the exact GB/T 9704-2012 grid, every face embedded, text that can be searched."""

from __future__ import annotations

from typing import BinaryIO

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from models.documents.blocks import Document
from reports import charts
from reports.charts import Box, Label, Shape, Stroke, hatch_lines
from reports.paper.flow import Page, Picture, Rule, Text
from reports.paper.fonts import Role, faces
from reports.paper.geometry import NUMBER_DROP, PORTRAIT, SIZE_4, PageGrid
from reports.paper.layout import lay_out
from reports.paper.text import plain
from reports.paper.typeset import Run, SetLine, set_text

RED, BLACK = HexColor("#C8161D"), HexColor("#000000")
_FOOTER_SIZE = 9.0


def render_pdf(document: Document, stream: BinaryIO) -> None:
    """Write *document* into *stream* as PDF; characters no face can draw print as 〓."""
    first = lay_out(document)
    canvas = _canvas(stream, first[0].grid, document)
    for page in first:
        canvas.setPageSize((page.grid.page_width, page.grid.page_height))
        _Painter(canvas, page.grid).page(page)
        _page_foot(canvas, page, document)
        canvas.showPage()
    canvas.save()


def render_chart(shapes: tuple[Shape, ...], width: float, height: float, stream: BinaryIO) -> None:
    """Write a drawing alone as a one-page PDF of its own size (pt)."""
    page = PageGrid(width, height, 0.0, 0.0, width, height, 1, 1)
    canvas = _canvas(stream, page, None)
    _Painter(canvas, page).picture(Picture(0, 0, shapes), 0)
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


class _Painter:
    """Paints strips on a canvas; turns "down from the top of the 版心" into reportlab's "up from the foot"."""

    def __init__(self, canvas: Canvas, page: PageGrid) -> None:
        self.canvas = canvas
        self.left = page.left
        self.origin = page.page_height - page.top

    def page(self, page: Page) -> None:
        for top, strip in page.strips:
            for item in strip.items:
                match item:
                    case Text():
                        self.text(item.line, item.x, top + item.y, red=item.red, condense=item.condense)
                    case Rule():
                        self.rule(item, top)
                    case Picture():
                        self.picture(item, top)

    def text(self, line: SetLine, x: float, y: float, red: bool = False, condense: float = 1.0) -> None:
        self.canvas.setFillColor(RED if red else BLACK)
        _show(self.canvas, line, self.left + x, self.origin - y, condense)

    def rule(self, rule: Rule, top: float) -> None:
        canvas = self.canvas
        canvas.setLineWidth(rule.width)
        canvas.setStrokeColor(RED if rule.red else BLACK)
        canvas.setLineCap(2)
        x0, x1 = self.left + rule.x0, self.left + rule.x1
        canvas.line(x0, self.origin - top - rule.y0, x1, self.origin - top - rule.y1)

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
        _show(self.canvas, line, label.x - share * line.width, -label.y)


def _show(canvas: Canvas, line: SetLine, x: float, y: float, condense: float = 1.0) -> None:
    """Show *line* from (*x*, *y*) on its baseline, upwards from the foot of the page."""
    for piece in line.pieces:
        text = canvas.beginText(x + piece.x * condense, y)
        text.setFont(piece.font, piece.size)
        text.setCharSpace(piece.spacing)
        text.setHorizScale(100 * condense)
        text.textOut(piece.text)
        canvas.drawText(text)


def _page_foot(canvas: Canvas, page: Page, document: Document) -> None:
    """Paint the page number, 7 mm below the 版心, and the footer line at the other side of the same row.

    A landscape page carries the number where the upright sheet has it (7.5): turned, at its left edge; a centred
    number stays at the foot as it is read.
    """
    turned = document.landscape and document.page_numbers == "outer"
    base = PORTRAIT if turned else page.grid
    canvas.saveState()
    if turned:
        canvas.translate(0, page.grid.page_height)
        canvas.rotate(-90)
    painter = _Painter(canvas, base)
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
