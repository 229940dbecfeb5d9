"""One program at a time on a data folder, and whether the last one ended as it should."""

from __future__ import annotations

import getpass
import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from models import clock
from models.errors import ClerkError
from models.store.files import write_file


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ledger open: *since* is the local time in ISO form."""

    user: str
    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        return f"{self.user}（电脑 {self.host}，{datetime.fromisoformat(self.since):%m月%d日%H:%M} 打开）"


class AlreadyOpen(ClerkError):
    """Another program has the ledger open; *holder* is None when it has not written its name yet."""

    def __init__(self, holder: Holder | None) -> None:
        self.holder = holder
        super().__init__(f"台账已由{holder or '另一个窗口'}打开。请使用已打开的窗口，或先将它关闭。")


class InstanceLock:
    """The lock on a data folder, held from :meth:`acquire` to :meth:`release`.

    The system's file lock decides, so a crashed holder is gone at once and no age is guessed. The file
    beside it names the holder; found at acquire, it means that the holder did not end properly.
    """

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path, timeout=0)
        self._holder_file = path.with_name(path.name + ".json")
        self.was_unclean = False

    def acquire(self) -> None:
        """Take the lock and write our name. Raises AlreadyOpen, or ClerkError if the folder refuses."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise AlreadyOpen(self._read_holder()) from error
        except OSError as error:
            folder = self._holder_file.parent
            raise ClerkError(f"不能在“{folder}”中打开台账，请检查文件夹是否存在、是否只读。") from error
        try:
            self.was_unclean = self._holder_file.exists()
            self._write_holder()
        except BaseException:
            self._lock.release()
            raise

    def release(self, *, clean: bool = True) -> None:
        """Give the lock back after everything is closed: the next start finds a clean folder.

        With ``clean=False`` the next start is told that something has still to be looked at.
        """
        if self._lock.is_locked:
            if clean:
                self._holder_file.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> InstanceLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _write_holder(self) -> None:
        holder = Holder(user_name(), platform.node() or "本机", os.getpid(), clock.now().isoformat())
        content = json.dumps(asdict(holder), ensure_ascii=False).encode()
        write_file(self._holder_file, lambda file: file.write(content))

    def _read_holder(self) -> Holder | None:
        try:
            read = json.loads(self._holder_file.read_text("utf-8"))
            holder = Holder(str(read["user"]), str(read["host"]), int(read["pid"]), str(read["since"]))
            datetime.fromisoformat(holder.since)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return holder


def user_name() -> str:
    """Return what the system calls who is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user on the system
        return "本机用户"
