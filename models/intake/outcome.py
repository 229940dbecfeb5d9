"""How a sheet was understood, and what bringing it in does or would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.intake.workbook_reader import Cell, SheetRows
from models.records.base import Kind, Value

Existing = Literal["update", "skip"]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in one row (counted from 1 as Excel does); *column* its index, None for the row.

    What is only *locked* (issued minutes, a closed year) can be brought in as a 更正.
    """

    row: int
    column: int | None
    label: str
    message: str
    locked: bool = False

    def __str__(self) -> str:
        return f"第 {self.row} 行{f'“{self.label}”' if self.label else ''}：{self.message}"


@dataclass(frozen=True, slots=True)
class RowDeed:
    """What one row does: adds the record called *name*, or changes its fields with the labels *changed*.

    *of* is the label of a kind that comes along with the kind of the sheet; *remark* says what was derived.
    """

    row: int
    name: str
    changed: tuple[str, ...] = ()
    of: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """How a sheet is understood before it is checked; the clerk may change *mapping*.

    *header_row* counts from 1; *mapping* gives field names (or 编号) by column index; *ignored* are headers
    that mean nothing here; *totals* the rows that only count the others, which are left out; *given* are
    values every row has (the session a list of people belongs to).
    """

    header_row: int
    header: tuple[Cell, ...]
    mapping: dict[int, str]
    ignored: tuple[str, ...]
    rows: int
    totals: tuple[int, ...] = ()
    given: Mapping[str, Value] = field(default_factory=dict)

    def left_out(self) -> str:
        """Return a sentence on the rows left out, "" for none."""
        rows = "、".join(map(str, self.totals))
        return f"第 {rows} 行是合计，不导入。" if rows else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records of one kind are new, changed and as they were."""

    kind: Kind
    added: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def written(self) -> int:
        """How many are new or changed."""
        return self.added + self.changed

    def __str__(self) -> str:
        measure = self.kind.measure
        counts = (
            f"新增 {self.added} {measure}，更新 {self.changed} {measure}，未变 {self.unchanged} {measure}"
        )
        return f"{self.kind.label}：{counts}"


@dataclass(frozen=True, slots=True)
class CheckedImport:
    """The outcome of a check: what would be written, as a 更正 with its *reason*; what is wrong or deserves a look.

    *tallies* begin with the kind of the sheet; a kind that comes along with it follows.
    """

    table: SheetRows
    preview: Preview
    existing: Existing
    tallies: tuple[Tally, ...]
    errors: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()
    deeds: tuple[RowDeed, ...] = ()
    reason: str = ""

    @property
    def own(self) -> Tally:
        """The counts of the kind of the sheet."""
        return self.tallies[0]

    @property
    def kind(self) -> Kind:
        """The kind of the sheet."""
        return self.own.kind

    @property
    def written(self) -> int:
        """How many records are new or changed."""
        return sum(tally.written for tally in self.tallies)

    @property
    def only_locked(self) -> bool:
        """Whether nothing but locks keeps the rows out."""
        return bool(self.errors) and all(problem.locked for problem in self.errors)

    def amount(self) -> str:
        """Return what is written, as 人员 13 人、任职 14 条."""
        told = [tally for tally in self.tallies if tally.written] or self.tallies[:1]
        return "、".join(f"{one.kind.label} {one.written} {one.kind.measure}" for one in told)

    def sentence(self) -> str:
        """Return the outcome as a clerk reads it."""
        if self.errors:
            rows = len({problem.row for problem in self.errors})
            return f"有 {rows} 行不对，一行也没有写入。{self.errors[0]}"
        return f"{'；'.join(map(str, self.tallies))}。"
