"""年度结转: close a year. Its figures are sealed, its records from then on only corrected with a reason (ideas 17).

Nothing is copied: open cases and unfinished resolutions stay open, clauses and rosters are in force by their dates,
numbers of papers begin with 1 because they are counted by year.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from models import clock
from models.errors import ClerkError
from models.records.values import figure
from models.records.year import ClosedYear
from models.store.ledger import Ledger
from models.store.reader import Reader
from models.summaries.supervision import next_number, open_lines
from models.summaries.year import year_summary
from models.summaries.year_figures import Figure, digest_of, figures_of, serial_of
from models.summaries.year_text import part_texts


@dataclass(frozen=True, slots=True)
class Turn:
    """What closing *year* means: the *figures* to be sealed, the ids of the cases and resolutions that go on.

    *written_parts* of the report on it are written; they stand beside those of the next year.
    """

    year: int
    serial: str
    figures: tuple[Figure, ...]
    open_cases: tuple[str, ...]
    open_resolutions: tuple[str, ...]
    next_number: str
    written_parts: tuple[str, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return what the clerk is told before and after."""
        shown = sum(bool(one.value) for one in self.figures)
        cases, resolutions = len(self.open_cases), len(self.open_resolutions)
        return (
            f"封存 {shown} 项数据（编号 {self.serial}），{self.year} 年的记录从此只能更正。",
            f"没有办结的督办事项 {cases} 件、议定事项 {resolutions} 项接着办，不用重新登记。",
            f"制度条款和名册按日期有效，自动延续。文号按年从 1 号起，下一个督办编号是 {self.next_number}。",
            f"年度报告已写 {len(self.written_parts)} 部分，还可以接着写；写 {self.year + 1} 年的报告时，上年正文放在旁边。",
        )


def plan_turn(reader: Reader, year: int) -> Turn:
    """Return what closing the year means; raises ClerkError while it runs, or when it is closed."""
    if clock.today() <= date(year, 12, 31):
        raise ClerkError(f"{year}年还没有过完，{year + 1}年1月1日起才能结转。")
    if reader.find(ClosedYear, "year = ?", (year,)):
        raise ClerkError(f"{year}年度已经结转。")
    summary = year_summary(reader, year, date(year, 12, 31))
    figures = tuple(figures_of(reader, summary))
    by_name = {one.name: one for one in figures}
    going_on = (*by_name["resolutions.running"].ids, *by_name["resolutions.overdue"].ids)
    cases = tuple(line.case.id for line in open_lines(reader, date(year, 12, 31)))
    written = tuple(text.part for text in part_texts(reader, year) if not text.is_blank)
    serial = serial_of(year, summary.as_of, figures)
    return Turn(year, serial, figures, cases, going_on, next_number(reader, year + 1), written)


def close_year(ledger: Ledger, year: int) -> ClosedYear:
    """Seal the year in one action that can be undone; raises ClerkError as :func:`plan_turn`."""
    turn = plan_turn(ledger, year)
    with ledger.action(f"结转{year}年度") as action:
        return action.add(
            ClosedYear(
                year=year, closed_on=clock.today(), serial=turn.serial, digest=digest_of(turn.figures),
                figures=json.dumps({one.name: one.counted for one in turn.figures}, ensure_ascii=False),
            )
        )  # fmt: skip


def changed_since(reader: Reader, closed: ClosedYear) -> list[str]:
    """Return which figures of a closed year differ today, as sentences; [] while the seal holds.

    A record put in the place of another changes no value: then the one sentence says so.
    """
    assert closed.year is not None
    summary = year_summary(reader, closed.year, date(closed.year, 12, 31))
    figures = tuple(figures_of(reader, summary))
    if digest_of(figures) == closed.digest:
        return []
    now, sealed = {one.name: one for one in figures}, json.loads(closed.figures)
    told = [
        f"{one.line}“{one.label}”结转时 {figure(sealed.get(name, 0))}，现在 {figure(one.counted)}"
        for name, one in now.items()
        if one.counted != sealed.get(name, 0)
    ]
    told += [
        f"{name}结转时 {figure(value)}，现在 0" for name, value in sealed.items() if value and name not in now
    ]
    return told or ["数据相同，但背后的记录已更正"]
