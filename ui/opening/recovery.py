"""The recovery code, shown once: print it, put it into an envelope."""

from __future__ import annotations

import io

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from models import clock
from models.errors import ClerkError
from models.store.files import write_file
from ui import messages, work
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button
from ui.widgets.inputs import CheckBox
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, row


class RecoveryDialog(Dialog):
    """Cannot be left before the clerk says that the code is kept."""

    def __init__(
        self, parent: QWidget | None, code: str, office_name: str, *, done: str = "开始使用"
    ) -> None:
        super().__init__(parent, "恢复码")
        self._code, self._office_name = code, office_name
        shown = QLineEdit(code)
        shown.setReadOnly(True)
        shown.setAccessibleName("恢复码")
        self.body.addWidget(Label("收好恢复码", "title"))
        self.body.addWidget(
            Label(
                "忘记密码时只有它能打开台账，换电脑恢复备份也用得上。它只显示这一次，打印后装信封保管。",
                wrap=True,
            )
        )
        self.body.addWidget(shown)
        print_out, copy = Button("打印", icon="printer"), Button("复制")
        save = Button("存成文件", icon="file-down")
        print_out.clicked.connect(self._print)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(code))
        save.clicked.connect(self._save)
        self.body.addLayout(row(print_out, copy, save, STRETCH))
        self._kept = CheckBox("已经打印或抄写，并妥善保管")
        self.body.addWidget(self._kept)
        self.done_button = self.add_button(done, "primary")
        self.done_button.setEnabled(False)
        self._kept.toggled.connect(self.done_button.setEnabled)
        self.done_button.clicked.connect(self.accept)

    def reject(self) -> None:
        """Esc and the cross lead on only once the code is kept."""
        if self._kept.isChecked():
            super().reject()
        else:
            messages.tell(self, "先收好恢复码", f"打印或抄写以后，勾选“{self._kept.text()}”。")

    def _print(self) -> None:
        from reports.catalog import (
            render,
        )  # loads all papers, the next line the printing parts of Qt: not at the first start
        from reports.recovery import build_recovery_sheet
        from ui.preview import printing

        found = printing.printers()
        if not found:
            messages.tell(self, "没有找到打印机", "先存成文件或用笔抄下，有打印机时再打印。")
            return
        sheet = build_recovery_sheet(self._code, self._office_name, clock.today())

        def job(progress: work.Progress) -> None:
            pdf = io.BytesIO()
            render(sheet, ".pdf", pdf)
            printing.send(pdf.getvalue(), printing.PrintJob(found[0], sheet.title), progress.report)

        work.run(self, "打印恢复码", job, lambda _none: messages.tell(self, f"已送到打印机“{found[0]}”"))

    def _save(self) -> None:
        path = messages.save_file(self, "保存恢复码", "法治台账恢复码", "文本文件 (*.txt)")
        if path is None:
            return
        text = f"法治台账恢复码\n{self._office_name}\n{clock.today():%Y-%m-%d}\n\n{self._code}\n\n打印后请删除本文件。\n"
        try:
            write_file(path, lambda stream: stream.write(text.encode("utf-8-sig")))
        except ClerkError as error:
            messages.tell(self, "没有保存", str(error))
