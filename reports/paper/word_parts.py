"""The pieces of WordprocessingML that python-docx has no call for: faces of a run, the grid, fields, borders."""

from __future__ import annotations

import math
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.paper.fonts import Role
from reports.paper.geometry import CELL_PAD, NUMBER_DROP, PITCH, SIZE_3, SIZE_4, PageGrid

RED = RGBColor(0xC8, 0x16, 0x1D)
TWIPS = 20  # to a point


def element(tag: str, **attributes: str | int) -> Any:
    """Return a new ``w:`` element with ``w:`` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_faces(properties: Any, role: Role) -> None:
    """Name the face of *role* for every script; quotes and dashes take it too (hint eastAsia)."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    name = role.word_name
    properties.insert(0, element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia"))


def add_run(paragraph: Paragraph, role: Role, text: str, size: float = SIZE_3, red: bool = False) -> Run:
    """Append *text* to *paragraph* in the face of *role*."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if (
        size == SIZE_3
    ):  # 28 to a line; as spacing, because a negative charSpace of the grid is read by Word alone
        squeeze = element("spacing", val=math.floor((PITCH - SIZE_3) * TWIPS))
        run._r.get_or_add_rPr().insert_element_before(squeeze, "w:w", "w:kern", "w:sz", "w:szCs")
    if red:
        run.font.color.rgb = RED
    set_faces(run._r.get_or_add_rPr(), role)
    return run


def add_page_field(paragraph: Paragraph) -> None:
    """Append 「— n —」 with the number as a field."""
    add_run(paragraph, Role.SONG, "— ", SIZE_4)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = add_run(paragraph, Role.SONG, "", SIZE_4)
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            code = element("instrText")
            code.text = text
            run._r.append(code)
    add_run(paragraph, Role.SONG, " —", SIZE_4)


def set_page(section: Section, grid: PageGrid, turned: bool) -> None:
    """Give *section* the page and the character grid (linesAndChars) of *grid*."""
    section.orientation = WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Pt(grid.page_width), Pt(grid.page_height)
    section.left_margin, section.top_margin = Pt(grid.left), Pt(grid.top)
    section.right_margin = Pt(grid.page_width - grid.left - grid.width)
    section.bottom_margin = Pt(grid.page_height - grid.bottom)
    below = grid.page_height - grid.bottom - NUMBER_DROP - SIZE_4
    section.footer_distance, section.header_distance = Pt(max(below, SIZE_4 / 2)), Pt(SIZE_4)
    properties: Any = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="linesAndChars", linePitch=line_twips(grid)))


def line_twips(grid: PageGrid) -> int:
    """Return the row pitch in twips, cut down so that all rows fit."""
    return int(grid.row * TWIPS)


def set_exact(paragraph: Paragraph, points: float) -> None:
    """Give the lines of *paragraph* exactly *points* of height."""
    layout = paragraph.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)


def prepare_settings(document: WordDocument) -> None:
    """Take the template's Japanese theme language and its age (compatibility mode) out of the settings."""
    settings: Any = document.settings.element
    for language in settings.findall(qn("w:themeFontLang")):
        settings.remove(language)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def prepare_styles(document: WordDocument) -> None:
    """Make 3号仿宋 the default of everything and take the theme out of every style."""
    styles: Any = document.styles.element
    for node in styles.iter():
        for name in [name for name in node.attrib if "theme" in name.lower()]:
            del node.attrib[name]
    for fonts in list(styles.iter(qn("w:rFonts"))):
        set_faces(fonts.getparent(), Role.BODY)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(SIZE_3)
    set_faces(normal.element.get_or_add_rPr(), Role.BODY)
    for spacing in styles.iter(qn("w:spacing")):
        spacing.attrib.clear()
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    set_chinese(normal.element.get_or_add_pPr())


def set_table(table: Any, widths: list[float], edges: dict[str, float]) -> None:
    """Centre *table* in the 版心, rule its *edges* (their width in pt) and fix its columns to *widths* (pt)."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    properties = table._tbl.tblPr
    borders = element("tblBorders")
    for edge, width in edges.items():
        borders.append(element(edge, val="single", sz=round(width * 8), space=0, color="auto"))
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = element("tblCellMar")
    for edge in ("left", "right"):
        margins.append(element(edge, w=round(CELL_PAD * TWIPS), type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")


def stand_at_foot(paragraph: Paragraph, width: float) -> None:
    """Let *paragraph*, in one frame with those like it, stand at the lower edge of the 版心 of its page."""
    frame = element(
        "framePr", w=round(width * TWIPS), wrap="around", vAnchor="margin", hAnchor="margin", xAlign="left",
        yAlign="bottom",
    )  # fmt: skip
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(frame, "w:widowControl", "w:kinsoku", "w:spacing", "w:ind", "w:jc")


def set_rule(paragraph: Paragraph, width: float) -> None:
    """Make the empty *paragraph* a black rule *width* pt thick: a border would keep its frame from floating."""
    set_exact(paragraph, width)
    leave_grid(paragraph)
    shade = element("shd", val="clear", color="auto", fill="000000")
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(shade, "w:kinsoku", "w:overflowPunct", "w:spacing", "w:ind", "w:jc")


def set_red_line(paragraph: Paragraph, width: float, space: float) -> None:
    """Draw a red line *width* pt thick over the width of the text, *space* pt below *paragraph*."""
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=round(width * 8), space=round(space), color=str(RED)))
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:kinsoku", "w:spacing", "w:ind", "w:jc")


def set_scale(run: Run, scale: float) -> None:
    """Condense *run* to *scale* of its width."""
    properties: Any = run._r.get_or_add_rPr()
    properties.insert_element_before(element("w", val=max(1, round(scale * 100))), "w:kern", "w:sz", "w:szCs")


def set_chinese(properties: Any) -> None:
    """Set 避头尾 on, gaps around figures and widow control off; hanging marks as Word has them by itself."""
    switches = {"widowControl": 0, "kinsoku": 1, "overflowPunct": 1, "autoSpaceDE": 0, "autoSpaceDN": 0}
    for tag, value in switches.items():
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
        properties.insert_element_before(
            element(tag, val=value), "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def leave_grid(paragraph: Paragraph) -> None:
    """Set *paragraph* at its own pitch, off the character grid."""
    properties: Any = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("snapToGrid", val=0), "w:spacing", "w:ind", "w:jc", "w:rPr")
