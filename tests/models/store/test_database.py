"""The database: encrypted, whole or absent, and plain about whose fault it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.errors import ClerkError
from models.store import database
from models.store.database import (
    DamagedFile,
    Database,
    FileInUse,
    Migrations,
    NewerFile,
    WrongKey,
    check_integrity,
    immediate,
    migrate,
    open_reader,
    open_writer,
    side_files,
)

KEY = bytes(range(32))


def first(db: Database) -> None:
    db.table("unit").create({"id": str, "name": str}, pk="id", not_null={"name"})


def second(db: Database) -> None:
    db.table("seat").create({"id": str, "unit": str}, pk="id", foreign_keys=[("unit", "unit", "id")])


def steps(*functions: Callable[[Database], None]) -> Migrations:
    migrations = Migrations("ledger")
    for function in functions:
        migrations()(function)
    return migrations


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "台账 #1%.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    opened = open_writer(path, KEY)
    migrate(opened, steps(first, second), before=lambda: None)
    yield opened
    opened.close()


def fill(db: Database, count: int = 400) -> None:
    with immediate(db):
        db.table("unit").insert_all({"id": f"u{n}", "name": "区司法局" * 20} for n in range(count))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("secure_delete", 1),
        ("cache_size", -262144),
        ("busy_timeout", 5000),
    ],
)
def test_a_writer_is_set_up_for_safety(db: Database, pragma: str, value: object) -> None:
    assert db.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_tables_are_strict_and_references_hold(db: Database) -> None:
    assert db.table("unit").strict
    with pytest.raises(database.IntegrityError), immediate(db):
        db.table("seat").insert({"id": "s1", "unit": "nobody"})


def test_nothing_readable_lies_on_disk(db: Database, path: Path) -> None:
    fill(db, 1)
    for file in (path, *side_files(path)):
        content = file.read_bytes()
        assert b"SQLite format" not in content
        assert "司法局".encode() not in content


def test_a_write_is_whole_or_absent(db: Database) -> None:
    with pytest.raises(RuntimeError), immediate(db):
        db.table("unit").insert({"id": "a", "name": "甲"})
        raise RuntimeError
    assert db.table("unit").count == 0
    with immediate(db):
        db.table("unit").insert({"id": "a", "name": "甲"})
    assert db.table("unit").count == 1


def test_a_nested_write_joins_the_outer_one(db: Database) -> None:
    with immediate(db):
        db.table("unit").insert({"id": "a", "name": "甲"})
        with pytest.raises(RuntimeError), immediate(db):
            db.table("unit").insert({"id": "b", "name": "乙"})
            raise RuntimeError
        with immediate(db):
            db.table("unit").insert({"id": "c", "name": "丙"})
    assert [row["id"] for row in db.table("unit").rows] == ["a", "c"]
    with pytest.raises(RuntimeError), immediate(db):
        with immediate(db):
            db.table("unit").insert({"id": "d", "name": "丁"})
        raise RuntimeError
    assert db.table("unit").count == 2


def test_a_reader_sees_what_is_committed_and_cannot_write(db: Database, path: Path) -> None:
    fill(db, 3)
    seen: list[int] = []

    def work() -> None:
        reader = open_reader(path, KEY)
        seen.append(reader.table("unit").count)
        with pytest.raises(database.DatabaseError, match="readonly"):
            reader.execute("DELETE FROM unit")
        reader.close()

    with immediate(db):
        db.table("unit").insert({"id": "x", "name": "未提交"})
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert seen == [3]


def test_a_second_writer_is_told_the_file_is_in_use(
    db: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_MS", 10)
    with immediate(db), pytest.raises(FileInUse, match="占用"):
        open_writer(path, KEY)


def test_a_wrong_key_is_told_apart_from_damage(
    db: Database, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fill(db)
    db.close()
    with pytest.raises(WrongKey, match="密钥"):
        open_writer(path, bytes(32))
    flip(path, 100)
    with pytest.raises(DamagedFile, match="备份"):
        open_writer(path, KEY)
    assert capfd.readouterr().err == ""


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)


def test_one_flipped_bit_anywhere_is_noticed(db: Database, path: Path) -> None:
    fill(db)
    db.close()
    size = path.stat().st_size
    for offset in range(5, size, size // 40):
        flip(path, offset)
        assert findings(path), offset
        flip(path, offset)
    assert findings(path) == []


def findings(path: Path) -> list[str]:
    try:
        opened = open_writer(path, KEY)
    except (DamagedFile, WrongKey) as error:
        return [str(error)]
    try:
        return check_integrity(opened)
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", DamagedFile), (b"\0" * 20_000, WrongKey), (b"hello", WrongKey), ("甲".encode() * 9_000, WrongKey)],
)
def test_what_is_no_ledger_is_refused_and_kept(path: Path, content: bytes, error: type[ClerkError]) -> None:
    path.write_bytes(content)
    with pytest.raises(error):
        open_writer(path, KEY)
    assert path.read_bytes() == content


def test_a_shortened_file_is_noticed(db: Database, path: Path) -> None:
    fill(db)
    db.close()
    path.write_bytes(path.read_bytes()[:-5_000])
    assert findings(path)


def test_a_missing_file_is_not_made_anew_beside_its_log(db: Database, path: Path) -> None:
    db.close()
    path.unlink()
    with pytest.raises(DamagedFile, match="不见了"):
        open_writer(path, KEY, create=False)
    side_files(path)[0].write_bytes(b"left over")
    with pytest.raises(DamagedFile, match="不见了"):
        open_writer(path, KEY)


def test_a_missing_reference_is_found(db: Database) -> None:
    db.execute("PRAGMA foreign_keys=OFF")
    db.table("seat").insert({"id": "s1", "unit": "nobody"})
    assert check_integrity(db) == ["记录引用缺失：seat 第 1 行指向的 unit 不存在"]


def test_migration_backs_up_a_file_that_changes_and_only_that(path: Path) -> None:
    calls: list[str] = []
    db = open_writer(path, KEY)
    migrate(db, steps(first), before=lambda: calls.append("new"))
    migrate(db, steps(first), before=lambda: calls.append("nothing pending"))
    migrate(db, steps(first, second), before=lambda: calls.append("changed"))
    db.close()
    assert calls == ["changed"]


def test_a_failing_backup_or_step_leaves_the_schema_as_it_was(path: Path) -> None:
    def broken(db: Database) -> None:
        second(db)
        raise RuntimeError

    def no_backup() -> None:
        raise ClerkError("备份失败")

    db = open_writer(path, KEY)
    migrate(db, steps(first), before=lambda: None)
    with pytest.raises(ClerkError, match="备份失败"):
        migrate(db, steps(first, second), before=no_backup)
    with pytest.raises(RuntimeError):
        migrate(db, steps(first, broken), before=lambda: None)
    assert db.table_names() == ["_sqlite_migrations", "unit"]
    db.close()


def test_a_file_of_a_newer_program_is_refused_unchanged(db: Database) -> None:
    before = list(db.query("SELECT * FROM _sqlite_migrations"))
    with pytest.raises(NewerFile, match="升级"):
        migrate(db, steps(first), before=lambda: None)
    assert list(db.query("SELECT * FROM _sqlite_migrations")) == before


def test_a_write_without_a_block_is_kept(db: Database, path: Path) -> None:
    """The trap of raw ``conn.execute``: with the driver's own transactions it would vanish on close."""
    db.conn.execute("INSERT INTO unit VALUES ('a', '甲')")
    db.close()
    reader = open_reader(path, KEY)
    assert reader.table("unit").count == 1
    reader.close()
