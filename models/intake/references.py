"""Names in a sheet ↔ records: how a record is written so that it can be found again, and found.

A record is written by its headline; one whose headline others share gets what tells it apart behind it,
「第一次联席会议（2025年3月12日 09:00）」, else the end of its id, 「张伟〔3f2a1b〕」.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from models.errors import ClerkError
from models.records.base import FieldType, Kind, Record
from models.records.organisation import Appointment, Unit
from models.records.values import show
from models.store.reader import Reader

_TAIL = 6


def compared_name(text: str) -> str:
    """Return a name as it is compared: one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class NameIndex:
    """The live records of one kind by everything that a sheet may call them."""

    def __init__(self, reader: Reader, kind: Kind) -> None:
        self._kind = kind
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._unique: dict[str, str] = {}
        self._marks: dict[str, set[str]] = defaultdict(set)
        records = [(record, record.headline(reader.name_of)) for record in reader.find(kind.record)]
        for record, headline in records:
            self.add(record, headline, _details(record, reader, with_phone=True))
        for record, headline in records:
            self._unique[record.id] = self._written(
                record, headline, _details(record, reader, with_phone=False)
            )

        if kind.id == "person":
            self._add_marks(reader, [record for record, _ in records])

    def add(self, record: Record, headline: str, details: str = "") -> None:
        """Let *record* be found by its headline, short name, details and the end of its id."""
        names = {
            headline,
            f"{headline}〔{record.id[-_TAIL:]}〕",
            record.id,
            getattr(record, "short_name", ""),
        }
        if details:
            names.add(f"{headline}（{details}）")
        for name in names - {""}:
            self._by_name[compared_name(name)].add(record.id)

    def written(self, record_id: str) -> str:
        """Return how a sheet names the record; "" for one that is not live."""
        return self._unique.get(record_id, "")

    def find(self, name: str, hints: Sequence[str] = ()) -> str:
        """Return the id of the one record *name* means. Raises ClerkError when there is none or several.

        Of several persons of one name it is the one whose telephone or unit is among *hints*, what else
        the row says.
        """
        found = self._by_name.get(compared_name(name), set())
        if len(found) > 1:
            found = self.fitting(found, hints)
        label = self._kind.label
        if not found:
            raise ClerkError(f"没有名为“{name}”的{label}，请先登记，或改成已有的名称")
        if len(found) > 1:
            choices = "、".join(sorted(filter(None, (self._unique.get(one, "") for one in found)))[:4])
            raise ClerkError(f"有 {len(found)} 个{label}叫“{name}”，请写明是哪一个：{choices}")
        return next(iter(found))

    def known(self, name: str) -> str:
        """Return the id of the only record *name* means, "" when there is none or several."""
        found = self._by_name.get(compared_name(name), set())
        return next(iter(found)) if len(found) == 1 else ""

    def fitting(self, found: set[str], hints: Sequence[str]) -> set[str]:
        """Return those of the persons *found* whose telephone or unit is among *hints*; all when none is."""
        told = {compared_name(hint) for hint in hints} - {""}
        return {one for one in found if self._marks.get(one, set()) & told} or found

    def _add_marks(self, reader: Reader, people: Iterable[Record]) -> None:
        """Know persons by their telephones and by the units they hold or held a post in."""
        for person in people:
            self._marks[person.id] = {compared_name(str(getattr(person, "phone", "")))} - {""}
        units = {unit.id: unit for unit in reader.find(Unit)}
        for post in reader.find(Appointment):
            if unit := units.get(post.unit):
                self._marks[post.person] |= {compared_name(unit.name), compared_name(unit.short_name)} - {""}

    def _written(self, record: Record, headline: str, details: str) -> str:
        for name in (headline, f"{headline}（{details}）" if details else ""):
            if name and len(self._by_name[compared_name(name)]) == 1:
                return name
        return f"{headline}〔{record.id[-_TAIL:]}〕"


def _details(record: Record, reader: Reader, *, with_phone: bool) -> str:
    """Return the identity of a record beyond its name, as it is shown."""
    shown = [
        show(field, getattr(record, name), reader.name_of)
        for name in record.KIND.identity[1:]
        if (field := record.KIND.field(name)).type is not FieldType.PHONE or with_phone
    ]
    return "，".join(filter(None, shown))
