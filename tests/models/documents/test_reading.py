"""Files from elsewhere become text or one Chinese sentence."""

import zipfile
from pathlib import Path

import docx
import pytest

from models.documents.reading import read_document
from models.errors import ClerkError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_are_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("澜溪县〔2022〕3号　镕", encoding=encoding)
    assert read_document(path) == "澜溪县〔2022〕3号　镕"


def test_word_files_give_paragraphs_and_cells_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("任务分解表")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ["序号", "任务", "1", ""], strict=True
    ):
        cell.text = text
    document.add_paragraph("附注")
    document.save(str(tmp_path / "表.docx"))
    assert read_document(tmp_path / "表.docx").split("\n") == ["任务分解表", "序号", "任务", "1", " ", "附注"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x81"),
        ("空字.txt", b"\x00\x01\x02"),
        ("旧.doc", b"\xd0\xcf\x11\xe0"),
        ("坏.docx", b"not a package"),
        ("断.docx", b"PK\x03\x04" + b"\x00" * 40),
    ],
)
def test_other_files_are_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ClerkError, match=r"。$"):
        read_document(tmp_path / name)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for name in ("无.txt", "无.docx"):
        with pytest.raises(ClerkError, match="打不开"):
            read_document(tmp_path / name)


def test_a_package_that_swells_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "弹.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (60 * 1024 * 1024))
    with pytest.raises(ClerkError, match="展开后过大"):
        read_document(path)


def test_a_package_without_a_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "表格.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "你好")
    with pytest.raises(ClerkError, match="Word"):
        read_document(path)
