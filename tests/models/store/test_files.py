"""A target is the old file or the whole new one, and the clerk learns what to do about the disk."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ClerkError
from models.store import files
from models.store.files import Cancelled, copy_verified, safe_name, sha256_of, sweep_parts, write_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_described(tmp_path: Path) -> None:
    written = write_file(tmp_path / "会议纪要.pdf", lambda file: file.write("纪要".encode()))
    assert written.path.read_bytes() == "纪要".encode()
    assert (written.size, written.sha256) == (6, hashlib.sha256("纪要".encode()).hexdigest())
    assert sha256_of(written.path) == written.sha256
    assert names(tmp_path) == ["会议纪要.pdf"]


def test_writers_that_seek_are_hashed_as_they_end_up(tmp_path: Path) -> None:
    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.xml", "一" * 100_000)
        file.seek(2)

    written = write_file(tmp_path / "a.xlsx", write)
    assert written.sha256 == hashlib.sha256(written.path.read_bytes()).hexdigest()
    with zipfile.ZipFile(written.path) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (3 << 20) + 7])
def test_any_size_survives(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    write_file(tmp_path / "a", lambda file: file.write(content))
    assert (tmp_path / "a").read_bytes() == content


def test_a_failing_writer_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def write(file: BinaryIO) -> None:
        file.write(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_file(target, write)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_cancelled_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    asked = iter([False, False, True])
    with pytest.raises(Cancelled, match="取消"):
        write_file(target, lambda file: [file.write(b"x") for _ in range(9)], cancelled=lambda: next(asked))
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_disk_that_gives_back_something_else_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def lying_fsync(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == 3:
            os.pwrite(descriptor, b"!", 1)

    monkeypatch.setattr(os, "fsync", lying_fsync)
    with pytest.raises(ClerkError, match="读回的内容不一致"):
        write_file(target, lambda file: file.write(b"new"))
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_bytes(b"old")
    (tmp_path / "link.txt").symlink_to(real)
    write_file(tmp_path / "link.txt", lambda file: file.write(b"new"))
    assert (tmp_path / "link.txt").is_symlink()
    assert real.read_bytes() == b"new"


def test_a_link_in_the_place_of_the_part_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "a.pdf.part").symlink_to(tmp_path / "victim")
    with pytest.raises(ClerkError):
        write_file(tmp_path / "a.pdf", lambda file: file.write(b"new"))
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_private_files_are_for_their_owner(tmp_path: Path) -> None:
    written = write_file(tmp_path / "keys.json", lambda file: file.write(b"{}"), private=True)
    assert written.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing/a.pdf", "不存在"),
        ("folder", "已有名为「folder」的文件夹"),
        ("长" * 90, "太长"),
        ("file/a.pdf", "不是文件夹"),
    ],
)
def test_impossible_targets_are_told_in_chinese(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ClerkError, match=sentence):
        write_file(tmp_path / name, lambda file: file.write(b"x"))


def test_a_refused_rename_names_the_other_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Windows answers while WPS holds the target open."""

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ClerkError, match="WPS"):
        write_file(tmp_path / "a.xlsx", lambda file: file.write(b"x"))
    assert names(tmp_path) == []


def test_too_little_space_is_told_before_writing(tmp_path: Path) -> None:
    with pytest.raises(ClerkError, match=r"空间不足：还需 \d+ MB"):
        write_file(tmp_path / "a", lambda file: pytest.fail("was written"), expected=1 << 60)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "U盘"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_keeps_the_old_file(small_disk: Path) -> None:
    target = small_disk / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ClerkError, match="磁盘已满"):
        write_file(target, lambda file: file.write(b"x" * (3 << 20)))
    assert target.read_bytes() == b"old"
    assert names(small_disk) == ["a.pdf"]


LIMITED = """
import resource, sys
from pathlib import Path
from models.errors import ClerkError
from models.store.files import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_file(Path(sys.argv[1]), lambda file: file.write(b"x" * (2 << 20)))
except ClerkError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits")
def test_a_size_limit_is_told(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "a.bin")], capture_output=True, text=True, check=True
    )
    assert "超过了这个磁盘允许的文件大小" in ran.stdout
    assert ran.stderr == ""
    assert names(tmp_path) == []


KILLED = """
import os, sys
from pathlib import Path
from models.store.files import write_file
write_file(Path(sys.argv[1]), lambda file: (file.write(b"half"), file.flush(), print("in", flush=True), input()))
"""


def test_the_part_of_a_killed_process_is_swept_and_a_live_one_kept(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin
    assert child.stdout
    assert child.stdout.readline() == b"in\n"
    assert sweep_parts(tmp_path) == []
    with pytest.raises(ClerkError, match="另一个窗口"):
        write_file(target, lambda file: file.write(b"new"))
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    assert target.read_bytes() == b"old"
    assert sweep_parts(tmp_path) == [tmp_path / "a.pdf.part"]
    assert names(tmp_path) == ["a.pdf"]


def test_a_copy_is_compared(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    assert copy_verified(tmp_path / "a", tmp_path / "b").sha256 == sha256_of(tmp_path / "a")
    with pytest.raises(ClerkError, match="读不到"):
        copy_verified(tmp_path / "gone", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"content"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("关于印发《要点》的通知", "关于印发《要点》的通知"),
        ("2026/1: 会议?", "2026／1： 会议？"),
        ("..\\..\\etc", "＼..＼etc"),
        ("a\x00b\nc\u202ed\t e", "ab cd e"),
        ("con", "_con"),
        ("COM1.会议", "_COM1.会议"),
        ("控制", "控制"),
        ("结尾. . ", "结尾"),
        ("...", "未命名"),
        ("", "未命名"),
        ("㛃䶮𬍛\U00031350", "㛃䶮𬍛\U00031350"),
        ("长" * 300, "长" * 60),
    ],
)
def test_names_from_peoples_text(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_a_safe_name_can_always_be_a_file(text: str) -> None:
    name = safe_name(text)
    assert safe_name(name) == name
    assert 0 < len(f"{name}.docx{files.PART}".encode()) < 255
    assert not set(name) & set('/\\:*?"<>|\0')
    assert name == name.strip(". ")
