"""Bring the rows of a sheet into the ledger: all of them, or none with every error by row and column.

    table = read_workbook(path)
    preview = preview_import(ledger, kind, table)            # header found, columns understood
    checked = check_import(ledger, kind, table, preview.mapping)
    write_import(ledger, checked)                            # one action, one undo

The check is the write itself, rolled back: rows are tested against each other and against the ledger by
the very rules that guard a form. An empty cell leaves what is on record as it is. A row may bring along a
record that hangs on its own: a person comes with the post.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from models import clock
from models.errors import ClerkError, InvalidRecord, Problem
from models.intake.cells import UNCHANGED, cell_text, is_same_text, masked_phone, parse_cell
from models.intake.columns import (
    ID,
    companions,
    compared,
    find_header,
    is_total,
    map_columns,
    remember_mapping,
    remembered_mapping,
)
from models.intake.matching import Matcher
from models.intake.outcome import CheckedImport, Existing, Preview, RowDeed, RowProblem, Tally
from models.intake.references import NameIndex
from models.intake.workbook_reader import Cell, CellError, SheetRows
from models.records.base import Field, FieldType, Kind, Record, Value, all_kinds, kind_of
from models.records.organisation import Appointment, Unit
from models.records.study import Exam, ExamScore
from models.records.values import show
from models.rules.posts import post_told_by
from models.store.action import Action, LockedRecord
from models.store.ids import uuid7
from models.store.ledger import Ledger
from models.store.reader import Reader
from models.summaries.organisation import post_on

Told = Callable[[float], None]


def _untold(_fraction: float) -> None:
    pass


class _Undone(Exception):
    """Ends a trial: everything is rolled back."""


def sheet_kind(kind: Kind, table: SheetRows) -> Kind:
    """Return the kind by which a sheet chosen for *kind* is brought in: posts with the persons who hold them.

    A sheet with 编号 names its records itself.
    """
    header = (
        {compared(cell) for cell in table.rows[find_header(kind, table.rows, {})]} if table.rows else {ID}
    )
    owners = [other for other in all_kinds() if kind.id in companions(other)]
    return owners[0] if owners and ID not in header else kind


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
    below = list(enumerate(table.rows[index + 1 :], index + 2))
    totals = tuple(number for number, cells in below if is_total(cells))
    filled = sum(_is_filled(cells) for _, cells in below) - len(totals)
    if not filled:
        raise ClerkError("表头下面一行也没有填，没有可以导入的内容。")
    return Preview(index + 1, header, mapping, ignored, filled, totals, fixed)


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
    with ledger.action(f"导入{checked.amount()}", reason=checked.reason) as action:
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

    def __init__(
        self, ledger: Ledger, kind: Kind, preview: Preview, existing: Existing, owner: str = ""
    ) -> None:
        self._ledger, self._kind, self._preview, self._existing = ledger, kind, preview, existing
        self._owner = owner
        self._columns = {name: index for index, name in preview.mapping.items() if "." not in name}
        self._fields = [f for f in kind.entered_fields if f.name in self._columns]
        targets = {f.target for f in self._fields if f.target}
        self._companions = [
            _Run(
                ledger, kind_of(other), dataclasses.replace(preview, mapping=mapping, given={}), existing, by
            )
            for other, by in companions(kind).items()
            if (mapping := _columns_of(other, preview.mapping))
        ]
        if self._companions:
            targets.add(kind.id)
        self._names = {target: NameIndex(ledger, kind_of(target)) for target in targets}
        self._matcher = Matcher(
            ledger, kind, {*self._columns, *preview.given, owner} - {""}, self._names.get(kind.id)
        )
        self._errors: list[RowProblem] = []
        self._warnings: list[RowProblem] = []
        self._deeds: list[RowDeed] = []
        self._seen: dict[tuple[str, ...], _Row] = {}
        self._added = self._changed = self._unchanged = 0

    def outcome(self, table: SheetRows) -> CheckedImport:
        runs = (self, *self._companions)
        return CheckedImport(
            table, self._preview, self._existing,
            tuple(Tally(run._kind, run._added, run._changed, run._unchanged) for run in runs),
            tuple(sorted(chain.from_iterable(run._errors for run in runs), key=lambda problem: (problem.row, problem.column or 0))),
            tuple(sorted(chain.from_iterable(run._warnings for run in runs), key=lambda problem: problem.row)),
            tuple(sorted(chain.from_iterable(run._deeds for run in runs), key=lambda deed: deed.row)),
        )  # fmt: skip

    def all(self, action: Action, table: SheetRows, told: Told) -> None:
        """Write every row that can be written; what cannot is an error."""
        written = []
        rows = len(table.rows)
        for number, cells in enumerate(table.rows[self._preview.header_row :], self._preview.header_row + 1):
            told(number / rows)
            if _is_filled(cells) and number not in self._preview.totals:
                row, record = self.one(action, number, cells, self._preview.given)
                for companion in self._companions:
                    companion.beside(action, number, cells, row, record)
                if record:
                    written.append((row, record))
        for row, record in written:
            if row.own_kind and (row.touched or self._existing == "update"):
                self._link(action, row, record)

    def one(
        self, action: Action, number: int, cells: tuple[Cell, ...], given: Mapping[str, Value]
    ) -> tuple[_Row, Record | None]:
        """Write one row; None when it is an error."""
        row, faultless = self._parse(number, cells, given)
        return row, self._write(action, row, cells) if faultless else None

    def beside(
        self, action: Action, number: int, cells: tuple[Cell, ...], owning: _Row, owner: Record | None
    ) -> None:
        """Write the record that a row brings along for *owner*, if it says anything of it."""
        if not _is_filled(tuple(_at(cells, index) for index in self._columns.values())):
            return
        if owner is None:  # which is told already; what else is wrong in the row is told with it
            self._parse(number, cells, {})
            return
        before = self._added
        row, made = self.one(action, number, cells, {self._owner: owner.id})
        if made and self._added > before and not owning.touched:
            self._warn_of_others(row, made, owner)

    def _warn_of_others(self, row: _Row, made: Record, owner: Record) -> None:
        """Say what else is in force for somebody on record: it stays, or that is somebody else."""
        others = self._ledger.in_force(
            self._kind.record, clock.today(), f"{self._owner} = ? AND id <> ?", (owner.id, made.id)
        )
        if others:
            known = "、".join(other.headline(self._ledger.name_of) for other in others)
            message = f"台账里已有{known}，原来的{self._kind.label}照旧；不再有效的请填止期，同名不是一个人的请写上手机号"
            self._warnings.append(RowProblem(row.number, None, "", message))

    # Reading one row -------------------------------------------------------------------------

    def _parse(self, number: int, cells: tuple[Cell, ...], given: Mapping[str, Value]) -> tuple[_Row, bool]:
        row, before = _Row(number, values=dict(given)), len(self._errors)
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

    def _write(self, action: Action, row: _Row, cells: tuple[Cell, ...]) -> Record | None:
        try:
            self._unfold(row)
            known = self._matcher.find(row.record_id, row.values, row.phones, tuple(map(_shown, cells)))
            if repeated := self._repeated(row, known):
                return repeated
            self._refuse_masked(row, known)
            made = self._change(action, row, known) if known else self._add(action, row)
            row.record_id = made.id
        except InvalidRecord as error:
            for problem in error.problems:
                self._error(row, problem.field, problem.message)
            return None
        except ClerkError as error:
            self._error(row, "", str(error), locked=isinstance(error, LockedRecord))
            return None
        return made

    def _add(self, action: Action, row: _Row) -> Record:
        asked = self._kind.record(id=uuid7(), **row.values)  # type: ignore[arg-type]
        made = action.add(_completed(asked, self._ledger))
        self._warn(row, action)
        self._added += 1
        headline = made.headline(self._ledger.name_of)
        derived = [
            f"{f.label}：{show(f, getattr(made, f.name), self._ledger.name_of)}"
            for f in self._kind.fields
            if getattr(made, f.name) != getattr(asked, f.name)
        ]
        self._deeds.append(RowDeed(row.number, headline, (), self._along, "；".join(derived)))
        row.touched = True
        if self._kind.id in self._names:
            self._names[self._kind.id].add(made, headline)
        return made

    def _unfold(self, row: _Row) -> None:
        """Take a name written so that it is told apart, 罗屿（13800000001）, for the record it means."""
        name = self._kind.identity[0] if self._companions else ""
        written = str(row.values.get(name, ""))
        if written.endswith(("）", "〕")) and (known := self._names[self._kind.id].known(written)):
            row.record_id = row.record_id or known
            del row.values[name]

    @property
    def _along(self) -> str:
        return self._kind.label if self._owner else ""

    def _change(self, action: Action, row: _Row, known: Record) -> Record:
        if self._existing == "skip":
            self._unchanged += 1
            return known
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
        self._deeds.append(
            RowDeed(row.number, after.headline(self._ledger.name_of), tuple(labels), self._along)
        )

    def _repeated(self, row: _Row, known: Record | None) -> Record | None:
        """Return the record of an earlier row that this one only brings something along for: a second post.

        By the telephone it is the same person. Raises ClerkError for any other row that comes twice.
        """
        identity = (known.id,) if known else self._matcher.identity(row.values, row.phones)
        first = self._seen.setdefault(identity, row) if any(identity) else row
        if first is row:
            return None
        if self._companions and any(row.phones.values()) and row.phones == first.phones and first.record_id:
            return self._ledger.get(self._kind.record, first.record_id)
        told = "；一人有两个职务的，两行都写上手机号" if self._companions else ""
        raise ClerkError(f"与第 {first.number} 行重复{told}")

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


def _completed(record: Record, reader: Reader) -> Record:
    """Return a new record with what the rest of it tells beyond doubt: the 岗位 of a title, the unit of a post."""
    if isinstance(record, Appointment) and not record.post and (unit := reader.get(Unit, record.unit)):
        return dataclasses.replace(record, post=post_told_by(record.title, f"{unit.name} {unit.short_name}"))
    if isinstance(record, ExamScore) and not record.unit and (exam := reader.get(Exam, record.exam)):
        post = post_on(reader, record.person, "", exam.held_on or clock.today())
        return dataclasses.replace(record, unit=post.unit if post else "")
    return record


def _columns_of(other: str, mapping: Mapping[int, str]) -> dict[int, str]:
    """Return which columns are fields of the companion kind *other*."""
    named = {index: name.removeprefix(f"{other}.") for index, name in mapping.items()}
    return {index: name for index, name in named.items() if name != mapping[index]}


def _shown(cell: Cell) -> str:
    return "" if isinstance(cell, CellError) else str(cell or "")


def _at(cells: tuple[Cell, ...], index: int) -> Cell:
    return cells[index] if index < len(cells) else None


def _is_filled(cells: tuple[Cell, ...]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in cells)
