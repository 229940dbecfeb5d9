"""Where the data lives: the folder, what is in it, and the places that cannot keep it safe."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from models.errors import ClerkError
from models.store.files import sweep_parts

_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "davfs"),
    *("glusterfs", "fuse.glusterfs", "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.rclone"),
}
_ON_NETWORK = "“{folder}”在网络共享上。数据库在网络共享上会损坏，请把台账放在本机硬盘；备份可以另存到网络。"
_ON_STICK = "“{folder}”在U盘或移动硬盘上，拔出或断电会损坏数据。请把台账放在本机硬盘；备份可以另存到U盘。"


@dataclass(frozen=True, slots=True)
class DataHome:
    """The folder of one ledger and the names inside it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "data.db"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    @property
    def key_file(self) -> Path:
        return self.folder / "office.key"

    @property
    def lock(self) -> Path:
        return self.folder / "instance.lock"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def attachments(self) -> Path:
        return self.folder / "attachments"

    @property
    def temp(self) -> Path:
        return self.folder / "temp"

    def create(self) -> None:
        """Make the folders, for their owner alone. Raises ClerkError for a place that cannot keep data."""
        refuse_unsafe(self.folder)
        try:
            for folder in (self.folder, self.backups, self.attachments, self.temp):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ClerkError(
                f"不能在“{self.folder}”中建立台账文件夹，请检查权限和磁盘空间，或换一个位置。"
            ) from error

    def is_empty(self) -> bool:
        """Tell whether the folder is not there, or nothing in it."""
        try:
            return not any(self.folder.iterdir())
        except OSError as error:
            return isinstance(error, FileNotFoundError)

    def clear(self, *, whole: bool) -> None:
        """Take away what is in the folder, with *whole* the folder too: of a set-up that failed."""
        with contextlib.suppress(OSError):
            _empty(self.folder)
            if whole:
                self.folder.rmdir()

    def sweep(self) -> None:
        """Remove what an interrupted run left: temporary files (may hold personal data) and parts.

        Only while the instance lock is held.
        """
        _empty(self.temp)
        for folder in (self.folder, self.backups, self.attachments):
            sweep_parts(folder)


def _empty(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            for path in left.rglob("*"):
                path.chmod(0o700)  # a copy to be read only would stay on Windows
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def default_folder() -> Path:
    """Return the folder for data of this user on this machine (not the roaming one on Windows)."""
    return platformdirs.user_data_path("FazhiLedger", appauthor=False, roaming=False)


def refuse_unsafe(folder: Path) -> None:
    """Raise ClerkError when *folder* lies on a network share or a removable disk (reliability 1.3)."""
    if complaint := _complaint(folder.resolve()):
        raise ClerkError(complaint.format(folder=folder.resolve()))


def is_on_stick(folder: Path) -> bool:
    """Tell whether *folder* lies on a removable disk: a place for exports, never for the data."""
    return _complaint(folder.resolve()) == _ON_STICK


def _complaint(folder: Path) -> str:
    if sys.platform == "win32":
        return _windows_complaint(folder)
    if sys.platform == "darwin":
        return _ON_STICK if folder.is_relative_to("/Volumes") else ""
    return linux_complaint(folder, Path("/proc/self/mountinfo"), Path("/sys/dev/block"))


def linux_complaint(folder: Path, mountinfo: Path, block_devices: Path) -> str:
    """Return the sentence about the mount that holds *folder*, "" when it may hold data.

    *mountinfo* is a table as in proc(5); *block_devices* has a link ``major:minor`` for each disk, whose
    ``removable`` (its own, or its disk's for a partition) and place on the USB bus are looked at.
    """
    try:
        lines = mountinfo.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, device, kind = Path("/"), "", ""
    for line in lines:
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        point = Path(fields[4].encode().decode("unicode_escape").encode("latin-1").decode(errors="replace"))
        if folder.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, device, kind = point, fields[2], right.split(" ")[0]
    if kind in _NETWORK:
        return _ON_NETWORK
    if best != Path("/") and _is_removable(block_devices / device):
        return _ON_STICK
    return ""


def _is_removable(device: Path) -> bool:
    try:
        real = device.resolve(strict=True)
    except OSError:
        return False
    disk = real.parent if (real / "partition").exists() else real
    on_usb = any(part.startswith("usb") for part in real.parts)
    try:
        return on_usb or (disk / "removable").read_text("ascii").strip() == "1"
    except OSError:
        return on_usb


def _windows_complaint(folder: Path) -> str:
    """GetDriveTypeW: 2 removable, 4 remote; a UNC path has no drive letter."""
    import ctypes

    if folder.drive.startswith("\\\\"):
        return _ON_NETWORK
    windll = getattr(ctypes, "windll")  # noqa: B009 - absent from the type stubs of other systems
    drive = windll.kernel32.GetDriveTypeW(folder.drive + os.sep)
    return {2: _ON_STICK, 4: _ON_NETWORK}.get(drive, "")
