"""Write a document as DOCX on the same grid as the PDF: 22 lines of 28 characters, every run with its Chinese face."""

from __future__ import annotations

import copy
import io
import math
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, BinaryIO

import docx
import pypdfium2
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from models.clock import now
from models.documents import blocks
from models.documents.blocks import Document
from models.records.values import show_day
from reports.charts import Shape, draw_chart
from reports.paper.closing import SEAL_ROWS, sign_off_indents
from reports.paper.fonts import Role
from reports.paper.geometry import (
    MARK_DROP,
    MM,
    RED_LINE_DROP,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    THICK_RULE,
    THIN_RULE,
    grid,
)
from reports.paper.layout import HEADING_ROLES, RED_LINE, mark_size, wall_height
from reports.paper.pdf import render_chart
from reports.paper.tables import table_look
from reports.paper.text import (
    addressee_text,
    attachment_lines,
    cell_text,
    copy_text,
    lines,
    people_text,
    plain,
)
from reports.paper.title import break_title
from reports.paper.typeset import Run, text_width
from reports.paper.word_parts import (
    TWIPS,
    add_page_field,
    add_run,
    element,
    leave_grid,
    line_twips,
    prepare_settings,
    prepare_styles,
    set_chinese,
    set_exact,
    set_page,
    set_red_line,
    set_rule,
    set_scale,
    set_table,
    stand_at_foot,
)
from reports.wall import draw_wall

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}  # fmt: skip
_CHART_SCALE = 300 / 72  # dots to a point
_LONG_CELL = 400  # characters from which a row may be cut by a page


def render_docx(document: Document, stream: BinaryIO) -> None:
    """Write *document* into *stream* as DOCX."""
    writer = _Writer(document)
    foot: list[blocks.Imprint] = []
    previous: blocks.Block | None = None
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, blocks.Imprint):
            foot.append(block)
            continue
        if isinstance(block, blocks.Mark):
            writer.mark(block.text, line=not isinstance(following, blocks.Number))
        else:
            writer.block(block, previous)
        previous = block
    for imprint in foot:
        writer.imprint(imprint)
    writer.close()
    writer.word.save(stream)


