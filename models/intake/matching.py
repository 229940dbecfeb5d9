"""Which record on file a row of a sheet speaks of: the one of its 编号, else the one of its identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from models.errors import ClerkError
from models.intake.cells import masked_phone
from models.intake.references import NameIndex, compared_name
from models.records.base import Field, FieldType, Kind, Record, Value
from models.store.reader import Reader


class Matcher:
    """The live records of one kind by the identity fields that a sheet has columns for."""

    def __init__(
        self, reader: Reader, kind: Kind, columns: Collection[str], names: NameIndex | None = None
    ) -> None:
        self._reader, self._kind, self._names = reader, kind, names
        named = [kind.field(name) for name in kind.identity if name in columns]
        self._soft = [field for field in named if field.type is FieldType.PHONE]
        self._firm = [field for field in named if field.type is not FieldType.PHONE]
        self._records: dict[tuple[str, ...], list[Record]] = defaultdict(list)
        if self._firm:
            for record in reader.find(kind.record):
                self._records[self._key({f.name: getattr(record, f.name) for f in self._firm})].append(record)

    def find(
        self,
        record_id: str,
        values: Mapping[str, Value],
        typed_phones: Mapping[str, str],
        row: Sequence[str] = (),
    ) -> Record | None:
        """Return the record of *record_id* or of the identity in *values*, None for a new one.

        A telephone tells apart only those that have one; *typed_phones* may be masked. Of several persons it
        is the one whose unit the *row* names. Raises ClerkError when several records fit.
        """
        if record_id and (known := self._reader.get(self._kind.record, record_id)):
            if known.deleted_at:
                raise ClerkError("这条记录在回收站里，请先恢复或删去编号")
            return known
        found = self._records.get(self._key(values), []) if self._firm else []
        for field in self._soft:
            found = _by_phone(field, found, typed_phones.get(field.name, ""))
        if len(found) > 1 and self._names:
            fitting = self._names.fitting({record.id for record in found}, row)
            found = [record for record in found if record.id in fitting]
        if len(found) > 1:
            raise ClerkError(
                f"台账里有 {len(found)} 条{self._kind.label}与这一行相同，请加“编号”一列指明是哪一条"
            )
        return found[0] if found else None

    def identity(self, values: Mapping[str, Value], typed_phones: Mapping[str, str]) -> tuple[str, ...]:
        """Return what no two rows of one sheet may share."""
        return (*self._key(values), *(typed_phones.get(field.name, "") for field in self._soft))

    def _key(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        return tuple(compared_name(str(values.get(field.name) or "")) for field in self._firm)


def _by_phone(field: Field, found: list[Record], typed: str) -> list[Record]:
    """Keep those with this number; else those without one. A row without a number fits any."""
    if not typed:
        return found
    numbers = [(record, str(getattr(record, field.name))) for record in found]
    same = [record for record, number in numbers if typed in (number, masked_phone(number)) and number]
    return same or [record for record, number in numbers if not number]
