"""From a data folder to an open office, asking the clerk what is needed on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog

from models import clock
from models.errors import ClerkError
from models.office import (
    DamagedOffice,
    Office,
    Setup,
    create_office,
    has_office,
    open_office,
    refuse_if_open,
    restore_office,
)
from models.presets import apply_preset
from models.store.backup import Backup
from models.store.home import DataHome
from models.store.keys import BrokenKeys, KeyRing
from models.store.lock import AlreadyOpen
from ui import messages
from ui.opening import SAMPLE_FOLDER
from ui.opening.busy import busy
from ui.opening.login import LoginDialog
from ui.opening.recovery import RecoveryDialog
from ui.opening.wizard import SAMPLE, SetupDialog

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open office and the page to show first ("" for the usual one)."""

    office: Office
    first_page: str = ""


def open_or_set_up(folder: Path) -> Opened | None:
    """Return the open office of *folder*; None when the clerk gives up or another window holds it."""
    try:
        if not has_office(folder):
            return _set_up(folder)
        refuse_if_open(folder)
        office = _open(folder)
        return Opened(office) if office else None
    except AlreadyOpen as error:
        messages.tell(None, "台账已经打开", str(error))
    except ClerkError as error:
        log.warning("could not open the office", exc_info=True)
        messages.tell(None, "打不开台账", str(error))
    return None


def put_back(office: Office, backup: Path) -> None:
    """Restore *backup* and tell how it went; *office* is closed afterwards."""
    try:
        with busy("正在恢复备份", "先备份现在的数据，再逐页检查要恢复的备份"):
            aside = office.restore(backup)
    except ClerkError as error:
        messages.tell(None, "没有恢复", f"{error}现在的数据没有改动。")
        return
    messages.tell(None, "已恢复", f"恢复以前的数据保留在“{aside.name}”。")


# The first start -----------------------------------------------------------------------------


def _set_up(folder: Path) -> Opened | None:
    dialog = SetupDialog(folder)
    while True:
        result = dialog.exec()
        if result == SAMPLE:
            return Opened(_open_sample(folder / SAMPLE_FOLDER))
        if result != QDialog.DialogCode.Accepted or dialog.setup is None:
            return None
        try:
            with busy("正在建立台账"):
                office, code = create_office(folder, dialog.setup)
        except ClerkError as error:  # a place that cannot keep data; what was typed stays
            messages.tell(dialog, "没有建立台账", str(error))
            continue
        RecoveryDialog(None, code, office.settings.office_name).exec()
        _begin_with(office, dialog.setup, dialog.preset)
        return Opened(office, dialog.first_page)


def _begin_with(office: Office, setup: Setup, preset: str) -> None:
    if preset:
        try:
            apply_preset(office.ledger, preset, setup.area_name, clock.today())
        except ClerkError as error:
            messages.tell(None, "没有套用机构方案", f"{error}可以在“设置”里再选。")


def _open_sample(folder: Path) -> Office:
    """Open the sample county, a ledger of its own that is never mixed with the office's."""
    if has_office(folder):
        with busy("正在打开样例"):
            return open_office(folder)
    from models.demo import make_county

    with busy("正在准备样例", "三年的会议和报送，需要几秒到十几秒"):
        office, _code = create_office(folder, Setup(clerk=SAMPLE_FOLDER))
        make_county(office.ledger)
    return office


# Later starts --------------------------------------------------------------------------------


def _open(folder: Path) -> Office | None:
    home = DataHome(folder)
    keys = KeyRing(home.keys, home.key_file)
    if not keys.needs_password:
        try:
            return _or_repair(folder, lambda: _opening(folder))
        except BrokenKeys as error:
            if not keys.exists:
                raise
            return _open_by_code(folder, str(error))
    dialog = LoginDialog(keys.clerks, lambda clerk, typed, by_code: _try(folder, clerk, typed, by_code))
    return dialog.office if dialog.exec() else None


def _open_by_code(folder: Path, why: str) -> Office | None:
    """Open an office whose key file is lost by the recovery code, and write the key file anew."""
    dialog = LoginDialog((), lambda clerk, typed, _by_code: _try(folder, clerk, typed, True), why=why)
    if not dialog.exec() or dialog.office is None:
        return None
    dialog.office.drop_passwords()
    return dialog.office


def _try(folder: Path, clerk: str, typed: str, by_code: bool) -> Office | None:
    """Open with what was typed; WrongPassword goes back to the login."""
    secret = {"recovery_code": typed} if by_code else {"password": typed}
    return _or_repair(folder, lambda: _opening(folder, clerk=clerk, **secret), clerk=clerk, **secret)


def _opening(folder: Path, **secret: str) -> Office:
    with busy("正在打开台账"):
        return open_office(folder, **secret)


def _or_repair(folder: Path, opening: Callable[[], Office], **secret: str) -> Office | None:
    try:
        return opening()
    except DamagedOffice as error:
        findings, newest = error.examination.findings[:5], error.examination.newest
        if newest is None:
            text = "程序没有改动它。保留整个数据文件夹，联系维护人员。"
            messages.tell(None, "数据已损坏，还没有备份", text, points=findings)
            return None
        return _repair(folder, newest, str(error), findings, opening, secret)


def _repair(
    folder: Path, newest: Backup, why: str, findings: tuple[str, ...], opening: Callable[[], Office],
    secret: dict[str, str],
) -> Office | None:  # fmt: skip
    deed = f"恢复 {newest.taken_at:%m月%d日 %H:%M} 的备份"
    points = [*findings, "现在的数据改名保留，不会删除"]
    if not messages.confirm(None, "数据已损坏，用备份恢复？", deed, why, points, danger=True):
        return None
    with busy("正在恢复备份"):
        aside = restore_office(folder, newest.path, **secret)
    messages.tell(None, "已恢复", f"损坏的数据保留在“{aside.name}”。")
    return opening()
