"""The year in one folder, for a stick: every paper of the year, every register, a manifest that proves it.

    文书/2026-03-12 第一次联席会议/会议纪要.pdf …    机构名单/…    年度/…    数据/单位.xlsx …    manifest.json

All papers are composed before the first is written, so that one that cannot be made stops the export
with nothing half written; the manifest is written last, and the folder is read back against it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from models import clock
from models.documents.blocks import Document
from models.errors import ClerkError
from models.records.base import all_kinds
from models.records.meeting import Meeting
from models.records.organisation import Body
from models.settings import load_settings
from models.store import history
from models.store.files import Cancelled, Written, safe_name, write_file
from models.store.manifest import NAME, compare, members_of, strangers, write_manifest
from models.store.reader import Reader
from models.summaries.computed import COMPUTED
from reports.catalog import REPORTS, YEAR, Report, ReportOptions, render
from reports.sheets.register import write_computed, write_register

Progress = Callable[[int, int, int], None]
"""``progress(phase, done, of)`` after each file; *phase* 0 composes, 1 writes, 2 reads back."""


@dataclass(frozen=True, slots=True)
class YearFolder:
    """What was exported: the *folder*, how many *files* besides the manifest, how many bytes.

    *left_out* names meetings whose day is past but that nobody has marked as held: they have no papers yet.
    """

    folder: Path
    files: int
    size: int
    left_out: tuple[str, ...] = ()

    def remark(self) -> str:
        """Return what the clerk should know is missing, "" for nothing."""
        if not self.left_out:
            return ""
        names = "、".join(f"「{name}」" for name in self.left_out[:3])
        more = "等" if len(self.left_out) > 3 else ""
        return f"{len(self.left_out)} 次会议日期已过、还没有标为已召开，没有导出：{names}{more}"

    def sentence(self) -> str:
        """Return the result as a clerk reads it."""
        return f"已写入 {self.files} 个文件（{self.size / 1e6:.1f} MB）并逐个读回核对，可以安全拔出。"


_MOST_TOLD = 8  # papers that cannot be made, named at once


@dataclass(frozen=True, slots=True)
class _Paper:
    """One composed paper and the name of its file below the folder, without suffix."""

    name: PurePosixPath
    document: Document
    formats: tuple[str, ...]


def export_year(
    reader: Reader, year: int, folder: Path, *, phones: bool = False, progress: Progress = lambda phase, done, of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> YearFolder:  # fmt: skip
    """Write the year into *folder*, which is new, empty, or an earlier export that this one replaces.

    As of the last day of the year, or today while it runs. Telephones are masked unless *phones*.
    Raises Cancelled, or ClerkError; the folder then has no manifest and is not taken for an export.
    """
    as_of = min(date(year, 12, 31), clock.today())
    if as_of.year != year:
        raise ClerkError(f"{year} 年还没有到，不能导出。")
    papers = _papers(reader, year, as_of, progress)
    _prepare(folder)
    total = sum(len(paper.formats) for paper in papers) + len(all_kinds()) + len(COMPUTED)
    written: list[Written] = []
    try:
        for made in _files(reader, papers, folder, as_of, phones):
            written.append(made)
            progress(1, len(written), total)
            if cancelled():
                raise Cancelled("已取消导出，没有留下文件。")
        write_manifest(folder, written, _about(reader, year, as_of, phones))
        _flush_disk()
        _read_back(folder, progress)
    except BaseException:
        _take_back(folder, (folder / NAME, *(made.path for made in written)))
        raise
    return YearFolder(folder, len(written), sum(file.size for file in written), _unmarked(reader, as_of))


def _read_back(folder: Path, progress: Progress) -> None:
    findings = list(compare(folder, lambda done, of: progress(2, done, of)).findings())
    if findings:
        raise ClerkError(f"写入后读回核对不一致（{findings[0]}），U盘可能有故障，请换一个重新导出。")


def _about(reader: Reader, year: int, as_of: date, phones: bool) -> dict[str, object]:
    """Return what the manifest says of the export; *head* anchors the history outside the ledger."""
    return {
        "program": "法治台账", "office": load_settings(reader).office_name, "year": year,
        "as_of": as_of.isoformat(), "made_at": clock.now().isoformat(), "head": history.head_hash(reader.db),
        "phones": "完整" if phones else "隐去中间几位",
    }  # fmt: skip


# Composing -----------------------------------------------------------------------------------


def _papers(reader: Reader, year: int, as_of: date, progress: Progress) -> list[_Paper]:
    subjects: dict[str, Iterable[tuple[PurePosixPath, ReportOptions]]] = {
        "meeting": list(_meetings(reader, as_of)),
        "body": [
            (PurePosixPath("机构名单", _file_name(body.name)), ReportOptions(body_id=body.id, as_of=as_of))
            for body in reader.in_force(Body, as_of)
        ],
        YEAR: [(PurePosixPath("年度"), ReportOptions(year=year, as_of=as_of))],
    }
    wanted = [(report, *subject) for report in REPORTS.values() for subject in subjects.get(report.about, ())]
    papers, refused = [], []
    for number, (report, folder, options) in enumerate(wanted, 1):
        try:
            papers.append(_compose(reader, report, folder, options))
        except ClerkError as error:
            refused.append(str(error))
        progress(0, number, len(wanted))
    if refused:
        more = f"\n共 {len(refused)} 份文书不能生成，改好后再导出。" if refused[1:] else ""
        raise ClerkError("\n".join(refused[:_MOST_TOLD]) + more)
    return papers


def _unmarked(reader: Reader, as_of: date) -> tuple[str, ...]:
    since, until = f"{as_of.year}-01-01", f"{as_of.isoformat()} 23:59"
    past = reader.find(Meeting, "starts_at BETWEEN ? AND ?", (since, until), order="starts_at")
    return tuple(meeting.name for meeting in past if meeting.state in ("计划", "通知"))


def _meetings(reader: Reader, as_of: date) -> Iterator[tuple[PurePosixPath, ReportOptions]]:
    """Give the meetings held in the year until *as_of*, each with a folder named by day and name."""
    since, until = f"{as_of.year}-01-01", f"{as_of.isoformat()} 23:59"
    used: set[str] = set()
    for meeting in reader.find(Meeting, "starts_at BETWEEN ? AND ?", (since, until), order="starts_at"):
        if meeting.held and meeting.starts_at:
            name = wanted = _file_name(f"{meeting.starts_at:%Y-%m-%d} {meeting.name}")
            while name in used:
                name = f"{wanted} {len(used)}"
            used.add(name)
            yield (
                PurePosixPath("文书", name),
                ReportOptions(meeting_id=meeting.id, as_of=meeting.starts_at.date()),
            )


def _compose(reader: Reader, report: Report, folder: PurePosixPath, options: ReportOptions) -> _Paper:
    try:
        document = report.build(reader, options)
    except ClerkError as error:
        raise ClerkError(f"{folder.name}的“{report.title}”不能生成：{error}") from error
    return _Paper(folder / _file_name(report.title), document, report.formats)


def _file_name(text: str) -> str:
    """Return a name that fits a FAT stick with its folders: 60 characters at most."""
    return safe_name(text[:60])


# Writing -------------------------------------------------------------------------------------


def _files(
    reader: Reader, papers: Iterable[_Paper], folder: Path, as_of: date, phones: bool
) -> Iterator[Written]:
    for paper in papers:
        for suffix in paper.formats:
            target = folder.joinpath(*paper.name.parts).with_name(f"{paper.name.name}{suffix}")
            target.parent.mkdir(parents=True, exist_ok=True)
            yield write_file(target, lambda stream, p=paper, s=suffix: render(p.document, s, stream))  # type: ignore[misc]
    sheets = folder / "数据"
    sheets.mkdir(exist_ok=True)
    for kind in all_kinds():
        yield write_register(reader, kind, sheets / f"{kind.label}.xlsx", as_of=as_of, phones=phones)
    for computed in COMPUTED.values():
        yield write_computed(reader, computed, sheets / f"{computed.label}.xlsx", as_of=as_of)


def _prepare(folder: Path) -> None:
    """Make *folder*, or empty it of an earlier export: its manifest goes first. Raises ClerkError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if others := strangers(folder):
            raise ClerkError(
                f"“{folder}”里有别的文件（{others[0]}）。请选一个空文件夹，或以前导出、没有改动过的文件夹。"
            )
        if (folder / NAME).exists():
            old = members_of(folder)
            (folder / NAME).unlink()
            _take_back(folder, old)
    except OSError as error:
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            raise ClerkError(f"“{folder}”不是文件夹，请重新选择位置。") from error
        raise ClerkError(f"不能写入“{folder}”，请检查 U 盘是否插好、是否写保护。") from error


def _take_back(folder: Path, files: Iterable[Path]) -> None:
    """Remove *files* and the folders they leave empty, as far as the disk allows."""
    for path in files:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for place, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            if Path(place) != folder:
                Path(place).rmdir()


def _flush_disk() -> None:
    """Ask the system to bring everything to the disk before it may be pulled out."""
    if hasattr(os, "sync"):
        os.sync()
