"""The way to the input method is found before Qt starts; what is composed is kept. (Real typing: tests/desktop.)"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.desktop import Desktop, missing
from ui import input_method
from ui.input_method import Choice, commit_composition, composing, prepare, way_in

FCITX4 = {"org.fcitx.Fcitx", "org.fcitx.Fcitx-7"}
FCITX5 = {"org.fcitx.Fcitx5", "org.fcitx.Fcitx-7", "org.freedesktop.portal.IBus", "org.freedesktop.IBus"}


@pytest.mark.parametrize(
    ("names", "promised", "kind"),
    [
        (FCITX5, "fcitx", "ibus-portal"),
        (FCITX5, "", "ibus-portal"),
        (FCITX4, "fcitx", "fcitx-bridge"),
        (FCITX4, "", "fcitx-bridge"),
        (FCITX4 | {"org.freedesktop.portal.IBus"}, "ibus", "ibus-portal"),
        ({"org.freedesktop.portal.IBus"}, "ibus", "ibus-portal"),
        ({"org.fcitx.Fcitx5", "org.fcitx.Fcitx-7"}, "fcitx", "fcitx-bridge"),
        ({"org.fcitx.Fcitx5", "org.fcitx.Fcitx-9"}, "fcitx", "none"),
        (set(), "ibus", "none"),
        (set(), "", "none"),
    ],
)
def test_the_way_in_follows_from_the_names_on_the_bus(names: set[str], promised: str, kind: str) -> None:
    choice = way_in({"DISPLAY": ":7.0", "PATH": ""}, frozenset(names), promised)
    assert choice.kind == kind
    assert bool(choice.advice) == (kind == "none" and bool(promised))


@pytest.fixture
def ibus_without_portal(tmp_path: Path) -> dict[str, str]:
    """An address file that names a process that lives, and an ibus-daemon on PATH."""
    daemon, address = tmp_path / "ibus-daemon", tmp_path / "address"
    daemon.write_text("#!/bin/sh\n")
    daemon.chmod(0o755)
    address.write_text("# made by ibus\nIBUS_ADDRESS=unix:path=/run/x,guid=1\nIBUS_DAEMON_PID=1\n")
    return {"IBUS_ADDRESS_FILE": str(address), "PATH": str(tmp_path), "DISPLAY": ":7"}


def test_ibus_is_reached_directly_where_its_address_file_lives(ibus_without_portal: dict[str, str]) -> None:
    assert way_in(ibus_without_portal, frozenset(), "").kind == "ibus-direct"
    address = Path(ibus_without_portal["IBUS_ADDRESS_FILE"])
    address.write_text(address.read_text().replace("PID=1\n", "PID=999999999\n"))
    assert way_in(ibus_without_portal, frozenset(), "").kind == "none"


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({"QT_QPA_PLATFORM": "offscreen"}, "untouched"),
        ({"QT_QPA_PLATFORM": "minimal:x"}, "untouched"),
        ({"XDG_SESSION_TYPE": "wayland"}, "untouched"),
        ({"XDG_SESSION_TYPE": "wayland", "FAZHI_INPUT_METHOD": "ibus-direct"}, "ibus-direct"),
        ({"XDG_SESSION_TYPE": "wayland", "QT_QPA_PLATFORM": "xcb"}, "none"),
        ({"FAZHI_INPUT_METHOD": "none"}, "none"),
        ({"FAZHI_INPUT_METHOD": "no such thing"}, "none"),
    ],
)
def test_platform_and_override_go_first(environ: dict[str, str], kind: str) -> None:
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "PATH": ""}
    assert prepare(environ | nowhere).kind == kind


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("ibus-portal", {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ("ibus-direct", {"QT_IM_MODULE": "ibus"}),
        ("fcitx-bridge", {"QT_IM_MODULE": "compose"}),
        ("none", {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx", "IBUS_USE_PORTAL": "0"}),
    ],
)
def test_the_environment_is_set_for_qt(way: str, expected: dict[str, str]) -> None:
    environ = {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx", "IBUS_USE_PORTAL": "0"}
    environ["FAZHI_INPUT_METHOD"] = way
    prepare(environ)
    assert {name: value for name, value in environ.items() if name != "FAZHI_INPUT_METHOD"} == expected


@pytest.mark.desktop
@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_promised_input_method_is_waited_for(tmp_path: Path) -> None:
    from jeepney import message_bus
    from jeepney.io.blocking import open_dbus_connection

    with Desktop(tmp_path / "session") as desktop:
        environ = desktop.environ | {"PATH": "", "QT_QPA_PLATFORM": "xcb"}
        assert prepare(dict(environ), wait=3600).kind == "none"  # nothing is promised, nothing is waited for
        assert prepare(environ | {"XMODIFIERS": "@im=fcitx"}, wait=0.3).advice
        with open_dbus_connection(environ["DBUS_SESSION_BUS_ADDRESS"]) as late:
            name = message_bus.RequestName("org.freedesktop.portal.IBus")
            start = threading.Timer(0.4, lambda: late.send_and_get_reply(name))
            start.start()
            assert prepare(environ | {"XMODIFIERS": "@im=fcitx"}).kind == "ibus-portal"
            start.join()


class Form(QWidget):
    """Two fields, a text, a tool button that takes no focus, and Ctrl+S."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.other, self.text = QLineEdit(), QLineEdit(), QPlainTextEdit()
        self.tool = QToolButton(text="保存", focusPolicy=Qt.FocusPolicy.NoFocus)
        layout = QHBoxLayout(self)
        for field in (self.line, self.other, self.text, self.tool):
            layout.addWidget(field)
        self.saved: list[str] = []
        action = QAction(self, shortcut="Ctrl+S")
        action.triggered.connect(self.save)
        self.tool.clicked.connect(self.save)
        self.addAction(action)

    def save(self) -> None:
        self.saved.append(self.line.text())


