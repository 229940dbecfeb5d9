"""The lines of work of a year in figures with last year's beside them, and the lists that prove them."""

from __future__ import annotations

from collections.abc import Iterable

from models.documents.blocks import Block, Cell, Chart, Column, Heading, Paragraph, Series, Table
from models.records.values import show_day
from models.summaries.year_figures import (
    ATTENDANCE,
    CASES,
    DUTIES,
    MEETINGS,
    PAPERS,
    RESOLUTIONS,
    STUDY,
    Figure,
    ProofList,
    YearFigures,
)  # fmt: skip
from reports.words import by_content

_CHARTED = ("meetings", "resolutions", "study.sessions", "cases.owed", "submissions", "dynamics")


def line_sections(year: YearFigures) -> list[Block]:
    """Return 五 to 八: study, cases, papers, and the figures of the sections before beside last year's."""
    heading, told = _section(
        year, "八、与上年对比", "两年都没有可比的数据。", (MEETINGS, ATTENDANCE, DUTIES, RESOLUTIONS)
    )
    return [
        *_section(year, "五、学法情况", "没有登记学法活动。", (STUDY,)),
        *_section(year, "六、督办情况", "没有登记督办事项。", (CASES,)),
        *_section(year, "七、报送和工作动态情况", "没有登记报送材料。", (PAPERS,)),
        heading,
        *_chart(year),
        told,
    ]


def proof_tables(proofs: Iterable[ProofList]) -> list[tuple[str, Table]]:
    """Return lists behind figures as attachments: name and table."""
    return [(proof.label, _proof_table(proof)) for proof in proofs]


def _proof_table(proof: ProofList) -> Table:
    columns = (Column("序号", 0.8, "center"), *(Column(label, 1.6) for label in proof.columns))
    rows: tuple[tuple[Cell, ...], ...] = tuple((number, *row) for number, row in enumerate(proof.rows, 1))
    return Table(by_content(columns, rows), rows, sheet=proof.label)


def compared(year: YearFigures) -> str:
    """Return what stands over last year's figures: 上年, or 上年同期 while the year runs."""
    return "上年" if (year.before_on.month, year.before_on.day) == (12, 31) else "上年同期"


def figure_table(year: YearFigures, figures: Iterable[Figure], sheet: str) -> Table:
    """Return *figures* beside last year's."""
    columns = (
        Column("项目", 2.4), Column("单位", 0.8, "center"), Column(f"{year.year}年", 1.1, "right", "General"),
        Column(compared(year), 1.1, "right", "General"), Column("增减", 1, "right", "General"),
    )  # fmt: skip
    note = f"注：{compared(year)}为截至{show_day(year.before_on)}的数。"
    return Table(columns, tuple(_row(year, one) for one in figures), note=note, sheet=sheet)


def _section(year: YearFigures, heading: str, nothing: str, lines: tuple[str, ...]) -> tuple[Block, Block]:
    """Return the heading of a section and what stands below it."""
    figures = [one for line in lines for one in year.of_line(line)]
    table = figure_table(year, figures, heading.partition("、")[2])
    return Heading(1, heading), table if figures else Paragraph(nothing)


def _row(year: YearFigures, figure: Figure) -> tuple[Cell, ...]:
    now, before = figure.value, year.value_before(figure)
    change = "无可比" if now is None or before is None else _cell(round(now - before, 1))
    return (figure.label, figure.unit, _cell(now), _cell(before), change)


def _cell(value: float | None) -> Cell:
    if value is None:
        return "—"
    return int(value) if value == int(value) else value


def _chart(year: YearFigures) -> list[Block]:
    shown = [one for one in year.figures if one.name in _CHARTED and (one.value or year.value_before(one))]
    if not shown:
        return []
    now = Series(f"{year.year}年", tuple(one.value or 0 for one in shown))
    before = Series(compared(year), tuple(year.value_before(one) or 0 for one in shown))
    return [Chart("主要工作与上年对比", tuple(one.label for one in shown), (before, now), kind="bar")]
