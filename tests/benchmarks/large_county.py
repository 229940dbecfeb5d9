"""Ten years of a large county: the workbench, every page, every list, the annual summary.

What the program remembers is forgotten before each run, as at the start, except where it says what was saved. The
baseline of a screen is its own queries, of a paper the bare cells.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import partial
from itertools import count

from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from models import clock
from models.records.base import Record, all_kinds
from models.records.filing import Submission
from models.records.meeting import Attendance, Meeting
from models.records.organisation import Person, Unit
from models.records.rules import Clause
from models.records.study import StudyAttendance
from models.records.supervision import Case
from models.store.ledger import Ledger
from models.summaries.calendar import calendar
from models.summaries.dossier import person_dossier, unit_dossier
from models.summaries.filing import filing_board
from models.summaries.study import gaps
from models.summaries.supervision import open_lines
from models.summaries.workbench import workbench
from reports.catalog import ReportOptions, render, report_of
from tests.benchmarks.figures import Figure, compared, taken
from tests.benchmarks.large_ledger import large_county
from tests.benchmarks.places import TODAY, application
from tests.benchmarks.raw import queries_of, write_cells
from ui import work
from ui.session import Session
from ui.shell import make_window, page_specs
from ui.tables.record_table import RecordTable

_WORKBENCH_MS, _LIST_MS, _PAPERS_MS = 150, 100, 3_000
_LEAST_RAW_MS = 1
_TIMES = 5
_LAST_YEAR = TODAY.year - 1


def measure() -> Iterator[Figure]:
    """Compute, show and print on a copy of the large county, on the day up to which it is filled."""
    application()
    with clock.held_at(datetime.combine(TODAY, time(10))):
        with large_county() as ledger:
            yield from _computed(ledger)
            yield from _after_saving(ledger)
            session = Session(ledger)
            yield from _lists(session)
            yield from _pages(session)
            yield from _annual(ledger)
        with large_county() as ledger:
            _enforce_all(ledger)
            name = "workbench, clauses that ship suspended on too"
            yield _figure(name, ledger, partial(workbench, ledger, TODAY))


def _figure(
    name: str, ledger: Ledger, deed: Callable[[], object], aim: float | None = None
) -> Figure:  # fmt: skip
    queries = _raw(ledger, deed)
    return Figure(name, taken(deed, _TIMES, ledger.forget), baseline=queries, at_most=aim)


def _raw(ledger: Ledger, deed: Callable[[], object]) -> float | None:
    """Return the time of the queries of *deed* alone in ms, None where they are nothing to compare with."""
    ledger.forget()
    spent = taken(queries_of(ledger, deed), _TIMES)
    return spent if spent >= _LEAST_RAW_MS else None


def _computed(ledger: Ledger) -> Iterator[Figure]:
    unit, person = ledger.find(Unit)[3].id, ledger.find(Person)[0].id
    month = date(TODAY.year, TODAY.month, 1), date(TODAY.year, TODAY.month, 30)
    for name, deed, aim in (
        ("workbench", lambda: workbench(ledger, TODAY), _WORKBENCH_MS),
        ("calendar, one month", lambda: calendar(ledger, *month, TODAY), _LIST_MS),
        ("督办, open cases", lambda: open_lines(ledger, TODAY), _LIST_MS),
        ("报送, board of the year", lambda: filing_board(ledger, TODAY.year, TODAY), _LIST_MS),
        ("学法, gaps of everybody", lambda: gaps(ledger, TODAY.year, TODAY), _LIST_MS),
        ("档案 of a unit", lambda: unit_dossier(ledger, unit, TODAY), _LIST_MS),
        ("档案 of a person", lambda: person_dossier(ledger, person, TODAY), _LIST_MS),
        ("search over everything, wang", lambda: ledger.search("wang"), _LIST_MS),
        ("search over everything, 实事", lambda: ledger.search("实事"), _LIST_MS),
    ):
        yield _figure(f"{name}, computed", ledger, deed, aim)


def _after_saving(ledger: Ledger) -> Iterator[Figure]:
    """Compute the workbench anew after one record was saved: what reads other tables is still remembered."""
    for kind in (Meeting, Attendance, Case, Submission, StudyAttendance, Person):
        spent = taken(lambda: workbench(ledger, TODAY), _TIMES, _saving(ledger, kind))
        yield Figure(f"workbench, after one {kind.KIND.label} was saved", spent, at_most=_WORKBENCH_MS)


def _saving(ledger: Ledger, kind: type[Record]) -> Callable[[], None]:
    """Return what writes another note to one record of *kind*."""
    record, versions = ledger.find(kind, order="id DESC")[0], count()

    def save() -> None:
        with ledger.action("备注", reason="计时") as action:
            action.change(dataclasses.replace(record, note=f"第 {next(versions)} 次"))  # type: ignore[call-arg]

    return save


def _lists(session: Session) -> Iterator[Figure]:
    """Open a list of every kind, with its columns as they ship, until it is painted."""
    for kind in all_kinds():
        tables: list[RecordTable] = []

        def opened(kind_id: str = kind.id, tables: list[RecordTable] = tables) -> None:
            tables.append(RecordTable(session, kind_id))
            tables[-1].resize(950, 620)
            tables[-1].show()
            tables[-1].view.viewport().repaint()

        def closed(tables: list[RecordTable] = tables) -> None:
            while tables:
                delete(tables.pop())

        queries = _raw(session.ledger, opened)
        spent = taken(opened, _TIMES, closed)
        closed()
        yield Figure(f"list of {kind.label}: to painted", spent, baseline=queries, at_most=_LIST_MS)


def _pages(session: Session) -> Iterator[Figure]:
    """Go to each page from another one, in the window, after a meeting was saved."""
    save = _saving(session.ledger, Meeting)
    window = make_window(session)
    window.resize(1366, 690)
    window.show()
    QApplication.processEvents()
    for spec in page_specs(session):
        if spec.section == "whole":
            continue

        def shown(page_id: str = spec.id) -> None:
            window.open_page(page_id)
            window.grab()

        def elsewhere(page_id: str = spec.id) -> None:
            window.open_page("settings" if page_id != "settings" else "roster")
            save()
            _wait_for_work()

        shown()
        elsewhere()
        aim = _WORKBENCH_MS if spec.id == "workbench" else _LIST_MS
        queries = _raw(session.ledger, shown)
        yield Figure(
            f"page {spec.title}: to painted", taken(shown, _TIMES, elsewhere), baseline=queries, at_most=aim
        )
    _wait_for_work()
    window.close()
    delete(window)


def _wait_for_work() -> None:
    """Let end what a page computes beside it, so that it does not slow down the next."""
    while work._running:
        QApplication.processEvents()


def _annual(ledger: Ledger) -> Iterator[Figure]:
    """Compose the annual summary of the year before and write it; reading and composing count."""
    report, options = report_of("annual"), ReportOptions(year=_LAST_YEAR, as_of=TODAY)

    def written(*suffixes: str) -> None:
        ledger.forget()
        document = report.build(ledger, options)
        for suffix in suffixes:
            render(document, suffix, io.BytesIO())

    document = report.build(ledger, options)
    yield Figure(
        f"年度总结 {_LAST_YEAR}: rows of its tables", sum(len(table.rows) for table in document.tables()), ""
    )
    yield Figure("年度总结, composed", taken(lambda: report.build(ledger, options), 3, ledger.forget))
    spent, raw = compared(lambda: written(".pdf", ".xlsx"), lambda: write_cells(document), 3)
    yield Figure("年度总结 as PDF and XLSX", spent, baseline=raw, at_most=_PAPERS_MS)
    yield Figure("年度总结 as DOCX", taken(lambda: render(document, ".docx", io.BytesIO()), 1))


def _enforce_all(ledger: Ledger) -> None:
    with ledger.action("启用全部条款") as action:
        for clause in ledger.find(Clause, "suspended = 1"):
            action.change(dataclasses.replace(clause, suspended=False))
