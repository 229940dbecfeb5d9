"""Asks for a new password twice, with the present one or a name where needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtWidgets import QLineEdit, QWidget

from models.errors import ClerkError
from models.store.keys import check_password
from ui import input_method
from ui.dialogs.base import Dialog
from ui.widgets.fields import FieldRow
from ui.widgets.label import Label


class PasswordDialog(Dialog):
    """Ends in :attr:`name`, :attr:`current` and :attr:`new`.

    *current* asks for the present password; *name* (None: not asked) is proposed, *taken* names are refused.
    *proves* raises ClerkError for a present password that is wrong.
    """

    def __init__(
        self, parent: QWidget | None, title: str, *, current: bool = False, name: str | None = None,
        taken: Sequence[str] = (), proves: Callable[[str], object] = lambda _password: None,
    ) -> None:  # fmt: skip
        super().__init__(parent, title)
        self.setModal(True)
        self.name = self.current = self.new = ""
        self._taken, self._proves = tuple(taken), proves
        self._rows = {
            "name": FieldRow("经办人", QLineEdit(name or ""), required=True, hint="记入变更记录"),
            "current": _secret("现密码"),
            "new": _secret("新密码", "至少 8 个字符；忘记时用恢复码"),
            "again": _secret("再输一次"),
        }
        self._rows["name"].setVisible(name is not None)
        self._rows["current"].setVisible(current)
        self._asked = [key for key, line in self._rows.items() if not line.isHidden()]
        self.body.addWidget(Label(title, "heading"))
        for line in self._rows.values():
            self.body.addWidget(line)
        self.end_in("确定", self.finish)
        self.field(self._asked[0]).setFocus()

    def field(self, key: str) -> QLineEdit:
        """Return the field name, current, new or again."""
        return cast(QLineEdit, self._rows[key].field)

    def finish(self) -> None:
        """Check and accept; problems are told beside their fields."""
        input_method.commit_composition()
        problems = {key: problem for key, problem in self._problems().items() if key in self._asked}
        for key, line in self._rows.items():
            line.show_problem(problems.get(key, ""))
        if problems:
            self.field(next(iter(problems))).setFocus()
            return
        self.name = self.field("name").text().strip()
        self.current, self.new = self.field("current").text(), self.field("new").text()
        self.accept()

    def _problems(self) -> dict[str, str]:
        found: dict[str, str] = {}
        name = self.field("name").text().strip()
        if not name or name in self._taken:
            found["name"] = f"已有名为「{name}」的经办人" if name else "经办人没有填"
        if not self.field("current").text():
            found["current"] = "现密码没有填"
        try:
            check_password(self.field("new").text())
        except ClerkError as error:
            found["new"] = str(error)
        else:
            if self.field("again").text() != self.field("new").text():
                found["again"] = "两次输入的密码不一样"
        if "current" in self._asked and not found.keys() & set(self._asked):
            try:
                self._proves(self.field("current").text())
            except ClerkError as error:
                found["current"] = str(error)
        return found


def _secret(label: str, hint: str = "") -> FieldRow:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return FieldRow(label, field, required=True, hint=hint)
