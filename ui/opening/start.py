"""From a data folder to an open office, asking the clerk what is needed on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from models import clock
from models.errors import ClerkError
from models.office import DamagedOffice, Office, create_office, has_office, open_office, restore_office
from models.presets import apply_preset
from models.store.home import DataHome
from models.store.keys import KeyRing, WrongPassword
from models.store.lock import AlreadyOpen
from ui import messages
from ui.opening.login import LoginDialog
from ui.opening.recovery import RecoveryDialog
from ui.opening.wizard import SAMPLE, SetupDialog

SAMPLE_FOLDER = "样例"
log = logging.getLogger(__name__)


def open_or_set_up(folder: Path) -> Office | None:
    """Return the open office of *folder*; None when the clerk gives up or another window holds it."""
    try:
        if not has_office(folder):
            return _set_up(folder)
        return _open(folder)
    except AlreadyOpen as error:
        messages.tell(None, "台账已经打开", str(error))
    except ClerkError as error:
        log.warning("could not open the office", exc_info=True)
        messages.tell(None, "打不开台账", str(error))
    return None


def _set_up(folder: Path) -> Office | None:
    dialog = SetupDialog(folder)
    result = dialog.exec()
    if result == SAMPLE:
        return _open_sample(folder / SAMPLE_FOLDER)
    if result != QDialog.DialogCode.Accepted or dialog.setup is None:
        return None
    office, code = create_office(folder, dialog.setup)
    if dialog.preset:
        apply_preset(office.ledger, dialog.preset, dialog.setup.area_name, clock.today())
    RecoveryDialog(None, code, office.settings.office_name).exec()
    return office


def _open_sample(folder: Path) -> Office:
    """Open the sample county, a ledger of its own that is never mixed with the office's."""
    if has_office(folder):
        return open_office(folder)
    from models.demo import make_county
    from models.office import Setup

    office, _code = create_office(folder, Setup(clerk="样例"))
    make_county(office.ledger)
    return office


def _open(folder: Path) -> Office | None:
    home = DataHome(folder)
    keys = KeyRing(home.keys, home.key_file)
    if not keys.needs_password:
        return _or_repair(folder, lambda: open_office(folder))
    dialog = LoginDialog(keys.clerks, lambda clerk, typed, by_code: _try(folder, clerk, typed, by_code))
    if not dialog.exec():
        return None
    return dialog.office


def _try(folder: Path, clerk: str, typed: str, by_code: bool) -> Office | None:
    """Open with what was typed; WrongPassword goes back to the login."""
    secret = {"recovery_code": typed} if by_code else {"password": typed}
    return _or_repair(folder, lambda: open_office(folder, clerk=clerk, **secret), **secret, clerk=clerk)


def _or_repair(folder: Path, opening: Callable[[], Office], **secret: str) -> Office | None:
    try:
        return opening()
    except WrongPassword:
        raise
    except DamagedOffice as error:
        newest = error.examination.newest
        if newest is None:
            messages.tell(
                None, "数据已损坏，还没有备份", "程序没有改动它。请保留整个数据文件夹，联系技术人员。",
                points=error.examination.findings[:5],
            )  # fmt: skip
            return None
        deed = f"恢复 {newest.taken_at:%m月%d日 %H:%M} 的备份"
        points = [*error.examination.findings[:5], "现在的数据改名保留，不会删除"]
        if not messages.confirm(None, "数据已损坏，用备份恢复？", deed, str(error), points, danger=True):
            return None
        aside = restore_office(folder, newest.path, **secret)
        messages.tell(None, "已恢复", f"损坏的数据保留在“{aside.name}”。")
        return opening()
