"""The login: who, password, or the recovery code when it is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.office import Office
from models.store.keys import WrongPassword, check_password
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label

Opening = Callable[[str, str, bool], Office | None]
"""``opening(clerk, typed, by_code)`` opens the office; raises WrongPassword or ClerkError."""


class LoginDialog(Dialog):
    """Ends in :attr:`office`, open.

    Without *clerks* only the recovery code is asked for, and *why* says what for (the key file is lost).
    """

    def __init__(
        self, clerks: Sequence[str], opening: Opening, *, why: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "法治台账")
        self.office: Office | None = None
        self._opening, self._clerks, self._left = opening, tuple(clerks), 0
        self._clerk = ComboBox()
        self._clerk.addItems(list(clerks))
        self.rows = {
            "clerk": FieldRow("经办人", self._clerk),
            "password": _secret("密码"),
            "code": FieldRow("恢复码", QLineEdit(), hint="建立台账时打印的那一张；分隔符、大小写不用管"),
            "new": _secret("新密码", "用恢复码打开后改成这个密码"),
            "again": _secret("再输一次"),
        }
        self.body.addWidget(Label("打开台账", "title"))
        if why:
            self.body.addWidget(Label(why, "secondary", wrap=True))
        for line in self.rows.values():
            self.body.addWidget(line)
        self.body.addStretch(1)
        self.other = Button("忘记密码", "ghost")
        self.other.clicked.connect(lambda: self.ask_for("password" if self.by_code else "code"))
        self.other.setVisible(bool(clerks))
        self.foot.insertWidget(0, self.other)
        self.open_button = self.end_in("打开", self.finish, way_out="退出")
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._count_down)
        self.by_code = False
        self.ask_for("password" if clerks else "code")

    def field(self, key: str) -> QLineEdit:
        """Return the field password, code, new or again."""
        return cast(QLineEdit, self.rows[key].field)

    def ask_for(self, what: str) -> None:
        """Ask for the "password", or for the "code" and a new password."""
        self.by_code = what == "code"
        self.rows["clerk"].setVisible(bool(self._clerks))
        self.rows["password"].setVisible(not self.by_code)
        self.rows["code"].setVisible(self.by_code)
        for key in ("new", "again"):
            self.rows[key].setVisible(self.by_code and bool(self._clerks))
        self.other.set_words("改用密码" if self.by_code else "忘记密码")
        self.field(what).setFocus()

    def finish(self) -> None:
        """Try what was typed."""
        if not self.open_button.isEnabled():
            return
        key = "code" if self.by_code else "password"
        changes = self.by_code and bool(self._clerks)
        for line in self.rows.values():
            line.show_problem("")
        if changes and not self._is_new_password_good():
            return
        try:
            self.office = self._opening(self._clerk.currentText(), self.field(key).text(), self.by_code)
        except ClerkError as error:
            self.rows[key].show_problem(str(error))
            self.field(key).setFocus()
            self.field(key).selectAll()
            self._wait(error.wait_seconds if isinstance(error, WrongPassword) else 0)
            return
        if self.office is None:
            self.reject()
            return
        if changes:
            self.office.set_password(self._clerk.currentText(), self.field("new").text())
        self.accept()

    def _is_new_password_good(self) -> bool:
        """Tell whether the new password will do and was typed twice alike; say what is wrong beside its field."""
        wrong, problem = "new", ""
        try:
            check_password(self.field("new").text())
        except ClerkError as error:
            problem = str(error)
        else:
            if self.field("again").text() != self.field("new").text():
                wrong, problem = "again", "两次输入的密码不一样"
        if problem:
            self.rows[wrong].show_problem(problem)
            self.field(wrong).setFocus()
        return not problem

    def _wait(self, seconds: int) -> None:
        """Keep the button shut for *seconds*, counting down on it."""
        self._left = seconds
        if seconds:
            self._tick.start()
            self._show_wait()

    def _count_down(self) -> None:
        self._left -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        waiting = self._left > 0
        self.open_button.setEnabled(not waiting)
        self.open_button.setText(f"等 {self._left} 秒" if waiting else "打开")
        if not waiting:
            self._tick.stop()


def _secret(label: str, hint: str = "") -> FieldRow:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return FieldRow(label, field, hint=hint)
