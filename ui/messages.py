"""What the program says to the clerk and what it asks: the only place that opens a box or a file picker.

A question is a sentence with a verb and an object; buttons are named by the deed, never 是/否; Esc and
the window's cross change nothing. Text is plain: what people typed is data, not markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSettings, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

CANCEL = "取消"
CLOSE = "知道了"


@dataclass(frozen=True, slots=True)
class Message:
    """One box. *deeds* are its buttons, left to right, from least to most.

    Esc answers *way_out*. The focus is on the last deed at first, so that Enter does it; on *way_out* if
    *danger* is set (a deed removes or overwrites) or if the way out is more than a 取消.
    """

    title: str
    text: str = ""
    points: tuple[str, ...] = ()
    deeds: tuple[str, ...] = (CLOSE,)
    way_out: str = CLOSE
    danger: bool = False

    @property
    def first_focus(self) -> str:
        """The deed Enter does at once."""
        return self.way_out if self.danger or self.way_out != CANCEL else self.deeds[-1]


@dataclass(frozen=True, slots=True)
class Picker:
    """One file picker: *title* names the deed, *kinds* reads "PDF 文件 (*.pdf);;Word 文档 (*.docx)"."""

    title: str
    mode: Literal["open", "save", "folder"]
    kinds: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of text to be typed: *title* names the deed, *label* the field, *why* stands above it.

    *proposed* stands in the field at first.
    """

    title: str
    label: str
    why: str = ""
    proposed: str = ""


def show(parent: QWidget | None, message: Message) -> str:
    """Show *message* and return the deed pressed (the functions below say most things more shortly)."""
    return _show_box(parent, message)


def tell(parent: QWidget | None, title: str, text: str = "", points: Sequence[str] = ()) -> None:
    """Say one thing; nothing to decide."""
    _show_box(parent, Message(title, text, tuple(points)))


def confirm(
    parent: QWidget | None,
    question: str,
    deed: str,
    text: str = "",
    points: Sequence[str] = (),
    *,
    danger: bool = False,
) -> bool:
    """Ask before a deed: confirm(self, "把「…」移到回收站？", "移到回收站", danger=True).

    *points* say what goes, what stays and how to get it back.
    """
    return ask(parent, question, (deed,), text, points, danger=danger) == deed


def ask(
    parent: QWidget | None,
    question: str,
    deeds: Sequence[str],
    text: str = "",
    points: Sequence[str] = (),
    *,
    danger: bool = False,
) -> str | None:
    """Let the clerk choose one of several deeds. Returns it, or None for 取消."""
    answer = _show_box(parent, Message(question, text, tuple(points), (CANCEL, *deeds), CANCEL, danger))
    return None if answer == CANCEL else answer


def ask_save(parent: QWidget | None, what: str, *, new: bool = False) -> Literal["save", "discard", "stay"]:
    """Ask what to do with unsaved changes of *what* ("会议「…」", a *new* one by its kind) before its form closes."""
    deeds: dict[str, Literal["save", "discard", "stay"]]
    deeds = {"不保存": "discard", "继续编辑": "stay", "保存": "save"}
    question = f"保存新建的{what}？" if new else f"保存对{what}的修改？"
    message = Message(
        question,
        f"不保存，{'填写的内容' if new else '改动'}就没有了。",
        deeds=tuple(deeds),
        way_out="继续编辑",
    )
    return deeds[_show_box(parent, message)]


def ask_text(parent: QWidget | None, title: str, label: str, why: str = "", proposed: str = "") -> str | None:
    """Ask for one line of text; None when given up or left empty."""
    return _enter_text(parent, Question(title, label, why, proposed)) or None


def open_file(parent: QWidget | None, title: str, kinds: str) -> Path | None:
    """Let the clerk pick an existing file; None when cancelled."""
    return _pick_file(parent, Picker(title, "open", kinds))


def choose_folder(parent: QWidget | None, title: str) -> Path | None:
    """Let the clerk pick a folder; None when cancelled."""
    return _pick_file(parent, Picker(title, "folder"))


def save_file(parent: QWidget | None, title: str, name: str, kinds: str) -> Path | None:
    """Let the clerk say where to save; *name* is proposed. None when cancelled.

    The suffix is put on if it was left out. A file that is there already is replaced only if the clerk
    says so, else the picker comes back.
    """
    picker = Picker(title, "save", kinds, file_name(name))
    while (path := _pick_file(parent, picker)) is not None:
        path = _with_suffix(path, kinds)
        text = "替换后，原来的内容不再保留。"
        if not path.exists() or confirm(parent, f"替换已有的「{path.name}」？", "替换", text, danger=True):
            return path
    return None


def open_folder(path: Path) -> None:
    """Show the folder *path*, or the folder that holds the file *path*, in the desktop's file manager."""
    folder = path if path.is_dir() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def file_name(text: str) -> str:
    """Turn a title into a name every file system takes: 关于“/”的通知 → 关于“_”的通知."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", text).strip(" .")[:100]


def _show_box(parent: QWidget | None, message: Message) -> str:
    from ui.dialogs.message import MessageDialog

    dialog = MessageDialog(parent, message)
    dialog.exec()
    return dialog.answer


def _enter_text(parent: QWidget | None, question: Question) -> str | None:
    from ui.dialogs.text import TextDialog

    return TextDialog.ask(parent, question)


_MODES = {
    "open": (QFileDialog.FileMode.ExistingFile, QFileDialog.AcceptMode.AcceptOpen),
    "save": (QFileDialog.FileMode.AnyFile, QFileDialog.AcceptMode.AcceptSave),
    "folder": (QFileDialog.FileMode.Directory, QFileDialog.AcceptMode.AcceptOpen),
}
_LEFT_ENGLISH = {QFileDialog.DialogLabel.LookIn: "位置：", QFileDialog.DialogLabel.FileType: "文件类型："}
"""What Qt's own Chinese does not name in its file dialog."""


def _pick_file(parent: QWidget | None, picker: Picker) -> Path | None:
    settings = QSettings()
    dialog = QFileDialog(parent, picker.title, str(_first_folder(settings.value("folder"))), picker.kinds)
    mode, way = _MODES[picker.mode]
    dialog.setFileMode(mode)
    dialog.setAcceptMode(way)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, picker.mode == "folder")
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked by save_file, in our words
    for part, words in _LEFT_ENGLISH.items():
        dialog.setLabelText(part, words)
    if picker.name:
        dialog.selectFile(picker.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    kind = dialog.selectedNameFilter()
    dialog.deleteLater()
    if not chosen:
        return None
    path = Path(chosen[0])
    if picker.mode == "save":
        path = _with_suffix(path, kind)
    settings.setValue("folder", str(path if picker.mode == "folder" else path.parent))
    return path


def _first_folder(last: object) -> Path:
    """Return where a picker begins: where the last one ended, else among the documents, else at home."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    wanted = (Path(str(last)) if last else None, Path(documents))
    return next((folder for folder in wanted if folder and folder.is_dir()), Path.home())


def _with_suffix(path: Path, kinds: str) -> Path:
    suffixes = re.findall(r"\*(\.\w+)", kinds)
    if not suffixes or path.suffix.lower() in suffixes:
        return path
    return path.with_name(path.name + suffixes[0])
