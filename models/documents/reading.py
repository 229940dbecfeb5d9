"""Read a file a clerk was given (.txt or .docx) as plain text, trusting nothing in it."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from models.errors import ClerkError

MAX_TEXT_BYTES = 20 * 1024 * 1024
MAX_WORD_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 5000
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_document(path: Path) -> str:
    """Return the text of *path* by its suffix. Raises :class:`ClerkError` for anything unreadable."""
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return read_docx(path)
    if suffix in {".txt", ".text", ""}:
        return read_text(path)
    raise ClerkError(f"暂不能读取“{path.suffix}”文件，请在 WPS 或 Word 中另存为 .docx 或 .txt 后再打开。")


def read_text(path: Path) -> str:
    """Return a text file in UTF-8, UTF-16 (with its mark) or GB18030. Raises :class:`ClerkError`."""
    data = _bytes(path, MAX_TEXT_BYTES)
    encodings = [name for mark, name in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise ClerkError(f"“{path.name}”不是文本文件，或者文字编码无法识别，请另存为 UTF-8 文本后再打开。")


def read_docx(path: Path) -> str:
    """Return the paragraphs and table cells of a Word file, one per line. Raises :class:`ClerkError`.

    The package is judged before it is unpacked: number of parts, sizes, ratio of compression.
    """
    _check_package(path)
    try:
        return "\n".join(_lines(docx.Document(str(path))))
    except (ValueError, KeyError, OSError, SyntaxError, AttributeError, zipfile.BadZipFile) as error:
        raise ClerkError(
            f"“{path.name}”已损坏或不是 Word 文档，请用 WPS 或 Word 打开后另存一份再试。"
        ) from error


def _bytes(path: Path, limit: int) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise ClerkError(f"“{path.name}”超过 {limit // 1024 // 1024} MB，请拆分后再打开。")
        return path.read_bytes()
    except OSError as error:
        raise ClerkError(f"打不开“{path.name}”，请检查文件是否存在、是否正被其他程序占用。") from error


def _check_package(path: Path) -> None:
    try:
        if path.stat().st_size > MAX_WORD_BYTES:
            raise ClerkError(f"“{path.name}”超过 {MAX_WORD_BYTES // 1024 // 1024} MB，请拆分后再打开。")
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except OSError as error:
        raise ClerkError(f"打不开“{path.name}”，请检查文件是否存在、是否正被其他程序占用。") from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ClerkError(f"“{path.name}”不是 Word 文档（.docx），请另存为 .docx 后再打开。") from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    swollen = unpacked > 10 * 1024 * 1024 and unpacked > MAX_RATIO * max(packed, 1)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or swollen:
        raise ClerkError(f"“{path.name}”内部结构异常（展开后过大），为安全起见没有打开。")


def _lines(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from _cells(block)


def _cells(table: Table) -> Iterator[str]:
    """Yield each cell once (merged cells repeat); an empty cell is one blank, as in pasted tables."""
    for row in table.rows:
        last = None
        for cell in row.cells:
            if cell._tc is not last:
                yield cell.text or " "
            last = cell._tc
