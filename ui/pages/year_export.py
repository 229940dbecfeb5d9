"""年度导出: the year into a folder or onto a stick, and the proof later that nothing in it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models import clock
from models.deeds.filing import Export, home_of, register_use
from models.errors import ClerkError
from models.records.filing import UsbMedium
from models.store.files import safe_name
from models.store.home import is_on_stick
from models.store.manifest import Comparison, compare, export_in
from models.summaries.years import year_in_hand
from ui import look, messages, work
from ui.session import Session
from ui.tables.cell_model import CellRow
from ui.tables.cell_table import CellTable
from ui.tables.cells import LightCell, leading, value
from ui.widgets.buttons import Button
from ui.widgets.card import NoticeBar
from ui.widgets.fields import FieldRow
from ui.widgets.inputs import CheckBox, ComboBox
from ui.widgets.label import Label
from ui.widgets.layout import STRETCH, column, frame, holder, row, rule, scrolled
from ui.widgets.paint import Mark

if TYPE_CHECKING:
    from reports.year_folder import YearFolder

YEARS_BACK = 10
WIDTH = 640
UNREGISTERED = "没有登记编号"
CAUTION = "出现“可以安全拔出”之前，不要拔 U 盘。"
PHASES = {"排版文书": 0.1, "写入文件": 0.7, "回读核对": 0.2}
"""What an export goes through, and how much of its time each takes, about."""


@dataclass(frozen=True, slots=True)
class Stick:
    """A removable disk that is plugged in and can be written to."""

    root: Path
    words: str


def sticks() -> list[Stick]:
    """Return the sticks plugged in now."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = Path(volume.rootPath())
        if volume.isValid() and volume.isReady() and not volume.isReadOnly() and is_on_stick(root):
            name = volume.displayName() or volume.rootPath()
            found.append(Stick(root, f"U 盘 {name}（可用 {volume.bytesAvailable() / 1e9:.1f} GB）"))
    return found


