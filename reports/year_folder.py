"""The year in one folder, for a stick: every paper of the year, every register, a manifest that proves it.

    文书/2026-03-12 第一次联席会议/会议纪要.pdf …    学法/2026-04-09 行政处罚法/学法登记表.pdf, 试卷.pdf …    机构名单/…
    督办/2026-03-20 清理行政规范性文件/督办单.pdf, 第1次催办单.pdf …    年度/…    数据/单位.xlsx …
    附件/报送/2026-02-20 年度报告/扫描件.pdf …    manifest.json

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
from itertools import chain
from pathlib import Path, PurePosixPath

from models import clock
from models.errors import ClerkError
from models.records.base import all_kinds
from models.settings import load_settings
from models.store import history
from models.store.attachments import copy_out, findings_of
from models.store.files import Cancelled, Written, write_file
from models.store.manifest import NAME, compare, members_of, strangers, write_manifest
from models.store.reader import Reader
from models.summaries.computed import COMPUTED
from models.summaries.year_files import YearFile, year_files
from reports.catalog import render
from reports.sheets.register import write_computed, write_register
from reports.year_papers import YearPaper, unmarked, without_paper, year_papers

Progress = Callable[[int, int, int], None]
"""``progress(phase, done, of)`` after each file; *phase* 0 composes, 1 writes, 2 reads back."""


@dataclass(frozen=True, slots=True)
class YearFolder:
    """What was exported: the *folder*, how many *files* besides the manifest, how many bytes.

    *left_out* names meetings whose day is past but that nobody has marked as held: they have no papers yet,
    *unset* exams whose paper does not come from the question bank. *lost* says which attachments could not be exported and why.
    """

    folder: Path
    files: int
    size: int
    left_out: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def remark(self) -> str:
        """Return what the clerk should know is missing, line by line, "" for nothing."""
        said = [*self.lost]
        for told, names in (
            ("次会议日期已过、还没有标为已召开，没有导出", self.left_out),
            ("次考试的试卷不能从题库生成，没有导出", self.unset),
        ):
            if names:
                first = "、".join(f"「{name}」" for name in names[:3])
                said.append(f"{len(names)} {told}：{first}{'等' if len(names) > 3 else ''}")
        return "\n".join(said)

    def sentence(self) -> str:
        """Return the result as a clerk reads it."""
        return f"已写入 {self.files} 个文件（{self.size / 1e6:.1f} MB）并逐个读回核对，可以安全拔出。"


def export_year(
    reader: Reader, year: int, folder: Path, *, attachments: Path, phones: bool = False,
    progress: Progress = lambda phase, done, of: None, cancelled: Callable[[], bool] = lambda: False,
) -> YearFolder:  # fmt: skip
    """Write the year into *folder*, which is new, empty, or an earlier export that this one replaces.

    As of the last day of the year, or today while it runs. *attachments* is where the data folder keeps files.
    Telephones are masked unless *phones*.
    Raises Cancelled, or ClerkError; the folder then has no manifest and is not taken for an export.
    """
    as_of = min(date(year, 12, 31), clock.today())
    if as_of.year != year:
        raise ClerkError(f"{year} 年还没有到，不能导出。")
    papers = year_papers(reader, as_of, lambda done, of: progress(0, done, of))
    files = list(year_files(reader, as_of))
    _prepare(folder)
    total = sum(len(paper.formats) for paper in papers) + len(files) + len(all_kinds()) + len(COMPUTED)
    written: list[Written] = []
    lost: list[str] = []
    try:
        for made in chain(
            _printed(papers, folder),
            _copied(files, attachments, folder, lost),
            _sheets(reader, folder, as_of, phones),
        ):
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
    size = sum(file.size for file in written)
    left_out, unset = unmarked(reader, as_of), without_paper(reader, as_of)
    return YearFolder(folder, len(written), size, left_out, unset, tuple(lost))


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


# Writing -------------------------------------------------------------------------------------


def _printed(papers: Iterable[YearPaper], folder: Path) -> Iterator[Written]:
    for paper in papers:
        for suffix in paper.formats:
            target = _target(folder, paper.place.with_name(f"{paper.place.name}{suffix}"))
            yield write_file(target, lambda stream, p=paper, s=suffix: render(p.document, s, stream))  # type: ignore[misc]


def _copied(files: Iterable[YearFile], attachments: Path, folder: Path, lost: list[str]) -> Iterator[Written]:
    """Copy the attachments; what is gone or was changed is told in *lost* and does not stop the rest."""
    for file in files:
        one = file.attachment
        if told := [*findings_of(attachments, {one.digest: one.name})]:
            lost += told
        else:
            yield copy_out(attachments, one.digest, one.name, _target(folder, file.place))


def _sheets(reader: Reader, folder: Path, as_of: date, phones: bool) -> Iterator[Written]:
    sheets = folder / "数据"
    sheets.mkdir(exist_ok=True)
    for kind in all_kinds():
        yield write_register(reader, kind, sheets / f"{kind.label}.xlsx", as_of=as_of, phones=phones)
    for computed in COMPUTED.values():
        yield write_computed(reader, computed, sheets / f"{computed.label}.xlsx", as_of=as_of)


def _target(folder: Path, place: PurePosixPath) -> Path:
    target = folder.joinpath(*place.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


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