def compose(field: QWidget, text: str, commit: str = "") -> None:
    """Do to *field* what an input method does while a word is typed."""
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@pytest.fixture(scope="module")
def guarded(qapp: QApplication) -> None:
    input_method.attach(qapp, Choice("none", "a test"))


@pytest.fixture
def form(qtbot: QtBot, guarded: None) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.line.setFocus()
    qtbot.waitUntil(form.line.hasFocus)
    compose(form.line, "zhang'san")
    return form


def test_composing_is_known_and_nothing_is_in_the_field(form: Form) -> None:
    assert (composing(), form.line.text()) == (True, "")
    compose(form.line, "", commit="张三")
    assert (composing(), form.line.text()) == (False, "张三")


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda form, _: form.other.setFocus(), id="focus moves"),
        pytest.param(lambda form, _: form.text.setFocus(), id="focus moves to a text"),
        pytest.param(lambda form, _: form.hide(), id="window hides"),
        pytest.param(lambda form, bot: bot.mouseClick(form.other, Qt.MouseButton.LeftButton), id="click"),
        pytest.param(
            lambda form, bot: bot.mouseClick(form.line, Qt.MouseButton.LeftButton, pos=QPoint(3, 3)),
            id="click into the same field",
        ),
        pytest.param(lambda *_: commit_composition(), id="before a save"),
    ],
)
def test_composed_text_is_kept(qtbot: QtBot, form: Form, act: Callable[[Form, QtBot], None]) -> None:
    act(form, qtbot)
    assert (form.line.text(), form.other.text(), composing()) == ("zhang'san", "", False)
    commit_composition()
    assert form.line.text() == "zhang'san", "committed once"


def test_a_shortcut_saves_what_is_seen(qtbot: QtBot, form: Form) -> None:
    qtbot.keyClick(form.line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form.saved == ["zhang'san"]


def test_a_button_without_focus_saves_what_is_seen(qtbot: QtBot, form: Form) -> None:
    qtbot.mouseClick(form.tool, Qt.MouseButton.LeftButton)
    assert form.saved == ["zhang'san"]


def test_what_the_clerk_drops_stays_dropped(qtbot: QtBot, form: Form) -> None:
    compose(form.line, "")  # Esc, or the last Backspace
    qtbot.wait(1)
    form.other.setFocus()
    assert (form.line.text(), form.other.text()) == ("", "")


def test_text_taken_in_the_turn_of_a_focus_change_comes_back(form: Form) -> None:
    compose(form.line, "")  # what Qt's ibus plugin does when the focus is about to move
    form.other.setFocus()
    assert (form.line.text(), form.other.text()) == ("zhang'san", "")
