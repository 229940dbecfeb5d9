"""The strip of files under a form: added, dropped, pasted, opened read-only, removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.records.filing import Dynamic
from models.store.ledger import Ledger
from tests.fixtures import SmallOffice
from tests.ui import walk
from tests.ui.answers import answering
from ui import work
from ui.forms.record_form import RecordForm
from ui.session import Session
from ui.widgets.attachments import WAITS, AttachmentStrip, thumbnail


@pytest.fixture
def form(qtbot: QtBot, ledger: Ledger, office: SmallOffice, qapp: QApplication) -> Iterator[RecordForm]:
    with ledger.action("登记动态") as action:
        news = action.add(
            Dynamic(
                title="宣传周启动",
                dynamic_class="其他动态信息",
                unit=office.justice.id,
                received_on=date(2026, 12, 4),
            )
        )
    session = Session(ledger)
    made = RecordForm(session, "dynamic")
    made.load(ledger.get(Dynamic, news.id))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    with work.at_once():
        yield made


@pytest.fixture
def strip(form: RecordForm) -> AttachmentStrip:
    assert form.attachments is not None
    return form.attachments


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    path = tmp_path / "现场.png"
    assert image.save(str(path))
    return path


def test_a_new_record_takes_files_after_it_is_saved(form: RecordForm, strip: AttachmentStrip) -> None:
    form.load(None)
    assert not strip.add_button.isVisible()
    assert walk.shown_words(strip, WAITS)


def test_a_chosen_file_is_shown_saved_and_removed(
    strip: AttachmentStrip, photo: Path, tmp_path: Path
) -> None:
    with answering(photo):
        strip.add_button.click()
    assert [file.name for file in strip.files] == ["现场.png"]
    with answering(tmp_path / "另存.png"):
        strip.save_button.click()
    assert (tmp_path / "另存.png").read_bytes() == photo.read_bytes()
    strip.remove_button.click()
    assert strip.files == []
    strip._session.ledger.undo()
    assert len(strip.files) == 1


def test_files_are_dropped_and_a_picture_is_pasted(strip: AttachmentStrip, photo: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    strip.dropEvent(event)
    QGuiApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    strip.paste()
    assert [file.name.split(" ")[0] for file in strip.files] == ["现场.png", "图片"]
    assert walk.faults(strip) == []


def test_what_is_unfit_is_told(strip: AttachmentStrip, tmp_path: Path) -> None:
    program = tmp_path / "工具.exe"
    program.write_bytes(b"MZ")
    with answering("知道了") as asked:
        strip.add([program])
    assert "程序" in str(asked[0])
    assert strip.files == []


class Desktop(QObject):
    """Takes the place of the desktop that opens files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def test_a_file_opens_as_a_copy_that_cannot_be_written(strip: AttachmentStrip, photo: Path) -> None:
    strip.add([photo])
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "take")
    strip.open_button.click()
    QDesktopServices.unsetUrlHandler("file")
    (copy,) = desktop.opened
    assert copy.read_bytes() == photo.read_bytes()
    assert copy.stat().st_mode & 0o222 == 0


def test_a_thumbnail_is_small_and_only_of_real_pictures(photo: Path, qapp: QApplication) -> None:
    drawn = thumbnail(photo.read_bytes())
    assert drawn is not None
    assert drawn.width() <= 400 // 2
    assert thumbnail(b"\x89PNG not one") is None
