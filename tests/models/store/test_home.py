"""The data folder: private, swept at start, and never on a network share or a stick."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.errors import ClerkError
from models.store.home import DataHome, default_folder, linux_complaint

MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 8:2 / /home rw,relatime shared:1 - ext4 /dev/sda2 rw
31 22 8:17 / /media/clerk/U盘\\040A rw - exfat /dev/sdb1 rw
32 22 0:50 / /mnt/share rw - cifs //server/share rw
33 32 8:2 /x /mnt/share/local rw - ext4 /dev/sda2 rw
34 22 0:51 / /home/old rw - nfs4 server:/x rw
35 22 8:33 / /media/disk rw - ext4 /dev/sdc1 rw
36 22 0:52 / /mnt/share\\040(2) rw - fuse.sshfs user@host: rw
"""


@pytest.fixture
def machine(tmp_path: Path) -> tuple[Path, Path]:
    """A table of mounts and the disks behind it, as the Linux kernel lays them out."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, "utf-8")
    links = tmp_path / "block"
    links.mkdir()
    for number, disk, bus, removable in [
        ("8:1", "sda", "pci/ata1", "0"),
        ("8:2", "sda", "pci/ata1", "0"),
        ("8:17", "sdb", "pci/mmc", "1"),
        ("8:33", "sdc", "pci/usb2/2-1", "0"),
    ]:
        partition = tmp_path / "devices" / bus / disk / f"{disk}{number[2:]}"
        partition.mkdir(parents=True)
        (partition / "partition").write_text("1\n")
        (partition.parent / "removable").write_text(f"{removable}\n")
        (links / number).symlink_to(partition)
    return mounts, links


@pytest.mark.parametrize(
    ("folder", "word"),
    [
        ("/home/clerk/.local/share/FazhiLedger", ""),
        ("/var/lib", ""),
        ("/mnt/share/台账", "网络共享"),
        ("/mnt/share/local/台账", ""),
        ("/mnt/share (2)/台账", "网络共享"),
        ("/mnt/shared", ""),
        ("/home/old/x", "网络共享"),
        ("/media/clerk/U盘 A/台账", "U盘"),
        ("/media/disk", "U盘"),
    ],
)
def test_shares_and_sticks_are_refused_in_plain_words(
    machine: tuple[Path, Path], folder: str, word: str
) -> None:
    complaint = linux_complaint(Path(folder), *machine)
    assert word in complaint
    assert bool(word) == bool(complaint)


def test_a_system_without_a_table_of_mounts_is_trusted(tmp_path: Path) -> None:
    assert linux_complaint(Path("/x"), tmp_path / "none", tmp_path) == ""


def test_the_folders_are_for_their_owner(tmp_path: Path) -> None:
    home = DataHome(tmp_path / "深" / "台账")
    home.create()
    home.create()
    for folder in (home.folder, home.backups, home.attachments, home.temp):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ClerkError, match="换一个位置"):
        DataHome(tmp_path / "file" / "台账").create()


def test_what_an_interrupted_run_left_is_swept(tmp_path: Path) -> None:
    home = DataHome(tmp_path)
    home.create()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "kept").write_bytes(b"")
    (home.temp / "report").mkdir()
    (home.temp / "report" / "名单.pdf").write_bytes(b"personal")
    (home.temp / "link").symlink_to(tmp_path / "outside")
    (home.backups / "a.fzbak.part").write_bytes(b"half")
    (home.backups / "a.fzbak").write_bytes(b"whole")
    home.sweep()
    assert list(home.temp.iterdir()) == []
    assert [path.name for path in home.backups.iterdir()] == ["a.fzbak"]
    assert (tmp_path / "outside" / "kept").exists()


def test_the_usual_folder_belongs_to_the_user() -> None:
    assert default_folder().is_relative_to(Path.home())
