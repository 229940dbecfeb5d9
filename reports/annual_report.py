"""法治政府建设情况报告 on a year, in five parts (conventions 2.4): the clerk's words, the main figures behind them.

A part that is not written leaves lines to write on, so that the paper can be finished by hand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.documents.blocks import (
    Addressee,
    AttachmentHead,
    AttachmentNote,
    Block,
    Document,
    Heading,
    Imprint,
    SignOff,
    Table,
    Title,
)  # fmt: skip
from models.documents.parse import body_blocks
from models.settings import OfficeSettings
from models.summaries.year_figures import YearFigures
from models.summaries.year_text import PartText, sentences
from reports.annual_lines import figure_table
from reports.words import numbered, page_numbers, writing_lines

DATA = "主要数据对照表"


@dataclass(frozen=True, slots=True)
class Addressees:
    """To whom an office of one level reports, as its papers call them; *told* is who gets a copy (S1-8)."""

    to: str
    told: tuple[str, ...]


_BY_LEVEL = {
    ("省",): Addressees("省委、省人大常委会", ("省政协",)),
    ("市", "州", "盟"): Addressees("省人民政府，{0}委、{0}人大常委会", ("{0}政协",)),
    ("县", "区", "旗"): Addressees("市人民政府，{0}委、{0}人大常委会", ("{0}政协",)),
    ("镇", "乡"): Addressees("县人民政府，{0}党委、{0}人大", ()),
    ("街道",): Addressees("区人民政府，街道党工委", ()),
}


def addressees(office: OfficeSettings) -> Addressees:
    """Return those of the office: as its settings name them, else by the level its area is of."""
    for endings, found in _BY_LEVEL.items():
        if office.area_name.endswith(endings):
            level = office.area_name[-1]
            told = tuple(name.format(level) for name in found.told)
            return Addressees(office.report_to or found.to.format(level), told)
    return Addressees(office.report_to, ())


def build_annual_report(
    year: YearFigures, parts: tuple[PartText, ...], office: OfficeSettings, signed: date
) -> Document:
    """Return the report as signed that day, with the figures its sentences are made of as an attachment."""
    title = f"{office.area_name}{year.year}年法治政府建设情况报告"
    whom, table = addressees(office), _figures(year)
    blocks: list[Block] = [Title(title)]
    if whom.to:
        blocks.append(Addressee(whom.to))
    for number, part in enumerate(parts, 1):
        blocks += _part(number, part)
    if table.rows:
        blocks.append(AttachmentNote((DATA,)))
    blocks.append(SignOff(office.office_name, signed))
    if table.rows:
        blocks += [AttachmentHead("附件", DATA), table]
    if whom.told:
        blocks.append(Imprint(whom.told, office.office_name, signed))
    return Document(
        title, tuple(blocks), page_numbers=page_numbers(office), outdated=tuple(_outdated(year, parts))
    )


def _part(number: int, part: PartText) -> Iterator[Block]:
    yield Heading(1, f"{numbered(1, number)}{part.part}")
    yield from writing_lines() if part.is_blank else body_blocks(part.record.content)


def _outdated(year: YearFigures, parts: tuple[PartText, ...]) -> Iterator[tuple[str, str]]:
    for sentence in sentences(year):
        for part in parts:
            if part.part == sentence.part and sentence.is_outdated_in(part.record.content):
                yield sentence.standing_in(part.record.content), sentence.words


def _figures(year: YearFigures) -> Table:
    """Return the figures that the sentences are made of, each once, in the order of the lines of work."""
    used = {figure.name for sentence in sentences(year) for figure in sentence.figures}
    figures = [
        dataclasses.replace(figure, label=f"{figure.line}：{figure.label}")
        for figure in year.figures
        if figure.name in used
    ]
    return figure_table(year, figures, DATA)
