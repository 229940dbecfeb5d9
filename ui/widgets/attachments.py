"""The files of one record: thumbnails and names, to add, drop, paste, open read-only, save elsewhere, remove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QImageReader,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem, QWidget

from models import clock
from models.deeds.filing import (
    Kept,
    attachments_of,
    content_of,
    copy_for_reading,
    detach,
    home_of,
    is_picture,
    put_to,
    save_copy,
    take_in,
)
from models.errors import ClerkError
from models.records.base import Record
from models.records.filing import Attachment
from ui import icons, look, messages, work
from ui.correction import with_reason
from ui.session import Session
from ui.widgets import keys
from ui.widgets.buttons import Button
from ui.widgets.label import Label, plain_tip
from ui.widgets.layout import STRETCH, column, row

TILE, PICTURE, LIST_HEIGHT = (104, 92), (88, 60), 112
MOST_PIXELS = 60_000_000
MOST_PICTURE_BYTES = 20 << 20
"""Larger pictures show as a file: drawing them would hold up the window."""
WAITS = "保存后可以在这里添加附件"
HINT = "可以拖进来，也可以复制后按 Ctrl+V"


class AttachmentStrip(QFrame):
    """Stands at the foot of the form of a kind that takes files; :meth:`show_record` tells whose."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._session = session
        self._record: Record | None = None
        self.files: list[Attachment] = []
        self.add_button = Button("添加附件", icon="paperclip", small=True)
        self.add_button.clicked.connect(self.choose)
        self.open_button, self.save_button, self.remove_button = (
            Button(words, "link", small=True) for words in ("打开", "另存为", "移除")
        )
        self.list = self._made_list()
        self._said = Label(WAITS, "help", wrap=True)
        self._count = Label("附件", "section")
        self._build()
        session.changed.connect(self._changed)

    def show_record(self, record: Record) -> None:
        """Show the files of *record*; a new one has to be saved first."""
        self._record = record if record.id else None
        self._read()

    def add(self, files: Sequence[Path]) -> None:
        """Put *files* to the record."""
        record, ledger = self._record, self._session.ledger
        if record is None or not files:
            return

        def done(kept: tuple[Kept, ...]) -> None:
            with_reason(self, ledger, lambda: put_to(ledger, record, kept), failed="没有添加附件")

        work.run(self, "添加附件", lambda _progress: take_in(ledger, files), done)

    def choose(self) -> None:
        """Let the clerk pick a file."""
        file = messages.open_file(self, "添加附件", "所有文件 (*)")
        if file is not None:
            self.add([file])

    def paste(self) -> None:
        """Add the files or the picture on the clipboard."""
        self._take(QGuiApplication.clipboard().mimeData())

    def open_current(self) -> None:
        """Open a read-only copy with the program the desktop has for it."""
        file, ledger = self.current(), self._session.ledger
        copy = self._try(lambda: copy_for_reading(ledger, file)) if file else None
        if copy is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def save_current(self) -> None:
        """Write a copy where the clerk says."""
        file, ledger = self.current(), self._session.ledger
        target = messages.save_file(self, "另存附件", file.name, "所有文件 (*)") if file else None
        if file and target and self._try(lambda: save_copy(ledger, file, target)) is not None:
            self._session.written.emit(target)

    def remove_current(self) -> None:
        """Move the chosen file to the recycle bin; it can be undone."""
        ledger = self._session.ledger
        if (file := self.current()) is not None:
            with_reason(self, ledger, lambda: detach(ledger, file), failed="没有移除附件")

    def current(self) -> Attachment | None:
        """Return the chosen file."""
        place = self.list.currentRow()
        return self.files[place] if 0 <= place < len(self.files) else None

    # Dropping ------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._record is not None and _has_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.dragEnterEvent(event)  # type: ignore[arg-type]

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    # Internal ------------------------------------------------------------------------------

    def _made_list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName("附件")
        made.setViewMode(QListView.ViewMode.IconMode)
        made.setFlow(QListView.Flow.LeftToRight)
        made.setWrapping(True)
        made.setMovement(QListView.Movement.Static)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        made.setDragDropMode(QListWidget.DragDropMode.NoDragDrop)
        made.setIconSize(QSize(look.px(PICTURE[0]), look.px(PICTURE[1])))
        made.setFixedHeight(look.px(LIST_HEIGHT))
        made.itemActivated.connect(lambda _item: self.open_current())
        made.currentRowChanged.connect(lambda _place: self._show_deeds())
        return made

    def _build(self) -> None:
        for button, deed in (
            (self.open_button, self.open_current), (self.save_button, self.save_current),
            (self.remove_button, self.remove_current),
        ):  # fmt: skip
            button.clicked.connect(deed)
        keys.bind(self, self.paste, "Ctrl+V")
        keys.bind(self.list, self.remove_current, "Del")
        deeds = row(self.open_button, self.save_button, self.remove_button, STRETCH)
        head = row(self._count, STRETCH, self.add_button)
        self.setLayout(column(head, self._said, self.list, deeds, spacing=6, margins=(0, 7, 0, 0)))

    def _read(self) -> None:
        record, place = self._record, self.list.currentRow()
        self.files = attachments_of(self._session.ledger, record) if record else []
        self.list.clear()
        for file in self.files:
            item = QListWidgetItem(icons.icon("file-text", "text2", 28), file.name)
            item.setSizeHint(QSize(look.px(TILE[0]), look.px(TILE[1])))
            item.setToolTip(plain_tip(f"{file.name}（{_size_words(file.size or 0)}）"))
            self.list.addItem(item)
        self.list.setVisible(bool(self.files))
        self.list.setCurrentRow(min(max(place, 0), len(self.files) - 1))
        self.add_button.setVisible(record is not None)
        self._said.setText(WAITS if record is None else HINT)
        self._count.setText(f"附件 {len(self.files)}" if self.files else "附件")
        self._show_deeds()
        QTimer.singleShot(0, self, lambda: self._draw(0))

    def _show_deeds(self) -> None:
        for button in (self.open_button, self.save_button, self.remove_button):
            button.setVisible(self.current() is not None)

    def _draw(self, place: int) -> None:
        """Draw the next thumbnail, one each turn of the window, so that typing goes on between them."""
        if place >= len(self.files):
            return
        picture = self._thumbnail(self.files[place])
        if picture is not None:
            self.list.item(place).setIcon(QIcon(picture))
        QTimer.singleShot(0, self, lambda: self._draw(place + 1))

    def _thumbnail(self, file: Attachment) -> QPixmap | None:
        if not is_picture(file) or (file.size or 0) > MOST_PICTURE_BYTES:
            return None
        known = QPixmap()
        if QPixmapCache.find(file.digest, known):
            return known
        try:
            drawn = thumbnail(content_of(self._session.ledger, file))
        except ClerkError:
            return None  # said when the file is opened, and by 检查
        if drawn is None:
            return None
        picture = QPixmap.fromImage(drawn)
        QPixmapCache.insert(file.digest, picture)
        return picture

    def _take(self, data: QMimeData) -> None:
        if self._record is None:
            return
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if not paths and data.hasImage() and (pasted := self._pasted(data)) is not None:
            paths = [pasted]
        self.add(paths)

    def _pasted(self, data: QMimeData) -> Path | None:
        """Write the picture on the clipboard to the private temporary folder."""
        image = QImage(data.imageData())
        temp = home_of(self._session.ledger).temp
        temp.mkdir(mode=0o700, exist_ok=True)
        path = Path(mkdtemp(dir=temp)) / f"图片 {clock.now():%Y-%m-%d %H%M%S}.png"
        return path if image.save(str(path)) else None

    def _try(self, deed: Callable[[], Path]) -> Path | None:
        """Write a copy; None after its error was told."""
        try:
            return deed()
        except ClerkError as error:
            messages.tell(self, "没有打开附件", str(error))
            return None

    def _changed(self, kinds: set[str], _sentence: str) -> None:
        if "attachment" in kinds and self._record is not None:
            self._read()


def thumbnail(content: bytes) -> QImage | None:
    """Return a small picture of a PNG or JPEG, None for what cannot or should not be drawn."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if bytes(reader.format().data()) not in (b"png", b"jpeg") or not size.isValid():
        return None
    if size.width() * size.height() > MOST_PIXELS:
        return None
    ratio = 2  # sharp at 200 %
    box = QSize(look.px(PICTURE[0]) * ratio, look.px(PICTURE[1]) * ratio)
    reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    image.setDevicePixelRatio(ratio)
    return image


def _has_files(data: QMimeData) -> bool:
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())


def _size_words(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(size // 1024, 1)} KB"
