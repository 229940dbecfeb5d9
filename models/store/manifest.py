"""A folder of files that can prove it is whole: ``manifest.json``, written last, names every file in it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from models.errors import ClerkError
from models.store.files import PART, Written, sha256_of, write_file

NAME = "manifest.json"
_FORMAT = 1
_MOST_BYTES = 64 << 20
_NOT_OURS = {"System Volume Information", "$RECYCLE.BIN", ".Trashes", ".fseventsd", ".Spotlight-V100"}
_NOT_OURS_FILES = {"Thumbs.db", "desktop.ini", ".DS_Store"}  # what systems leave on a stick by themselves


@dataclass(frozen=True, slots=True)
class Member:
    """One file: *name* with ``/`` below the folder, *size* in bytes, *sha256* in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a folder differs from its manifest; *renamed* pairs the name in the manifest with that found."""

    about: Mapping[str, Any]
    files: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not (self.changed or self.missing or self.renamed or self.extra)

    def findings(self) -> Iterator[str]:
        """Yield each difference as a clerk reads it."""
        yield from (f"内容被改动：{name}" for name in self.changed)
        yield from (f"缺少：{name}" for name in self.missing)
        yield from (f"改了名：{was} → {now}" for was, now in self.renamed)
        yield from (f"多出：{name}" for name in self.extra)


def write_manifest(folder: Path, members: Iterable[Written], about: Mapping[str, Any]) -> Written:
    """Write the manifest of *folder* over the files just written; *about* says what the folder is."""
    folder = folder.resolve()
    files = sorted(
        (
            Member(written.path.relative_to(folder).as_posix(), written.size, written.sha256)
            for written in members
        ),
        key=lambda member: member.name,
    )
    lines = [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in files]
    content = {"format": _FORMAT, **about, "digest": _digest(lines), "files": lines}
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return write_file(folder / NAME, lambda file: file.write(text))


def compare(folder: Path, told: Callable[[int, int], None] = lambda done, of: None) -> Comparison:
    """Read every file of *folder* again and compare it with the manifest. Raises ClerkError without one.

    ``told(done, of)`` follows each file that was read.
    """
    about, members = _read(folder)
    found = dict(_files_in(folder))
    named = {member.name: member for member in members}
    changed: list[str] = []
    for done, (name, member) in enumerate(named.items(), start=1):
        if name in found and not _is_same(found[name], member):
            changed.append(name)
        told(done, len(named))
    lost = {name: member for name, member in named.items() if name not in found}
    extra = [name for name in found if name not in named]
    renamed: list[tuple[str, str]] = []
    for was, member in list(lost.items()):
        now = next((name for name in extra if _is_same(found[name], member)), None)
        if now is not None:
            renamed.append((was, now))
            extra.remove(now)
            del lost[was]
    return Comparison(about, len(members), tuple(changed), tuple(lost), tuple(renamed), tuple(extra))


def export_in(folder: Path) -> Path:
    """Return *folder*, or the one exported folder right below it: the root of a stick was picked."""
    if not (folder / NAME).exists() and folder.is_dir():
        below = [file.parent for file in folder.glob(f"*/{NAME}")]
        if len(below) == 1:
            return below[0]
    return folder


def members_of(folder: Path) -> tuple[Path, ...]:
    """Return the files that the manifest of *folder* names. Raises ClerkError without one."""
    return tuple(folder / member.name for member in _read(folder)[1])


def strangers(folder: Path) -> list[str]:
    """Return the files in *folder* that its manifest, if it has one, does not name."""
    named = {member.name for member in _read(folder)[1]} if (folder / NAME).exists() else set()
    return [name for name, _ in _files_in(folder) if name not in named]


def _read(folder: Path) -> tuple[dict[str, Any], list[Member]]:
    file = folder / NAME
    if not file.is_file():
        raise ClerkError(f"“{folder}”里没有校验清单 {NAME}，不是导出的文件夹，或者导出没有完成。")
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ValueError("manifest too large")
        read = json.loads(file.read_text("utf-8"))
        if read["format"] != _FORMAT:
            raise ClerkError("校验清单由更新版本的程序写成，请先升级程序。")
        members = [
            Member(str(item["name"]), int(item["size"]), str(item["sha256"])) for item in read["files"]
        ]
        if read["digest"] != _digest(read["files"]) or not all(_is_below(member.name) for member in members):
            raise ValueError("manifest altered")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ClerkError(f"校验清单 {NAME} 已损坏或被改动，不能据此校验，请重新导出。") from error
    return {name: value for name, value in read.items() if name not in ("files", "digest", "format")}, members


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(set(folders) - _NOT_OURS)
        for name in sorted(files):
            path = Path(place, name)
            if name not in _NOT_OURS_FILES and not name.endswith(PART) and path != folder / NAME:
                yield path.relative_to(folder).as_posix(), path


def _is_same(path: Path, member: Member) -> bool:
    return (
        path.is_file()
        and not path.is_symlink()
        and path.stat().st_size == member.size
        and sha256_of(path) == member.sha256
    )


def _is_below(name: str) -> bool:
    parts = PurePosixPath(name)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in name and bool(parts.parts)


def _digest(lines: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
