"""备份: the kept backups, one more now, a copy on a stick, and putting one back."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models import clock
from models.office import Office
from models.settings import save_settings
from models.store.backup import SUFFIX, Backup, list_backups
from ui import messages, work
from ui.bars import moment_words
from ui.pages.settings.part import Part
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import leading, number, value
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, row
from ui.widgets.light import Light
from ui.widgets.paint import Mark

KINDS = f"台账备份 (*{SUFFIX})"


class BackupPart(Part):
    """Backups are made by themselves: on closing, every 30 minutes of change, before risky deeds."""

    def __init__(self, session: Session, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._office = office
        self._backups: list[Backup] = []
        self.light = Light(Mark.GREY, "还没有备份")
        self._said = Label("", "secondary", wrap=True)
        self._outside = Label("", "secondary", wrap=True)
        now = Button("立即备份", "primary", "archive")
        now.clicked.connect(self.back_up)
        save = Button("另存到 U 盘", icon="usb")
        save.clicked.connect(self.save_outside)
        folder = Button("选择文件夹", small=True)
        folder.clicked.connect(self.choose_outside)
        self._none = Button("不另存", "ghost", small=True)
        self._none.clicked.connect(lambda: self._set_outside(""))
        self.table = CellTable("备份", ("备份时间", "原因", "大小", "文件"), (190, 110, 90, 320), stretch=3)
        self._model = self.table.content
        self.table.set_empty_note("还没有备份")
        self.restore_button = Button("用所选的恢复", "danger", "history")
        self.restore_button.clicked.connect(self.restore_selected)
        other = Button("用别处的备份恢复", icon="folder")
        other.clicked.connect(self.restore_other)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_choice())
        rule = Label(
            "退出时、有改动后每 30 分钟、升级导入恢复之前自动备份；两天内的全部保留，之后留 12 个每日、10 个每周、9 个每月的。",
            "help", wrap=True,
        )  # fmt: skip
        outside = row(self._outside, folder, self._none)
        outside.setStretch(0, 1)
        head = column(
            row(self.light, STRETCH, save, now), self._said, outside, rule,
            spacing=8, margins=(24, 16, 16, 12),
        )  # fmt: skip
        open_folder = Button("打开备份文件夹", "ghost", "folder")
        open_folder.clicked.connect(lambda: messages.open_folder(office.home.backups))
        foot = frame("foot", row(open_folder, STRETCH, other, self.restore_button, margins=(16, 9, 16, 9)))
        whole = column(frame("bar", head), self.table, foot, spacing=0)
        whole.setStretch(1, 1)
        box = frame("pane", whole)
        self.setLayout(column(box, spacing=0))
        self.refresh()

    def refresh(self) -> None:
        """Read the folder of backups and how the last one went."""
        self._backups = list_backups(self._office.home.backups)
        self._model.set_rows([_row(backup) for backup in self._backups])
        last = self._office.last_backup
        if last is not None:
            at = moment_words(datetime.fromisoformat(last.at), clock.today())
            self.light.show_state(
                Mark.GREEN if last.ok else Mark.AMBER,
                f"最近一次备份 {at} 已核对" if last.ok else f"最近一次备份 {at} 没有成功",
            )
            self._said.setText(last.sentence)
        folder = self.session.settings.backup_folder
        self._outside.setText(
            f"每次备份另存一份到“{folder}”"
            if folder
            else "只存在本机。建议再选一个 U 盘或第二块硬盘上的文件夹"
        )
        self._none.setVisible(bool(folder))
        self._show_choice()

    def back_up(self) -> None:
        """Make one now."""
        work.run(
            self, "备份", lambda _progress: self._office.back_up(), lambda _path: self._after(), self._failed
        )

    def save_outside(self) -> None:
        """Write one to a file the clerk picks, to be taken out of the house."""
        name = f"法治台账备份 {clock.today():%Y-%m-%d}"
        path = messages.save_file(self, "另存备份", name, KINDS)
        if path is None:
            return

        def done(_nothing: None) -> None:
            self.session.written.emit(path)
            messages.tell(self, "已另存备份", f"已写到“{path}”并读回核对，可以安全拔出。")

        work.run(self, "另存备份", lambda _progress: self._office.save_backup(path), done)

    def choose_outside(self) -> None:
        """Let the clerk pick the folder for copies."""
        folder = messages.choose_folder(self, "备份另存到")
        if folder is not None:
            self._set_outside(str(folder))

    def restore_selected(self) -> None:
        """Put the selected backup back after asking."""
        chosen = self.table.currentIndex().row()
        if 0 <= chosen < len(self._backups):
            backup = self._backups[chosen]
            self._restore(backup.path, f"{moment_words(backup.taken_at, clock.today())} 的备份")

    def restore_other(self) -> None:
        """Put a backup from elsewhere (a stick) back after asking."""
        path = messages.open_file(self, "选择备份", KINDS)
        if path is not None:
            self._restore(path, f"备份「{path.name}」")

    # Inside ----------------------------------------------------------------------------------

    def _restore(self, path: Path, what: str) -> None:
        points = (
            "先把现在的数据备份一次，再检查要恢复的备份",
            "备份以后登记的内容将不在台账里，但都留在刚做的备份和改名保留的文件夹里",
            "窗口会关闭，恢复后自动重新打开",
        )
        if messages.confirm(self, f"恢复到{what}？", "恢复", points=points, danger=True):
            self.session.restore_requested.emit(str(path))

    def _set_outside(self, folder: str) -> None:
        save_settings(self.session.ledger, dataclasses.replace(self.session.settings, backup_folder=folder))
        self.session.reload_settings()
        self.refresh()

    def _after(self) -> None:
        self.refresh()
        self.session.backed_up.emit()

    def _failed(self, error: Exception) -> None:
        self._after()
        messages.tell(self, "没有备份", str(error))

    def _show_choice(self) -> None:
        self.restore_button.setEnabled(self.table.currentIndex().isValid())


def _row(backup: Backup) -> CellRow:
    cells = (
        leading(moment_words(backup.taken_at, clock.today())), value(backup.reason), number(size_words(backup.path)),
        value(backup.path.name),
    )  # fmt: skip
    return CellRow(cells)


def size_words(path: Path) -> str:
    """Return the size of a file in words: 812 KB, 3.4 MB; "" when it is not there."""
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    return f"{size / 1024:.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
