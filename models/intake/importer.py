"""Bring the rows of a sheet into the ledger: all of them, or none with every error by row and column.

    table = read_workbook(path)
    preview = preview_import(ledger, kind, table)            # header found, columns understood
    checked = check_import(ledger, kind, table, preview.mapping)
    write_import(ledger, checked)                            # one action, one undo

The check is the write itself, rolled back: rows are tested against each other and against the ledger by
the very rules that guard a form. An empty cell leaves what is on record as it is.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.errors import ClerkError, InvalidRecord, Problem
from models.intake.cells import UNCHANGED, cell_text, is_same_text, masked_phone, parse_cell
from models.intake.columns import (
    ID,
    compared,
    find_header,
    map_columns,
    remember_mapping,
    remembered_mapping,
)
from models.intake.matching import Matcher
from models.intake.references import NameIndex
from models.intake.workbook_reader import Cell, SheetRows
from models.records.base import Field, FieldType, Kind, Record, Value, kind_of
from models.store.action import Action, LockedRecord
from models.store.ids import uuid7
from models.store.ledger import Ledger
from models.store.reader import Reader

Existing = Literal["update", "skip"]
Told = Callable[[float], None]


def _untold(_fraction: float) -> None:
    pass


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in one row (counted from 1 as Excel does); *column* its index, None for the row.

    What is only *locked* (issued minutes, a closed year) can be brought in as a 更正.
    """

    row: int
    column: int | None
    label: str
    message: str
    locked: bool = False

    def __str__(self) -> str:
        return f"第 {self.row} 行{f'“{self.label}”' if self.label else ''}：{self.message}"


@dataclass(frozen=True, slots=True)
class RowDeed:
    """What one row does: adds the record called *name*, or changes its fields with the labels *changed*."""

    row: int
    name: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """How a sheet is understood before it is checked; the clerk may change *mapping*.

    *header_row* counts from 1; *mapping* gives field names (or 编号) by column index; *ignored* are headers
    that mean nothing here; *given* are values every row has (the session a list of people belongs to).
    """

    header_row: int
    header: tuple[Cell, ...]
    mapping: dict[int, str]
    ignored: tuple[str, ...]
    rows: int
    given: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedImport:
    """The outcome of a check: what would be written, as a 更正 with its *reason*; what is wrong or deserves a look."""

    kind: Kind
    table: SheetRows
    preview: Preview
    existing: Existing
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()
    deeds: tuple[RowDeed, ...] = ()
    reason: str = ""

    @property
    def only_locked(self) -> bool:
        """Whether nothing but locks keeps the rows out."""
        return bool(self.errors) and all(problem.locked for problem in self.errors)

    def sentence(self) -> str:
        """Return the outcome as a clerk reads it."""
        if self.errors:
            rows = len({problem.row for problem in self.errors})
            return f"有 {rows} 行不对，一行也没有写入。{self.errors[0]}"
        parts = [f"新增 {self.added} {self.kind.measure}", f"更新 {self.changed} {self.kind.measure}"]
        return f"{self.kind.label}：{'，'.join(parts)}，未变 {self.unchanged} {self.kind.measure}。"


class _Undone(Exception):
    """Ends a trial: everything is rolled back."""


def preview_import(
    reader: Reader, kind: Kind, table: SheetRows, given: Mapping[str, Value] | None = None
) -> Preview:
    """Find the header and understand its columns, as at the last import where they were chosen by hand.

    *given* values are set in every row, whatever the sheet says of them. Raises ClerkError when nothing stands below the header.
    """
    remembered = remembered_mapping(reader, kind)
    index = find_header(kind, table.rows, remembered)
    header = table.rows[index]
    fixed = given or {}
    mapping = {
        column: name for column, name in map_columns(kind, header, remembered).items() if name not in fixed
    }
    ignored = tuple(
        str(cell) for column, cell in enumerate(header) if compared(cell) and column not in mapping
    )
    filled = sum(map(_is_filled, table.rows[index + 1 :]))
    if not filled:
        raise ClerkError("表头下面一行也没有填，没有可以导入的内容。")
    return Preview(index + 1, header, mapping, ignored, filled, fixed)