class _Writer:
    """Appends blocks to a Word document; measures in pt."""

    def __init__(self, document: Document) -> None:
        self.word = docx.Document()
        self.grid = grid(1, document.landscape)
        self.new_page = False
        prepare_styles(self.word)
        prepare_settings(self.word)
        set_page(self.word.sections[0], self.grid, document.landscape)
        self._footers(document)
        core, moment = self.word.core_properties, now()
        core.title, core.author = (
            plain(document.title, 255),
            plain(document.properties.get("author", ""), 255),
        )
        core.subject, core.keywords = (
            plain(document.properties.get(key, ""), 255) for key in ("subject", "keywords")
        )
        core.comments, core.language = "", "zh-CN"
        core.created = core.modified = moment

    def block(self, block: blocks.Block, previous: blocks.Block | None) -> None:
        """Append *block*; *previous* decides the empty rows before it."""
        match block:
            case blocks.Number():
                self.number(block)
            case blocks.Title(text):
                self.blank(2 if isinstance(previous, blocks.Mark | blocks.Number) else 0)
                self.title(text)
                self.blank(1)
            case blocks.Addressee(text):
                self.row([Run(Role.BODY, addressee_text(text))])
            case blocks.Heading(level, text, run_on):
                role = HEADING_ROLES.get(level, Role.BODY)
                heading = self.row([Run(role, plain(text)), Run(Role.BODY, plain(run_on))], first=2)
                heading.paragraph_format.keep_with_next = not run_on
            case blocks.Paragraph():
                self.paragraph(block)
            case blocks.People():
                ahead = isinstance(previous, None | blocks.People | blocks.Title | blocks.BlankLines)
                self.blank(0 if ahead else 1)
                label, entries = people_text(block)
                self.hanging(Run(Role.HEI, label), entries)
            case blocks.Table():
                self.table(block)
            case blocks.Chart():
                self.chart(block)
            case blocks.YearWall():
                self.wall(block)
            case blocks.SignOff():
                self.sign_off(block)
            case blocks.AttachmentNote(names):
                self.blank(1)
                for prefix, name in attachment_lines(names):
                    self.hanging(Run(Role.BODY, prefix), name)
            case blocks.AttachmentHead(label, title):
                self.new_page = True
                self.row([Run(Role.HEI, plain(label))])
                self.blank(1)
                self.title(title)
                self.blank(1)
            case blocks.Note(text):
                self.row([Run(Role.BODY, plain(text))], first=2)
            case blocks.BlankLines(count):
                self.blank(count)
            case blocks.PageBreak():
                self.new_page = True

    def paragraph(self, block: blocks.Paragraph) -> None:
        """Append each line of a paragraph as one of Word's."""
        first, align = (block.indent, "justify") if block.align == "left" else (0, block.align)
        parts = lines(block.text)
        for place, part in enumerate(parts, 1):
            made = self.row([Run(Role.BODY, part)], first=first, align=align).paragraph_format
            if block.whole:
                made.keep_together, made.keep_with_next = True, place < len(parts)

    def row(
        self, runs: list[Run], *, first: float = 0, left: float = 0, align: str = "justify", right: float = 0
    ) -> WordParagraph:
        """Append a paragraph on the grid; *first* and *left* in characters, *right* in pt."""
        paragraph = self.word.add_paragraph()
        set_chinese(paragraph._p.get_or_add_pPr())
        layout = paragraph.paragraph_format
        set_exact(paragraph, line_twips(self.grid) / TWIPS)
        layout.alignment = _ALIGN[align]
        layout.page_break_before = self.new_page or None
        self.new_page = False
        if left:
            layout.left_indent = Pt(left * self.grid.pitch)
        if first != left:
            layout.first_line_indent = Pt((first - left) * self.grid.pitch)
        if right:
            layout.right_indent = Pt(right)
        for run in runs:
            if run.text:
                add_run(paragraph, run.role, run.text)
        return paragraph

    def blank(self, count: int) -> None:
        """Append *count* empty rows."""
        for _ in range(count):
            self.row([])

    def hanging(self, label: Run, text: str) -> None:
        """Append 左空二字 *label* and *text*, run-over lines aligned to the first character after the label."""
        width = text_width([label], SIZE_3, self.grid.pitch) / self.grid.pitch
        left = 2 + width if 2 + width < self.grid.chars / 2 else 2
        self.row([label, Run(Role.BODY, text)], first=2, left=left)

    def title(self, text: str) -> None:
        """Append a title broken by sense, one paragraph with line breaks."""
        paragraph = self.row([], align="center")
        leave_grid(paragraph)
        parts = break_title("\n".join(lines(text)), math.floor(self.grid.width / SIZE_2))
        for number, part in enumerate(parts):
            run = add_run(paragraph, Role.TITLE, part, SIZE_2)
            if number < len(parts) - 1:
                run.add_break()

    def mark(self, text: str, line: bool) -> None:
        """Append the red mark, condensed to the width of the 版心, and the red *line* where no number follows."""
        size, scale = mark_size(plain(text, 200), self.grid)
        paragraph = self.row([], align="center")
        paragraph.paragraph_format.space_before = Pt(MARK_DROP)
        set_exact(paragraph, size)
        leave_grid(paragraph)
        run = add_run(paragraph, Role.TITLE, plain(text, 200), size, red=True)
        set_scale(run, scale)
        if line:
            set_red_line(paragraph, RED_LINE, RED_LINE_DROP)

    def number(self, number: blocks.Number) -> None:
        """Append 发文字号 and the red line below it."""
        self.blank(2)
        text = plain(number.text)
        paragraph = self.row([Run(Role.BODY, text if not number.signer else f"\t{text}")], align="center")
        if number.signer:
            layout = paragraph.paragraph_format
            layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
            layout.tab_stops.add_tab_stop(Pt(self.grid.pitch))
            layout.tab_stops.add_tab_stop(Pt(self.grid.width - self.grid.pitch), WD_TAB_ALIGNMENT.RIGHT)
            add_run(paragraph, Role.BODY, "\t签发人：")
            add_run(paragraph, Role.KAI, plain(number.signer))
        set_red_line(paragraph, RED_LINE, RED_LINE_DROP - (self.grid.row - SIZE_3) / 2)

    def sign_off(self, block: blocks.SignOff) -> None:
        """Append 署名 and 成文日期."""
        right, date_right = sign_off_indents(block, self.grid.pitch)
        self.blank(SEAL_ROWS if block.sealed else 1)
        if block.organisation:
            paragraph = self.row([Run(Role.BODY, plain(block.organisation))], align="right", right=right)
            paragraph.paragraph_format.keep_with_next = True
        if block.on:
            self.row([Run(Role.BODY, show_day(block.on))], align="right", right=date_right)

    def table(self, table: blocks.Table) -> None:
        """Append a ruled table whose head is repeated; rows may grow, never shrink."""
        look = table_look(table, self.grid)
        if table.title:
            title = self.row([], align="center")
            title.paragraph_format.keep_with_next = True
            add_run(title, Role.HEI, plain(table.title), SIZE_3)
        elif self.new_page:
            self.row([])
        if table.columns:
            made = self.word.add_table(rows=0, cols=len(table.columns))
            edges = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), 0.5)
            set_table(made, look.widths, edges)
            head = _row_shape(made, ["center"] * len(table.columns), Role.HEI, look.size)
            head.get_or_add_trPr().append(element("tblHeader"))
            made._tbl.append(_filled(head, [column.label for column in table.columns]))
            shape = _row_shape(
                made,
                [column.align for column in table.columns],
                Role.BODY,
                look.size,
                table.row_height_mm * MM,
            )
            for values in table.rows:
                cells = zip(values, table.columns, strict=True)
                texts = [cell_text(value, column.number_format) for value, column in cells]
                made._tbl.append(_filled(shape, texts))
        if table.note:
            note = self.row([])
            add_run(note, Role.BODY, plain(table.note), look.size)

    def chart(self, chart: blocks.Chart) -> None:
        """Append a chart."""
        width, height = self.grid.width, self.grid.row * math.floor(self.grid.width * 0.5 / self.grid.row)
        self._picture(draw_chart(chart, width, height), width, height, chart.title)

    def wall(self, wall: blocks.YearWall) -> None:
        """Append a year, a row lower than on paper: Word keeps an empty line after its title."""
        width, height = self.grid.width, wall_height(self.grid) - self.grid.row
        self._picture(draw_wall(wall, width, height), width, height, wall.title)

    def _picture(self, shapes: tuple[Shape, ...], width: float, height: float, title: str) -> None:
        """Append a sharp picture of the drawing that stands in the PDF, *width* × *height* pt."""
        page = io.BytesIO()
        render_chart(shapes, width, height, page)
        picture = io.BytesIO()
        drawn = pypdfium2.PdfDocument(page.getvalue())
        try:
            drawn[0].render(scale=_CHART_SCALE, grayscale=False).to_pil().save(picture, "PNG", optimize=True)
        finally:
            drawn.close()
        paragraph = self.row([], align="center")
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        run = add_run(paragraph, Role.BODY, "")
        inline = run.add_picture(picture, width=Pt(width - 1))
        inline._inline.docPr.set("descr", plain(title, 255))

    def imprint(self, imprint: blocks.Imprint) -> None:
        """Append the 版记: rows and rules that stand at the foot of the last page."""
        self._rule(THICK_RULE)
        if imprint.copy_to:
            layout = self._foot_row(copy_text(imprint.copy_to)).paragraph_format
            layout.left_indent, layout.first_line_indent = Pt(4 * SIZE_4), Pt(-3 * SIZE_4)
            self._rule(THIN_RULE)
        paragraph = self._foot_row(plain(imprint.issuer))
        if imprint.issued_on:
            edge = Pt(self.grid.width - SIZE_4)
            paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
            add_run(paragraph, Role.BODY, f"\t{show_day(imprint.issued_on)}印发", SIZE_4)
        self._rule(THICK_RULE)

    def _foot_row(self, text: str) -> WordParagraph:
        paragraph = self.row([], align="left")
        layout = paragraph.paragraph_format
        layout.left_indent = layout.right_indent = Pt(SIZE_4)
        add_run(paragraph, Role.BODY, text, SIZE_4)
        stand_at_foot(paragraph, self.grid.width)
        return paragraph

    def _rule(self, width: float) -> None:
        paragraph = self.row([])
        set_rule(paragraph, width)
        stand_at_foot(paragraph, self.grid.width)

    def close(self) -> None:
        """End with a paragraph of no height, as Word wants it after a table or a frame."""
        paragraph = self.row([])
        set_exact(paragraph, 1.0)
        leave_grid(paragraph)

    def _footers(self, document: Document) -> None:
        """Page number as in the PDF: odd pages right 空一字, even pages left 空一字, or centred."""
        section = self.word.sections[0]
        outer = document.page_numbers == "outer"
        if outer:
            self.word.settings.odd_and_even_pages_header_footer = True
        for footer, odd in ((section.footer, True), *(((section.even_page_footer, False),) if outer else ())):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            set_exact(paragraph, SIZE_4)
            layout = paragraph.paragraph_format
            layout.left_indent = layout.right_indent = Pt(SIZE_4)
            for tab in list(paragraph.style.element.iter(qn("w:tabs"))):
                tab.getparent().remove(tab)
            edge = self.grid.width - SIZE_4
            note = plain(document.footer, 200)
            if document.page_numbers == "center":
                layout.tab_stops.add_tab_stop(Pt(self.grid.width / 2), WD_TAB_ALIGNMENT.CENTER)
            else:
                layout.tab_stops.add_tab_stop(Pt(edge), WD_TAB_ALIGNMENT.RIGHT)
            if document.page_numbers == "none":
                add_run(paragraph, Role.SONG, note, 9.0)
            elif odd:
                add_run(paragraph, Role.SONG, f"{note}\t", 9.0)
                add_page_field(paragraph)
            else:
                add_page_field(paragraph)
                add_run(paragraph, Role.SONG, f"\t{note}", 9.0)


