"""Backups: made from the open ledger, opened and checked, thinned with age, copied to a second disk."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from models import clock
from models.errors import ClerkError
from models.store.archive import (
    ATTACHMENTS,
    DATABASE,
    KEYS,
    BackupDamaged,
    Manifest,
    Member,
    check_member,
    extract,
    read_manifest,
    write_archive,
)
from models.store.database import Database, DatabaseError, check_integrity, open_reader, open_writer
from models.store.files import PART, copy_verified, sync_folder, write_file
from models.store.home import DataHome

SUFFIX = ".fzbak"
_NAME = re.compile(r"法治台账-(\d{8}-\d{6})-(.+)\.fzbak")
_RECENT = timedelta(days=2)


class Reason(StrEnum):
    """Why a backup was made; part of its file name."""

    EXIT = "退出"
    TIMED = "定时"
    BEFORE_MIGRATION = "升级前"
    BEFORE_IMPORT = "导入前"
    BEFORE_RESTORE = "恢复前"
    BEFORE_DELETE = "批量删除前"
    BY_HAND = "手动"


class BackupFailed(ClerkError):
    """No backup was made; the ledger itself is untouched and work can go on."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file as its name tells it."""

    path: Path
    taken_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BackupResult:
    """How the last backup went: *at* is local time in ISO form, *sentence* is for the clerk."""

    at: str
    ok: bool
    sentence: str


# Making ------------------------------------------------------------------------------------------


def make_backup(
    db: Database,
    key: bytes,
    home: DataHome,
    reason: Reason,
    *,
    head: str = "",
    outside: Path | None = None,
) -> Path:
    """Back the open ledger up into ``home.backups``, thin the old ones, copy to *outside*; return the file.

    *db* is the writer, or a reader in the thread that calls; *head* is the hash of the last action.
    Raises BackupFailed; a copy outside that fails does not. Either is kept for :func:`last_result`.
    """
    now = clock.now()
    target = home.backups / f"法治台账-{now:%Y%m%d-%H%M%S}-{reason}{SUFFIX}"
    try:
        save_backup(db, key, home, target, reason, head=head)
    except ClerkError as error:
        _record(home, BackupResult(now.isoformat(), False, str(error)))
        raise
    thin(home.backups, now)
    sentence, ok = f"已备份到“{home.backups}”。", True
    if outside:
        try:
            copy_outside(target, outside)
        except ClerkError as error:
            sentence, ok = f"本机已备份，但没有复制到“{outside}”：{error}", False
    _record(home, BackupResult(now.isoformat(), ok, sentence))
    return target


def save_backup(
    db: Database, key: bytes, home: DataHome, target: Path, reason: Reason, *, head: str = ""
) -> Manifest:
    """Write a checked backup to the file *target*. Raises BackupFailed; *target* is then as before."""
    unchecked = target.with_name(f"{target.name}.unchecked{PART}")
    try:
        with tempfile.TemporaryDirectory(dir=home.temp) as folder:
            copy = Path(folder) / DATABASE
            _copy_database(db, copy, key)
            files = {DATABASE: copy, **_other_files(home)}
            steps = tuple(_applied(db))

            def describe(members: tuple[Member, ...]) -> Manifest:
                return Manifest(clock.now().isoformat(), str(reason), head, steps, members)

            write_archive(unchecked, files, describe)
        manifest = verify_backup(unchecked, key, home.temp)
        unchecked.replace(target)
        sync_folder(target.parent)
    except (ClerkError, DatabaseError, OSError) as error:
        unchecked.unlink(missing_ok=True)
        raise BackupFailed(f"没有备份成功：{error}" if isinstance(error, ClerkError) else _UNKNOWN) from error
    return manifest


_UNKNOWN = "没有备份成功，请检查磁盘空间和文件夹权限后重试。"


def copy_outside(backup: Path, place: Path) -> Path:
    """Copy *backup* to a folder on another disk or a stick, read it back, thin what is there."""
    if not place.is_dir():
        raise ClerkError("这个文件夹现在不在，U盘或移动硬盘可能没有插好。")
    written = copy_verified(backup, place / backup.name)
    thin(place, clock.now())
    return written.path


