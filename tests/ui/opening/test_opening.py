"""Opening an office as a clerk does: first run, login, forgotten password, damage, a second window, the sample."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2.profiles import RFC_9106_LOW_MEMORY
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from models.office import Office, Setup, create_office, open_office
from models.records.organisation import Body, Unit
from models.store import keys
from tests.ui.answers import answering
from ui import messages, work
from ui.opening import SAMPLE_FOLDER, start
from ui.opening.login import LoginDialog
from ui.opening.recovery import RecoveryDialog
from ui.opening.start import Opened, open_or_set_up
from ui.opening.wizard import FROM_FILE, SetupDialog
from ui.preview import printing

PASSWORD = "lanxi 2026"
CHEAP = dataclasses.replace(RFC_9106_LOW_MEMORY, time_cost=1, memory_cost=8, parallelism=1)
Deed = Callable[[QDialog], None]


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    """Keys of the same kind, made in no time."""
    monkeypatch.setattr(keys.KeyRing.__init__, "__kwdefaults__", {"cost": CHEAP})


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "台账"


@pytest.fixture
def clerk(qtbot: QtBot) -> Iterator[Callable[..., None]]:
    """Answer the dialogs that will open, in this order; each deed gets the dialog."""
    left: list[Deed] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and left:
            left.pop(0)(dialog)

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    yield lambda *deeds: left.extend(deeds)
    timer.stop()
    assert left == []


def fill(dialog: QDialog, *, password: str = "", shape: str = "") -> None:
    assert isinstance(dialog, SetupDialog)
    for name, text in (
        ("office_name", "中共澜溪县委依法治县办"),
        ("area_name", "澜溪县"),
        ("clerk", "苏映川"),
    ):
        dialog._edit(name).setText(text)
    (dialog.with_password if password else dialog.without_password).setChecked(True)
    for name in ("password", "again"):
        dialog._edit(name).setText(password)
    if shape:
        dialog._shape.setCurrentText(shape)
    dialog.finish()


def keep_code(dialog: QDialog) -> None:
    assert isinstance(dialog, RecoveryDialog)
    with answering("") as told:
        dialog.reject()
    assert "先收好恢复码" in str(told)
    assert dialog.isVisible(), "Esc must not lose the code"
    dialog._kept.setChecked(True)
    dialog.done_button.click()


def test_the_recovery_code_goes_to_the_usual_printer(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    sent: list[tuple[bytes, printing.PrintJob]] = []
    dialog = RecoveryDialog(None, "ABCD-2345", "澜溪县依法治县办")
    qtbot.addWidget(dialog)
    print_out = next(button for button in dialog.findChildren(QPushButton) if button.text() == "打印")
    monkeypatch.setattr(printing, "printers", list)
    with answering("") as told:
        print_out.click()
    assert "没有找到打印机" in str(told)
    monkeypatch.setattr(printing, "printers", lambda: ["一楼", "二楼"])
    monkeypatch.setattr(printing, "send", lambda pdf, job, _progress: sent.append((pdf, job)))
    with answering(""), work.at_once():
        print_out.click()
    [(pdf, job)] = sent
    assert job.printer == "一楼" and pdf.startswith(b"%PDF")


def log_in(password: str) -> Deed:
    def deed(dialog: QDialog) -> None:
        assert isinstance(dialog, LoginDialog)
        dialog.field("password").setText(password)
        dialog.finish()

    return deed


def made(home: Path, password: str | None = None) -> str:
    office, code = create_office(
        home, Setup(office_name="依法治县办", area_name="澜溪县", clerk="苏映川", password=password)
    )
    with office, office.ledger.action("登记单位") as action:
        action.add(Unit(name="县司法局"))
    return code


def opened(home: Path) -> Office:
    result = open_or_set_up(home)
    assert isinstance(result, Opened)
    return result.office


def test_a_new_office_without_password_opens_at_once_later(home: Path, clerk: Callable[..., None]) -> None:
    clerk(lambda dialog: fill(dialog), keep_code)
    with opened(home) as office:
        assert (office.settings.area_name, office.ledger.clerk) == ("澜溪县", "苏映川")
    with opened(home) as office:
        assert office.ledger.clerk == "苏映川"


def test_a_new_office_with_password_and_a_preset(home: Path, clerk: Callable[..., None]) -> None:
    shape = "协调指导办公室（六个分支机构）"
    clerk(lambda dialog: fill(dialog, password=PASSWORD, shape=shape), keep_code)
    with opened(home) as office:
        assert len(office.ledger.find(Body)) == 8
    clerk(log_in(PASSWORD))
    with opened(home) as office:
        assert office.ledger.clerk == "苏映川"


def test_the_wizard_can_lead_to_the_reading_of_a_file(home: Path, clerk: Callable[..., None]) -> None:
    clerk(lambda dialog: fill(dialog, shape=FROM_FILE), keep_code)
    result = open_or_set_up(home)
    assert result is not None
    assert result.first_page == "intake"
    result.office.close()


def test_the_wizard_tells_what_is_missing_and_keeps_what_was_typed(home: Path, qtbot: QtBot) -> None:
    dialog = SetupDialog(home)
    qtbot.addWidget(dialog)
    dialog._edit("area_name").setText("澜溪")
    dialog._edit("password").setText("short")
    dialog.finish()
    assert dialog.setup is None
    told = {
        name: dialog._fields[name].field.accessibleDescription()
        for name in ("office_name", "area_name", "password")
    }
    assert told["office_name"] == "单位全称没有填"
    assert "澜溪县" in told["area_name"]
    assert "8 个字符" in told["password"]
    assert dialog._edit("area_name").text() == "澜溪"


def test_a_place_that_cannot_keep_data_is_told_and_the_wizard_stays(
    tmp_path: Path, clerk: Callable[..., None]
) -> None:
    (tmp_path / "file").write_text("no folder")
    clerk(lambda dialog: fill(dialog), lambda dialog: dialog.reject())
    with answering(messages.CLOSE) as asked:
        assert open_or_set_up(tmp_path / "file" / "台账") is None
    assert asked[0].title == "没有建立台账"


def test_wrong_passwords_make_the_clerk_wait_longer_and_longer(home: Path, qtbot: QtBot) -> None:
    made(home, PASSWORD)
    dialog = LoginDialog(("苏映川",), lambda who, typed, by_code: start._try(home, who, typed, by_code))
    qtbot.addWidget(dialog)
    waits = []
    for _try in range(6):
        dialog.field("password").setText("wrong one")
        dialog.open_button.setEnabled(True)
        dialog.finish()
        waits.append(dialog._left)
        assert "密码" in dialog.field("password").accessibleDescription()
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[4] >= 1
    assert dialog.open_button.text() == f"等 {dialog._left} 秒"
    dialog.finish()
    assert dialog.office is None
    for _second in range(dialog._left):
        dialog._count_down()
    assert (dialog.open_button.isEnabled(), dialog.open_button.text()) == (True, "打开")


def test_the_recovery_code_opens_and_sets_a_new_password(home: Path, clerk: Callable[..., None]) -> None:
    code = made(home, PASSWORD)

    def by_code(dialog: QDialog) -> None:
        assert isinstance(dialog, LoginDialog)
        dialog.other.click()
        dialog.field("code").setText(code.lower().replace("-", " "))
        dialog.field("new").setText("short")
        dialog.finish()
        assert "8 个字符" in dialog.field("new").accessibleDescription()
        dialog.field("new").setText("quite another")
        dialog.finish()
        assert dialog.field("again").accessibleDescription() == "两次输入的密码不一样"
        dialog.field("again").setText("quite another")
        dialog.finish()

    clerk(by_code)
    opened(home).close()
    open_office(home, clerk="苏映川", password="quite another").close()


def test_a_lost_key_file_is_replaced_by_the_recovery_code(home: Path, clerk: Callable[..., None]) -> None:
    code = made(home)
    (home / "office.key").unlink()

    def by_code(dialog: QDialog) -> None:
        assert isinstance(dialog, LoginDialog)
        dialog.field("code").setText(code)
        dialog.finish()

    clerk(by_code)
    opened(home).close()
    opened(home).close()


def test_damaged_data_is_replaced_by_the_newest_backup(home: Path) -> None:
    made(home)
    data = home / "data.db"
    content = bytearray(data.read_bytes())
    content[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    data.write_bytes(content)
    (home / "instance.lock.json").write_text("{}")
    with answering(restore_deed(home), messages.CLOSE) as asked:
        office = opened(home)
    with office:
        assert [unit.name for unit in office.ledger.find(Unit)] == ["县司法局"]
    assert "不会删除" in asked[0].points[-1]
    assert list(home.glob("data.replaced-*"))


def restore_deed(home: Path) -> str:
    from models.store.backup import list_backups

    newest = list_backups(home / "backups")[0]
    return f"恢复 {newest.taken_at:%m月%d日 %H:%M} 的备份"


def test_a_second_window_is_told_who_has_the_ledger(home: Path) -> None:
    made(home, PASSWORD)
    with open_office(home, password=PASSWORD), answering(messages.CLOSE) as asked:
        assert open_or_set_up(home) is None
    assert asked[0].title == "台账已经打开"
    assert "打开）打开" in asked[0].text


def test_an_interrupted_restore_is_not_taken_for_a_new_office(home: Path) -> None:
    made(home)
    ready = home / "restore-20261121-101500"
    ready.mkdir()
    (home / "data.db").rename(ready / "data.db")
    for backup in (home / "backups").glob("*.fzbak"):
        backup.unlink()
    with opened(home) as office:
        assert [unit.name for unit in office.ledger.find(Unit)] == ["县司法局"]


def test_the_sample_lives_in_a_folder_of_its_own(
    home: Path, clerk: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.demo.make_county", lambda ledger: None)  # its own tests make the county
    clerk(lambda dialog: dialog.done(start.SAMPLE))
    with opened(home) as office:
        assert office.home.folder == home / SAMPLE_FOLDER
    clerk(lambda dialog: dialog.reject())
    assert open_or_set_up(home) is None, "the next start asks again"
