"""A folder that proves it is whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models.errors import ClerkError
from models.store.files import write_file
from models.store.manifest import NAME, compare, export_in, strangers, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three files with its manifest."""
    made = tmp_path / "2025年"
    (made / "数据").mkdir(parents=True)
    written = [
        write_file(made / name, lambda file, name=name: file.write(name.encode()))  # type: ignore[misc]
        for name in ("纪要.pdf", "数据/单位.xlsx", "数据/人员.xlsx")
    ]
    write_manifest(made, written, {"year": 2025, "head": "abc"})
    return made


def test_an_untouched_folder_is_whole(folder: Path) -> None:
    found = compare(folder)
    assert found.is_whole and found.files == 3
    assert found.about == {"year": 2025, "head": "abc"}


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        (lambda f: (f / "纪要.pdf").write_bytes(b"changed"), "内容被改动：纪要.pdf"),
        (lambda f: (f / "纪要.pdf").write_bytes(b"\xe7\xba\xaa\xe8\xa6\x81.pdX"), "内容被改动：纪要.pdf"),
        (lambda f: (f / "数据/人员.xlsx").unlink(), "缺少：数据/人员.xlsx"),
        (lambda f: (f / "数据/人员.xlsx").rename(f / "人.xlsx"), "改了名：数据/人员.xlsx → 人.xlsx"),
        (lambda f: (f / "数据/新.xlsx").write_bytes(b"new"), "多出：数据/新.xlsx"),
        (lambda f: [(f / "纪要.pdf").unlink(), (f / "纪要.pdf").symlink_to(f / "数据/单位.xlsx")], "内容被改动：纪要.pdf"),
    ],
    ids=["changed", "changed, same size", "missing", "renamed", "extra", "linked"],
)  # fmt: skip
def test_each_difference_is_named(folder: Path, harm: Callable[[Path], object], finding: str) -> None:
    harm(folder)
    found = compare(folder)
    assert not found.is_whole
    assert list(found.findings()) == [finding]


@pytest.mark.parametrize("name", ["Thumbs.db", ".DS_Store", "desktop.ini", "System Volume Information/x"])
def test_what_systems_leave_on_a_stick_is_passed_over(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"x")
    assert compare(folder).is_whole
    assert strangers(folder) == []


@pytest.mark.parametrize(
    "alter",
    [
        lambda read: read["files"].pop(),
        lambda read: read["files"][0].update(sha256="0" * 64),
        lambda read: read["files"].append({"name": "../x", "size": 1, "sha256": ""}),
        lambda read: read.pop("digest"),
        lambda read: read.update(files=None),
    ],
)
def test_an_altered_manifest_proves_nothing(
    folder: Path, alter: Callable[[dict[str, object]], object]
) -> None:
    read = json.loads((folder / NAME).read_text("utf-8"))
    alter(read)
    (folder / NAME).write_text(json.dumps(read), "utf-8")
    with pytest.raises(ClerkError, match="已损坏或被改动"):
        compare(folder)


def test_a_folder_without_manifest_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    with pytest.raises(ClerkError, match="没有校验清单"):
        compare(tmp_path)
    assert strangers(tmp_path) == ["a.txt"]


def test_the_export_is_found_from_the_root_of_its_stick(folder: Path, tmp_path: Path) -> None:
    assert export_in(folder) == folder
    assert export_in(folder.parent) == folder
    (tmp_path / "空").mkdir()
    assert export_in(tmp_path / "空") == tmp_path / "空"
