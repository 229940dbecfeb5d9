"""The one writer of files: exports, backups, packages and settings all pass here.

A target holds either what was there before or the whole new file, read back from the disk and compared;
what is unfinished carries the name ``….part``. Nothing is promised for a disk that lies about fsync.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from models.errors import ClerkError

if TYPE_CHECKING:
    from typing_extensions import Buffer

PART = ".part"
_CHUNK = 1 << 20
_LEAST_FREE = 1 << 20
_NAME_BYTES = 180


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is on the disk: *size* in bytes, *sha256* in hexadecimal of what was read back."""

    path: Path
    size: int
    sha256: str


class Cancelled(ClerkError):
    """The clerk stopped the work; the target is as it was before."""


def write_file(
    target: Path,
    write: Callable[[BinaryIO], object],
    *,
    expected: int = 0,
    private: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Written:
    """Let *write* fill ``target.part``, then put it in the place of *target*.

    *write* gets a seekable binary file and leaves it open. *expected* is the size in bytes, as far as it
    is known, for the check of free space; *private* files can be read by their owner alone; *cancelled*
    is asked at every write. A link is followed, so the file it points to is replaced.
    Raises Cancelled, or ClerkError with what to do when the system refuses; else what *write* raises.
    """
    with _told_in_chinese(target):
        target = target.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder has this name")
        _require_space(target.parent, expected)
        part = target.with_name(target.name + PART)
        _remove_if_dead(part)
        file = _Part(part, private, cancelled)
        try:
            with file:
                write(cast(BinaryIO, file))
                meant = file.finish()
            written = _read_back(part, meant)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)
    return Written(target, *written)