def _copy_database(db: Database, target: Path, key: bytes) -> None:
    """Copy every committed page by SQLite's online backup, encrypted with the same key."""
    if db.conn.in_transaction:
        raise BackupFailed("正在保存内容，请稍后再备份。")
    copy = open_writer(target, key)
    try:
        db.conn.backup(copy.conn)
    finally:
        copy.close()


def _other_files(home: DataHome) -> dict[str, Path]:
    files = {KEYS: home.keys} if home.keys.exists() else {}
    for path in sorted(home.attachments.rglob("*")):
        if path.is_file() and path.suffix != PART:
            files[f"{ATTACHMENTS}/{path.relative_to(home.attachments).as_posix()}"] = path
    return files


def _applied(db: Database) -> list[str]:
    table = db.table("_sqlite_migrations")
    return [str(row["name"]) for row in table.rows_where(order_by="id")] if table.exists() else []


# Checking and listing ----------------------------------------------------------------------------


def verify_backup(path: Path, key: bytes, temp: Path) -> Manifest:
    """Compare every member with the manifest and open the data. Raises BackupDamaged or WrongKey.

    *temp* is a folder of our own for the (encrypted) data while it is looked at.
    """
    manifest = read_manifest(path)
    for member in manifest.members:
        if member.name != DATABASE:
            check_member(path, member)
    with tempfile.TemporaryDirectory(dir=temp) as folder:
        copy = Path(folder) / DATABASE
        extract(path, next(member for member in manifest.members if member.name == DATABASE), copy)
        check_data(path, copy, key)
    return manifest


def check_data(
    backup: Path, copy: Path, key: bytes, *, also: Callable[[Database], None] = lambda db: None
) -> None:
    """Open *copy*, taken from *backup*, and check every page, then *also*. Raises BackupDamaged, WrongKey."""
    db = open_reader(copy, key)
    try:
        findings = check_integrity(db)
        if findings:
            raise BackupDamaged(f"备份文件「{backup.name}」里的数据有 {len(findings)} 处损坏，请换一个备份。")
        also(db)
    finally:
        db.close()


def list_backups(folder: Path) -> list[Backup]:
    """Return the backups in *folder*, newest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        if match := _NAME.fullmatch(path.name):
            try:
                taken_at = datetime.strptime(match[1], "%Y%m%d-%H%M%S")
            except ValueError:
                continue
            found.append(Backup(path, taken_at, match[2]))
    return sorted(found, key=lambda backup: (backup.taken_at, backup.path.name), reverse=True)


def last_result(home: DataHome) -> BackupResult | None:
    """Return how the last backup went, None when none was tried."""
    try:
        read = json.loads((home.backups / "last.json").read_text("utf-8"))
        return BackupResult(str(read["at"]), bool(read["ok"]), str(read["sentence"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _record(home: DataHome, result: BackupResult) -> None:
    content = json.dumps(asdict(result), ensure_ascii=False).encode()
    try:
        write_file(home.backups / "last.json", lambda file: file.write(content))
    except ClerkError:  # a full disk: the failure itself has been raised, the old result stays
        (home.backups / "last.json").unlink(missing_ok=True)


# Thinning ----------------------------------------------------------------------------------------


def thin(folder: Path, now: datetime) -> None:
    """Remove the backups that :func:`to_remove` names; one that cannot be removed stays."""
    for backup in to_remove(list_backups(folder), now):
        try:
            backup.path.unlink(missing_ok=True)
        except OSError:
            continue


_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (12, lambda moment: moment.date()),
    (10, lambda moment: moment.isocalendar()[:2]),
    (9, lambda moment: (moment.year, moment.month)),
)


def to_remove(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Name the backups to give up: all of 2 days are kept, then 12 daily, 10 weekly and 9 monthly ones.

    The newest of each period stays; periods without a backup use up no place. What is dated in the future
    (a clock once set wrong) is neither counted nor removed. The policy is Anki's (rslib backup.rs).
    """
    places = [period for count, period in _PERIODS for _ in range(count)]
    kept: datetime | None = None
    removed = []
    for backup in sorted(backups, key=lambda backup: backup.taken_at, reverse=True):
        taken = backup.taken_at
        if taken > now:
            continue
        if now - taken <= _RECENT:
            kept = taken
        elif places and (kept is None or places[0](taken) != places[0](kept)):
            places.pop(0)
            kept = taken
        else:
            removed.append(backup)
    return removed
