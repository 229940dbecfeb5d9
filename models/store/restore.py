"""Putting a backup in the place of the data: checked first, nothing deleted, finished after a crash."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from models import clock
from models.store.archive import DATABASE, KEYS, extract, read_manifest
from models.store.backup import check_data
from models.store.database import refuse_newer, side_files
from models.store.files import sync_folder, write_file
from models.store.home import DataHome
from models.store.keys import BrokenKeys, KeyRing, fingerprint_of
from models.store.migrations import migrations

_READY, _ASIDE = "restore-", "data.replaced-"


def restore_backup(path: Path, home: DataHome, unlock: Callable[[KeyRing], bytes]) -> Path:
    """Put the backup *path* in the place of the data; return the folder that holds what was there.

    The ledger is closed and its instance lock held. *unlock* gets the keys of the backup and returns the
    master key (asks for a password or the recovery code, or gives the key of the open ledger). Raises
    BackupDamaged, NewerFile, WrongKey or what *unlock* raises; the present data is then untouched.
    The present passwords stay when the backup is of the same ledger.
    """
    staging = home.temp / "restore"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    try:
        _unpack(path, staging)
        ring = KeyRing(staging / KEYS, home.key_file)
        master = unlock(ring)
        check_data(path, staging / DATABASE, master, also=lambda db: refuse_newer(db, migrations))
        if _is_same_ledger(home, master):
            (staging / KEYS).unlink(missing_ok=True)
        elif ring.exists and not ring.needs_password:
            write_file(staging / home.key_file.name, lambda file: file.write(master), private=True)
        ready = home.folder / f"{_READY}{clock.now():%Y%m%d-%H%M%S}"
        sync_folder(staging)
        staging.rename(ready)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    sync_folder(home.folder)
    finish_restore(home)
    return home.folder / ready.name.replace(_READY, _ASIDE)


def restore_is_pending(home: DataHome) -> bool:
    """Tell whether a checked restore was interrupted; :func:`finish_restore` ends it."""
    return any(home.folder.glob(f"{_READY}*"))


def finish_restore(home: DataHome) -> None:
    """Do what is left of a restore that was checked; call at start, with the lock, before opening.

    Each part of the present data goes aside before its new one comes in by a rename, so a stop at any
    point leaves either in a known place, and the next call goes on from there.
    """
    swaps = {
        KEYS: (home.key_file, home.keys.with_name("keys.tries.json"), home.keys),
        DATABASE: (*side_files(home.database), home.database),
        home.attachments.name: (home.attachments,),
    }
    for ready in sorted(home.folder.glob(f"{_READY}*")):
        aside = home.folder / ready.name.replace(_READY, _ASIDE)
        aside.mkdir(exist_ok=True)
        for name, present in swaps.items():
            if (ready / name).exists():
                for old in present:
                    _move_aside(old, aside)
                (ready / name).rename(home.folder / name)
        for left in ready.iterdir():  # the key file of an office without passwords
            left.rename(home.folder / left.name)
        ready.rmdir()
        sync_folder(home.folder)


def _unpack(path: Path, staging: Path) -> None:
    (staging / "attachments").mkdir()
    for member in read_manifest(path).members:
        target = staging / member.name
        target.parent.mkdir(parents=True, exist_ok=True)
        extract(path, member, target)


def _is_same_ledger(home: DataHome, master: bytes) -> bool:
    try:
        return KeyRing(home.keys, home.key_file).fingerprint == fingerprint_of(master)
    except BrokenKeys:
        return False


def _move_aside(old: Path, aside: Path) -> None:
    if old.is_dir() and not any(old.iterdir()):
        old.rmdir()
    elif old.exists():
        old.rename(aside / old.name)
