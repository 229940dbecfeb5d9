"""Chinese typing through Fcitx 4, which has no ibus interface and no plugin in the Qt wheel.

Each key of a window is offered to ``org.fcitx.Fcitx-<display>`` on the session bus before a widget sees
it; what Fcitx composes and commits comes back as signals and is sent on as QInputMethodEvent. (Fcitx 5
answers the same calls, if its ibus interface is switched off.) A call waits at most one second; when one
fails the bridge switches itself off, and keys arrive plain from then on. Composed text is kept on a
change of focus by the composition guard, which sees the bridge's events like any others.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from typing import Any, cast

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from ui.input_method import BUS_ERRORS, display_number

TIMEOUT_S = 1.0
INPUT_CONTEXT = "org.fcitx.Fcitx.InputContext"
CAN_PREEDIT, CAN_FORMATTED_PREEDIT = 1 << 1, 1 << 4

log = logging.getLogger(__name__)


class FcitxBridge(QObject):
    """An input context of Fcitx for the whole program; a child of the application object."""

    def __init__(self, app: QApplication) -> None:
        """Connect; raises one of BUS_ERRORS (input_method) where no Fcitx answers."""
        super().__init__(app)
        self._app = app
        self._field: QObject | None = None
        self._caret: tuple[int, ...] = ()
        self._signals: deque[Message] = deque()
        self._service = f"org.fcitx.Fcitx-{display_number(os.environ)}"
        self._bus = open_dbus_connection("SESSION")
        self._context = self._create_context(app.applicationName())
        self._call("SetCapacity", "u", CAN_PREEDIT | CAN_FORMATTED_PREEDIT)
        self._incoming = QSocketNotifier(self._bus.sock.fileno(), QSocketNotifier.Type.Read, self)
        self._incoming.activated.connect(self._receive)
        app.installEventFilter(self)
        app.focusObjectChanged.connect(self._refocus)
        app.inputMethod().cursorRectangleChanged.connect(self._move_candidates)
        self._refocus(app.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(watched, QWindow):
            return False
        focus = self._app.focusObject()
        # a table starts to take text when its current cell does, without a change of focus: ask at each key
        if (self._field is None) == _takes_text(focus):
            self._refocus(focus)
        return self._field is not None and self._offer_key(cast(QKeyEvent, event))

    def reset(self) -> None:
        """Have Fcitx forget what is composed."""
        try:
            self._call("Reset")
        except BUS_ERRORS as error:
            self._switch_off(error)

    def _create_context(self, name: str) -> DBusAddress:
        place = DBusAddress("/inputmethod", self._service, "org.fcitx.Fcitx.InputMethod")
        number = self._ask(new_method_call(place, "CreateICv3", "si", (name, os.getpid())))[0]
        path = f"/inputcontext_{number}"
        rule = MatchRule(type="signal", interface=INPUT_CONTEXT, path=path)
        self._ask(message_bus.AddMatch(rule))
        self._bus.filter(rule, queue=self._signals).__enter__()  # for as long as the connection lives
        return DBusAddress(path, self._service, INPUT_CONTEXT)

    def _ask(self, message: Message) -> tuple[Any, ...]:
        reply = self._bus.send_and_get_reply(message, timeout=TIMEOUT_S)
        if HeaderFields.error_name in reply.header.fields:
            raise RuntimeError(reply.header.fields[HeaderFields.error_name])
        return tuple(reply.body)

    def _call(self, method: str, signature: str | None = None, *values: int) -> tuple[Any, ...]:
        return self._ask(new_method_call(self._context, method, signature, values))

    def _offer_key(self, event: QKeyEvent) -> bool:
        released = int(event.type() == QEvent.Type.KeyRelease)
        symbol, code, state = event.nativeVirtualKey(), event.nativeScanCode(), event.nativeModifiers()
        moment = event.timestamp() & 0xFFFFFFFF
        try:
            taken = self._call("ProcessKeyEvent", "uuuiu", symbol, code, state, released, moment)
        except BUS_ERRORS as error:
            self._switch_off(error)
            return False
        self._apply()
        return bool(taken[0] > 0)

    def _refocus(self, focus: QObject | None) -> None:
        self._field = focus if _takes_text(focus) else None
        try:
            self._call("Reset")
            self._call("FocusIn" if self._field is not None else "FocusOut")
        except BUS_ERRORS as error:
            self._switch_off(error)

    def _move_candidates(self) -> None:
        """Tell where the caret is, in pixels of the screen, so that the candidates open beside it."""
        window, caret = self._app.focusWindow(), QGuiApplication.inputMethod().cursorRectangle()
        if self._field is None or window is None or not caret.isValid():
            return
        scale, corner = window.devicePixelRatio(), window.screen().geometry().topLeft()
        place = window.mapToGlobal(caret.topLeft()) - corner
        rectangle = (
            round(place.x() * scale) + corner.x(),
            round(place.y() * scale) + corner.y(),
            round(caret.width() * scale),
            round(caret.height() * scale),
        )
        if rectangle != self._caret:
            self._caret = rectangle
            try:
                self._call("SetCursorRect", "iiii", *rectangle)
            except BUS_ERRORS as error:
                self._switch_off(error)

    def _receive(self) -> None:
        try:
            while True:
                self._bus.recv_messages(timeout=0)
        except TimeoutError:
            self._apply()
        except BUS_ERRORS as error:
            self._switch_off(error)

    def _apply(self) -> None:
        while self._signals:
            signal = self._signals.popleft()
            name, focus = signal.header.fields[HeaderFields.member], self._app.focusObject()
            if focus is None:
                continue
            if name == "CommitString":
                event = QInputMethodEvent()
                event.setCommitString(signal.body[0])
                QCoreApplication.sendEvent(focus, event)
            elif name == "UpdateFormattedPreedit":
                pieces, caret_byte = signal.body
                QCoreApplication.sendEvent(focus, _preedit("".join(text for text, _ in pieces), caret_byte))

    def _switch_off(self, error: Exception) -> None:
        log.warning("Fcitx is gone, keys go straight to the fields: %r", error)
        self._incoming.setEnabled(False)
        self._app.removeEventFilter(self)
        self._app.focusObjectChanged.disconnect(self._refocus)
        self._app.inputMethod().cursorRectangleChanged.disconnect(self._move_candidates)
        self._field = None
        self._bus.close()


def _preedit(text: str, caret_byte: int) -> QInputMethodEvent:
    """Make the event that shows *text* as composed, the caret after *caret_byte* bytes of UTF-8."""
    caret = len(text.encode()[: max(caret_byte, 0)].decode(errors="ignore"))
    kind = QInputMethodEvent.AttributeType.Cursor
    return QInputMethodEvent(text, [QInputMethodEvent.Attribute(kind, caret, 1, None)] if text else [])


def _takes_text(field: QObject | None) -> bool:
    """Tell whether *field* wants an input method now: not for passwords and read-only fields."""
    if field is None:
        return False
    enabled, hints = Qt.InputMethodQuery.ImEnabled, Qt.InputMethodQuery.ImHints
    query = QInputMethodQueryEvent(enabled | hints)
    QCoreApplication.sendEvent(field, query)
    hidden = Qt.InputMethodHint.ImhHiddenText
    return bool(query.value(enabled)) and not Qt.InputMethodHint(query.value(hints) or 0) & hidden
