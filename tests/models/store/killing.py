"""Stop a writing process at random moments, by kill -9 or by cutting the power of its disk; count losses.

``python -m tests.models.store.killing 1000`` kills a thousand times, ``… 100 power`` cuts a hundred times.
"""

from __future__ import annotations

import fcntl
import os
import random
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from models.errors import ClerkError
from models.store.database import DatabaseError, check_integrity, immediate, migrate, open_writer
from models.store.ids import uuid7
from models.store.migrations import migrations

KEY = bytes(range(32))
_COUNTER = "written"
_EXT4_SHUTDOWN, _WITHOUT_FLUSH = 0x8004587D, 2  # linux/fs/ext4/ext4.h: EXT4_IOC_SHUTDOWN, NOLOGFLUSH
_ROOT = Path(__file__).parents[3]


class Writer(StrEnum):
    """The ledger's way of saving, and two that must be caught: controls of the harness itself."""

    OURS = "ours"
    TELLS_TOO_EARLY = "tells too early"
    WITHOUT_SYNC = "without sync"


@dataclass(frozen=True, slots=True)
class Losses:
    """*missing* were told as saved and are gone; *half* have a record without its count, or the reverse."""

    runs: int
    saved: int
    missing: int
    half: int
    unsound: int


class LoopDisk:
    """An ext4 disk in a file, mounted at *point*; needs root."""

    def __init__(self, folder: Path) -> None:
        self._image, self.point = folder / "disk.img", folder / "disk"
        self.point.mkdir()
        with self._image.open("wb") as file:
            file.truncate(64 << 20)
        self._run("mkfs.ext4", "-q", "-F", self._image)
        self.mount()

    def mount(self) -> None:
        self._run("mount", "-o", "loop", self._image, self.point)

    def unmount(self) -> None:
        self._run("umount", self.point)

    def cut_power(self) -> None:
        """Drop everything that has not reached the disk, as when the plug is pulled."""
        folder = os.open(self.point, os.O_RDONLY)
        fcntl.ioctl(folder, _EXT4_SHUTDOWN, struct.pack("I", _WITHOUT_FLUSH))
        os.close(folder)

    @staticmethod
    def _run(*command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True)


def write_for_ever(path: Path, way: Writer) -> None:
    """Save one draft and one count at a time, and name each draft once it is saved."""
    db = open_writer(path, KEY)
    if way is Writer.WITHOUT_SYNC:
        db.execute("PRAGMA synchronous=OFF")
    early = way is Writer.TELLS_TOO_EARLY
    while True:
        with immediate(db):
            for _ in range(20 if early else 1):
                name = uuid7()
                db.execute("INSERT INTO draft VALUES (?, 'unit', '', ?, '')", (name, "内容" * 100))
                db.execute("UPDATE setting SET value = value + 1 WHERE name = ?", (_COUNTER,))
                if early:
                    _tell(name)
        if not early:
            _tell(name)


def _tell(name: str) -> None:
    os.write(1, f"{name}\n".encode())


def stop_repeatedly(
    folder: Path, runs: int, *, way: Writer = Writer.OURS, disk: LoopDisk | None = None, seed: int = 0
) -> Losses:
    """Stop the writer after 0-100 ms, look at what is there, go on in the same file."""
    path, chance, told = folder / "data.db", random.Random(seed), set[str]()
    db = open_writer(path, KEY)
    migrate(db, migrations, before=lambda: None)
    db.execute("INSERT OR IGNORE INTO setting VALUES (?, '0')", (_COUNTER,))
    db.close()
    if disk:
        os.sync()
    kept: set[str] = set()
    half = unsound = 0
    for _ in range(runs):
        told |= _one_run(path, chance.uniform(0, 0.1), way, disk)
        try:
            kept, count, sound = _look(path)
        except (ClerkError, DatabaseError):
            return Losses(runs, len(told), len(told - kept), half, unsound + 1)
        half += abs(len(kept) - count)
        unsound += not sound
    return Losses(runs, len(told), len(told - kept), half, unsound)


def _look(path: Path) -> tuple[set[str], int, bool]:
    """Return the names that are there, the count kept beside them, and whether the file is whole."""
    db = open_writer(path, KEY, create=False)
    try:
        kept = {row[0] for row in db.execute("SELECT name FROM draft")}
        count = int(db.execute("SELECT value FROM setting WHERE name = ?", (_COUNTER,)).fetchone()[0])
        return kept, count, not check_integrity(db)
    finally:
        db.close()


def _one_run(path: Path, seconds: float, way: Writer, disk: LoopDisk | None) -> set[str]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.models.store.killing", "child", str(path), way],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if disk else None,  # after the cut its disk is gone
        cwd=_ROOT,
    )
    assert child.stdout
    told = child.stdout.readline()
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        if disk:
            told += _told_so_far(child.stdout)
            disk.cut_power()
        child.kill()
    child.wait()
    if disk:
        disk.unmount()
        disk.mount()
    else:
        told += child.stdout.read()
    child.stdout.close()
    return set(told.decode().split("\n")[:-1])


def _told_so_far(pipe: IO[bytes]) -> bytes:
    """Return what was told before the cut. A sync that is under way when ext4 is shut down may still
    report success, which no process would live to see in a real power cut."""
    os.set_blocking(pipe.fileno(), False)
    return pipe.read() or b""


def main() -> None:
    """Print the losses of as many stops as the first argument says."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 100
    with tempfile.TemporaryDirectory() as scratch:
        if sys.argv[2:] != ["power"]:
            print(stop_repeatedly(Path(scratch), runs))
            return
        disk = LoopDisk(Path(scratch))
        print(stop_repeatedly(disk.point, runs, disk=disk))
        disk.unmount()


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        write_for_ever(Path(sys.argv[2]), Writer(sys.argv[3]))
    main()
