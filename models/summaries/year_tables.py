"""The figures of a year as tables whose every figure can be opened: all of them, by body, by unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.records.organisation import Unit
from models.records.values import figure, show_day
from models.rules.duties import Obligation
from models.store.reader import Reader
from models.summaries.listed import Listed, listed, listed_duty
from models.summaries.study import GapLine
from models.summaries.study_year import UnitLine, study_year
from models.summaries.supervision import UnitTotals, unit_totals
from models.summaries.year import BodyYear, RateLine, YearSummary
from models.summaries.year_figures import LINES, Figure, YearFigures, year_figures


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure in a table: its *words*, and what it counts, as ids of *kind* or as the *duties* themselves."""

    words: str = ""
    kind: str = ""
    ids: tuple[str, ...] = ()
    duties: tuple[Obligation, ...] = ()

    def records(self, reader: Reader) -> list[Listed]:
        """Return the records behind the figure."""
        return [listed_duty(item) for item in self.duties] or listed(reader, self.kind, self.ids)

    def __bool__(self) -> bool:
        return bool(self.ids or self.duties)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line: what its figures are about, and the figures; one that *heads* the next lines has none."""

    label: str
    figures: tuple[Counted, ...] = ()
    heads: int = 0


@dataclass(frozen=True, slots=True)
class YearTable:
    """*headers* name the first column and one for each figure."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class YearTables:
    """The tables of *year* as of a day; what is compared is the year before as of *before_on*."""

    year: int
    as_of: date
    before_on: date
    tables: tuple[YearTable, ...]

    @property
    def sentence(self) -> str:
        """Until when both years are counted."""
        return f"截至{show_day(self.as_of)}，上年截至{show_day(self.before_on)}。双击一个数看它数的记录。"


def year_tables(reader: Reader, year: int, as_of: date) -> YearTables:
    """Return the tables of *year*; raises ClerkError for a year that cannot be meant."""
    last = min(as_of, date(year, 12, 31))
    now = year_figures(reader, year, last)
    before = year_figures(reader, year - 1, now.before_on)
    tables = (
        YearTable("全年数据", ("数据", f"{year}年", f"{year - 1}年"), tuple(_all(now, before))),
        YearTable(
            "各机构",
            ("机构", "定期会议", "临时会议", "应到", "本人出席率"),
            tuple(map(_body, now.summary.bodies)),
        ),
        YearTable("各单位", _UNIT_HEADERS, tuple(_units(reader, now.summary, last))),
    )
    return YearTables(year, last, now.before_on, tables)


# All figures, this year's and last year's -------------------------------------------------------


def _all(now: YearFigures, before: YearFigures) -> Iterator[TableRow]:
    earlier = {one.name: one for one in before.figures}
    for line in LINES:
        found = now.of_line(line)
        if found:
            yield TableRow(line, heads=len(found))
        for one in found:
            yield TableRow(one.label, (_counted(one, now), _counted(earlier.get(one.name), before)))


def _counted(one: Figure | None, year: YearFigures) -> Counted:
    if one is None:
        return Counted()
    words = "—" if one.value is None else f"{figure(one.value)} {one.unit}".replace(" %", "%")
    if one.kind == "obligation":
        ids = frozenset(one.ids)
        return Counted(words, duties=tuple(item for item in year.summary.obligations if item.id in ids))
    return Counted(words, one.kind, one.ids)


# By body, by unit ------------------------------------------------------------------------------


def _body(body: BodyYear) -> TableRow:
    return TableRow(
        body.name,
        (
            _times("meeting", body.regular.ids, "次"),
            _times("meeting", body.irregular.ids, "次"),
            *_presence(body.attendance),
        ),
    )


_UNIT_HEADERS = ("单位", "应到", "本人出席率", "督办应办", "办结", "逾期", "应学", "达标")


def _units(reader: Reader, summary: YearSummary, last: date) -> Iterator[TableRow]:
    """Yield each unit that had to do with anything, in the order of the roster."""
    seats = {line.id: line for line in summary.units}
    cases = {line.unit: line for line in unit_totals(reader, date(summary.year, 1, 1), last).units}
    study = {line.id: line for line in study_year(reader, summary.year, last).units}
    for unit in reader.find(Unit):
        if unit.id in seats or unit.id in cases or unit.id in study:
            yield TableRow(
                unit.name,
                (
                    *_presence(seats.get(unit.id)),
                    *_cases(cases.get(unit.id)),
                    *_study(study.get(unit.id)),
                ),
            )


def _presence(line: RateLine | None) -> tuple[Counted, Counted]:
    if line is None or not line.rates.expected:
        return Counted(), Counted()
    share = f"{figure(100 * (line.rates.own or 0), 1)}%"
    return Counted(f"{line.rates.expected} 人次", "attendance", line.ids), Counted(
        share, "attendance", line.ids
    )


def _cases(line: UnitTotals | None) -> tuple[Counted, ...]:
    parts = (line.owed, line.closed, line.overdue) if line else ((), (), ())
    return tuple(_times("case", ids, "件") for ids in parts)


def _study(line: UnitLine | None) -> tuple[Counted, Counted]:
    people: tuple[GapLine, ...] = line.people if line else ()
    met = [one.id for one in people if not one.standing.is_short]
    return _times("person", (one.id for one in people), "人"), _times("person", met, "人")


def _times(kind: str, ids: Iterable[str], measure: str) -> Counted:
    ids = tuple(ids)
    return Counted(f"{len(ids)} {measure}", kind, ids) if ids else Counted()
