"""The only place that opens a database: SQLite pages encrypted and authenticated by SQLCipher.

Everybody else imports :class:`Database` and :class:`Migrations` from here, never from sqlite_utils, so
that the one SQLite library of the process is SQLCipher's. A connection belongs to the thread that opened
it: one writer (the window's thread) and a reader of its own for each slow piece of work.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from models.errors import ClerkError

# sqlite_utils prefers a module of this name to the standard library's, and catches its exceptions.
sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlcipher

import sqlite_utils.utils  # noqa: E402
from sqlite_utils import Database, Migrations  # noqa: E402

__all__ = [
    "DamagedFile",
    "Database",
    "DatabaseError",
    "FileInUse",
    "IntegrityError",
    "Migrations",
    "NewerFile",
    "WrongKey",
    "check_integrity",
    "immediate",
    "migrate",
    "open_reader",
    "open_writer",
    "refuse_newer",
    "side_files",
]

DatabaseError: type[Exception] = sqlcipher.DatabaseError
IntegrityError: type[Exception] = sqlcipher.IntegrityError

_BUSY_MS = 5_000
_CACHE_KIB = 256 * 1024
_PAGE_BYTES = 4_096


def _require_libraries() -> None:
    """Refuse libraries known to lose writes (SQLite before 3.51.3, sqlite-utils before 4.2.1)."""
    if vars(sqlite_utils.utils)["sqlite3"] is not sqlcipher:
        raise ImportError("sqlite_utils was imported before models.store.database")
    if sqlcipher.sqlite_version_info < (3, 51, 3):
        raise ImportError(f"SQLite {sqlcipher.sqlite_version} is older than 3.51.3")
    installed = version("sqlite-utils")
    if tuple(int(part) for part in installed.split(".")[:3]) < (4, 2, 1):
        raise ImportError(f"sqlite-utils {installed} is older than 4.2.1")


_require_libraries()


class WrongKey(ClerkError):
    """No page can be read with this key: not this ledger's, or its first 16 bytes (the salt) are hurt."""


class DamagedFile(ClerkError):
    """Some pages of the file fail their authentication or their structure."""


class NewerFile(ClerkError):
    """The file was written by a later version of the program."""


class FileInUse(ClerkError):
    """Another connection holds the file for longer than the time we wait."""


def open_writer(path: Path, key: bytes, *, create: bool = True) -> Database:
    """Open the ledger at *path* for reading and writing; make an empty one where none is.

    *key* is the raw 32-byte master key. With ``create=False`` a missing file is DamagedFile.
    Raises WrongKey, DamagedFile, FileInUse or ClerkError.
    """
    if not path.exists():
        if not create or any(side.exists() for side in side_files(path)):
            raise DamagedFile(f"台账数据文件「{path.name}」不见了。请在“备份与恢复”中用最近的备份恢复。")
        _create(path, key)
    db = _connect(path, key)
    with _closing_on_error(db):
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA secure_delete=ON")
        db.execute("BEGIN IMMEDIATE")  # tells a locked or write-protected file now, not at the first save
        db.execute("ROLLBACK")
    return db


def open_reader(path: Path, key: bytes) -> Database:
    """Open an existing ledger for queries only, in the thread that calls; close it after the work."""
    if not path.exists():
        raise DamagedFile(f"找不到数据文件「{path.name}」。请确认文件没有被移动或删除。")
    db = _connect(path, key)
    db.execute("PRAGMA query_only=ON")
    return db


