"""The backup file ``.fzbak``: a plain zip, stored, whose manifest comes last and names every member.

Members: ``data.db`` (encrypted pages), ``keys.json`` (wrapped keys, never the bare key file),
``attachments/…`` and ``manifest.json``. Nothing is read that the manifest does not name.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from models.errors import ClerkError
from models.store.files import Written, write_file

DATABASE, KEYS, ATTACHMENTS = "data.db", "keys.json", "attachments"
_MANIFEST = "manifest.json"
_MOST_MANIFEST_BYTES = 64 << 20
_CHUNK = 1 << 20


class BackupDamaged(ClerkError):
    """The backup is not whole, or is no backup; nothing was taken from it."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the backup: *size* in bytes, *sha256* in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. *made_at* is local time in ISO form, *head* the hash of the last
    action in the history (an outside anchor), *migrations* the schema steps the data has seen."""

    made_at: str
    reason: str
    head: str
    migrations: tuple[str, ...]
    members: tuple[Member, ...]


def write_archive(
    target: Path,
    files: Mapping[str, Path],
    describe: Callable[[tuple[Member, ...]], Manifest],
    *,
    cancelled: Callable[[], bool] = lambda: False,
) -> Written:
    """Pack *files* (name in the archive → file) and what *describe* says of them into *target*."""

    def write(out: BinaryIO) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            members = tuple(_pack(archive, name, path) for name, path in files.items())
            content = {"format": 1, **asdict(describe(members))}
            archive.writestr(_MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))

    expected = sum(path.stat().st_size for path in files.values())
    return write_file(target, write, expected=expected, cancelled=cancelled)


def read_manifest(path: Path) -> Manifest:
    """Return what the backup says of itself. Raises BackupDamaged, or ClerkError for a newer format."""
    with _opened(path) as archive:
        if archive.getinfo(_MANIFEST).file_size > _MOST_MANIFEST_BYTES:
            raise ValueError("manifest too large")
        read = json.loads(archive.read(_MANIFEST))
        if read["format"] != 1:
            raise ClerkError(f"备份「{path.name}」由更新版本的程序保存，请先升级程序。")
        members = tuple(Member(str(m["name"]), int(m["size"]), str(m["sha256"])) for m in read["members"])
        names = [member.name for member in members]
        if len(set(names)) != len(names) or DATABASE not in names or not all(map(_is_allowed, names)):
            raise ValueError("unexpected members")
        return Manifest(
            made_at=str(read["made_at"]),
            reason=str(read["reason"]),
            head=str(read["head"]),
            migrations=tuple(str(name) for name in read["migrations"]),
            members=members,
        )


def extract(path: Path, member: Member, target: Path) -> None:
    """Write one member to *target*, compared with the manifest. Raises BackupDamaged."""
    with _opened(path) as archive:
        chunks = _chunks(archive, member)
        written = write_file(target, lambda out: out.writelines(chunks), expected=member.size)
        if written.sha256 != member.sha256:
            target.unlink()
            raise _damaged(path, member.name)


def check_member(path: Path, member: Member) -> None:
    """Read one member and compare it with the manifest, keeping nothing. Raises BackupDamaged."""
    digest = hashlib.sha256()
    with _opened(path) as archive:
        for chunk in _chunks(archive, member):
            digest.update(chunk)
    if digest.hexdigest() != member.sha256:
        raise _damaged(path, member.name)


def _pack(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Member(name, size, digest.hexdigest())


def _chunks(archive: zipfile.ZipFile, member: Member) -> Iterator[bytes]:
    """Yield the content of a stored member; more than the manifest allows is never read."""
    info = archive.getinfo(member.name)
    if info.compress_type != zipfile.ZIP_STORED or info.file_size != member.size:
        raise zipfile.BadZipFile(f"{member.name} differs from the manifest")
    with archive.open(info) as source:
        while chunk := source.read(_CHUNK):
            yield chunk


def _is_allowed(name: str) -> bool:
    if name in (DATABASE, KEYS):
        return True
    parts = PurePosixPath(name).parts
    return (
        len(parts) > 1
        and parts[0] == ATTACHMENTS
        and "/".join(parts) == name
        and not any(part == ".." or set(part) & set('\\:*?"<>|\0') for part in parts)
    )


def _damaged(path: Path, what: str = "") -> BackupDamaged:
    inside = f"（其中的「{what}」）" if what else ""
    return BackupDamaged(f"备份文件「{path.name}」{inside}已损坏或不是本程序的备份，请换一个备份。")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise ClerkError(f"找不到备份文件「{path.name}」，U盘可能已拔出。请重新选择。") from error
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise _damaged(path) from error
