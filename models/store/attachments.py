"""Files that belong to records: kept in the data folder, each once, under the SHA-256 of its content.

    attachments/<64 hexadecimal digits>

Adding copies and compares, reading compares again, so that a file that was changed is never handed out.
What no record names any more is swept when the ledger is opened; the recycle bin still counts as naming it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_IREAD
from tempfile import mkdtemp

from models.errors import ClerkError
from models.store.files import Written, copy_verified, safe_name, sha256_of

MOST_BYTES = 100 << 20
"""The largest file taken in: 100 MB, so that a backup still fits a stick."""
FORBIDDEN = frozenset(
    [
        ".app",
        ".bat",
        ".cmd",
        ".com",
        ".cpl",
        ".dll",
        ".exe",
        ".hta",
        ".jar",
        ".js",
        ".jse",
        ".lnk",
        ".msc",
        ".msi",
        ".pif",
        ".ps1",
        ".reg",
        ".scr",
        ".sh",
        ".vbe",
        ".vbs",
        ".wsf",
    ]
)
"""Programs and links: opening one by a double click would run it."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


def refuse_unfit(source: Path) -> None:
    """Raise ClerkError for what cannot be kept: a folder, nothing in it, too large, or a program."""
    name = source.name
    if source.is_dir():
        raise ClerkError(f"「{name}」是文件夹，请选里面的文件。")
    if source.suffix.lower() in FORBIDDEN:
        raise ClerkError(f"「{name}」是程序或快捷方式，不能作为附件。请选文档、表格或图片。")
    try:
        size = source.stat().st_size
    except OSError as error:
        raise ClerkError(f"读不到文件「{name}」，它可能已被移动或没有权限。请检查后重试。") from error
    if size == 0:
        raise ClerkError(f"「{name}」是空文件，没有内容可以保存。")
    if size > MOST_BYTES:
        raise ClerkError(
            f"「{name}」有 {size / (1 << 20):.0f} MB，附件最大 {MOST_BYTES >> 20} MB。请压缩后再添加。"
        )


def keep_file(folder: Path, source: Path) -> Written:
    """Copy *source* into *folder* under its hash and return what is there; a whole copy is kept as it is.

    Raises ClerkError for an unfit file, or one that changes while it is read.
    """
    refuse_unfit(source)
    try:
        digest = sha256_of(source)
    except OSError as error:
        raise ClerkError(f"读不到文件「{source.name}」，请检查后重试。") from error
    target = folder / digest
    if _is_whole(target, digest):
        return Written(target, target.stat().st_size, digest)
    written = copy_verified(source, target)
    if written.sha256 != digest:
        target.unlink(missing_ok=True)
        raise ClerkError(f"「{source.name}」正在被改写，请关闭打开它的程序后重试。")
    return written


def copy_out(folder: Path, digest: str, name: str, target: Path) -> Written:
    """Write the file of *digest*, called *name*, to *target*. Raises ClerkError when it is gone or was changed."""
    return copy_verified(_whole(folder, digest, name), target)


def copy_to_read(folder: Path, digest: str, name: str, temp: Path) -> Path:
    """Return a read-only copy below *temp* (emptied at the next start) to be opened by another program."""
    stem, suffix = Path(name).stem, Path(name).suffix
    target = Path(mkdtemp(dir=temp)) / f"{safe_name(stem)}{suffix}"
    path = copy_out(folder, digest, name, target).path
    path.chmod(S_IREAD)
    return path


def read_whole(folder: Path, digest: str, name: str) -> bytes:
    """Return the content, compared with its hash. Raises ClerkError when it is gone or was changed."""
    return _whole(folder, digest, name).read_bytes()


def findings_of(folder: Path, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the files that records name: *names* by digest. Reads every file."""
    for digest, name in names.items():
        if not (folder / digest).is_file():
            yield f"附件「{name}」的文件不见了，请从备份恢复或重新添加"
        elif not _is_whole(folder / digest, digest):
            yield f"附件「{name}」的内容被改动过，请从备份恢复或重新添加"


def sweep(folder: Path, named: Iterable[str]) -> int:
    """Remove the files (of our own naming) that no record names; return how many went."""
    left = set(named)
    gone = 0
    for path in folder.iterdir():
        if _DIGEST.fullmatch(path.name) and path.name not in left:
            with suppress(OSError):
                path.unlink()
                gone += 1
    return gone


def _whole(folder: Path, digest: str, name: str) -> Path:
    path = folder / digest
    if not path.is_file():
        raise ClerkError(f"附件「{name}」的文件不见了。请从备份恢复，或移除后重新添加。")
    if not _is_whole(path, digest):
        raise ClerkError(f"附件「{name}」的内容被改动过，没有打开。请从备份恢复，或移除后重新添加。")
    return path


def _is_whole(path: Path, digest: str) -> bool:
    try:
        return path.is_file() and sha256_of(path) == digest
    except OSError:
        return False