def side_files(path: Path) -> tuple[Path, Path]:
    """The two files SQLite keeps beside an open database; they belong to it and to no other."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _create(path: Path, key: bytes) -> None:
    """Make an empty WAL database under another name first: a file of 0 bytes is then always damage."""
    unborn = path.with_name(path.name + ".new")
    unborn.unlink(missing_ok=True)
    unborn.touch(mode=0o600)
    db = _connect(unborn, key, may_be_empty=True)
    db.enable_wal()
    db.execute("PRAGMA user_version=1")
    db.close()
    unborn.replace(path)


def _connect(path: Path, key: bytes, *, may_be_empty: bool = False) -> Database:
    if len(key) != 32:
        raise ValueError("the master key has 32 bytes")
    if not may_be_empty and path.stat().st_size == 0:
        raise DamagedFile(f"数据文件「{path.name}」是空的，内容已丢失。请用最近的备份恢复。")
    with _told_in_chinese(path):
        connection = sqlcipher.connect(
            path.absolute().as_uri() + "?mode=rw", uri=True, timeout=_BUSY_MS / 1000, isolation_level=None
        )
    connection.execute("PRAGMA cipher_log=off")
    connection.execute("PRAGMA cipher_log_level=none")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    db = Database(connection, strict=True)
    with _closing_on_error(db):
        _first_read(db, path)
        for pragma in (
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "mmap_size=0",
            "temp_store=MEMORY",
            f"cache_size=-{_CACHE_KIB}",
        ):
            db.execute(f"PRAGMA {pragma}")
    return db


def _first_read(db: Database, path: Path) -> None:
    """Read page 1; tell a wrong key (no page authenticates) from damage (some pages do)."""
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        if _name(error) != "SQLITE_NOTADB":
            raise
        failed = len(db.execute("PRAGMA cipher_integrity_check").fetchall())
        if failed < path.stat().st_size // _PAGE_BYTES:
            raise _damaged(path) from error
        raise WrongKey(
            f"打不开「{path.name}」：密钥与它不相符，或文件开头已损坏。请确认数据文件夹没有混放，否则用备份恢复。"
        ) from error


@contextmanager
def _closing_on_error(db: Database) -> Iterator[None]:
    try:
        with _told_in_chinese(_path_of(db)):
            yield
    except BaseException:
        db.close()
        raise


def _path_of(db: Database) -> Path:
    return Path(next(row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main"))


def _name(error: Exception) -> str:
    """SQLite's name of the error without its extension: SQLITE_IOERR for SQLITE_IOERR_WRITE."""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


def _damaged(path: Path) -> DamagedFile:
    return DamagedFile(f"数据文件「{path.name}」已损坏，程序没有改动它。请用最近的备份恢复。")


@contextmanager
def _told_in_chinese(path: Path) -> Iterator[None]:
    """Turn what the disk or another program did into a sentence; our own mistakes pass as they are."""
    try:
        yield
    except sqlcipher.DatabaseError as error:
        disk = f"“{path.parent}”所在磁盘"
        match _name(error):
            case "SQLITE_NOTADB" | "SQLITE_CORRUPT":
                raise _damaged(path) from error
            case "SQLITE_BUSY" | "SQLITE_LOCKED":
                raise FileInUse(f"数据文件「{path.name}」正被其他程序占用。请关闭它们后重试。") from error
            case "SQLITE_FULL":
                raise ClerkError(f"磁盘已满，刚才的内容没有保存。请在{disk}腾出空间后重试。") from error
            case "SQLITE_READONLY" | "SQLITE_CANTOPEN" | "SQLITE_PERM":
                raise ClerkError(f"没有写入“{path.parent}”的权限。请检查文件夹是否为只读。") from error
            case "SQLITE_IOERR":
                raise ClerkError(f"读写磁盘出错，刚才的内容没有保存。请检查{disk}。") from error
        raise


@contextmanager
def immediate(db: Database) -> Iterator[None]:
    """One write: BEGIN IMMEDIATE, then commit, or roll back whatever is raised.

    Inside another block it joins that one as a savepoint: an error undoes the inner part only, and
    nothing is on disk before the outermost block ends. Raises FileInUse, DamagedFile or ClerkError.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    with _told_in_chinese(_path_of(db)):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


def migrate(db: Database, migrations: Migrations, *, before: Callable[[], None]) -> None:
    """Bring the file to the program's schema, one transaction for each step.

    *before* (a verified backup) is called once when a file that already has a schema will change; what
    it raises stops the migration. Raises NewerFile when the file knows steps this program does not.
    """
    refuse_newer(db, migrations)
    if migrations.applied(db) and migrations.pending(db):
        before()
    with _told_in_chinese(_path_of(db)):
        migrations.apply(db)


def refuse_newer(db: Database, migrations: Migrations) -> None:
    """Raise NewerFile when the file has seen a schema step that *migrations* does not know."""
    known = {step.name for step in migrations._migrations}
    if unknown := {step.name for step in migrations.applied(db)} - known:
        raise NewerFile(
            f"这份台账由更新版本的程序保存（{max(unknown)}），本版本不能打开。请先升级程序，数据没有改动。"
        )


def check_integrity(db: Database) -> list[str]:
    """Every finding about the file as a Chinese sentence; empty when it is whole.

    Pages (authentication), structure (indexes, constraints) and references between records.
    """
    findings = [f"页面校验不符：{row[0]}" for row in db.execute("PRAGMA cipher_integrity_check")]
    try:
        findings += [f"结构有误：{row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        findings += [
            f"记录引用缺失：{table} 第 {rowid} 行指向的 {parent} 不存在"
            for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check")
        ]
    except sqlcipher.DatabaseError as error:
        if _name(error) not in ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR"):
            raise
        findings.append("文件结构无法读完，部分内容已损坏")
    return findings
