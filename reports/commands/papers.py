"""reports, report, year, verify, showcase: papers on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from models import clock
from models.deeds.filing import Export, register_use
from models.errors import ClerkError
from models.office import Office
from models.records.base import R, kind_of
from models.records.meeting import Meeting
from models.records.organisation import Body
from models.store.manifest import compare, export_in
from models.store.reader import Reader, RowQuery
from models.summaries.year_figures import year_figures
from reports.catalog import (
    REPORTS,
    SUBJECTS,
    YEAR,
    Report,
    ReportOptions,
    is_record,
    report_of,
    write_report,
)
from reports.commands import Note
from reports.commands.records import fill_demo, is_empty
from reports.year_folder import export_year


def catalogue() -> Iterator[str]:
    """Give every paper: its name on the command line, its title, what it is about, its formats."""
    for report in REPORTS.values():
        yield f"{report.identifier}\t{report.title}\t{SUBJECTS[report.about]}\t{' '.join(report.formats)}"


def write_paper(
    office: Office, identifier: str, to: Path, *, meeting: str = "", body: str = "", record: str = "",
    year: int | None = None, since: date | None = None, as_of: date | None = None,
) -> Iterator[str]:  # fmt: skip
    """Write one paper to the file *to*; *meeting*, *body* and *record* are ids or full names."""
    reader, report = office.ledger, report_of(identifier)
    options = ReportOptions(
        meeting_id=_the_one(reader, Meeting, meeting),
        body_id=_the_one(reader, Body, body),
        record_id=_the_one(reader, kind_of(report.about).record, record) if is_record(report.about) else "",
        year=year or 0,
        since=since,
        as_of=as_of or clock.today(),
    )
    yield str(write_report(reader, report, options, to).path)


def figures(office: Office, identifier: str, year: int | None, as_of: date | None) -> Iterator[str]:
    """Give the figures of the annual summary by name as JSON, with the ids of the records behind each."""
    report = report_of(identifier)
    if identifier != "annual":
        raise ClerkError(f"“{report.title}”没有数据清单，--json 只用于 annual（{REPORTS['annual'].title}）。")
    if year is None:
        raise ClerkError(f"“{report.title}”要指明{SUBJECTS[YEAR]}，如 --year {clock.today().year}。")
    found = year_figures(office.ledger, year, as_of or clock.today())
    made = {
        one.name: {
            "label": one.label, "line": one.line, "unit": one.unit, "value": one.value,
            "before": found.value_before(one), "kind": one.kind, "ids": one.ids,
        }
        for one in found.figures
    }  # fmt: skip
    about = {"year": year, "as_of": found.as_of.isoformat(), "serial": found.serial, "figures": made}
    yield json.dumps(about, ensure_ascii=False, indent=1)


def export(office: Office, year: int, to: Path, *, phones: bool) -> Iterator[str]:
    """Write the year into the folder *to*, compare what arrived, write the line of the register of media."""
    done = export_year(office.ledger, year, to, attachments=office.home.attachments, phones=phones)
    register_use(office.ledger, Export(f"{year} 年度导出", done.folder, done.files, done.size, phones))
    yield str(done.folder)
    yield Note(done.sentence())
    if done.remark():
        yield Note(done.remark())


def verify(folder: Path) -> Iterator[str]:
    """Compare an exported folder with its manifest; gives each difference and then raises ClerkError."""
    if not folder.is_dir():
        raise ClerkError(f"找不到文件夹“{folder}”。")
    found = compare(export_in(folder))
    yield from found.findings()
    if not found.is_whole:
        raise ClerkError(
            f"校验不通过：改动 {len(found.changed)} 个、缺少 {len(found.missing)} 个、"
            f"改名 {len(found.renamed)} 个、多出 {len(found.extra)} 个文件。"
        )
    yield f"校验通过：{found.files} 个文件与清单一致。"


def showcase(office: Office, to: Path) -> Iterator[str]:
    """Write the main papers of the sample county in every format into the folder *to*."""
    if is_empty(office.ledger):
        yield from (Note(line) for line in fill_demo(office))
    to.mkdir(parents=True, exist_ok=True)
    today = clock.today()
    meeting, body = _last_issued(office.ledger), _body_of(office.ledger)
    for report in REPORTS.values():
        record = _first_of(office.ledger, report.about) if is_record(report.about) else ""
        options = ReportOptions(
            meeting_id=meeting, body_id=body, record_id=record, year=today.year, as_of=today
        )
        yield from (str(path) for path in _in_every_format(office.ledger, report, options, to))


def _in_every_format(reader: Reader, report: Report, options: ReportOptions, to: Path) -> Iterator[Path]:
    for suffix in report.formats:
        yield write_report(reader, report, options, to / f"{report.title}{suffix}").path


def _the_one(reader: Reader, kind: type[R], wanted: str) -> str:
    """Return the id of the record that *wanted* names; "" for "". Raises ClerkError."""
    if not wanted:
        return ""
    label = kind.KIND.label
    record = reader.get(kind, wanted)
    if record and record.deleted_at:
        raise ClerkError(f"{label}“{record.headline(reader.name_of)}”在回收站里，请先恢复。")
    if record:
        return record.id
    found = reader.find(kind, "headline = ?", (wanted,))
    if not found:
        raise ClerkError(f"没有编号或名称为“{wanted}”的{label}，请用 list {kind.KIND.id} --json 查编号。")
    if len(found) > 1:
        raise ClerkError(f"有 {len(found)} 条{label}都叫“{wanted}”，请改用编号。")
    return found[0].id


def _last_issued(reader: Reader) -> str:
    """Return the meeting whose papers show most: the last one with issued minutes, else the last."""
    meetings = reader.find(Meeting, order="issued_on IS NULL, starts_at DESC")
    return meetings[0].id if meetings else ""


def _first_of(reader: Reader, kind_id: str) -> str:
    """Return the first record of a list of that kind, "" when there is none."""
    rows = reader.rows(RowQuery(kind_id, ()), limit=1)
    return str(rows[0][0]) if rows else ""


def _body_of(reader: Reader) -> str:
    bodies = reader.find(Body, order="parent IS NOT NULL, position")
    return bodies[0].id if bodies else ""
