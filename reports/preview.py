"""A paper as it will be printed, with what was found wrong before a sheet is spent on it."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.documents.blocks import Document
from models.errors import ClerkError
from models.records.values import shortened
from models.store.files import Written, write_file
from models.store.reader import Reader
from reports.catalog import Report, ReportOptions, render
from reports.paper.text import printed_texts
from reports.words import refuse_leftovers, unwritten

PageNumbers = Literal["outer", "center", "none"]
DRAFT = "（草稿）"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of 公文检查. *needle* is found on the page it speaks of; *char* is what no face can draw."""

    level: Literal["good", "info", "warning", "error"]
    text: str
    note: str = ""
    needle: str = ""
    char: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the paper must not be printed or saved as it is."""
        return self.level == "error"


@dataclass(frozen=True, slots=True)
class Preview:
    """The *document*, the very *pdf* that is shown, printed and saved, and what was found in it."""

    document: Document
    pdf: bytes
    findings: tuple[Finding, ...]

    @property
    def obstacle(self) -> str:
        """Return why the paper must not be printed or saved, or ""."""
        return next((finding.text for finding in self.findings if finding.blocks), "")


def make_preview(
    reader: Reader, report: Report, options: ReportOptions, page_numbers: PageNumbers | None = None
) -> Preview:
    """Compose and render the paper; *page_numbers* overrides where the office puts them.

    A template gap that was left is a finding here, so that the clerk sees where it stands. Raises ClerkError
    when the subject is missing.
    """
    document = report.compose(reader, options)
    if page_numbers is not None:
        document = dataclasses.replace(document, page_numbers=page_numbers)
    stream = io.BytesIO()
    render(document, ".pdf", stream)
    return Preview(document, stream.getvalue(), tuple(examine(document)))


def save_preview(preview: Preview, report: Report, target: Path) -> Written:
    """Write what is shown to *target* in the format its suffix names; the PDF is the one that was shown.

    Raises ClerkError for a paper that must not leave, or a format it does not have.
    """
    suffix = target.suffix.lower()
    if preview.obstacle:
        raise ClerkError(preview.obstacle)
    if suffix not in report.formats:
        raise ClerkError(f"“{report.title}”可以存为 {'、'.join(report.formats)}，请改文件名的后缀。")
    if suffix == ".pdf":
        return write_file(target, lambda stream: stream.write(preview.pdf))
    return write_file(target, lambda stream: render(preview.document, suffix, stream))


def examine(document: Document) -> Iterator[Finding]:
    """Yield what was looked at: leftovers of a template, characters no face has, parts left to write, the draft, missing faces."""
    from reports.paper.fonts import GETA, faces, missing_characters  # loads the faces: not with the window

    try:
        refuse_leftovers(document)
        yield Finding("good", "没有未填写的 × 和 *")
    except ClerkError as error:
        yield Finding("error", str(error))
    missing = missing_characters(document)
    for char, code, where in missing:
        yield Finding("warning", f"“{char}”印不出，将印成“{GETA}”", f"{code} {where}", GETA, char)
    if not missing:
        count = sum(len(text) for _, text in printed_texts(document))
        yield Finding("good", "文字全部可印", f"{count} 字")
    for heading in unwritten(document):
        yield Finding("warning", f"“{heading}”还没有写", "留出空行，可以手写", heading)
    for written, now in document.outdated:
        yield Finding(
            "warning", f"“{shortened(written, 24)}”与附表的数据不同", f"数据现在是：{now}", written[:8]
        )
    if DRAFT in document.title:
        yield Finding("warning", "还是草稿，签发后再正式印发", needle=DRAFT)
    if absent := faces().stand_ins():
        yield Finding("info", f"本机没有{'、'.join(absent[:1])}等 {len(absent)} 种字体", "用随附字体代替")
