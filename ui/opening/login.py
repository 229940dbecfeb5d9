"""The login: who, password, or the recovery code when it is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
    """Ends in :attr:`office`, open."""

    def __init__(self, clerks: Sequence[str], opening: Opening, parent: QWidget | None = None) -> None:
        super().__init__(parent, "法治台账")
        self.office: Office | None = None
        self._opening, self._by_code = opening, False
        self._clerk = ComboBox()
        self._clerk.addItems(list(clerks))
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._row = FieldRow("密码", self._secret)
        self._code_row = FieldRow("恢复码", QLineEdit(), hint="首次建立台账时打印的那一张，分隔符可以不输")
        self._new_row = FieldRow("新密码", QLineEdit(), hint="用恢复码打开后改成这个密码")
        for line in (self._code_row, self._new_row):
            line.hide()
        self.body.addWidget(Label("打开台账", "title"))
        for part in (FieldRow("经办人", self._clerk), self._row, self._code_row, self._new_row):
            self.body.addWidget(part)
        self._forgot = Button("忘记密码", "ghost")
        self._forgot.clicked.connect(self._use_code)
        self.foot.insertWidget(0, self._forgot)
        self.add_button("退出").clicked.connect(self.reject)
        self._open = self.add_button("打开", "primary")
        self._open.clicked.connect(self.finish)
        self._secret.returnPressed.connect(self.finish)
        self._secret.setFocus()

    def finish(self) -> None:
        """Try what was typed."""
        line = self._code_row if self._by_code else self._row
        typed, new = _text(line), _text(self._new_row)
        try:
            if self._by_code:
                check_password(new)
            self.office = self._opening(self._clerk.currentText(), typed, self._by_code)
        except WrongPassword as error:
            line.show_problem(str(error))
            self._wait(error.wait_seconds)
            return
        except ClerkError as error:
            (self._new_row if self._by_code else line).show_problem(str(error))
            return
        if self.office is None:
            self.reject()
            return
        if self._by_code:
            self.office.set_password(self._clerk.currentText(), new)
        self.accept()

    def _use_code(self) -> None:
        self._by_code = True
        self._row.hide()
        self._forgot.hide()
        new = self._new_row.field
        assert isinstance(new, QLineEdit)
        new.setEchoMode(QLineEdit.EchoMode.Password)
        self._code_row.show()
        self._new_row.show()
        self._code_row.field.setFocus()

    def _wait(self, seconds: int) -> None:
        if seconds:
            self._open.setEnabled(False)
            QTimer.singleShot(seconds * 1000, self, lambda: self._open.setEnabled(True))
        if isinstance(self._row.field, QLineEdit):
            self._row.field.selectAll()


def _text(line: FieldRow) -> str:
    assert isinstance(line.field, QLineEdit)
    return line.field.text()
