"""Attachments on a real folder: each content once, compared on reading, swept when nobody names it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from models.errors import ClerkError
from models.store import attachments
from models.store.attachments import copy_out, copy_to_read, findings_of, keep_file, sweep


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "attachments"
    made.mkdir()
    return made


def source(tmp_path: Path, name: str = "工作方案.docx", content: bytes = "方案".encode()) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_is_kept_once_under_its_hash(folder: Path, tmp_path: Path) -> None:
    kept = keep_file(folder, source(tmp_path))
    again = keep_file(folder, source(tmp_path, "另一个名字.docx"))
    assert kept.sha256 == hashlib.sha256("方案".encode()).hexdigest() == kept.path.name
    assert again == kept
    assert [path.name for path in folder.iterdir()] == [kept.sha256]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("工具.EXE", b"MZ", "程序"),
        ("空.docx", b"", "空文件"),
        ("链接.lnk", b"L", "快捷方式"),
        ("大.zip", b"12345", "最大"),
    ],
)
def test_what_is_unfit_is_refused_in_words(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, told: str
) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 4)
    with pytest.raises(ClerkError, match=told):
        keep_file(folder, source(tmp_path, name, content))
    assert list(folder.iterdir()) == []


def test_folders_and_missing_files_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match="文件夹"):
        keep_file(folder, tmp_path)
    with pytest.raises(ClerkError, match="读不到"):
        keep_file(folder, tmp_path / "没有.docx")


def test_a_copy_to_read_cannot_be_written_and_keeps_its_name(folder: Path, tmp_path: Path) -> None:
    kept = keep_file(folder, source(tmp_path))
    copy = copy_to_read(folder, kept.sha256, "工作方案.docx", tmp_path)
    assert copy.name == "工作方案.docx"
    assert copy.read_bytes() == "方案".encode()
    assert copy.stat().st_mode & 0o222 == 0


def test_a_changed_or_missing_file_is_found_and_never_handed_out(folder: Path, tmp_path: Path) -> None:
    kept = keep_file(folder, source(tmp_path))
    names = {kept.sha256: "工作方案.docx", "0" * 64: "照片.png"}
    kept.path.write_bytes("改过".encode())
    told = list(findings_of(folder, names))
    assert ["改动过" in told[0], "不见了" in told[1]] == [True, True]
    with pytest.raises(ClerkError, match="改动过"):
        copy_out(folder, kept.sha256, "工作方案.docx", tmp_path / "out.docx")
    assert keep_file(folder, source(tmp_path)) == kept  # adding it again mends it
    assert list(findings_of(folder, {kept.sha256: "工作方案.docx"})) == []


def test_only_files_of_ours_that_nobody_names_are_swept(folder: Path, tmp_path: Path) -> None:
    named, orphan = (keep_file(folder, source(tmp_path, "a.txt", content)) for content in (b"1", b"2"))
    (folder / "说明.txt").write_text("不是我们的", "utf-8")
    assert sweep(folder, [named.sha256]) == 1
    assert {path.name for path in folder.iterdir()} == {named.sha256, "说明.txt"}
    assert not orphan.path.exists()
