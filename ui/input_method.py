"""How Chinese typed on Linux reaches our fields, and how no half-composed word is lost.

The Qt wheel speaks to ibus only, and reads which way to go from its environment once, when the
application object is made. :func:`prepare` looks which input method runs and sets the environment;
:func:`attach` starts the bridge for Fcitx 4 where needed, and the composition guard.

While a word is being composed it is in no field yet: ``text()`` is as before, no signal fires. Qt drops
it when the focus moves, and a shortcut that saves would save without it. The guard sends the composed
text to its field in time: before the focus leaves, before a mouse button or a shortcut acts. Every save
calls :func:`commit_composition` first; live search and Enter ask :func:`composing`.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import time
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

OVERRIDE = "FAZHI_INPUT_METHOD"
WAIT_S = 3.0  # for an input method that the session promises but has not started yet
ASK_EVERY_S = 0.1
BUS_TIMEOUT_S = 0.5
BUS_ERRORS = (OSError, KeyError, RuntimeError, ValueError)  # what jeepney raises without a working bus

Kind = Literal["untouched", "ibus-portal", "ibus-direct", "fcitx-bridge", "none"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """The way in that was taken, and why (for the log). *advice* is a sentence for the status bar or ""."""

    kind: Kind
    reason: str
    advice: str = ""


def prepare(environ: MutableMapping[str, str], wait: float = WAIT_S) -> Choice:
    """Find the running input method and set *environ* for Qt. Call it before the application object.

    Waits up to *wait* seconds, but only if the session's variables promise an input method.
    """
    choice = _choose(environ, wait)
    settings: dict[Kind, dict[str, str]] = {
        "ibus-portal": {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"},
        "ibus-direct": {"QT_IM_MODULE": "ibus"},
        "fcitx-bridge": {"QT_IM_MODULE": "compose"},
    }
    if choice.kind in settings:
        for name in ("QT_IM_MODULES", "IBUS_USE_PORTAL"):  # the first would win over QT_IM_MODULE
            environ.pop(name, None)
        environ.update(settings[choice.kind])
    return choice


def attach(app: QApplication, choice: Choice) -> None:
    """Start the composition guard on *app*, and the bridge if *choice* asks for it."""
    global _guard, _advice
    _guard, _advice = CompositionGuard(app), choice.advice
    if choice.kind == "fcitx-bridge":
        from ui.fcitx_bridge import FcitxBridge

        try:
            _guard.committed.connect(FcitxBridge(app).reset)
        except BUS_ERRORS as error:
            log.warning("Fcitx does not answer: %r", error)


def advice() -> str:
    """Return what the clerk should know about typing Chinese, a sentence for the status bar; mostly ""."""
    return _advice


def composing() -> bool:
    """Tell whether a word is being composed in the field that has the focus."""
    return _guard is not None and bool(_guard.text)


def commit_composition() -> None:
    """Put the word being composed into its field, as shown. Call it before reading fields to save them."""
    if _guard is not None:
        _guard.commit()


class CompositionGuard(QObject):
    """Remembers the word being composed (*text*) and commits it before it would be lost.

    It filters the events of every field that ever had the focus, and those of all while something is
    composed. When the focus is to move, Qt first empties the composition, then announces the move, in
    one turn: what the first event took away is kept until the second tells why. A table keeps the focus
    while the first word is composed in a cell, and hands on to the editor: text goes to the last receiver.
    """

    committed = Signal()
    """The composed text is put in its field: the input method must forget it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._sentry = _Sentry(self)
        self._receiver: QObject | None = None
        self._emptied = ""
        self.text = ""
        app.focusObjectChanged.connect(self._watch)
        self._watch(app.focusObject())

    def commit(self) -> None:
        """Commit what is composed, as shown, and let the input method begin anew."""
        if text := self.text:
            QGuiApplication.inputMethod().reset()
            self.committed.emit()
            self._send(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod:
            self.follow(watched, cast(QInputMethodEvent, event))
        elif event.type() == QEvent.Type.FocusAboutToChange and (lost := self.text or self._emptied):
            self._send(lost)
        return False

    def _watch(self, field: QObject | None) -> None:
        self._set_text("")
        if field is not None:
            field.installEventFilter(self)  # once, however often it is called

    def follow(self, field: QObject, event: QInputMethodEvent) -> None:
        """Take note of what *event* brings to *field*."""
        if event.preeditString():
            self._receiver = field
        if self.text and not event.preeditString() and not event.commitString():
            self._emptied = self.text
            QTimer.singleShot(0, self, self._was_dropped)
        self._set_text(event.preeditString())

    def _was_dropped(self) -> None:
        """The turn ended without a change of focus: Esc or Backspace emptied the composition."""
        self._emptied = ""

    def _set_text(self, text: str) -> None:
        if text and not self.text:
            self._app.installEventFilter(self._sentry)
        elif self.text and not text:
            self._app.removeEventFilter(self._sentry)
        self.text = text

    def _send(self, text: str) -> None:
        self._set_text("")
        self._emptied = ""
        if self._receiver is not None and shiboken6.isValid(self._receiver):
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(self._receiver, event)


class _Sentry(QObject):
    """Filters the whole application while something is composed: commits it before a click or shortcut."""

    def __init__(self, guard: CompositionGuard) -> None:
        super().__init__(guard)
        self._guard = guard

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress or _may_be_shortcut(event):
            self._guard.commit()
        elif event.type() == QEvent.Type.InputMethod:
            self._guard.follow(watched, cast(QInputMethodEvent, event))
        return False


_guard: CompositionGuard | None = None
_advice = ""


def _may_be_shortcut(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    key = cast(QKeyEvent, event)
    held = key.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    alone = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
    function_key = Qt.Key.Key_F1 <= key.key() <= Qt.Key.Key_F35
    return (bool(held) or function_key) and key.key() not in alone


def _choose(environ: Mapping[str, str], wait: float) -> Choice:
    wish = environ.get(OVERRIDE, "")
    platform = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not sys.platform.startswith("linux") or platform in ("offscreen", "minimal", "vnc"):
        return Choice("untouched", "not a Linux desktop")
    if wish in get_args(Kind):
        return Choice(cast(Kind, wish), f"{OVERRIDE} says so")
    if environ.get("XDG_SESSION_TYPE") == "wayland" and not platform.startswith("xcb"):
        return Choice("untouched", "Wayland: the compositor brings its input method")
    promised = _promised(environ)
    deadline = time.monotonic() + (wait if promised else 0)
    while (choice := way_in(environ, _names_on_bus(environ), promised)).kind == "none":
        if time.monotonic() >= deadline:
            break
        time.sleep(ASK_EVERY_S)
    return choice


def way_in(environ: Mapping[str, str], names: frozenset[str], promised: str) -> Choice:
    """Pick the way in from the *names* owned on the session bus."""
    fcitx = f"org.fcitx.Fcitx-{display_number(environ)}" in names or "org.fcitx.Fcitx" in names
    if fcitx and "org.fcitx.Fcitx5" not in names and ("fcitx" in promised or "ibus" not in promised):
        return Choice("fcitx-bridge", "Fcitx 4 runs, which has no ibus interface")
    if "org.freedesktop.portal.IBus" in names:
        return Choice("ibus-portal", "Fcitx 5, or ibus with its portal")
    if shutil.which("ibus-daemon", path=environ.get("PATH")) and _ibus_answers(environ):
        return Choice("ibus-direct", "ibus without its portal")
    if fcitx:
        return Choice("fcitx-bridge", "Fcitx 5 without its ibus interface")
    if promised:
        advice = "没有找到中文输入法；启动输入法后，重新打开本程序即可输入中文。"
        return Choice("none", f"the session promises {promised}, but none answers", advice)
    return Choice("none", "no input method runs")


def _promised(environ: Mapping[str, str]) -> str:
    """Return what the session's variables say about ibus and fcitx, lower case; "" for nothing."""
    names = ("QT_IM_MODULES", "QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE")
    said = " ".join(environ.get(name, "") for name in names).lower()
    return said.strip() if "ibus" in said or "fcitx" in said else ""


def _names_on_bus(environ: Mapping[str, str]) -> frozenset[str]:
    from jeepney import message_bus  # installed on Linux only
    from jeepney.io.blocking import open_dbus_connection

    try:
        with open_dbus_connection(environ.get("DBUS_SESSION_BUS_ADDRESS") or "SESSION") as bus:
            reply = bus.send_and_get_reply(message_bus.ListNames(), timeout=BUS_TIMEOUT_S)
            return frozenset(reply.body[0])
    except BUS_ERRORS:
        return frozenset()


def _ibus_answers(environ: Mapping[str, str]) -> bool:
    """Tell whether the address file that Qt will read names a daemon that is alive."""
    try:
        text = _ibus_address_file(environ).read_text("utf-8")
        lines = (line.split("=", 1) for line in text.splitlines() if "=" in line and line[0] != "#")
        values = dict(lines)
        os.kill(int(values["IBUS_DAEMON_PID"]), 0)
        return bool(values["IBUS_ADDRESS"])
    except PermissionError:
        return True  # alive, but another user's
    except (OSError, KeyError, ValueError):
        return False


def _ibus_address_file(environ: Mapping[str, str]) -> Path:
    """Return the file Qt's ibus plugin reads: ~/.config/ibus/bus/<machine>-<host>-<display>."""
    if given := environ.get("IBUS_ADDRESS_FILE"):
        return Path(given)
    places = (Path("/var/lib/dbus/machine-id"), Path("/etc/machine-id"))
    machine = next((place.read_text().strip() for place in places if place.exists()), "")
    config = Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    host = environ.get("DISPLAY", ":0").rpartition(":")[0] or "unix"
    wayland = environ.get("WAYLAND_DISPLAY")
    tail = f"unix-{wayland}" if wayland else f"{host}-{display_number(environ)}"
    return config / "ibus" / "bus" / f"{machine}-{tail}"


def display_number(environ: Mapping[str, str]) -> str:
    """Return "1" for DISPLAY=localhost:1.0."""
    return environ.get("DISPLAY", ":0").rpartition(":")[2].partition(".")[0] or "0"
