"""Sixty Excel files that no clerk made: each must be refused in one sentence and leave nothing behind.

Made here, not stored: the bytes of a bomb do not belong in a repository. :data:`FILES` gives for each name
how to make it and a word of the sentence that refuses it.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from openpyxl import Workbook

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" '
    'Target="{target}"/></Relationships>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = (
    f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships"><sheets><sheet name="单位" sheetId="1" r:id="r1"/></sheets></workbook>'
)
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>单位名称</t></is></c></row>'


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, *, before: str = "", after: str = "", prolog: str = "") -> str:
    return f'<?xml version="1.0"?>{prolog}<worksheet {MAIN}>{before}<sheetData>{HEAD}{rows}</sheetData>{after}</worksheet>'


def package(
    sheet_xml: str | bytes, extra: dict[str, str | bytes] | None = None, **parts: str | bytes
) -> bytes:
    """Return a workbook of the least parts, with *extra* parts; *parts* replace types, rels, book or book_rels."""
    named: dict[str, str | bytes] = {
        "[Content_Types].xml": parts.get("types", TYPES),
        "_rels/.rels": parts.get("rels", RELS.format(type="officeDocument", target="xl/workbook.xml")),
        "xl/workbook.xml": parts.get("book", BOOK),
        "xl/_rels/workbook.xml.rels": parts.get("book_rels", RELS.format(type="worksheet", target="worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet_xml,
        **(extra or {}),
    }  # fmt: skip
    return zipped(list(named.items()))


def zipped(parts: list[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def honest(fill: Callable[[Any], object]) -> bytes:
    """Return a workbook as openpyxl writes it, a unit register but for what *fill* does to its sheet."""
    book = Workbook()
    table = book.active
    table.title = "单位"
    table.append(["单位名称*", "建制顺序", "设立日期"])
    fill(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain() -> bytes:
    return honest(lambda table: table.append(["甲局", 1, None]))


def one_row(name: object, order: object = None, day: object = None) -> bytes:
    return honest(lambda table: table.append([name, order, day]))


def flagged_encrypted() -> bytes:
    data = bytearray(plain())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def lying_size() -> bytes:
    """A part that unpacks to more than its directory says."""
    data = bytearray(package(sheet("".join(f'<row r="{n}"/>' for n in range(2, 9_000)))))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<I", data, at + 24, 100)
    return bytes(data)


def overlapped() -> bytes:
    """Two directory entries over the same compressed bytes."""
    data = bytearray(plain())
    first, second = (at for at, _ in list(pairwise(_all(data, b"PK\x01\x02")))[:2])
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def _all(data: bytes | bytearray, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


def corrupted(position: float) -> bytes:
    data = bytearray(plain())
    at = int(len(data) * position)
    data[at : at + 40] = bytes(40)
    return bytes(data)


def bomb(megabytes: int) -> bytes:
    return package(sheet(""), {"xl/media/a.bin": bytes(megabytes << 20)})


def laughs(levels: int) -> str:
    entities = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels)
    )
    return sheet(
        f'<row r="2">{text_cell("A2", f"&a{levels - 1};")}</row>', prolog=f"<!DOCTYPE x [{entities}]>"
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROW = f'<row r="2">{text_cell("A2", "甲局")}</row>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Hostile:
    make: Callable[[], bytes]
    refusal: str


FILES: dict[str, Hostile] = {
    name: Hostile(make, refusal)
    for name, make, refusal in (
        # Not a workbook at all
        ("empty", lambda: b"", "不是 Excel"),
        ("nul bytes", lambda: bytes(4096), "不是 Excel"),
        ("csv renamed", lambda: "单位名称,简称\n甲局,甲".encode("gb18030"), "不是 Excel"),
        ("csv utf-16 renamed", lambda: "单位名称\t简称".encode("utf-16"), "不是 Excel"),
        ("html renamed", lambda: "<html><table><tr><td>单位名称</td></tr></table>".encode(), "不是 Excel"),
        ("xml 2003 renamed", lambda: b'<?xml version="1.0"?><Workbook/>', "不是 Excel"),
        ("pdf renamed", lambda: b"%PDF-1.7\n%%EOF", "不是 Excel"),
        ("xls renamed", lambda: OLE + bytes(4096), ".xls"),
        ("encrypted", lambda: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("program renamed", lambda: b"MZ" + bytes(1000), "不是 Excel"),
        # Packages of another kind
        ("zip of nothing", lambda: zipped([]), "xlsx"),
        ("zip of a text", lambda: zipped([("a.txt", "x")]), "不是 Excel"),
        ("docx renamed", lambda: zipped([("[Content_Types].xml", TYPES), ("word/document.xml", "<a/>")]), "不是 Excel"),
        ("ods renamed", lambda: zipped([("mimetype", "x"), ("content.xml", "<a/>")]), ".ods"),
        ("xlsb renamed", lambda: zipped([("[Content_Types].xml", TYPES), ("xl/workbook.bin", b"x")]), ".xlsb"),
        ("macro types", lambda: package(sheet(ROW), types=TYPES.replace("sheet.main", "sheet.macroEnabled.main")), "宏"),
        ("macro part", lambda: package(sheet(ROW), {"xl/vbaProject.bin": b"x"}), "宏"),
        ("external links", lambda: package(sheet(ROW), {"xl/externalLinks/externalLink1.xml": "<a/>"}), "链接"),
        ("parts encrypted", flagged_encrypted, "密码"),
        # Broken
        ("cut in half", lambda: plain()[: len(plain()) // 2], "损坏"),
        ("cut at the end", lambda: plain()[:-30], "损坏"),
        ("head only", lambda: b"PK\x03\x04", "损坏"),
        ("bytes lost early", lambda: corrupted(0.1), "损坏"),
        ("bytes lost amid", lambda: corrupted(0.5), "损坏"),
        ("size lies", lying_size, "损坏"),
        ("entries overlap", overlapped, "损坏"),
        ("no sheet part", lambda: zipped([("[Content_Types].xml", TYPES), ("xl/workbook.xml", BOOK)]), "损坏"),
        ("book is no xml", lambda: package(sheet(ROW), book="not xml"), "损坏"),
        ("sheet is no xml", lambda: package("<worksheet"), "损坏"),
        ("sheet is empty", lambda: package(b""), "损坏"),
        ("sheet never closes", lambda: package(sheet(ROW)[:-30]), "损坏"),
        ("rels lead nowhere", lambda: package(sheet(ROW), book_rels=RELS.format(type="worksheet", target="gone.xml")), "空的"),
        ("invalid utf-8", lambda: package(sheet(ROW).encode().replace("甲".encode(), b"\xff\xfe")), "损坏"),
        ("NUL in a cell", lambda: package(sheet(ROW).replace("甲", "\0")), "损坏"),
        ("control mark in a cell", lambda: package(sheet(ROW).replace("甲", "&#11;")), "损坏"),
        ("string that is not there", lambda: package(sheet('<row r="2"><c r="A2" t="s"><v>99</v></c></row>')), "损坏"),
        ("cell without a place", lambda: package(sheet('<row r="2"><c r="??" t="n"><v>1</v></c></row>')), "损坏"),
        # Too much
        ("bomb of one part", lambda: bomb(150), "过大"),
        ("bomb beyond all", lambda: bomb(210), "过大"),
        ("bomb in the sheet", lambda: package(sheet(" " * (90 << 20))), "过大"),
        ("five hundred parts", lambda: package(sheet(ROW), {f"xl/media/{n}.png": b"x" for n in range(500)}), "过大"),
        ("file too large", lambda: b"PK\x03\x04" + bytes(51 << 20), "MB"),
        ("row far down", lambda: package(sheet(f'<row r="1048576">{text_cell("A1048576", "甲局")}</row>')), "太大"),
        ("column far right", lambda: package(sheet(f'<row r="2">{text_cell("XFD2", "甲局")}</row>')), "太大"),
        ("row of nine digits", lambda: package(sheet('<row r="999999999"><c r="A999999999"/></row>')), "太大"),
        ("cell far, row near", lambda: package(sheet(f'<row r="2">{text_cell("ZZ2", "甲局")}</row>')), "太大"),
        ("cell of 40,000 characters", lambda: package(sheet(f'<row r="2">{text_cell("A2", "甲" * 40_000)}</row>')), "字"),
        # XML that reaches out or multiplies
        ("billion laughs", lambda: package(laughs(9)), "定义"),
        ("few laughs", lambda: package(laughs(2)), "定义"),
        ("external entity", lambda: package(sheet(f'<row r="2">{text_cell("A2", "&e;")}</row>', prolog=EXTERNAL)), "定义"),
        ("entity in the book", lambda: package(sheet(ROW), book=BOOK.replace("<workbook", f"{EXTERNAL}<workbook")), "定义"),
        ("document type utf-16", lambda: package(sheet(ROW, prolog=EXTERNAL).replace("1.0", '1.0" encoding="utf-16').encode("utf-16")), "定义"),
        # Names in the package
        ("part leaves the folder", lambda: package(sheet(ROW), {"../../evil.xml": "<a/>"}), "越界"),
        ("part is absolute", lambda: package(sheet(ROW), {"/etc/evil.xml": "<a/>"}), "越界"),
        # Readable, and wrong
        ("never calculated", lambda: one_row("=1+1"), "公式"),
        ("empty sheet", lambda: honest(lambda table: table.delete_rows(1)), "空的"),
        ("header alone", lambda: honest(lambda table: None), "一行也没有填"),
        ("other columns", lambda: _other(), "找不到"),
        ("error values", lambda: package(sheet('<row r="2"><c r="A2" t="e"><v>#REF!</v></c></row>')), "#REF!"),
        ("19 digits as number", lambda: one_row(1234567890123456789), "15 位"),
        ("order is a word", lambda: one_row("甲局", "第一"), "整数"),
        ("day that is not", lambda: one_row("甲局", 1, "2026-02-30"), "没有 30 日"),
        ("same unit twice", lambda: honest(lambda table: [table.append(["甲局"]), table.append(["甲 局"])]), "重复"),
        ("state secret", lambda: one_row("机密★10年 甲局"), "密级"),
    )
}  # fmt: skip


def _other() -> bytes:
    book = Workbook()
    book.active.append(["甲", "乙"])
    book.active.append(["1", "2"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