def check_import(
    ledger: Ledger,
    kind: Kind,
    table: SheetRows,
    preview: Preview,
    *,
    existing: Existing = "update",
    reason: str = "",
    told: Told = _untold,
) -> CheckedImport:
    """Try every row and roll back: nothing is written. Runs on the ledger's own thread.

    With a *reason* the import is a 更正 of what is locked.
    *told* hears after each row what share (0 to 1) is done; what it raises ends the check.
    Raises ClerkError when no column is understood.
    """
    if not preview.mapping:
        labels = "、".join(described.label for described in kind.entered_fields[:4])
        raise ClerkError(
            f"表里找不到{kind.label}的列（如 {labels}），请用导入模板填写，或检查选的是不是这张表。"
        )
    run = _Run(ledger, kind, preview, existing)
    try:
        with ledger.action("试导入", reason=reason) as action:
            run.all(action, table, told)
            raise _Undone
    except _Undone:
        pass
    return dataclasses.replace(run.outcome(table), reason=reason)


def write_import(ledger: Ledger, checked: CheckedImport, told: Told = _untold) -> CheckedImport:
    """Write a checked import in one action. Raises ClerkError, with nothing written, if it has errors now.

    What *told* raises ends the import with nothing written as well.
    """
    run = _Run(ledger, checked.kind, checked.preview, checked.existing)
    with ledger.action(
        f"导入{checked.kind.label} {checked.added + checked.changed} {checked.kind.measure}",
        reason=checked.reason,
    ) as action:
        run.all(action, checked.table, told)
        done = run.outcome(checked.table)
        if done.errors:
            raise ClerkError(done.sentence())
    remember_mapping(ledger, checked.kind, checked.preview.header, checked.preview.mapping)
    return done


@dataclass
class _Row:
    """One row being brought in: what it says by field; names of records of its own kind come later."""

    number: int
    record_id: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    own_kind: dict[str, list[str]] = field(default_factory=dict)
    touched: bool = False


