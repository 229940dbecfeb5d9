"""Restoring: checked first, nothing deleted, finished after a stop at any step."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

import pytest
from argon2.profiles import RFC_9106_LOW_MEMORY

from models import clock
from models.errors import ClerkError
from models.store.archive import BackupDamaged
from models.store.backup import Reason, make_backup, save_backup
from models.store.database import (
    NewerFile,
    WrongKey,
    check_integrity,
    immediate,
    migrate,
    open_reader,
    open_writer,
)
from models.store.home import DataHome
from models.store.keys import KeyRing, WrongPassword
from models.store.migrations import migrations
from models.store.repair import examine
from models.store.restore import finish_restore, restore_backup

CHEAP = dataclasses.replace(RFC_9106_LOW_MEMORY, time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "password one"
NOW = datetime(2026, 11, 21, 10, 15)
ASIDE = "data.replaced-20261121-101500"


def ring_of(home: DataHome) -> KeyRing:
    return KeyRing(home.keys, home.key_file, cost=CHEAP)


def new_ledger(folder: Path, word: str, clerk: str = "周敏") -> tuple[DataHome, bytes, str]:
    home = DataHome(folder)
    home.create()
    made = ring_of(home).create(clerk, PASSWORD)
    write(home, made.master, word)
    (home.attachments / f"{word}.txt").write_text(word)
    return home, made.master, made.recovery_code


def write(home: DataHome, key: bytes, word: str) -> None:
    db = open_writer(home.database, key)
    migrate(db, migrations, before=lambda: None)
    with immediate(db):
        db.execute("INSERT OR REPLACE INTO setting VALUES ('word', ?)", (word,))
    db.close()


def read(home: DataHome, key: bytes) -> str:
    db = open_reader(home.database, key)
    try:
        assert check_integrity(db) == []
        return str(db.execute("SELECT value FROM setting WHERE name = 'word'").fetchone()[0])
    finally:
        db.close()


def back_up(home: DataHome, key: bytes, target: Path) -> Path:
    db = open_reader(home.database, key)
    save_backup(db, key, home, target, Reason.BY_HAND)
    db.close()
    return target


def test_a_backup_comes_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    home, key, _ = new_ledger(tmp_path / "a", "早")
    backup = back_up(home, key, tmp_path / "b.fzbak")
    write(home, key, "晚")
    (home.attachments / "早.txt").write_text("改过")
    ring_of(home).set_password(key, "周敏", "password two")
    with clock.held_at(NOW):
        aside = restore_backup(backup, home, lambda ring: key)
    assert read(home, key) == "早"
    assert (home.attachments / "早.txt").read_text() == "早"
    assert ring_of(home).unlock("周敏", "password two") == key
    assert aside == home.folder / ASIDE
    assert read(DataHome(aside), key) == "晚"
    assert (aside / "attachments" / "早.txt").read_text() == "改过"
    assert list(home.temp.iterdir()) == []


def test_the_old_log_never_meets_the_restored_data(tmp_path: Path) -> None:
    """A backup beside a foreign -wal is 'malformed' (reliability 1.2): the log goes aside with its data."""
    home, key, _ = new_ledger(tmp_path / "a", "早")
    backup = back_up(home, key, tmp_path / "b.fzbak")
    home.database.with_name("data.db-wal").write_bytes(b"left by a crash" * 999)
    with clock.held_at(NOW):
        aside = restore_backup(backup, home, lambda ring: key)
    assert read(home, key) == "早"
    assert (aside / "data.db-wal").read_bytes().startswith(b"left by a crash")


def test_another_ledgers_backup_brings_its_keys(tmp_path: Path) -> None:
    other, other_key, code = new_ledger(tmp_path / "other", "别处")
    backup = back_up(other, other_key, tmp_path / "b.fzbak")
    home, key, _ = new_ledger(tmp_path / "a", "此处", clerk="")
    with clock.held_at(NOW):
        aside = restore_backup(backup, home, lambda ring: ring.unlock_by_code(code))
    assert ring_of(home).unlock("周敏", PASSWORD) == other_key
    assert read(home, other_key) == "别处"
    assert not home.key_file.exists()
    assert ring_of(DataHome(aside)).unlock_by_key_file() == key


def test_an_office_without_passwords_gets_its_key_file_back_by_the_code(tmp_path: Path) -> None:
    other, other_key, code = new_ledger(tmp_path / "other", "别处", clerk="")
    backup = back_up(other, other_key, tmp_path / "b.fzbak")
    home = DataHome(tmp_path / "new machine")
    home.create()
    restore_backup(backup, home, lambda ring: ring.unlock_by_code(code))
    assert ring_of(home).unlock_by_key_file() == other_key
    assert read(home, other_key) == "别处"


def wrong_password(ring: KeyRing) -> bytes:
    return ring.unlock("周敏", "not this one")


@pytest.mark.parametrize(
    ("spoil", "unlock", "error"),
    [
        (True, None, BackupDamaged),
        (False, wrong_password, WrongPassword),
        (False, lambda ring: bytes(32), WrongKey),
    ],
)
def test_a_refused_restore_changes_nothing(
    tmp_path: Path, spoil: bool, unlock: object, error: type[ClerkError]
) -> None:
    home, key, _ = new_ledger(tmp_path / "a", "早")
    backup = back_up(home, key, tmp_path / "b.fzbak")
    if spoil:
        content = bytearray(backup.read_bytes())
        content[len(content) // 3] ^= 1
        backup.write_bytes(content)
    write(home, key, "晚")
    before = sorted(path.name for path in home.folder.rglob("*"))
    with pytest.raises(error):
        restore_backup(backup, home, unlock or (lambda ring: key))  # type: ignore[arg-type]
    assert sorted(path.name for path in home.folder.rglob("*")) == before
    assert read(home, key) == "晚"


def test_a_newer_programs_backup_is_refused(tmp_path: Path) -> None:
    home, key, _ = new_ledger(tmp_path / "a", "早")
    db = open_writer(home.database, key)
    db.table("_sqlite_migrations").insert(
        {"migration_set": migrations.name, "name": "m999_later", "applied_at": ""}
    )
    db.close()
    backup = back_up(home, key, tmp_path / "b.fzbak")
    with pytest.raises(NewerFile, match="升级"):
        restore_backup(backup, home, lambda ring: key)


class PulledPlug(BaseException):
    """The power goes."""


def test_a_restore_stopped_at_any_step_is_finished_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail the Nth rename, N = 1, 2, 3 … until the restore runs through (SQLite's own way to test)."""
    other, other_key, code = new_ledger(tmp_path / "other", "别处", clerk="")
    backup = back_up(other, other_key, tmp_path / "b.fzbak")
    rename = Path.rename
    for step in range(1, 30):
        home, key, _ = new_ledger(tmp_path / f"home{step}", "此处", clerk="")
        home.database.with_name("data.db-wal").write_bytes(b"")
        calls = iter(range(1, 1000))

        def failing(self: Path, target: Path, calls: object = calls, step: int = step) -> Path:
            if next(calls) == step:  # type: ignore[call-overload]
                raise PulledPlug
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", failing)
        stopped = False
        try:
            restore_backup(backup, home, lambda ring: ring.unlock_by_code(code))
        except PulledPlug:
            stopped = True
        monkeypatch.setattr(Path, "rename", rename)
        home.create()
        home.sweep()
        finish_restore(home)
        if step == 1:  # before the one rename that decides: nothing has happened
            assert read(home, key) == "此处"
            continue
        assert ring_of(home).unlock_by_key_file() == other_key
        assert read(home, other_key) == "别处"
        assert [path.name for path in home.attachments.iterdir()] == ["别处.txt"]
        assert list(home.folder.glob("restore-*")) == []
        aside = DataHome(next(home.folder.glob("data.replaced-*")))
        assert ring_of(aside).unlock_by_key_file() == key
        assert read(aside, key) == "此处"
        assert (aside.attachments / "此处.txt").exists()
        if not stopped:
            assert step > 6
            return
    pytest.fail("the restore never ran through")


def test_damaged_data_is_found_and_set_aside_whole(tmp_path: Path) -> None:
    home, key, _ = new_ledger(tmp_path / "a", "早")
    assert examine(home, key).is_sound
    assert "数据完好" in str(examine(home, key))
    db = open_reader(home.database, key)
    with clock.held_at(NOW):
        make_backup(db, key, home, Reason.EXIT)
    db.close()
    content = bytearray(home.database.read_bytes())
    content[len(content) // 2] ^= 1
    home.database.write_bytes(content)
    found = examine(home, key)
    assert not found.is_sound
    assert "2026-11-21 10:15" in str(found)
    assert found.newest
    restore_backup(found.newest.path, home, lambda ring: key)
    [aside] = home.folder.glob("data.replaced-*")
    assert (aside / "data.db").read_bytes() == content
    assert read(home, key) == "早"
    assert examine(home, key).is_sound
