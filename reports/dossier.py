"""依法行政档案 of one unit or person: what is known on a day and all that concerns them in a year (S1-34)."""

from __future__ import annotations

from models.documents.blocks import Block, Cell, Column, Document, Heading, Paragraph, Table, Title
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.dossier.parts import Dossier, Part
from reports.words import half_widths, numbered, page_numbers

_TITLES = {"unit": "依法行政档案", "person": "个人法治工作档案"}
_LEAST, _MOST = 5, 16
"""Between how many characters a column of words is made wide; longer words go on in the next line."""
_DAY = "yyyy-mm-dd"


def build_dossier(dossier: Dossier, office: OfficeSettings) -> Document:
    """Return the facts as a table of two columns, then each part under its own heading."""
    title = f"{dossier.name}{_TITLES[dossier.kind]}"
    facts = Table((Column("项目", 1), Column("内容", 3.4)), dossier.facts, sheet="基本情况")
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"（{dossier.year}年度，截至{show_day(dossier.as_of)}）", indent=0, align="center"),
        Heading(1, f"{numbered(1, 1)}基本情况"),
        facts,
    ]
    for number, part in enumerate(dossier.parts, 2):
        blocks.append(Heading(1, f"{numbered(1, number)}{part.title}"))
        if part.note:
            blocks.append(Paragraph(part.note.replace(" ", "") + "。"))
        blocks.append(_table(part))
    return Document(
        title, tuple(blocks), footer=f"截至{show_day(dossier.as_of)}", page_numbers=page_numbers(office)
    )


def _table(part: Part) -> Table:
    columns = tuple(_column(part, place) for place in range(len(part.columns)))
    return Table(columns, tuple(line.cells for line in part.lines), sheet=part.title)


def _column(part: Part, place: int) -> Column:
    label = part.columns[place]
    cells: list[Cell] = [line.cells[place] for line in part.lines]
    if any(isinstance(cell, int | float) for cell in cells):
        return Column(label, 0.9, "right")
    if all(cell is None or not isinstance(cell, str) for cell in cells):
        return Column(label, 1.5, "center", _DAY)
    longest = max(half_widths(str(cell or "")) for cell in cells) / 2
    return Column(label, min(max(longest, len(label), _LEAST), _MOST) / 5)
