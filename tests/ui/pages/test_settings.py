"""设置: what the office sets, who opens it, backups, looks, recycle bin, history, the data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2.profiles import RFC_9106_LOW_MEMORY
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.office import Office, Setup, create_office
from models.records.organisation import Body, Person, Unit
from models.settings import load_settings
from models.store import keys
from models.store.backup import list_backups
from tests.ui import walk
from tests.ui.answers import answering
from ui import look, messages, theme, work
from ui.opening.recovery import RecoveryDialog
from ui.pages.settings.backup_part import BackupPart
from ui.pages.settings.bin_part import BinPart
from ui.pages.settings.data_part import DataPart
from ui.pages.settings.history_part import HistoryPart
from ui.pages.settings.looks_part import LooksPart
from ui.pages.settings.office_part import OfficePart
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.password_dialog import PasswordDialog
from ui.pages.settings.presets_part import PresetsPart
from ui.pages.settings.security_part import SecurityPart
from ui.session import Session
from ui.widgets.inputs import TextArea

PASSWORD = "lanxi 2026"
CHEAP = dataclasses.replace(RFC_9106_LOW_MEMORY, time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with work.at_once():
        yield


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(keys.KeyRing.__init__, "__kwdefaults__", {"cost": CHEAP})
    made, _code = create_office(
        tmp_path / "台账",
        Setup(office_name="依法治县办", area_name="澜溪县", clerk="苏映川", password=PASSWORD),
    )
    with made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, opened: Office) -> SettingsPage:
    session = Session(opened.ledger, opened)
    made = SettingsPage(session)
    session.setParent(made)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    return made


def part(page: SettingsPage, name: str, kind: type[QWidget]) -> QWidget:
    shown = page.part(name)
    assert isinstance(shown, kind)
    return shown


def test_every_part_has_names_and_fits_a_narrow_window(page: SettingsPage) -> None:
    for name in page._makers:
        page.part(name)
        assert walk.faults(page) == [], name
    assert page.minimumSizeHint().width() <= 960 - 56
    assert page.minimumSizeHint().height() <= 400


def test_office_facts_are_checked_and_saved(page: SettingsPage, opened: Office) -> None:
    shown = part(page, "单位信息", OfficePart)
    assert isinstance(shown, OfficePart)
    shown._line("area_name").setText("澜溪")
    assert shown.save() is False
    assert "澜溪县" in shown._line("area_name").accessibleDescription()
    shown._line("area_name").setText("澜溪县")
    shown._line("number_code").setText("澜法治办发")
    shown._irregular.setChecked(True)
    assert shown.save() is True
    stored = load_settings(opened.ledger)
    assert (stored.number_code, stored.irregular_counts) == ("澜法治办发", True)
    assert page._session.settings == stored


def test_unsaved_office_facts_are_asked_about(page: SettingsPage, qtbot: QtBot) -> None:
    shown = part(page, "单位信息", OfficePart)
    assert isinstance(shown, OfficePart)
    shown._line("group_name").setText("领导小组")
    with answering("继续编辑"):
        page.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: page.list.currentRow() == 0)
    with answering("不保存"):
        assert page.can_leave()
    assert not shown.dirty()


def test_a_preset_is_shown_and_applied(page: SettingsPage, opened: Office) -> None:
    shown = part(page, "机构方案", PresetsPart)
    assert isinstance(shown, PresetsPart)
    planned = shown._model.rowCount()
    assert planned >= 6
    assert opened.ledger.find(Body) == []
    with answering("套用") as asked:
        shown.apply()
    assert f"机构 {planned} 个" in asked[0].points[0]
    assert len(opened.ledger.find(Body)) == planned
    assert not shown.apply_button.isEnabled(), "it is there already"


def answer(dialog_kind: type[QWidget], deed: object) -> QTimer:
    """Have *deed* done on the next dialog of *dialog_kind*."""
    timer = QTimer(interval=20)

    def look_for_it() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, dialog_kind):
            timer.stop()
            deed(dialog)  # type: ignore[operator]

    timer.timeout.connect(look_for_it)
    timer.start()
    return timer


def typed(**texts: str) -> object:
    def deed(dialog: PasswordDialog) -> None:
        for key, text in texts.items():
            dialog.field(key).setText(text)
        dialog.finish()

    return deed


def test_a_password_is_changed_only_with_the_present_one(page: SettingsPage, opened: Office) -> None:
    shown = part(page, "安全", SecurityPart)
    assert isinstance(shown, SecurityPart)
    told: list[str] = []

    def wrong(dialog: PasswordDialog) -> None:
        typed(current="wrong", new="another one", again="another one")(dialog)  # type: ignore[operator]
        told.append(dialog.field("current").accessibleDescription())
        dialog.reject()

    answer(PasswordDialog, wrong)
    shown.change_password("苏映川")
    assert "密码不对" in told[0]
    timer = answer(PasswordDialog, typed(current=PASSWORD, new="another one", again="another one"))
    with answering(messages.CLOSE):
        shown.change_password("苏映川")
    assert not timer.isActive()
    assert opened.keys.unlock("苏映川", "another one")


def test_clerks_come_and_go(page: SettingsPage, opened: Office) -> None:
    shown = part(page, "安全", SecurityPart)
    assert isinstance(shown, SecurityPart)
    timer = answer(PasswordDialog, typed(name="高书瑶", new="another one", again="another one"))
    with answering(messages.CLOSE):
        shown.add_clerk()
    assert (timer.isActive(), opened.keys.clerks) == (False, ("苏映川", "高书瑶"))
    with answering("删除", messages.CLOSE):
        shown.remove_clerk("高书瑶")
    assert opened.keys.clerks == ("苏映川",)
    with answering("取消密码", messages.CLOSE) as asked:
        shown.drop_passwords()
    assert any("office.key" in point for point in asked[0].points)
    assert not opened.keys.needs_password


def test_a_new_recovery_code_is_shown_once(page: SettingsPage, opened: Office) -> None:
    shown = part(page, "安全", SecurityPart)
    assert isinstance(shown, SecurityPart)
    codes: list[str] = []

    def keep(dialog: RecoveryDialog) -> None:
        codes.append(dialog.findChild(QLineEdit).text())
        dialog._kept.setChecked(True)
        dialog.done_button.click()

    answer(RecoveryDialog, keep)
    with answering("换新的"):
        shown.new_code()
    assert opened.keys.unlock_by_code(codes[0])


def test_the_chain_of_the_history_is_checked(page: SettingsPage, opened: Office) -> None:
    with opened.ledger.action("登记单位") as action:
        action.add(Unit(name="县司法局"))
    shown = part(page, "安全", SecurityPart)
    assert isinstance(shown, SecurityPart)
    shown.check_history()
    assert shown.history_light.text() == "1 步全部完好"
    opened.ledger.db.execute("DROP TRIGGER action_no_update")
    opened.ledger.db.execute("UPDATE action SET sentence = '登记别的' WHERE seq = 1")
    shown.check_history()
    assert "第 1 步" in shown.history_light.text()


def test_backups_are_made_listed_and_carried_out(page: SettingsPage, opened: Office, tmp_path: Path) -> None:
    shown = part(page, "备份", BackupPart)
    assert isinstance(shown, BackupPart)
    shown.back_up()
    assert shown.table.model().rowCount() == 1
    assert "已核对" in shown.light.text()
    with answering(tmp_path / "带走.fzbak", messages.CLOSE) as asked:
        shown.save_outside()
    assert "可以安全拔出" in asked[1].text
    assert (tmp_path / "带走.fzbak").exists()
    (tmp_path / "U盘").mkdir()
    with answering(tmp_path / "U盘"):
        shown.choose_outside()
    shown.back_up()
    assert list_backups(tmp_path / "U盘")


def test_a_failed_copy_is_shown(page: SettingsPage, opened: Office, tmp_path: Path) -> None:
    shown = part(page, "备份", BackupPart)
    assert isinstance(shown, BackupPart)
    shown._set_outside(str(tmp_path / "pulled out"))
    shown.back_up()
    assert "没有成功" in shown.light.text()
    assert "U盘" in shown._said.text()


def test_restoring_says_what_happens_and_asks_the_window(page: SettingsPage, qtbot: QtBot) -> None:
    shown = part(page, "备份", BackupPart)
    assert isinstance(shown, BackupPart)
    shown.back_up()
    assert not shown.restore_button.isEnabled()
    shown.table.selectRow(0)
    asked_for: list[str] = []
    page._session.restore_requested.connect(asked_for.append)
    with answering("恢复") as asked:
        shown.restore_button.click()
    assert asked[0].danger
    assert asked_for == [str(shown._backups[0].path)]


def test_looks_change_at_once_and_are_kept(page: SettingsPage, qapp: QApplication) -> None:
    shown = part(page, "外观", LooksPart)
    assert isinstance(shown, LooksPart)
    try:
        shown.buttons["dark"].setChecked(True)
        shown.sizes.setCurrentText("14 磅")
        assert (look.tokens().name, look.px(14)) == ("dark", 19)
        assert theme.chosen() == theme.Chosen("dark", 14.0)
    finally:
        QSettings().clear()
        theme.apply_chosen(qapp)
    assert look.tokens().name == "light"


def test_the_bin_gives_back(page: SettingsPage, opened: Office) -> None:
    with opened.ledger.action("登记人员") as action:
        person = action.add(Person(name="罗屿"))
    with opened.ledger.action("删除人员「罗屿」") as action:
        action.remove(person)
    shown = part(page, "回收站", BinPart)
    assert isinstance(shown, BinPart)
    assert not shown._one.isEnabled()
    shown.table.selectRow(1)
    shown._all.click()
    assert [found.name for found in opened.ledger.find(Person)] == ["罗屿"]
    assert shown.table.model().rowCount() == 0


def test_the_history_is_searched_and_taken_back(page: SettingsPage, opened: Office) -> None:
    for name in ("县司法局", "县教育局"):
        with opened.ledger.action(f"登记单位「{name}」") as action:
            action.add(Unit(name=name))
    shown = part(page, "变更记录", HistoryPart)
    assert isinstance(shown, HistoryPart)
    shown.view.search("教育")
    assert shown.view.model().rowCount() == 1
    shown.view.selectRow(0)
    shown.view.undo_current()
    assert [unit.name for unit in opened.ledger.find(Unit)] == ["县司法局"]


def test_a_long_history_comes_in_pieces(page: SettingsPage, opened: Office) -> None:
    for number in range(130):
        with opened.ledger.action(f"登记单位 {number}") as action:
            action.add(Unit(name=f"单位{number}"))
    shown = part(page, "变更记录", HistoryPart)
    assert isinstance(shown, HistoryPart)
    view = shown.view
    counts = [view.model().rowCount()]
    for _turn in range(4):
        QApplication.processEvents()
        view.verticalScrollBar().setValue(0)
        view.scrollToBottom()
        counts.append(view.model().rowCount())
    assert counts[0] < 130
    assert counts[-1] == 130


def test_the_data_is_checked(page: SettingsPage, opened: Office) -> None:
    with opened.ledger.action("登记单位") as action:
        action.add(Unit(name="县司法局"))
    shown = part(page, "数据与关于", DataPart)
    assert isinstance(shown, DataPart)
    shown.check()
    assert "完好" in shown.light.text()
    opened.ledger.db.execute("UPDATE unit SET headline = '别的名字'")
    shown.check()
    assert "发现 1 处" in shown.light.text()
    assert "索引过时" in shown._findings.text()


def test_licences_of_what_is_shipped_are_listed(page: SettingsPage) -> None:
    areas = page.part("数据与关于").findChildren(TextArea)
    assert any("PySide6" in area.toPlainText() and "LGPL" in area.toPlainText() for area in areas)
