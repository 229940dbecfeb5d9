"""What the window tells about the safety of the data: backups, the last stop, drafts, the clock, the sample."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from models import clock
from models.office import Office, Setup, create_office, open_office
from models.records.organisation import Person, Unit
from models.settings import save_settings
from models.store.backup import list_backups
from tests.ui import walk
from ui import work
from ui.main_window import MainWindow
from ui.opening import SAMPLE_FOLDER
from ui.safety import Safety
from ui.session import Session
from ui.shell import make_window
from ui.widgets.buttons import Button
from ui.widgets.card import NoticeBar


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    with work.at_once():
        yield


@pytest.fixture
def until_the_end() -> Iterator[ExitStack]:
    """Closes what is entered after the windows are gone."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made, _code = create_office(
        tmp_path / "台账", Setup(office_name="依法治县办", area_name="澜溪县", clerk="苏映川")
    )
    with made:
        yield made


@pytest.fixture
def shown(qtbot: QtBot, until_the_end: ExitStack) -> Iterator[Callable[[Office], MainWindow]]:
    windows: list[MainWindow] = []

    def show(office: Office) -> MainWindow:
        windows.append(make_window(Session(office.ledger, office)))
        windows[-1].show()
        return windows[-1]

    yield show
    for window in windows:
        window.close()
        shiboken6.delete(window)


def notices(window: MainWindow) -> list[str]:
    return [bar.text.text() for bar in window.findChildren(NoticeBar) if bar.isVisible() and bar.text.text()]


def enter(office: Office) -> None:
    with office.ledger.action("登记单位") as action:
        action.add(Unit(name="县司法局"))


def test_the_status_bar_names_data_backup_and_secrecy(
    office: Office, shown: Callable[[Office], MainWindow]
) -> None:
    office.back_up()
    status = shown(office).status
    assert str(office.home.database) in status._data.text()
    assert "已核对" in status._facts.text()
    assert "内部资料 不得外传" in status._facts.text()
    assert status._alarm.text() == ""


def test_a_backup_is_made_when_it_is_due_and_not_before(
    office: Office, shown: Callable[[Office], MainWindow]
) -> None:
    safety = shown(office).findChild(Safety)
    enter(office)
    safety.back_up_if_due()
    assert list_backups(office.home.backups) == []
    with clock.held_at(clock.now() + timedelta(minutes=31)):
        safety.back_up_if_due()
        safety.back_up_if_due()
    assert [backup.reason for backup in list_backups(office.home.backups)] == ["定时"]


def test_a_failed_backup_shows_until_one_succeeds(
    office: Office, shown: Callable[[Office], MainWindow], tmp_path: Path
) -> None:
    save_settings(office.ledger, dataclasses.replace(office.settings, backup_folder=str(tmp_path / "gone")))
    office.back_up()
    window = shown(office)
    assert "没有成功" in window.status._alarm.text()
    assert any("没有复制到" in text for text in notices(window))
    (tmp_path / "gone").mkdir()
    with clock.held_at(clock.now() + timedelta(minutes=1)):
        office.back_up()
        window.findChild(Safety).show_backup()
    assert (window.status._alarm.text(), notices(window)) == ("", [])


def test_a_stop_that_was_not_clean_is_told(
    tmp_path: Path, until_the_end: ExitStack, shown: Callable[[Office], MainWindow]
) -> None:
    made, _code = create_office(tmp_path / "台账", Setup(clerk="苏映川"))
    made.close()
    (tmp_path / "台账" / "instance.lock.json").write_text("{}")
    office = until_the_end.enter_context(open_office(tmp_path / "台账"))
    assert "上次未正常退出，数据完好。" in notices(shown(office))


def test_drafts_left_over_are_offered(office: Office, shown: Callable[[Office], MainWindow]) -> None:
    office.ledger.save_draft("intake", "intake", "", {"text": "各协调小组成员单位会议每年不少于一次。"})
    window = shown(office)
    bar = next(bar for bar in window.findChildren(NoticeBar) if "没有保存" in bar.text.text())
    assert "从文件识别" in bar.text.text()
    from ui.widgets.buttons import Button

    bar.findChild(Button).click()
    assert not bar.isVisible()
    assert window.place is not None
    assert window.place.page_id == "intake"


def test_a_clock_set_back_is_told(office: Office, shown: Callable[[Office], MainWindow]) -> None:
    enter(office)
    with clock.held_at(clock.now() - timedelta(days=400)):
        assert any("时钟" in text for text in notices(shown(office)))


def test_what_the_status_line_offers_to_take_back_is_what_it_names(
    office: Office, shown: Callable[[Office], MainWindow]
) -> None:
    window, ledger = shown(office), office.ledger
    deeds = []
    for name in ("陆怀谦", "高书瑶"):
        with ledger.action(f"登记{name}") as action:
            action.add(Person(name=name))
        deeds.append(ledger.undoable()[0].seq)
    ledger.undo(deeds[0])
    undo = next(button for button in window.status.findChildren(Button) if button.text() == "撤销")
    undo.click()
    assert {person.name for person in ledger.find(Person)} >= {"陆怀谦", "高书瑶"}
    assert walk.shown_words(window.status, "已恢复：登记陆怀谦")


def test_the_sample_is_marked(
    tmp_path: Path, until_the_end: ExitStack, shown: Callable[[Office], MainWindow]
) -> None:
    made, _code = create_office(tmp_path / SAMPLE_FOLDER, Setup(clerk="样例"))
    window = shown(until_the_end.enter_context(made))
    assert window.windowTitle().startswith("样例")
    assert any("虚构" in text for text in notices(window))


def test_restoring_closes_the_window_and_leaves_word(
    office: Office, shown: Callable[[Office], MainWindow]
) -> None:
    window = shown(office)
    session = window.findChild(Session)
    session.restore_requested.emit("某个备份.fzbak")
    assert not window.isVisible()
    assert session.restore_from == "某个备份.fzbak"