def _row_shape(made: Any, aligns: Sequence[str], role: Role, size: float, least: float = 0.0) -> Any:
    """Return a row as the table *made* has it, each cell with one empty line, *least* pt high; not in the table yet."""
    row = made.add_row()
    if least:
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Pt(least)
    for cell, align in zip(row.cells, aligns, strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = _ALIGN[align]
        set_chinese(paragraph._p.get_or_add_pPr())
        leave_grid(paragraph)
        add_run(paragraph, role, " ", size)
    made._tbl.remove(row._tr)
    return row._tr


def _filled(shape: Any, texts: Sequence[str]) -> Any:
    """Return a copy of the row *shape* that holds *texts*. Made anew by python-docx, a long table takes minutes."""
    row = copy.deepcopy(shape)
    if max(map(len, texts)) < _LONG_CELL:
        row.get_or_add_trPr().insert_element_before(element("cantSplit"), "w:trHeight", "w:tblHeader", "w:jc")
    for first, text in zip(list(row.iter(qn("w:p"))), texts, strict=True):
        paragraph = first
        for number, part in enumerate(lines(text)):
            if number:
                following = copy.deepcopy(first)
                paragraph.addnext(following)
                paragraph = following
            next(paragraph.iter(qn("w:t"))).text = part
    return row
