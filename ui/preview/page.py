"""打印预览, over the whole window: what is seen is what is printed and saved, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from models.errors import ClerkError
from reports.catalog import Report
from reports.preview import Finding, Preview, make_preview, save_preview
from ui import look, messages, work
from ui.main_window import NARROW_BELOW
from ui.page import Page
from ui.preview import printing
from ui.preview.address import from_address
from ui.preview.desk import FIT_PAGE, FIT_WIDTH, Desk
from ui.preview.settings_pane import NO_PRINTER, SettingsPane
from ui.preview.sheets import Sheets
from ui.preview.thumbnails import Thumbnails
from ui.session import Session
from ui.widgets import keys
from ui.widgets.buttons import Button, IconButton
from ui.widgets.inputs import ComboBox
from ui.widgets.label import Label
from ui.widgets.layout import column, frame, holder, row

FORMATS = {".docx": ("Word", "file-text"), ".pdf": ("PDF", "file-down"), ".xlsx": ("Excel", "sheet")}
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class PreviewPage(Page):
    """Shows the paper that its place names; *say* puts a sentence into the status bar."""

    def __init__(self, session: Session, say: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__("打印预览", parent)
        self._session, self._say = session, say
        self._report: Report | None = None
        self._address, self._asked = "", 0
        self.preview: Preview | None = None
        self._sheets: Sheets | None = None
        self.thumbnails, self.desk, self.settings = Thumbnails(), Desk(), SettingsPane()
        body = row(
            frame("pane-left", column(self.thumbnails, spacing=0)), self.desk, self.settings, spacing=0
        )
        body.setStretch(1, 1)
        self.setLayout(body)
        self._make_actions()
        self._connect()

    # The page of the window --------------------------------------------------------------------

    def actions_shown(self) -> Sequence[QWidget]:
        return self._actions

    def first_focus(self) -> QWidget:
        return self.desk

    def show_record(self, kind_id: str, record_id: str) -> None:
        """Show the paper at the address *record_id*; :meth:`refresh` makes it."""
        if record_id == self._address:
            return
        self._report, options = from_address(record_id)
        self._address = record_id
        self.set_title(self._report.title)
        self.settings.show_options(self._report, options)
        for suffix, button in self.saves.items():
            button.setVisible(suffix in self._report.formats)
        self._show(None)

    def refresh(self) -> None:
        """Make the paper from what is on record now."""
        if self._report is None:
            return
        self._asked += 1
        asked, report, ledger = self._asked, self._report, self._session.ledger
        options, numbers = self.settings.options, self.settings.page_numbers

        def job(_progress: work.Progress) -> Preview:
            with ledger.reading() as reader:
                return make_preview(reader, report, options, numbers)

        work.run(self, f"排版{report.title}", job, lambda made: self._take(asked, made), self._fail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in self._spared:
            part.setVisible(self.width() >= look.px(NARROW_BELOW))

    # Deeds -------------------------------------------------------------------------------------

    def save(self, suffix: str) -> None:
        """Let the clerk say where and write the paper there."""
        report, preview = self._report, self.preview
        if report is None or preview is None or self._is_stopped("还不能另存", preview):
            return
        word = FORMATS[suffix][0]
        target = messages.save_file(
            self, f"另存为 {word}", f"{preview.document.title}{suffix}", f"{word} 文件 (*{suffix})"
        )
        if target is not None:
            work.run(
                self, f"写出{report.title}", lambda _progress: save_preview(preview, report, target),
                lambda written: self._session.written.emit(written.path),
            )  # fmt: skip

    def print_out(self) -> None:
        """Print what is shown, after a word about characters that cannot be printed."""
        preview = self.preview
        if preview is None or self._is_stopped("还不能打印", preview) or not self._accepts_gaps(preview):
            return
        job = self.settings.job(preview.document.title, self.desk.page)
        if job is None:
            messages.tell(self, NO_PRINTER, "可以先另存为 PDF，拿到有打印机的电脑上打印。")
            return
        work.run(
            self, f"打印{preview.document.title}",
            lambda progress: printing.send(preview.pdf, job, progress.report),
            lambda _none: self._say(f"已送到打印机「{job.printer}」，{job.copies} 份"),
        )  # fmt: skip

    def zoom_by(self, step: int) -> None:
        """Look one step closer or farther."""
        now = self.desk.factor
        found = [zoom for zoom in ZOOMS if (zoom - now) * step > 0.01]
        if found:
            self._zoom.setCurrentText(_percent(found[0] if step > 0 else found[-1]))

    # Internal ------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        back, on = IconButton("chevron-left", "上一页"), IconButton("chevron-right", "下一页")
        back.clicked.connect(lambda: self.desk.show_page(self.desk.page - 1))
        on.clicked.connect(lambda: self.desk.show_page(self.desk.page + 1))
        self._place = Label("", "secondary")
        farther, closer = IconButton("zoom-out", "缩小"), IconButton("zoom-in", "放大")
        farther.clicked.connect(lambda: self.zoom_by(-1))
        closer.clicked.connect(lambda: self.zoom_by(1))
        self._zoom = ComboBox()
        self._zoom.setAccessibleName("显示比例")
        self._zoom.addItems([FIT_WIDTH, FIT_PAGE, *map(_percent, ZOOMS)])
        self._zoom.currentTextChanged.connect(self._set_zoom)
        self.saves = {suffix: Button(f"另存为 {word}", icon=icon) for suffix, (word, icon) in FORMATS.items()}
        for suffix, button in self.saves.items():
            button.clicked.connect(lambda _on, suffix=suffix: self.save(suffix))
        self._print = Button("打印", "primary", "printer", keys="Ctrl+P")
        self._print.clicked.connect(self.print_out)
        self._spared = (farther, self._zoom, closer)
        self._actions = (
            holder(row(back, self._place, on, spacing=4)),
            holder(row(*self._spared, spacing=4)),
            holder(row(*self.saves.values())),
            self._print,
        )

    def _connect(self) -> None:
        self.thumbnails.picked.connect(self.desk.show_page)
        self.desk.page_changed.connect(self._note_page)
        self.desk.zoom_wanted.connect(self.zoom_by)
        self.settings.changed.connect(self.refresh)
        self.settings.page_wanted.connect(self.desk.show_page)
        self._session.changed.connect(lambda _kinds, _said: self.refresh() if self.isVisible() else None)
        deeds: dict[str, Callable[[], None]] = {
            "Ctrl+P": self.print_out, "Ctrl+S": lambda: self.save(".pdf"),
            "Ctrl+=": lambda: self.zoom_by(1), "Ctrl++": lambda: self.zoom_by(1),
            "Ctrl+-": lambda: self.zoom_by(-1), "Ctrl+0": lambda: self._zoom.setCurrentText(FIT_WIDTH),
        }  # fmt: skip
        for key, deed in deeds.items():
            keys.bind(self, deed, key)

    def _take(self, asked: int, made: Preview) -> None:
        if asked == self._asked:
            self._show(made)

    def _fail(self, error: Exception) -> None:
        self._show(None)
        if isinstance(error, ClerkError):
            self.settings.show_findings([(Finding("error", str(error)), None)])

    def _show(self, preview: Preview | None) -> None:
        before, self.preview = self._sheets, preview
        self._sheets = Sheets(preview.pdf) if preview else None
        for button in (*self.saves.values(), self._print):
            button.setEnabled(preview is not None)
        self.thumbnails.set_sheets(self._sheets)
        self.desk.set_sheets(self._sheets)
        if before is not None:
            before.close()
        self.settings.show_pages(len(self._sheets) if self._sheets else 0)
        self.settings.show_findings(
            [(finding, self._page_of(finding)) for finding in (preview.findings if preview else ())]
        )
        self._note_page(self.desk.page)

    def _page_of(self, finding: Finding) -> int | None:
        return self._sheets.page_with(finding.needle) if self._sheets and finding.needle else None

    def _note_page(self, page: int) -> None:
        pages = len(self._sheets) if self._sheets else 0
        self._place.setText(f"{page + 1} / {pages} 页" if pages else "还没有纸样")
        if pages:
            self.thumbnails.show_page(page)

    def _set_zoom(self, words: str) -> None:
        self.desk.set_zoom(float(words.rstrip("%")) / 100 if words.endswith("%") else words)

    def _is_stopped(self, title: str, preview: Preview) -> bool:
        if preview.obstacle:
            messages.tell(self, title, preview.obstacle)
        return bool(preview.obstacle)

    def _accepts_gaps(self, preview: Preview) -> bool:
        gaps = [f"{one.text}，{one.note}" for one in preview.findings if one.char]
        question = f"有 {len(gaps)} 个字印不出，仍要打印？"
        return not gaps or messages.confirm(self, question, "仍然打印", points=gaps)


def _percent(zoom: float) -> str:
    return f"{zoom:.0%}"
