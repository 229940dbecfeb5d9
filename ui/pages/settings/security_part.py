"""安全: who may open the ledger, the recovery code, whether the history was tampered with."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.office import Office
from ui import messages, work
from ui.opening.recovery import RecoveryDialog
from ui.pages.settings.part import Part, sheet
from ui.pages.settings.password_dialog import PasswordDialog
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.light import Light
from ui.widgets.paint import Mark


class SecurityPart(Part):
    """Changes of keys take a moment each: they run beside the window."""

    def __init__(self, session: Session, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._office = office
        self._state = Label("", "", wrap=True)
        self.clerks = column(spacing=4)
        self.add, self.drop = Button("", icon="user-plus"), Button("取消密码", "danger")
        self.add.clicked.connect(self.add_clerk)
        self.drop.clicked.connect(self.drop_passwords)
        code = Button("换一个恢复码", icon="printer")
        code.clicked.connect(self.new_code)
        check = Button("核对变更记录", icon="search-check")
        check.clicked.connect(self.check_history)
        self.history_light = Light(Mark.GREY, "还没有核对")
        content = sheet(
            Label("打开台账", "section"), self._state, self.clerks, row(self.add, self.drop, STRETCH),
            16, Label("恢复码", "section"),
            Label("忘记密码、换电脑恢复备份时，凭恢复码打开。换新的以后，旧的立即作废。", "secondary", wrap=True),
            row(code, STRETCH),
            16, Label("变更记录", "section"),
            Label("每一步操作都和前一步锁在一起，改动、删去或插进任何一步都会被发现。", "secondary", wrap=True),
            row(check, self.history_light, STRETCH, spacing=12),
        )  # fmt: skip
        self.setLayout(column(content, spacing=0))
        self.refresh()

    def refresh(self) -> None:
        """Show who has a password."""
        names = self._office.keys.clerks
        self._state.setText(
            "打开台账要选经办人、输密码，数据全程加密。"
            if names
            else "没有设密码：能用这台电脑的人都能打开台账。数据文件仍是加密的，密钥放在数据文件夹里。"
        )
        self.add.set_words("添加经办人" if names else "设密码")
        self.drop.setVisible(bool(names))
        while item := self.clerks.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for name in names:
            self.clerks.addWidget(self._clerk_row(name, only=len(names) == 1))

    def change_password(self, name: str) -> None:
        """Ask for the present and a new password of *name*."""
        dialog = PasswordDialog(
            self.window(),
            f"修改「{name}」的密码",
            current=True,
            proves=lambda typed: self._office.keys.unlock(name, typed),
        )
        if dialog.exec():
            new = dialog.new
            self._do(
                "修改密码",
                lambda: self._office.set_password(name, new),
                f"「{name}」的密码已修改，下次打开时使用。",
            )

    def add_clerk(self) -> None:
        """Give one more clerk, or the first one, a password."""
        first = not self._office.keys.clerks
        title = "设密码" if first else "添加经办人"
        dialog = PasswordDialog(
            self.window(),
            title,
            name=self.session.ledger.clerk if first else "",
            taken=self._office.keys.clerks,
        )
        if dialog.exec():
            name, new = dialog.name, dialog.new
            self._do(title, lambda: self._office.set_password(name, new), f"「{name}」可以凭密码打开台账。")

    def remove_clerk(self, name: str) -> None:
        """Take the password of *name* away after asking."""
        points = ("以后不能再用这个名字打开台账", "已有的变更记录里仍保留这个名字")
        if messages.confirm(self, f"删除经办人「{name}」？", "删除", points=points, danger=True):
            self._do("删除经办人", lambda: self._office.keys.remove_clerk(name), f"「{name}」已删除。")

    def drop_passwords(self) -> None:
        """Do without passwords after asking."""
        points = (
            "能打开这台电脑的人都能打开台账",
            "密钥文件 office.key 放在数据文件夹里，复制数据文件夹的人也能打开",
            "备份仍是加密的，换电脑恢复时要用恢复码或密钥文件",
        )
        if messages.confirm(self, "取消密码？", "取消密码", points=points, danger=True):
            self._do("取消密码", self._office.drop_passwords, "密码已取消。")

    def new_code(self) -> None:
        """Replace the recovery code and show the new one once."""
        points = ("旧的恢复码立即作废", "新的只显示一次，打印后装信封保管")
        if not messages.confirm(self, "换一个恢复码？", "换新的", points=points):
            return
        work.run(self, "换恢复码", lambda _progress: self._office.new_recovery_code(), self._show_code)

    def check_history(self) -> None:
        """Check the chain of the whole history."""
        ledger = self.session.ledger

        def job(_progress: work.Progress) -> tuple[int | None, int]:
            from models.store import history

            with ledger.reading() as reader:
                newest = history.entries(reader.db, limit=1)
                return history.broken_at(reader.db), newest[0].seq if newest else 0

        work.run(self, "核对变更记录", job, lambda result: self._show_check(*result))

    # Inside ----------------------------------------------------------------------------------

    def _clerk_row(self, name: str, *, only: bool) -> QWidget:
        change, remove = Button("修改密码", small=True), Button("删除", small=True)
        change.setAccessibleName("修改密码")
        change.clicked.connect(lambda: self.change_password(name))
        remove.clicked.connect(lambda: self.remove_clerk(name))
        remove.setVisible(not only)
        return frame("sunken", row(Label(name), STRETCH, change, remove, margins=(12, 5, 8, 5)))

    def _do(self, title: str, job: Callable[[], None], said: str) -> None:
        def done(_nothing: None) -> None:
            self.refresh()
            messages.tell(self, title, said)

        work.run(self, title, lambda _progress: job(), done)

    def _show_code(self, code: str) -> None:
        RecoveryDialog(self.window(), code, self.session.settings.office_name, done="收好了").exec()

    def _show_check(self, broken: int | None, count: int) -> None:
        if broken is None:
            self.history_light.show_state(Mark.GREEN, f"{count} 步全部完好")
        else:
            self.history_light.show_state(Mark.RED, f"第 {broken} 步与校验值不符，从这一步起可能被改动过")