def copy_verified(source: Path, target: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Written:
    """Copy *source* to *target* as :func:`write_file` does; the copy is compared with what was read."""
    try:
        file = source.open("rb")
    except OSError as error:
        raise ClerkError(f"读不到文件「{source.name}」，它可能已被移动或没有权限。请检查后重试。") from error
    with file:
        size = os.fstat(file.fileno()).st_size
        return write_file(
            target,
            lambda out: shutil.copyfileobj(file, out, _CHUNK),
            expected=size,
            cancelled=cancelled,
        )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file in hexadecimal, read from the disk where the system allows."""
    return _read(path)[1]


def sweep_parts(folder: Path) -> list[Path]:
    """Remove what an interrupted write left in *folder* (one of our own), and return it.

    A part that another process is writing now is left alone.
    """
    return [part for part in sorted(folder.glob(f"*{PART}")) if _remove_if_dead(part)]


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable (Windows does so by itself; some USB file systems cannot)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)


class _Part(io.BufferedRandom):
    """A new ``.part``, held while it is open, that stops at the next write when the work is cancelled."""

    def __init__(self, path: Path, private: bool, cancelled: Callable[[], bool]) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        descriptor = os.open(path, flags, 0o600 if private else 0o666)
        _hold(descriptor)
        super().__init__(io.FileIO(descriptor, "r+"), _CHUNK)
        self._cancelled = cancelled

    def write(self, data: Buffer, /) -> int:
        if self._cancelled():
            raise Cancelled("已取消，没有留下文件。")
        return super().write(data)

    def finish(self) -> str:
        """Bring everything to the disk; return the SHA-256 of what was meant to be there."""
        self.flush()
        self.seek(0)
        digest = hashlib.file_digest(self, "sha256").hexdigest()
        os.fsync(self.fileno())
        return digest

    def close(self) -> None:
        with suppress(OSError):  # what cannot be flushed was told by the write or flush that failed
            super().close()


def _hold(descriptor: int) -> bool:
    """Mark an open part as being written: a lock the system drops when the process ends."""
    if sys.platform == "win32":
        return True  # an open file cannot be removed there in any case
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_if_dead(part: Path) -> bool:
    """Remove the part of a process that has ended; say whether there was one to remove."""
    if not part.is_file() or part.is_symlink():
        return False
    try:
        descriptor = os.open(part, os.O_RDWR)
        try:
            if not _hold(descriptor):
                return False
        finally:
            os.close(descriptor)
        part.unlink()
    except OSError:
        return False
    return True


def _read_back(part: Path, meant: str) -> tuple[int, str]:
    size, found = _read(part)
    if found != meant:
        raise ClerkError(f"「{part.stem}」写入后读回的内容不一致，磁盘或U盘可能有故障。请换一个位置重试。")
    return size, found


def _read(path: Path) -> tuple[int, str]:
    """Return size and digest, with the system's cached pages of the file dropped first."""
    with path.open("rb", buffering=0) as file:
        if sys.platform == "linux":
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _require_space(folder: Path, expected: int) -> None:
    """Ask for a fifth more than *expected*, and never less than 1 MiB."""
    needed = max(expected + expected // 5, _LEAST_FREE)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ClerkError(
            f"“{folder}”所在磁盘空间不足：还需 {_mb(needed - free)} MB（需要 {_mb(needed)} MB）。请清理后重试。"
        )


def _mb(size: int) -> int:
    return -(-size // (1 << 20))


_ADVICE = {
    errno.ENOSPC: "磁盘已满，「{name}」没有写成。请清理“{folder}”所在磁盘后重试。",
    errno.EDQUOT: "磁盘配额已用完，「{name}」没有写成。请清理“{folder}”后重试。",
    errno.EFBIG: "「{name}」超过了这个磁盘允许的文件大小，没有写成。请换一个位置。",
    errno.EROFS: "“{folder}”是只读的（U盘写保护开关可能已打开），请换一个位置。",
    errno.ENOENT: "文件夹“{folder}”不存在，U盘可能已拔出。请重新选择位置。",
    errno.ENOTDIR: "“{folder}”不是文件夹，请重新选择位置。",
    errno.EISDIR: "“{folder}”里已有名为「{name}」的文件夹，请换一个文件名。",
    errno.EEXIST: "「{name}」正在由另一个窗口写入，请等它完成后重试。",
    errno.ENAMETOOLONG: "文件名「{name}」太长，请缩短后重试。",
    errno.EINVAL: "文件名「{name}」里有这个磁盘不允许的字符，请修改后重试。",
    errno.EIO: "读写“{folder}”时出错，磁盘或U盘可能有故障或已拔出。请检查后重试。",
    errno.ENODEV: "“{folder}”所在的磁盘不见了，U盘可能已拔出。请重新插入后重试。",
    errno.ENXIO: "“{folder}”所在的磁盘不见了，U盘可能已拔出。请重新插入后重试。",
}


@contextmanager
def _told_in_chinese(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        name, folder = target.name if len(target.name) <= 40 else target.name[:40] + "…", target.parent
        if error.errno in (errno.EACCES, errno.EPERM):
            if os.access(folder, os.W_OK):
                advice = "「{name}」正被其他程序（如 WPS）打开或不允许改写。请关闭它后重试，或换一个文件名。"
            else:
                advice = "没有写入“{folder}”的权限，请换一个位置。"
        else:
            advice = _ADVICE.get(error.errno or 0, "「{name}」没有写成，请检查“{folder}”所在磁盘后重试。")
        raise ClerkError(advice.format(name=name, folder=folder)) from error


_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？”＜＞｜")
_INVISIBLE = ("Cc", "Cf", "Cs")  # not Cn and Co: rare names use characters younger than Python's tables
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)}


def safe_name(text: str) -> str:
    """Make a file name (without its suffix) from people's text, for Windows, Linux and FAT sticks.

    Forbidden characters become their full-width twins, invisible ones go; at most 180 bytes of UTF-8.
    """
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    visible = "".join(char for char in spaced if unicodedata.category(char) not in _INVISIBLE)
    name = " ".join(visible.translate(_FULL_WIDTH).split())
    name = name.encode()[:_NAME_BYTES].decode(errors="ignore").strip(". ")
    if name.split(".")[0].rstrip().upper() in _RESERVED:
        name = f"_{name}"
    return name or "未命名"
