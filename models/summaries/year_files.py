"""Where the papers and files of a year's records stand in its export: a folder for each, no name twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from models.records.base import all_kinds
from models.records.filing import Attachment
from models.records.values import stored_year
from models.store.files import safe_name
from models.store.reader import Reader

ATTACHMENTS = "附件"
_LONGEST = 60
"""Characters in the name of a folder, so that it fits a FAT stick with what is in it."""


class FreeNames:
    """Gives each name once, as a FAT stick compares them; the second of a name gets a 2 behind it."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, folder: PurePosixPath, stem: str, suffix: str = "") -> PurePosixPath:
        """Return a free place in *folder* for what is called *stem*."""
        stem, number = safe_name(stem), 1
        place = folder / f"{stem}{suffix}"
        while str(place).casefold() in self._taken:
            number += 1
            place = folder / f"{stem} {number}{suffix}"
        self._taken.add(str(place).casefold())
        return place


def folder_name(text: str) -> str:
    """Return *text* as the name of a folder."""
    return safe_name(text[:_LONGEST])


@dataclass(frozen=True, slots=True)
class YearFile:
    """An attachment and its place below the exported folder, under its original name."""

    place: PurePosixPath
    attachment: Attachment


def year_files(reader: Reader, as_of: date) -> Iterator[YearFile]:
    """Yield the attachments of the records that are dated in the year of *as_of*, until then."""
    names, period = FreeNames(), stored_year(as_of)
    for kind in all_kinds():
        if not kind.attachable:
            continue
        of_the_year = (
            f"SELECT id FROM {kind.table} WHERE deleted_at IS NULL AND {kind.happened} BETWEEN ? AND ?"
        )
        found = reader.find(
            Attachment, f"owner_kind = ? AND owner IN ({of_the_year})", (kind.id, *period), "owner, entered_at, id"
        )  # fmt: skip
        for one in found:
            owner = reader.get(kind.record, one.owner)
            assert owner is not None
            on = f"{getattr(owner, kind.happened):%Y-%m-%d}"
            folder = PurePosixPath(
                ATTACHMENTS, kind.label, folder_name(f"{on} {owner.headline(reader.name_of)}")
            )
            name = PurePosixPath(one.name)
            yield YearFile(names.take(folder, name.stem, name.suffix), one)