class YearExport(QWidget):
    """The pane of the reports page; *find_sticks* is asked again at each visit."""

    def __init__(
        self, session: Session, find_sticks: Callable[[], Sequence[Stick]] = sticks,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._find_sticks = session, find_sticks
        self._folders: dict[str, Path] = {}
        this_year = clock.today().year
        self.years, self.target = ComboBox(), ComboBox()
        self.target.setPlaceholderText("插入 U 盘，或选择其他位置")
        self.years.addItems([f"{year} 年" for year in range(this_year, this_year - YEARS_BACK, -1)])
        self.years.setCurrentText(f"{year_in_hand(clock.today())} 年")
        self.phones = CheckBox("写出完整电话号码")
        self.media = ComboBox()
        self._numbers: dict[str, str] = {}
        self.write = Button("导出", "primary", "usb")
        self.write.clicked.connect(self.export)
        self.check = Button("选择文件夹校验", icon="search-check")
        self.check.clicked.connect(self.verify)
        self.turn = Button("年度结转", icon="lock")
        self.turn.clicked.connect(self.turn_year)
        self._done, self._checked = column(spacing=0), column(spacing=0)
        self._table = CellTable("校验结果", ("情况", "文件"), (132, 400), stretch=1)
        self.findings = self._table.content
        self._table.setMinimumHeight(look.px(180))
        self._table.hide()
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Look again which sticks are plugged in and which are registered."""
        self._list_media()
        chosen = self.target.currentText()
        found = {stick.words: stick.root for stick in self._find_sticks()}
        kept = {words: path for words, path in self._folders.items() if words == str(path)}
        self._folders = found | kept
        self.target.clear()
        self.target.addItems([*self._folders])
        if self._folders:
            self.target.setCurrentText(chosen if chosen in self._folders else next(iter(self._folders)))

    def choose_folder(self) -> None:
        """Let the clerk choose another place."""
        folder = messages.choose_folder(self, "选择导出位置")
        if folder is not None:
            self._folders[str(folder)] = folder
            self.refresh()
            self.target.setCurrentText(str(folder))

    def export(self) -> None:
        """Write the year into a folder of its own at the chosen place."""
        if self.target.currentText() not in self._folders:
            self.choose_folder()
        place = self._folders.get(self.target.currentText())
        if place is None:
            return
        year, phones = int(self.years.currentText().split()[0]), self.phones.isChecked()
        medium = self._numbers.get(self.media.currentText(), "")
        folder = place / safe_name(f"{self._session.settings.office_name or '法治台账'} {year} 年度")
        ledger = self._session.ledger

        def job(progress: work.Progress) -> YearFolder:
            def told(phase: int, done: int, of: int) -> None:
                progress.enter(phase)
                words, shares = list(PHASES)[phase], list(PHASES.values())
                share = sum(shares[:phase]) + shares[phase] * done / of
                progress.report(share, f"{words}：第 {done} 份，共 {of} 份")

            from reports.year_folder import export_year

            with ledger.reading() as reader:
                return export_year(
                    reader, year, folder, attachments=home_of(ledger).attachments, phones=phones, progress=told,
                    cancelled=progress.cancelled,
                )  # fmt: skip

        def done(made: YearFolder) -> None:
            self._tell_done(made)
            self._register(Export(f"{year} 年度导出", made.folder, made.files, made.size, phones, medium))

        work.run(self, f"导出 {year} 年度", job, done, phases=tuple(PHASES), caution=CAUTION)

    def verify(self) -> None:
        """Compare a folder with its manifest."""
        chosen = messages.choose_folder(self, "选择要校验的年度文件夹")
        if chosen is None:
            return
        folder = export_in(chosen)

        def job(progress: work.Progress) -> Comparison:
            return compare(folder, lambda done, of: progress.report(done / of, f"第 {done} 份，共 {of} 份"))

        work.run(self, "校验年度文件夹", job, lambda found: self._tell_checked(folder, found))

    def turn_year(self) -> None:
        """Open the dialog that closes a year."""
        from ui.dialogs.year_turn import YearTurnDialog

        YearTurnDialog(self.window(), self._session).exec()

    # Internal ----------------------------------------------------------------------------------

    def _build(self) -> None:
        choose = Button("其他位置", icon="folder")
        choose.clicked.connect(self.choose_folder)
        where = FieldRow("写到", self.target)
        line = row(where, column(choose, STRETCH, spacing=0))
        line.setStretch(0, 1)
        form = column(
            FieldRow("年度", self.years), line, FieldRow("介质编号", self.media), row(84, self.phones, STRETCH),
            row(84, Label("不勾选时，手机号中间四位隐去。", "help"), STRETCH),
            row(84, self.write, STRETCH),
            spacing=9,
        )  # fmt: skip
        told = "一年的文书、名单、年度总结、附件和全部登记簿写成一个文件夹，附校验清单，并记入介质使用登记。"
        again = "核对每个文件与清单是否一致，列出改动、缺少、改名和多出的文件。"
        turning = "过完一年，把这一年的数据封存起来；没有办完的接着办，记录以后只能更正。"
        whole = column(
            Label("年度导出", "heading"), Label(told, "secondary", wrap=True), 4, form, self._done, 8, rule(), 8,
            Label("重新插入后校验", "heading"), Label(again, "secondary", wrap=True), 4,
            row(self.check, STRETCH), self._checked, self._table, 8, rule(), 8,
            Label("年度结转", "heading"), Label(turning, "secondary", wrap=True), 4, row(self.turn, STRETCH), STRETCH,
            margins=(20, 16, 20, 16),
        )  # fmt: skip
        inner = holder(whole)
        inner.setMaximumWidth(look.px(WIDTH))
        content = QWidget()
        content.setLayout(row(inner, STRETCH, spacing=0))
        content.layout().setStretch(0, 100)  # type: ignore[union-attr]
        self.setLayout(column(frame("pane", column(scrolled(content), spacing=0)), spacing=0))

    def _list_media(self) -> None:
        """Offer the sticks of the register that are in use."""
        chosen = self.media.currentText()
        found = self._session.ledger.find(UsbMedium, "retired_on IS NULL", (), "number")
        self._numbers = {UNREGISTERED: ""} | {f"{one.number} {one.purpose}": one.id for one in found}
        self.media.clear()
        self.media.addItems([*self._numbers])
        self.media.setCurrentText(chosen if chosen in self._numbers else UNREGISTERED)

    def _register(self, export: Export) -> None:
        """Write the line of the register of media (ideas 19)."""
        try:
            register_use(self._session.ledger, export)
        except ClerkError as error:
            messages.tell(self, "没有记入介质使用登记", str(error))

    def _tell_done(self, made: YearFolder) -> None:
        opened = Button("打开文件夹", "link")
        opened.clicked.connect(lambda: messages.open_folder(made.folder))
        words = "\n".join(filter(None, (made.sentence(), made.remark(), str(made.folder))))
        _replace(self._done, NoticeBar(words, "warning" if made.remark() else "good", (opened,)))
        self._session.written.emit(made.folder)

    def _tell_checked(self, folder: Path, found: Comparison) -> None:
        rows = [
            *(_line(Mark.RED, "内容被改动", name) for name in found.changed),
            *(_line(Mark.RED, "缺少", name) for name in found.missing),
            *(_line(Mark.AMBER, "改了名", f"{was} → {now}") for was, now in found.renamed),
            *(_line(Mark.AMBER, "多出", name) for name in found.extra),
        ]
        self.findings.set_rows(rows)
        self._table.setVisible(bool(rows))
        about = f"“{folder.name}”"
        if found.is_whole:
            notice = NoticeBar(f"校验通过：{about}里 {found.files} 个文件与清单一致。", "good")
        else:
            notice = NoticeBar(f"校验不通过：{about}有 {len(rows)} 处与清单不一致。", "error")
        _replace(self._checked, notice)


def _line(mark: Mark, words: str, name: str) -> CellRow:
    return CellRow((LightCell(mark, words), leading(name) if mark is Mark.RED else value(name)))


def _replace(place: QVBoxLayout, widget: QWidget) -> None:
    while (item := place.takeAt(0)) is not None:
        if (before := item.widget()) is not None:
            before.hide()
            before.deleteLater()
    place.addWidget(widget)