class _Run:
    """All rows of one sheet against one ledger, inside an action."""

    def __init__(self, ledger: Ledger, kind: Kind, preview: Preview, existing: Existing) -> None:
        self._ledger, self._kind, self._preview, self._existing = ledger, kind, preview, existing
        self._columns = {name: index for index, name in preview.mapping.items()}
        self._fields = [f for f in kind.entered_fields if f.name in self._columns]
        targets = {f.target for f in self._fields if f.target}
        self._names = {target: NameIndex(ledger, kind_of(target)) for target in targets}
        self._matcher = Matcher(ledger, kind, {*self._columns, *preview.given})
        self._errors: list[RowProblem] = []
        self._warnings: list[RowProblem] = []
        self._deeds: list[RowDeed] = []
        self._seen: dict[tuple[str, ...], int] = {}
        self._added = self._changed = self._unchanged = 0

    def outcome(self, table: SheetRows) -> CheckedImport:
        return CheckedImport(
            self._kind, table, self._preview, self._existing, self._added, self._changed, self._unchanged,
            tuple(sorted(self._errors, key=lambda problem: (problem.row, problem.column or 0))),
            tuple(self._warnings), tuple(sorted(self._deeds, key=lambda deed: deed.row)),
        )  # fmt: skip

    def all(self, action: Action, table: SheetRows, told: Told) -> None:
        """Write every row that can be written; what cannot is an error."""
        written = []
        rows = len(table.rows)
        for number, cells in enumerate(table.rows[self._preview.header_row :], self._preview.header_row + 1):
            told(number / rows)
            if _is_filled(cells):
                row, faultless = self._parse(number, cells)
                record = self._write(action, row) if faultless else None
                if record:
                    written.append((row, record))
        for row, record in written:
            if row.own_kind:
                self._link(action, row, record)

    # Reading one row -------------------------------------------------------------------------

    def _parse(self, number: int, cells: tuple[Cell, ...]) -> tuple[_Row, bool]:
        row, before = _Row(number, values=dict(self._preview.given)), len(self._errors)
        if (index := self._columns.get(ID)) is not None:
            row.record_id = str(_at(cells, index) or "").strip()
        for described in self._fields:
            cell = _at(cells, self._columns[described.name])
            try:
                self._parse_field(row, described, cell, cells)
            except ClerkError as error:
                self._error(row, described.name, str(error))
        return row, len(self._errors) == before

    def _parse_field(self, row: _Row, described: Field, cell: Cell, beside: tuple[Cell, ...]) -> None:
        if not described.target:
            value = parse_cell(described, cell)
            if value is not UNCHANGED:
                row.values[described.name] = value
            if described.type is FieldType.PHONE:
                row.phones[described.name] = str(value) if value is not UNCHANGED else cell_text(cell)
            return
        typed = cell_text(cell)
        if not typed:
            return
        several = described.type is FieldType.REFERENCES
        names = [name for name in re.split("[、；;,，\n]", typed) if name.strip()] if several else [typed]
        if described.target == self._kind.id:
            row.own_kind[described.name] = names
            return
        hints = () if several else tuple(cell_text(other) for other in beside if other is not cell)
        ids = tuple(self._names[described.target].find(name, hints) for name in names)
        row.values[described.name] = ids if several else ids[0]

    # Writing one row -------------------------------------------------------------------------

    def _write(self, action: Action, row: _Row) -> Record | None:
        try:
            known = self._matcher.find(row.record_id, row.values, row.phones)
            self._refuse_repeated(row, known)
            self._refuse_masked(row, known)
            if known:
                return self._change(action, row, known)
            made = self._kind.record(id=uuid7(), **row.values)  # type: ignore[arg-type]
            made = action.add(made)
            self._warn(row, action)
            self._added += 1
            self._deeds.append(RowDeed(row.number, made.headline(self._ledger.name_of)))
            row.touched = True
        except InvalidRecord as error:
            for problem in error.problems:
                self._error(row, problem.field, problem.message)
            return None
        except ClerkError as error:
            self._error(row, "", str(error), locked=isinstance(error, LockedRecord))
            return None
        if self._kind.id in self._names:
            self._names[self._kind.id].add(made, made.headline(self._ledger.name_of))
        return made

    def _change(self, action: Action, row: _Row, known: Record) -> Record | None:
        if self._existing == "skip":
            self._unchanged += 1
            return None
        new = {
            name: value for name, value in row.values.items() if not is_same_text(value, getattr(known, name))
        }
        changed = dataclasses.replace(known, **new)  # type: ignore[arg-type]
        if changed.values() == known.values():
            self._unchanged += 1
            return known
        action.change(changed)
        self._warn(row, action)
        self._changed += 1
        self._note_change(row, known, changed)
        row.touched = True
        return changed

    def _link(self, action: Action, row: _Row, record: Record) -> None:
        """Set references to records of the same kind, which may stand further down in the sheet."""
        try:
            linked = {}
            for name, names in row.own_kind.items():
                ids = tuple(self._names[self._kind.id].find(one) for one in names)
                several = self._kind.field(name).type is FieldType.REFERENCES
                linked[name] = ids if several else ids[0]
            after = dataclasses.replace(record, **linked)  # type: ignore[arg-type]
            if after.values() != record.values():
                action.change(after)
                if not row.touched:
                    self._unchanged -= 1
                    self._changed += 1
                    self._note_change(row, record, after)
        except InvalidRecord as error:
            for problem in error.problems:
                self._error(row, problem.field, problem.message)
        except ClerkError as error:
            self._error(row, next(iter(row.own_kind)), str(error))

    def _note_change(self, row: _Row, before: Record, after: Record) -> None:
        labels = [f.label for f in self._fields if getattr(before, f.name) != getattr(after, f.name)]
        self._deeds.append(RowDeed(row.number, after.headline(self._ledger.name_of), tuple(labels)))

    def _refuse_repeated(self, row: _Row, known: Record | None) -> None:
        identity = (known.id,) if known else self._matcher.identity(row.values, row.phones)
        if any(identity) and (first := self._seen.setdefault(identity, row.number)) != row.number:
            raise ClerkError(f"与第 {first} 行重复")

    def _refuse_masked(self, row: _Row, known: Record | None) -> None:
        for name, typed in row.phones.items():
            if "*" in typed and typed != masked_phone(str(getattr(known, name, ""))):
                raise InvalidRecord([Problem(name, "号码中间是隐去的，请填写完整的号码")])

    def _warn(self, row: _Row, action: Action) -> None:
        self._warnings += [self._problem(row, one.field, one.message) for one in action.warnings]

    def _error(self, row: _Row, name: str, message: str, *, locked: bool = False) -> None:
        self._errors.append(self._problem(row, name, message, locked=locked))

    def _problem(self, row: _Row, name: str, message: str, *, locked: bool = False) -> RowProblem:
        label = self._kind.field(name).label if name else ""
        return RowProblem(row.number, self._columns.get(name), label, message, locked)


def _at(cells: tuple[Cell, ...], index: int) -> Cell:
    return cells[index] if index < len(cells) else None


def _is_filled(cells: tuple[Cell, ...]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in cells)
