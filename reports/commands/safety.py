"""backup, restore, check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import resources
from models.errors import ClerkError
from models.office import Office, has_office, open_office, restore_office
from models.store.lock import AlreadyOpen
from models.summaries.soundness import findings_of
from reports.commands import Note


def back_up(office: Office, to: Path) -> Iterator[str]:
    """Write a checked backup to the file *to*."""
    if to.is_dir():
        raise ClerkError(f"“{to}”是文件夹，请写出备份文件的名称，如 台账.fzbak。")
    office.save_backup(to)
    yield str(to)


def restore(
    folder: Path,
    backup: Path,
    *,
    clerk: str = "",
    password: str | None = None,
    recovery_code: str | None = None,
) -> Iterator[str]:
    """Put *backup* in the place of the data in *folder*; what was there is kept aside, its place given.

    Data that opens is backed up before. A backup of another ledger is opened by its own password, key
    file or recovery code.
    """
    if not backup.is_file():
        raise ClerkError(f"找不到备份文件“{backup}”。")
    aside = _restore_own(folder, backup, clerk, password) or restore_office(
        folder, backup, clerk=clerk, password=password, recovery_code=recovery_code
    )
    yield str(folder)
    if any(aside.iterdir()):
        yield Note(f"原来的数据放在 {aside}")


def _restore_own(folder: Path, backup: Path, clerk: str, password: str | None) -> Path | None:
    """Restore over data that opens with a backup of the same ledger; None when it is another case."""
    if not has_office(folder):
        return None
    try:
        return open_office(folder, clerk=clerk, password=password).restore(backup)
    except AlreadyOpen:
        raise
    except ClerkError:
        return None  # nothing was changed; what is there is kept aside, and the backup needs its own key


def check(office: Office) -> Iterator[str]:
    """Give each finding; raises ClerkError at the end when there is one."""
    findings = [*findings_of(office.ledger, office.home.attachments), *_missing_files()]
    yield from findings
    if findings:
        raise ClerkError(f"检查发现 {len(findings)} 处问题，请先备份，再联系维护人员或用备份恢复。")
    if not office.settings.office_name:
        yield Note("提示：还没有填写办公室全称，文书的落款会空着。请在“设置”里填写。")
    yield "台账完好：文件、附件、操作记录、引用、数据表和文书数据都已检查。"


def _missing_files() -> Iterator[str]:
    """Name the files shipped with the program that papers need and that are gone."""
    from reports.paper.fonts import BUNDLED, RARE

    for name in [*BUNDLED.values(), RARE]:
        try:
            resources.path(name)
        except FileNotFoundError:
            yield f"程序自带的字体 {name} 不见了，请重新安装程序"
