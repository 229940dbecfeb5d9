"""Backups: checked when made, told when spoilt, thinned by age, and never in the way."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock
from models.errors import ClerkError
from models.store.archive import BackupDamaged, read_manifest
from models.store.backup import (
    Backup,
    BackupFailed,
    Reason,
    copy_outside,
    last_result,
    list_backups,
    make_backup,
    save_backup,
    to_remove,
    verify_backup,
)
from models.store.database import Database, WrongKey, immediate, migrate, open_reader, open_writer
from models.store.home import DataHome
from models.store.migrations import migrations

KEY = bytes(range(32))
NOW = datetime(2026, 11, 21, 10, 15)


@pytest.fixture
def home(tmp_path: Path) -> DataHome:
    made = DataHome(tmp_path / "台账")
    made.create()
    made.keys.write_text('{"wrapped": "keys"}')
    made.key_file.write_bytes(KEY)
    (made.attachments / "ab").mkdir()
    (made.attachments / "ab" / "通知.pdf").write_bytes(b"%PDF" * 999)
    return made


@pytest.fixture
def db(home: DataHome) -> Iterator[Database]:
    opened = open_writer(home.database, KEY)
    migrate(opened, migrations, before=lambda: None)
    fill(opened, 200)
    with clock.held_at(NOW):
        yield opened
    opened.close()


def fill(db: Database, count: int) -> None:
    with immediate(db):
        for n in range(count):
            db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (f"n{n}", "东平区司法局" * 30))


def test_a_backup_is_one_checked_file(db: Database, home: DataHome) -> None:
    path = make_backup(db, KEY, home, Reason.EXIT, head="af01")
    assert path == home.backups / "法治台账-20261121-101500-退出.fzbak"
    manifest = verify_backup(path, KEY, home.temp)
    assert [member.name for member in manifest.members] == ["data.db", "keys.json", "attachments/ab/通知.pdf"]
    assert (manifest.head, manifest.reason, manifest.made_at) == ("af01", "退出", "2026-11-21T10:15:00")
    assert manifest.migrations[0] == "m001_bookkeeping"
    assert list_backups(home.backups) == [Backup(path, NOW, "退出")]
    assert list(home.temp.iterdir()) == []
    result = last_result(home)
    assert result
    assert result.ok


def test_a_backup_holds_no_key_and_no_readable_text(db: Database, home: DataHome) -> None:
    content = make_backup(db, KEY, home, Reason.EXIT).read_bytes()
    assert KEY not in content
    assert "司法局".encode() not in content


def test_a_backup_from_a_reader_has_what_is_committed(db: Database, home: DataHome) -> None:
    db.execute("BEGIN IMMEDIATE")
    db.execute("DELETE FROM setting")
    reader = open_reader(home.database, KEY)
    path = make_backup(reader, KEY, home, Reason.TIMED)
    reader.close()
    db.execute("ROLLBACK")
    with zipfile.ZipFile(path) as archive:
        archive.extract("data.db", home.temp)
    copy = open_reader(home.temp / "data.db", KEY)
    assert copy.table("setting").count == 200
    copy.close()


def test_a_backup_in_the_middle_of_a_write_fails_and_shows(db: Database, home: DataHome) -> None:
    with immediate(db), pytest.raises(BackupFailed, match="稍后再备份"):
        make_backup(db, KEY, home, Reason.TIMED)
    result = last_result(home)
    assert result
    assert not result.ok
    assert list_backups(home.backups) == []


def test_a_backup_that_does_not_open_is_not_kept(db: Database, home: DataHome) -> None:
    db.close()
    damaged = bytearray(home.database.read_bytes())
    damaged[-2000] ^= 1  # in the last page, which opening does not read
    home.database.write_bytes(damaged)
    spoilt = open_reader(home.database, KEY)
    with pytest.raises(BackupFailed, match="没有备份成功"):
        make_backup(spoilt, KEY, home, Reason.EXIT)
    spoilt.close()
    assert [path.name for path in home.backups.iterdir()] == ["last.json"]
    assert list(home.temp.iterdir()) == []


def test_a_failed_backup_leaves_the_earlier_file_of_that_name(db: Database, home: DataHome) -> None:
    target = home.folder / "带走.fzbak"
    target.write_bytes(b"earlier")
    with immediate(db), pytest.raises(BackupFailed):
        save_backup(db, KEY, home, target, Reason.BY_HAND)
    assert target.read_bytes() == b"earlier"
    save_backup(db, KEY, home, target, Reason.BY_HAND)
    assert verify_backup(target, KEY, home.temp).reason == "手动"


def test_every_flipped_byte_of_a_backup_is_noticed(db: Database, home: DataHome) -> None:
    path = make_backup(db, KEY, home, Reason.EXIT)
    whole = path.read_bytes()
    manifest = read_manifest(path)
    noticed = 0
    for offset in range(0, len(whole), len(whole) // 60):
        spoilt = bytearray(whole)
        spoilt[offset] ^= 1
        path.write_bytes(spoilt)
        try:
            found = verify_backup(path, KEY, home.temp)
        except ClerkError:
            noticed += 1
        else:
            assert found == manifest, offset  # a byte the zip keeps twice: every member is still whole
    assert noticed >= 58
    path.write_bytes(whole)
    assert verify_backup(path, KEY, home.temp) == manifest


@pytest.mark.parametrize("spoil", [lambda b: b"", lambda b: b[: len(b) // 2], lambda b: b"PK" * 5_000])
def test_what_is_no_backup_is_refused(db: Database, home: DataHome, spoil: object) -> None:
    path = make_backup(db, KEY, home, Reason.EXIT)
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(BackupDamaged, match="换一个备份"):
        verify_backup(path, KEY, home.temp)


def test_another_ledgers_key_does_not_open_a_backup(db: Database, home: DataHome) -> None:
    path = make_backup(db, KEY, home, Reason.EXIT)
    with pytest.raises(WrongKey):
        verify_backup(path, bytes(32), home.temp)


@pytest.mark.parametrize(
    "name", ["../x", "/etc/x", "attachments/../../x", "attachments", "C:\\x", "data.db/x"]
)
def test_a_manifest_that_leads_outside_is_refused(db: Database, home: DataHome, name: str) -> None:
    path = make_backup(db, KEY, home, Reason.EXIT)
    with zipfile.ZipFile(path) as archive:
        manifest = archive.read("manifest.json").decode().replace("attachments/ab/通知.pdf", name)
        data = archive.read("data.db")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.db", data)
        archive.writestr("manifest.json", manifest.replace("\\x", "\\\\x"))
    with pytest.raises(BackupDamaged):
        read_manifest(path)


def test_a_copy_on_a_second_disk_and_one_that_is_not_there(
    db: Database, home: DataHome, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    path = make_backup(db, KEY, home, Reason.EXIT, outside=stick)
    result = last_result(home)
    assert result
    assert "没有复制到" in result.sentence
    assert not result.ok
    stick.mkdir()
    make_backup(db, KEY, home, Reason.EXIT, outside=stick)
    result = last_result(home)
    assert result
    assert result.ok
    assert verify_backup(stick / path.name, KEY, home.temp)
    with pytest.raises(ClerkError, match="没有插好"):
        copy_outside(path, tmp_path / "gone")


# Thinning ----------------------------------------------------------------------------------------


def named(*moments: datetime) -> list[Backup]:
    return [Backup(Path(f"{moment:%Y%m%d-%H%M%S}"), moment, "退出") for moment in moments]


def kept_of(backups: list[Backup], now: datetime) -> list[datetime]:
    removed = set(to_remove(backups, now))
    return sorted((backup.taken_at for backup in backups if backup not in removed), reverse=True)


def test_two_days_are_kept_whole() -> None:
    backups = named(*(NOW - timedelta(minutes=30 * n) for n in range(97)))
    assert to_remove(backups, NOW) == []


def test_one_backup_an_hour_for_two_years_leaves_the_promised_ones() -> None:
    backups = named(*(NOW - timedelta(hours=n) for n in range(2 * 366 * 24)))
    older = [moment for moment in kept_of(backups, NOW) if NOW - moment > timedelta(days=2)]
    daily, weekly, monthly = older[:12], older[12:22], older[22:]
    assert [moment.date() for moment in daily] == [(NOW - timedelta(days=n)).date() for n in range(3, 15)]
    assert [moment.isoweekday() for moment in weekly] == [7] * 10
    assert [(moment.year, moment.month) for moment in monthly] == [
        *((2026, month) for month in range(7, 0, -1)),
        (2025, 12),
        (2025, 11),
    ]


@pytest.mark.parametrize(
    ("days_ago", "kept"),
    [
        ([], []),
        ([400], [400]),
        ([0, 1, 2], [0, 1, 2]),
        ([3, 3.2, 4], [3, 4]),
        ([3, 10, 50, 100, 1000], [3, 10, 50, 100, 1000]),
        ([-1, -400, 1], [-400, -1, 1]),
        ([-1, 3, 3.2], [-1, 3]),
    ],
)
def test_thinning_by_cases(days_ago: list[float], kept: list[float]) -> None:
    backups = named(*(NOW - timedelta(days=days) for days in days_ago))
    assert kept_of(backups, NOW) == [NOW - timedelta(days=days) for days in kept]


@given(st.lists(st.integers(-500_000, 2_000_000), unique=True, max_size=80))
def test_thinning_keeps_its_promises(minutes: list[int]) -> None:
    backups = named(*(NOW - timedelta(minutes=n) for n in minutes))
    kept = kept_of(backups, NOW)
    assert all(
        moment in kept for moment in (b.taken_at for b in backups) if NOW - moment <= timedelta(days=2)
    )
    assert sum(NOW - moment > timedelta(days=2) for moment in kept) <= 12 + 10 + 9
    past = [b.taken_at for b in backups if b.taken_at <= NOW]
    assert not past or max(past) in kept
    assert kept_of(named(*kept), NOW) == kept


def test_files_with_other_names_are_left_alone(home: DataHome) -> None:
    for name in ("照片.jpg", "法治台账-20261399-000000-退出.fzbak", "我的.fzbak", "last.json"):
        (home.backups / name).write_bytes(b"")
    assert list_backups(home.backups) == []
