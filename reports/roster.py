"""组成人员名单 of a body on a day, in one of five orders, the rule printed under the list."""

from __future__ import annotations

from models.documents.blocks import Block, Column, Document, Paragraph, Table, Title
from models.records.organisation import called
from models.records.values import show_day
from models.settings import OfficeSettings
from models.summaries.roster import Roster, RosterLine
from reports.words import VACANT, column_name, page_numbers

COLUMNS = (
    Column("序号", 0.8, "center"), Column("组内职务", 1.6, "center"), Column("姓名", 1.4, "center"),
    Column("单位和职务", 4.4),
)  # fmt: skip


def build_roster(roster: Roster, office: OfficeSettings) -> Document:
    """Return the list with its day, its basis document (S0-1) and, under it, the rule of its order."""
    title = f"{roster.body.name}组成人员名单"
    rows = tuple(_row(number, line) for number, line in enumerate(roster.lines, 1))
    notes = [roster.rule]
    if roster.vacancies:
        notes.append(f"空缺 {roster.vacancies} 席。")
    if roster.body.basis:
        notes.append(f"依据：{roster.body.basis}。")
    note = "".join(notes)
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"（截至{show_day(roster.as_of)}）", indent=0, align="center"),
        Table(COLUMNS, rows, note=f"注：{note}" if note else "", row_height_mm=9, sheet="组成人员名单"),
    ]
    return Document(title, tuple(blocks), page_numbers=page_numbers(office))


def _row(number: int, line: RosterLine) -> tuple[int | str, ...]:
    name = column_name(line.name) if line.name else VACANT
    return (number, line.role, name, called(line.unit, line.title))
