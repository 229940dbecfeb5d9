"""What the clerk does with files and sticks: put files to a record, take them away, register what left the program."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import clock
from models.errors import ClerkError
from models.records.base import Record
from models.records.filing import Attachment, MediumUse
from models.store.attachments import copy_out, copy_to_read, keep_file, read_whole, refuse_unfit
from models.store.files import sha256_of
from models.store.home import DataHome
from models.store.ledger import Ledger
from models.store.manifest import NAME as MANIFEST


def home_of(ledger: Ledger) -> DataHome:
    """Return the data folder in which *ledger* lies."""
    return DataHome(ledger.path.parent)


# Attachments ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in the data folder under its *digest*; *size* in bytes."""

    name: str
    size: int
    digest: str


def attachments_of(ledger: Ledger, record: Record) -> list[Attachment]:
    """Return the files of a record in the order they were added."""
    return ledger.find(
        Attachment, "owner_kind = ? AND owner = ?", (record.KIND.id, record.id), order="entered_at, id"
    )


def take_in(ledger: Ledger, files: Sequence[Path]) -> tuple[Kept, ...]:
    """Copy *files* into the data folder; touches no database, so it may run in a thread of its own.

    Raises ClerkError for one that is unfit, before any is copied. What is not put to a record is swept later.
    """
    for file in files:
        refuse_unfit(file)
    folder = home_of(ledger).attachments
    folder.mkdir(mode=0o700, exist_ok=True)
    return tuple(
        Kept(file.name, written.size, written.sha256)
        for file in files
        for written in (keep_file(folder, file),)
    )


def put_to(ledger: Ledger, record: Record, kept: Sequence[Kept]) -> list[Attachment]:
    """Put files that were taken in to *record*, one action that can be undone; those it has are passed over.

    Raises ClerkError when it has them all, or when its kind takes no files.
    """
    if not record.KIND.attachable:
        raise ClerkError(f"{record.KIND.label}不能添加附件。")
    there = {attachment.digest for attachment in attachments_of(ledger, record)}
    new = {file.digest: file for file in kept if file.digest not in there}
    if not new:
        raise ClerkError("选的文件已经是这条记录的附件。")
    names = "、".join(file.name for file in new.values())
    with ledger.action(f"添加附件「{names[:60]}」") as action:
        return [
            action.add(
                Attachment(
                    name=file.name, owner_kind=record.KIND.id, owner=record.id, digest=digest, size=file.size
                )
            )
            for digest, file in new.items()
        ]  # fmt: skip


def attach(ledger: Ledger, record: Record, files: Sequence[Path]) -> list[Attachment]:
    """Take *files* in and put them to *record*."""
    return put_to(ledger, record, take_in(ledger, files))


def detach(ledger: Ledger, attachment: Attachment) -> None:
    """Move a file of a record to the recycle bin."""
    with ledger.action(f"移除附件「{attachment.name}」") as action:
        action.remove(attachment)


def copy_for_reading(ledger: Ledger, attachment: Attachment) -> Path:
    """Return a read-only copy in the private temporary folder. Raises ClerkError when the file was changed."""
    home = home_of(ledger)
    home.temp.mkdir(mode=0o700, exist_ok=True)
    return copy_to_read(home.attachments, attachment.digest, attachment.name, home.temp)


def save_copy(ledger: Ledger, attachment: Attachment, target: Path) -> Path:
    """Write a copy to *target*."""
    return copy_out(home_of(ledger).attachments, attachment.digest, attachment.name, target).path


def content_of(ledger: Ledger, attachment: Attachment) -> bytes:
    """Return the content of an attachment, checked."""
    return read_whole(home_of(ledger).attachments, attachment.digest, attachment.name)


def is_picture(attachment: Attachment) -> bool:
    """Tell whether a thumbnail can be drawn: PNG or JPEG by its name."""
    return mimetypes.guess_type(attachment.name)[0] in ("image/png", "image/jpeg")


# The register of media -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Export:
    """What left the program: *content* in words, *path* of the file or of a folder with a manifest."""

    content: str
    path: Path
    files: int = 1
    size: int = 0
    phones: bool = False
    medium: str = ""


def register_use(ledger: Ledger, export: Export) -> MediumUse:
    """Write the line of the register for *export*; its hash is that of the file, or of the folder's manifest.

    Raises ClerkError when what was written cannot be read any more.
    """
    proof = export.path / MANIFEST if export.path.is_dir() else export.path
    try:
        digest = sha256_of(proof)
        size = export.size or proof.stat().st_size
    except OSError as error:
        raise ClerkError(
            f"读不到刚写出的「{export.path.name}」，没有记入介质使用登记。请重新导出。"
        ) from error
    use = MediumUse(
        used_at=clock.now(), content=export.content, medium=export.medium, clerk=ledger.clerk or "（未署名）",
        place=str(export.path), files=export.files, size=size, phones=export.phones, digest=digest,
    )  # fmt: skip
    with ledger.action(f"介质使用登记「{export.content}」") as action:
        return action.add(use)
