"""Judge an Excel file before anything unpacks it (reliability 2, hostile xlsx).

A package is refused, in one sentence, for what no clerk's table has: too many or too large parts, macros,
a password, links to other files, document types in its XML, cells far outside any table.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from models.errors import ClerkError

MOST_BYTES = 50 << 20
MOST_PARTS = 200
MOST_UNPACKED = 200 << 20
MOST_RATIO = 200
MOST_ROWS, MOST_COLUMNS = 200_000, 100
_SMALL = 4 << 20  # below this a high ratio is a table with much alike
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]{0,3})(\d{1,9})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0D\0O\0C|\0<\0!\0D\0O\0C")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_SAVE_AS = "请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。"


def judge(path: Path) -> bool:
    """Return whether the sheets hold formulas. Raises ClerkError for a file that is not opened further."""
    _refuse_by_content(path)
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_parts(package.infolist())
            _refuse_kinds(package)
            found = [_scan(package, part) for part in package.infolist()]
            return any(found)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise ClerkError(f"“{path.name}”已损坏，打不开。{_SAVE_AS}") from error


def _refuse_by_content(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(8)
            size = path.stat().st_size
            encrypted = head == _OLE and "EncryptedPackage".encode("utf-16-le") in file.read(_CHUNK)
    except OSError as error:
        raise ClerkError(f"打不开“{path.name}”，请检查文件是否存在、是否正被其他程序占用。") from error
    if size > MOST_BYTES:
        raise ClerkError(f"“{path.name}”超过 {MOST_BYTES >> 20} MB，请拆成几个文件再导入。")
    if encrypted:
        raise ClerkError(f"“{path.name}”设了打开密码，请去掉密码另存一份再导入。")
    if head == _OLE:
        raise ClerkError(f"“{path.name}”是旧版 .xls 文件。{_SAVE_AS}")
    if not head.startswith(b"PK"):
        raise ClerkError(f"“{path.name}”不是 Excel 工作簿（.xlsx）。{_SAVE_AS}")


def _refuse_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    swollen = unpacked > _SMALL and unpacked > MOST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swollen:
        raise ClerkError("文件内部结构异常（展开后过大），为安全起见没有打开。")
    if any(part.flag_bits & 1 for part in parts):
        raise ClerkError("文件内部设有密码，请去掉密码另存一份再导入。")
    if len(set(names)) != len(names) or any(_leaves(name) for name in names):
        raise ClerkError("文件内部结构异常（名称重复或越界），为安全起见没有打开。")


def _refuse_kinds(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "mimetype" in names and "content.xml" in names:
        raise ClerkError(f"这是 OpenDocument 表格（.ods）。{_SAVE_AS}")
    if "xl/workbook.bin" in names:
        raise ClerkError(f"这是二进制工作簿（.xlsb）。{_SAVE_AS}")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise ClerkError(f"这不是 Excel 工作簿（.xlsx）。{_SAVE_AS}")
    types = package.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise ClerkError("文件里有宏，为安全起见没有打开。请另存为不带宏的 .xlsx 再导入。")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise ClerkError("文件里有指向其他文件的链接。请复制后“选择性粘贴为数值”，另存再导入。")


def _scan(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Look through the XML of one part; return whether it is a sheet with formulas."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    is_sheet = bool(_SHEET.fullmatch(part.filename))
    formulas, read = False, 0
    with package.open(part) as file:
        for chunk in _overlapping(file):
            read += len(chunk)
            if read > 2 * MOST_UNPACKED:
                raise ClerkError("文件内部结构异常（展开后过大），为安全起见没有打开。")
            if _DOCTYPE.search(chunk):
                raise ClerkError("文件内部含有不应有的定义，为安全起见没有打开。")
            if is_sheet:
                _refuse_far(chunk)
                formulas = formulas or bool(_FORMULA.search(chunk))
    return formulas


def _overlapping(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content in pieces, each with the end of the one before, so that no mark is cut."""
    tail = b""
    while piece := file.read(_CHUNK):
        yield tail + piece
        tail = piece[-100:]


def _refuse_far(chunk: bytes) -> None:
    for letters, digits in _CELL.findall(chunk):
        if int(digits) > MOST_ROWS or (letters and column_number(letters.decode()) > MOST_COLUMNS):
            where = f"{letters.decode()}{digits.decode()}"
            raise ClerkError(
                f"表格太大：在 {where} 处还有单元格（最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列）。请删去多余的行列再导入。"
            )


def column_number(letters: str) -> int:
    """Return the number of an Excel column, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _leaves(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or "\0" in name
