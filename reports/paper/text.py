"""The one gate between people's text and paper: every string is cleaned here before a renderer sees it.

Text is data. Nothing here or behind it reads markup, so `<b>`, `&` and `{}` print as they are; only what no
printer can show is taken out: control and format characters (U+202E and its kin), lone surrogates,
non-characters and variation selectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from models.documents import blocks
from models.documents.blocks import Cell, Document
from models.records.values import show_day

LONGEST = 100_000
CUT_MARK = "（过长，以下略）"

_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_SPACES = "\t\u00a0\u2000-\u200a\u202f\u205f"
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
)
_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_SPACE = re.compile(f"[{_SPACES}]")
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_ODD = re.compile(f"[{_BREAKS}{_SPACES}{_HIDDEN}]")


def plain(text: str, longest: int = LONGEST) -> str:
    """Return *text* as one printable line of at most *longest* characters (a cut is said in it)."""
    if len(text) > longest:
        text = text[: longest - len(CUT_MARK)] + CUT_MARK
    if not _ODD.search(text):
        return text
    return _INVISIBLE.sub("", _SPACE.sub(" ", _BREAK.sub(" ", text)))


def lines(text: str) -> list[str]:
    """Return the printable lines of *text*, at least one; each line break made by its writer is kept."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + CUT_MARK
    if not _ODD.search(text):
        return [text]
    return [plain(part) for part in _BREAK.split(text)]


def cell_text(value: Cell, number_format: str = "") -> str:
    """Return a table cell as printed; figures by their Excel format where it is 0, 0.0, #,##0 or a
    percentage, days as 2026-10-15 by yyyy-mm-dd and as 2026年10月15日 else."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case str():
            return value
        case datetime():
            return f"{show_day(value)} {value:%H:%M}"
        case date():
            return value.isoformat() if number_format == "yyyy-mm-dd" else show_day(value)
        case _:
            return _figure(value, number_format)


def _figure(value: int | float, number_format: str) -> str:
    pattern = number_format.split(";")[0]
    comma = "," if "," in pattern else ""
    percent = pattern.endswith("%")
    if pattern.strip("#,.0%") == "" and "0" in pattern:
        decimals = len(pattern.rstrip("%").partition(".")[2])
        return f"{value:{comma}.{decimals}{'%' if percent else 'f'}}"
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def people_text(people: blocks.People) -> tuple[str, str]:
    """Return the label with its full-width colon, and the entries joined by 、 (by ； where one holds a 、)."""
    joint = "；" if any("、" in entry for entry in people.entries) else "、"
    entries = joint.join(plain(entry).strip() for entry in people.entries)
    return plain(people.label).rstrip("：:") + "：", entries


def addressee_text(text: str) -> str:
    """Return the 主送机关 closed by a full-width colon."""
    return plain(text).rstrip("：: ") + "："


def copy_text(copy_to: tuple[str, ...]) -> str:
    """Return the 抄送 line, closed by a full stop (7.4.2)."""
    return "抄送：" + "，".join(plain(name).strip("。") for name in copy_to) + "。"


def attachment_lines(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (prefix, name) of each 附件说明 line: one attachment has no number, no name has a mark at its end."""
    cleaned = [plain(name).rstrip("。；;，,") for name in names]
    if len(cleaned) == 1:
        return [("附件：", cleaned[0])]
    return [
        (f"{'附件：' if index == 1 else '　　　'}{index}. ", name) for index, name in enumerate(cleaned, 1)
    ]


def printed_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (where it stands, text) for everything *document* prints, to name what a font cannot draw."""
    counts: dict[str, int] = {}
    for block in document.blocks:
        label, texts = _texts_of(block)
        counts[label] = counts.get(label, 0) + 1
        for place, text in texts:
            yield (place or (f"{label}第{counts[label]}处" if label in _MANY else label)), plain(text)
    if document.footer:
        yield "页脚", plain(document.footer)


_MANY = ("正文", "小标题", "图")


def _texts_of(block: blocks.Block) -> tuple[str, list[tuple[str, str]]]:
    """Return the Chinese name of *block* and its texts, each with a place of its own or ""."""
    match block:
        case blocks.Mark(text):
            return "发文机关标志", [("", text)]
        case blocks.Number(text, signer):
            return "发文字号", [("", text), ("签发人", signer)]
        case blocks.Title(text):
            return "标题", [("", text)]
        case blocks.Addressee(text):
            return "主送机关", [("", text)]
        case blocks.Heading(_, text, run_on):
            return "小标题", [("", text), ("", run_on)]
        case blocks.Paragraph(text):
            return "正文", [("", text)]
        case blocks.People(label, entries):
            return plain(label).rstrip("：:"), [("", entry) for entry in entries]
        case blocks.Table():
            return "表格", list(_table_texts(block))
        case blocks.Chart():
            texts = (block.title, block.unit, *block.categories, *(series.label for series in block.series))
            return "图", [("", text) for text in texts]
        case blocks.SignOff(organisation):
            return "署名", [("", organisation)]
        case blocks.AttachmentNote(names):
            return "附件说明", [("", name) for name in names]
        case blocks.AttachmentHead(label, title):
            return "附件", [("", label), ("附件标题", title)]
        case blocks.Note(text):
            return "附注", [("", text)]
        case blocks.Imprint(copy_to, issuer):
            return "版记", [("", text) for text in (*copy_to, issuer)]
        case _:
            return "", []


def _table_texts(table: blocks.Table) -> Iterator[tuple[str, str]]:
    name = f"表格「{plain(table.title or table.sheet)}」" if table.title or table.sheet else "表格"
    yield name, table.title
    yield f"{name}表注", table.note
    for column in table.columns:
        yield f"{name}表头", column.label
    for number, row in enumerate(table.rows, 1):
        for column, value in zip(table.columns, row, strict=False):
            if isinstance(value, str):
                yield f"{name}第{number}行「{plain(column.label)}」", value
